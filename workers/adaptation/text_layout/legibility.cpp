#include "workers/adaptation/text_layout/legibility.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::adaptation {
namespace {

using imaging::Color;
using imaging::Pixels;

constexpr double kStep = 0.05, kMostOpaque = 0.95;
/// A little more than needed, because the veil is drawn by another path (and encoded) than it is foreseen by.
constexpr double kReserve = 1.06;

std::uint8_t mixed(std::uint8_t a, std::uint8_t b, double share) {
    return static_cast<std::uint8_t>(std::lround(a + (double(b) - a) * share));
}

Color mixed(Color a, Color b, double share) {
    return {mixed(a.r, b.r, share), mixed(a.g, b.g, share), mixed(a.b, b.b, share)};
}

template <class Visit>
void each(const Pixels& p, Visit&& visit) {
    for (std::size_t i = 0; i + 2 < p.rgb.size(); i += 3)
        visit(Color{p.rgb[i], p.rgb[i + 1], p.rgb[i + 2]});
}

double worst_under(Color color, const Pixels& samples, Color veil, double opacity) {
    double worst = 21;
    const double own = luminance(color);
    each(samples, [&](Color c) {
        worst = std::min(worst, imaging::contrast(own, luminance(mixed(c, veil, opacity))));
    });
    return worst;
}

}  // namespace

double worst_contrast(Color color, const Pixels& samples) {
    return worst_under(color, samples, color, 0);
}

Color readable_color(const Pixels& samples) {
    const double white = worst_contrast(imaging::kWhite, samples);
    if (white >= kMinimumContrast) return imaging::kWhite;
    const double ink = worst_contrast(imaging::kInk, samples);
    // On mixed ground neither reads; white on a dark veil is what people are used to. Ink is for light
    // pictures.
    return ink >= kMinimumContrast || ink > 2 * white ? imaging::kInk : imaging::kWhite;
}

bool wants_dark_veil(Color color) {
    return contrast(color, imaging::kInk) > contrast(color, imaging::kWhite);
}

Color veil_color(const Pixels& samples, bool is_dark) {
    double sum[3] = {}, count = 0;
    each(samples, [&](Color c) {
        sum[0] += c.r;
        sum[1] += c.g;
        sum[2] += c.b;
        ++count;
    });
    if (count == 0) return is_dark ? imaging::kInk : imaging::kWhite;
    const auto level = [&](int c) { return static_cast<std::uint8_t>(std::lround(sum[c] / count)); };
    const Color mean{level(0), level(1), level(2)};
    const Color end = is_dark ? Color{0, 0, 0} : imaging::kWhite;
    for (double share = 0; share < 1; share += kStep) {
        const Color tone = mixed(mean, end, share);
        if (is_dark ? luminance(tone) < 0.018 : luminance(tone) > 0.80) return tone;
    }
    return end;
}

std::optional<double> veil_opacity(Color color, Color veil, const Pixels& samples) {
    for (double opacity = 0; opacity <= kMostOpaque + 1e-9; opacity += kStep)
        if (worst_under(color, samples, veil, opacity) >= kMinimumContrast * kReserve) return opacity;
    return std::nullopt;
}

}  // namespace atelier::adaptation
