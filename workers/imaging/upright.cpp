#include "workers/imaging/upright.hpp"

#include <algorithm>
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

/// `count` rows become as many neighbouring columns; `out` is the leftmost of them.
template <int kBytes, int kRows>
void place_columns(const std::uint8_t* const* rows, int count, int width, std::ptrdiff_t step,
                   std::uint8_t* out) {
    const int many = kRows ? kRows : count;
    for (int x = 0; x < width; ++x, out += step)
        for (int r = 0; r < many; ++r)
            std::memcpy(out + r * kBytes, rows[r] + std::size_t(x) * kBytes, kBytes);
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
    constexpr int kMost = 16;
    const std::uint8_t* ordered[kMost];
    for (int done = 0; done < count; done += kMost) {
        const int many = std::min(kMost, count - done);
        for (int r = 0; r < many; ++r)
            ordered[o.from_right ? many - 1 - r : r] = rows[done + r];
        const int first = top + done, left = o.from_right ? size.width - first - many : first;
        std::uint8_t* out = upright + std::ptrdiff_t(left) * kBytes;
        if (o.from_bottom) out += (size.height - 1) * stride;
        const std::ptrdiff_t step = o.from_bottom ? -stride : stride;
        if (many == 16)
            place_columns<kBytes, 16>(ordered, many, stored.width, step, out);
        else
            place_columns<kBytes, 0>(ordered, many, stored.width, step, out);
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
