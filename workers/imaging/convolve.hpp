#pragma once
// Private to workers/imaging: weighted sums of neighbouring samples, the inner loops of all scaling. Exact
// integers: the vectorised and the plain way give equal values.

#include <cstdint>

namespace atelier::imaging {

/// Weights are integers that sum to kWholeWeight.
inline constexpr int kWeightBits = 14, kWholeWeight = 1 << kWeightBits;
/// Weights across come in blocks of this many.
inline constexpr int kBlock = 16;

struct Convolutions {
    /// out[x] = Σ rows[k][x] × weights[k]. `count` is even. Up to 15 bytes beyond `width` are read and
    /// written.
    void (*down)(const std::uint8_t* const* rows, const std::int16_t* weights, int count, std::uint8_t* out,
                 int width);
    /// out[i] = Σ row[first[i] + k] × weights[i × count + k]. `count` is a multiple of kBlock.
    void (*across)(const std::uint8_t* row, const int* first, const std::int16_t* weights, int count,
                   std::uint8_t* out, int width);
};

const Convolutions& plain_convolutions();
/// The fastest that this processor has.
const Convolutions& convolutions();

}  // namespace atelier::imaging
