#include "workers/imaging/upright.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>

namespace atelier::imaging {
namespace {

template <int kBytes>
void place_row(const std::uint8_t* row, int width, bool from_right, std::uint8_t* out) {
    if (!from_right) {
        std::memcpy(out, row, std::size_t(width) * kBytes);
        return;
    }
    for (int x = width - 1; x >= 0; --x, out += kBytes)
        std::memcpy(out, row + std::size_t(x) * kBytes, kBytes);
}

/// A tile of 8 × 8 bytes, transposed: three rounds of swapping halves, quarters and eighths.
void transpose_tile(const std::uint8_t* const* rows, int x, std::ptrdiff_t step, std::uint8_t* out) {
    std::uint64_t line[8];
    for (int r = 0; r < 8; ++r)
        std::memcpy(&line[r], rows[r] + x, 8);
    const auto swap = [&](int apart, int bits, std::uint64_t mask) {
        for (int r = 0; r < 8; ++r) {
            if (r & apart) continue;
            const std::uint64_t moved = ((line[r] >> bits) ^ line[r + apart]) & mask;
            line[r + apart] ^= moved;
            line[r] ^= moved << bits;
        }
    };
    swap(4, 32, 0x00000000ffffffff);
    swap(2, 16, 0x0000ffff0000ffff);
    swap(1, 8, 0x00ff00ff00ff00ff);
    for (int r = 0; r < 8; ++r, out += step)
        std::memcpy(out, &line[r], 8);
}

template <int kBytes>
void place_columns_singly(const std::uint8_t* const* rows, int count, int from, int to, std::ptrdiff_t step,
                          std::uint8_t* out) {
    for (int x = from; x < to; ++x)
        for (int r = 0; r < count; ++r)
            std::memcpy(out + x * step + r * kBytes, rows[r] + std::size_t(x) * kBytes, kBytes);
}

/// `count` rows become as many neighbouring columns; `out` is the top or bottom of the leftmost.
template <int kBytes>
void place_columns(const std::uint8_t* const* rows, int count, int width, std::ptrdiff_t step,
                   std::uint8_t* out) {
    static_assert(std::endian::native == std::endian::little, "tiles are transposed in little-endian words");
    constexpr int kTile = 8;
    const int tiled = kBytes == 1 && count % kTile == 0 ? width / kTile * kTile : 0;
    for (int x = 0; x < tiled; x += kTile)
        for (int r = 0; r < count; r += kTile)
            transpose_tile(rows + r, x, step, out + x * step + r);
    place_columns_singly<kBytes>(rows, count, tiled, width, step, out);
}

template <int kBytes>
void place(const std::uint8_t* const* rows, int count, int top, Size stored, Orientation o,
           std::uint8_t* upright) {
    const Size size = o.turned(stored);
    const std::ptrdiff_t stride = std::ptrdiff_t(size.width) * kBytes;
    if (!o.is_transposed) {
        for (int r = 0; r < count; ++r) {
            const int y = o.from_bottom ? size.height - 1 - (top + r) : top + r;
            place_row<kBytes>(rows[r], stored.width, o.from_right, upright + y * stride);
        }
        return;
    }
    constexpr int kMost = 64;
    const std::uint8_t* ordered[kMost];
    for (int done = 0; done < count; done += kMost) {
        const int many = std::min(kMost, count - done);
        for (int r = 0; r < many; ++r)
            ordered[o.from_right ? many - 1 - r : r] = rows[done + r];
        const int first = top + done, left = o.from_right ? size.width - first - many : first;
        std::uint8_t* out = upright + std::ptrdiff_t(left) * kBytes;
        if (o.from_bottom) out += (size.height - 1) * stride;
        const std::ptrdiff_t step = o.from_bottom ? -stride : stride;
        place_columns<kBytes>(ordered, many, stored.width, step, out);
    }
}

}  // namespace

Orientation Orientation::of(int exif) {
    switch (exif) {
        case 2:
            return {false, true, false};
        case 3:
            return {false, true, true};
        case 4:
            return {false, false, true};
        case 5:
            return {true, false, false};
        case 6:
            return {true, true, false};
        case 7:
            return {true, true, true};
        case 8:
            return {true, false, true};
        default:
            return {};
    }
}

void place_rows(const std::uint8_t* const* rows, int count, int top, Size stored, int bytes,
                Orientation orientation, std::uint8_t* upright) {
    if (bytes == 1)
        place<1>(rows, count, top, stored, orientation, upright);
    else
        place<3>(rows, count, top, stored, orientation, upright);
}

}  // namespace atelier::imaging
