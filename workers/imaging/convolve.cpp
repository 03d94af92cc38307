#include "workers/imaging/convolve.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace atelier::imaging {
namespace {

constexpr int kHalf = kWholeWeight / 2;

std::uint8_t level(int sum) {
    return static_cast<std::uint8_t>(std::clamp((sum + kHalf) >> kWeightBits, 0, 255));
}

void plain_down(const std::uint8_t* const* rows, const std::int16_t* weights, int count, std::uint8_t* out,
                int width) {
    for (int x = 0; x < width; ++x) {
        int sum = 0;
        for (int k = 0; k < count; ++k)
            sum += rows[k][x] * weights[k];
        out[x] = level(sum);
    }
}

void plain_across(const std::uint8_t* row, const int* first, const std::int16_t* weights, int count,
                  std::uint8_t* out, int width) {
    for (int i = 0; i < width; ++i, weights += count) {
        int sum = 0;
        for (int k = 0; k < count; ++k)
            sum += row[first[i] + k] * weights[k];
        out[i] = level(sum);
    }
}

#if defined(__x86_64__)
#define ATELIER_AVX2 __attribute__((target("avx2")))

ATELIER_AVX2 __m256i rounded(__m256i sums) {
    return _mm256_srai_epi32(_mm256_add_epi32(sums, _mm256_set1_epi32(kHalf)), kWeightBits);
}

ATELIER_AVX2 const __m128i* block(const std::uint8_t* at) {
    return reinterpret_cast<const __m128i*>(at);
}

ATELIER_AVX2 __m256i weighed(__m128i interleaved, __m256i pair) {
    return _mm256_madd_epi16(_mm256_cvtepu8_epi16(interleaved), pair);
}

/// Sixteen columns at a time; rows in pairs, since one instruction multiplies and adds two neighbours.
ATELIER_AVX2 void avx2_down(const std::uint8_t* const* rows, const std::int16_t* weights, int count,
                            std::uint8_t* out, int width) {
    for (int x = 0; x < width; x += 16) {
        __m256i low = _mm256_setzero_si256(), high = low;
        for (int k = 0; k < count; k += 2) {
            const __m128i a = _mm_loadu_si128(block(rows[k] + x)),
                          b = _mm_loadu_si128(block(rows[k + 1] + x));
            std::int32_t two;
            std::memcpy(&two, weights + k, sizeof two);
            const __m256i pair = _mm256_set1_epi32(two);
            low = _mm256_add_epi32(low, weighed(_mm_unpacklo_epi8(a, b), pair));
            high = _mm256_add_epi32(high, weighed(_mm_unpackhi_epi8(a, b), pair));
        }
        const __m256i words =
            _mm256_permute4x64_epi64(_mm256_packs_epi32(rounded(low), rounded(high)), 0b11'01'10'00);
        const __m128i bytes =
            _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out + x), bytes);
    }
}

ATELIER_AVX2 __m256i products(const std::uint8_t* from, const std::int16_t* weights, int count) {
    __m256i sum = _mm256_setzero_si256();
    for (int k = 0; k < count; k += kBlock) {
        const __m256i values = _mm256_cvtepu8_epi16(_mm_loadu_si128(block(from + k)));
        const __m256i shares = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(weights + k));
        sum = _mm256_add_epi32(sum, _mm256_madd_epi16(values, shares));
    }
    return sum;
}

ATELIER_AVX2 __m256i four_sums(const std::uint8_t* row, const int* first, const std::int16_t* weights,
                               int count) {
    const __m256i ab = _mm256_hadd_epi32(products(row + first[0], weights, count),
                                         products(row + first[1], weights + count, count));
    const __m256i cd = _mm256_hadd_epi32(products(row + first[2], weights + 2 * count, count),
                                         products(row + first[3], weights + 3 * count, count));
    return _mm256_hadd_epi32(ab, cd);  // of a, b, c, d: the first halves, then the second
}

ATELIER_AVX2 void avx2_across(const std::uint8_t* row, const int* first, const std::int16_t* weights,
                              int count, std::uint8_t* out, int width) {
    int i = 0;
    for (; i + 8 <= width; i += 8) {
        const std::int16_t* w = weights + std::ptrdiff_t(i) * count;
        const __m256i a = four_sums(row, first + i, w, count),
                      b = four_sums(row, first + i + 4, w + 4 * count, count);
        const __m256i sums = rounded(
            _mm256_add_epi32(_mm256_permute2x128_si256(a, b, 0x20), _mm256_permute2x128_si256(a, b, 0x31)));
        const __m128i words =
            _mm_packs_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
        _mm_storel_epi64(reinterpret_cast<__m128i*>(out + i), _mm_packus_epi16(words, words));
    }
    plain_across(row, first + i, weights + std::ptrdiff_t(i) * count, count, out + i, width - i);
}
#endif

}  // namespace

const Convolutions& plain_convolutions() {
    static constexpr Convolutions kPlain{plain_down, plain_across};
    return kPlain;
}

const Convolutions& convolutions() {
#if defined(__x86_64__)
    static constexpr Convolutions kAvx2{avx2_down, avx2_across};
    static const bool has_avx2 = __builtin_cpu_supports("avx2");
    if (has_avx2) return kAvx2;
#endif
    return plain_convolutions();
}

}  // namespace atelier::imaging
