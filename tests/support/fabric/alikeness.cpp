#include "tests/support/fabric/alikeness.hpp"

#include <cmath>
#include <vector>

#include "workers/imaging/decode.hpp"
#include "workers/imaging/pixels.hpp"
#include "workers/imaging/sample.hpp"

namespace atelier::test {
namespace {

constexpr int kSide = 480, kWindow = 8;

Result<imaging::Pixels> small_pixels(std::string_view bytes) {
    auto decoded = imaging::decode(bytes);
    if (!decoded) return decoded.error();
    auto small = imaging::to_pixels(decoded->image, kSide);
    if (!small) return small.error();
    return std::move(small->pixels);
}

std::vector<double> lightness(const imaging::Pixels& pixels) {
    std::vector<double> out;
    for (std::size_t i = 0; i + 2 < pixels.rgb.size(); i += 3)
        out.push_back(0.2126 * pixels.rgb[i] + 0.7152 * pixels.rgb[i + 1] + 0.0722 * pixels.rgb[i + 2]);
    return out;
}

/// SSIM of one window.
double window_structure(const std::vector<double>& a, const std::vector<double>& b, int stride, int x,
                        int y) {
    constexpr double kFirst = 6.5025, kSecond = 58.5225;  // (0.01 · 255)², (0.03 · 255)²
    double sum_a = 0, sum_b = 0, square_a = 0, square_b = 0, product = 0;
    for (int dy = 0; dy < kWindow; ++dy)
        for (int dx = 0; dx < kWindow; ++dx) {
            const double p = a[std::size_t(y + dy) * stride + x + dx],
                         q = b[std::size_t(y + dy) * stride + x + dx];
            sum_a += p;
            sum_b += q;
            square_a += p * p;
            square_b += q * q;
            product += p * q;
        }
    constexpr double kCount = kWindow * kWindow;
    const double mean_a = sum_a / kCount, mean_b = sum_b / kCount;
    const double spread_a = square_a / kCount - mean_a * mean_a,
                 spread_b = square_b / kCount - mean_b * mean_b;
    const double shared = product / kCount - mean_a * mean_b;
    return (2 * mean_a * mean_b + kFirst) * (2 * shared + kSecond) /
           ((mean_a * mean_a + mean_b * mean_b + kFirst) * (spread_a + spread_b + kSecond));
}

}  // namespace

Result<Alikeness> compare(std::string_view bytes_a, std::string_view bytes_b) {
    const auto a = small_pixels(bytes_a), b = small_pixels(bytes_b);
    if (!a) return a.error();
    if (!b) return b.error();
    if (a->width != b->width || a->height != b->height)
        return invalid("", "size", "the pictures have two shapes");
    Alikeness out;
    for (std::size_t i = 0; i < a->rgb.size(); ++i)
        out.mean_distance += std::abs(int(a->rgb[i]) - int(b->rgb[i]));
    out.mean_distance /= double(a->rgb.size());
    const auto light_a = lightness(*a), light_b = lightness(*b);
    int windows = 0;
    for (int y = 0; y + kWindow <= a->height; y += 4)
        for (int x = 0; x + kWindow <= a->width; x += 4, ++windows)
            out.structure += window_structure(light_a, light_b, a->width, x, y);
    out.structure /= windows;
    return out;
}

}  // namespace atelier::test
