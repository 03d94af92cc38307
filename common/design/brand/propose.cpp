#include "common/design/brand/propose.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace atelier::design {
namespace {

constexpr Color kWhite{255, 255, 255, 255}, kBlack{0, 0, 0, 255}, kNight{16, 18, 24, 255};
constexpr double kVivid = 0.15;      // less chroma is a grey
constexpr double kApart = 40;        // degrees between hues that count as two
constexpr double kTextContrast = 7;  // WCAG 2.1 AAA
constexpr double kSeen = 3;          // WCAG 2.1 for large shapes

struct Hsl {
    double hue = 0, saturation = 0, lightness = 0;  ///< degrees, 0…1, 0…1
};

double chroma(Color c) {
    return (std::max({c.r, c.g, c.b}) - std::min({c.r, c.g, c.b})) / 255.0;
}

Hsl to_hsl(Color c) {
    const double r = c.r / 255.0, g = c.g / 255.0, b = c.b / 255.0;
    const double high = std::max({r, g, b}), low = std::min({r, g, b}), range = high - low;
    Hsl out{0, 0, (high + low) / 2};
    if (range == 0) return out;
    out.saturation = range / (1 - std::abs(2 * out.lightness - 1));
    if (high == r)
        out.hue = 60 * std::fmod((g - b) / range + 6, 6);
    else
        out.hue = high == g ? 60 * ((b - r) / range + 2) : 60 * ((r - g) / range + 4);
    return out;
}

Color to_color(const Hsl& in) {
    const double reach = in.saturation * std::min(in.lightness, 1 - in.lightness);
    const auto channel = [&](int n) {
        const double k = std::fmod(n + in.hue / 30, 12);
        const double value = in.lightness - reach * std::max(-1.0, std::min({k - 3, 9 - k, 1.0}));
        return static_cast<std::uint8_t>(std::lround(255 * std::clamp(value, 0.0, 1.0)));
    };
    return {channel(0), channel(8), channel(4), 255};
}

double hue_distance(Color a, Color b) {
    const double apart = std::abs(to_hsl(a).hue - to_hsl(b).hue);
    return std::min(apart, 360 - apart);
}

/// How much a colour is the brand's: a small vivid one counts as much as a large dull one.
double weight(const LogoColor& c) {
    return std::sqrt(c.share) * (0.15 + chroma(c.color));
}

bool is_near(Color a, Color b) {
    return std::abs(a.r - b.r) + std::abs(a.g - b.g) + std::abs(a.b - b.b) < 48;
}

Color across(Color c) {
    Hsl hsl = to_hsl(c);
    hsl.hue = std::fmod(hsl.hue + 180, 360);
    hsl.saturation = std::max(hsl.saturation, 0.55);
    hsl.lightness = std::clamp(hsl.lightness, 0.4, 0.6);
    return to_color(hsl);
}

Color toned(Color c) {
    return luminance(c) < 0.4 ? mix(c, kWhite, 0.4) : mix(c, kBlack, 0.35);
}

Color background_for(Color primary, std::optional<Color> ground) {
    if (ground && (luminance(*ground) > 0.8 || luminance(*ground) < 0.03) &&
        contrast(primary, *ground) >= kSeen)
        return *ground;
    return contrast(primary, kWhite) >= kSeen ? kWhite : kNight;
}

/// Primary, as far towards black or white as it takes to be read.
Color text_on(Color background, Color primary) {
    const Color end = luminance(background) > 0.2 ? kBlack : kWhite;
    for (double t = 0.5; t < 1; t += 0.05)
        if (const Color text = mix(primary, end, t); contrast(text, background) >= kTextContrast) return text;
    return end;
}

}  // namespace

Brand propose_colors(const std::vector<LogoColor>& colors, std::optional<Color> ground) {
    std::vector<LogoColor> own;
    for (const LogoColor& c : colors)
        if (!ground || !is_near(c.color, *ground)) own.push_back(c);
    std::stable_sort(own.begin(), own.end(), [](auto& a, auto& b) { return weight(a) > weight(b); });

    Brand brand;
    brand.primary = own.empty() ? kNight : own.front().color;
    std::optional<Color> second, far;
    for (const LogoColor& c : own) {
        if (is_near(c.color, brand.primary)) continue;
        if (!second) second = c.color;
        const bool is_apart = chroma(c.color) >= kVivid && hue_distance(c.color, brand.primary) >= kApart;
        if (is_apart && (!far || hue_distance(c.color, brand.primary) > hue_distance(*far, brand.primary)))
            far = c.color;
    }
    brand.secondary = second.value_or(toned(brand.primary));
    if (far && second && is_near(*far, *second)) brand.secondary = toned(brand.primary);
    brand.accent = far.value_or(across(brand.primary));
    brand.background = background_for(brand.primary, ground);
    brand.text = text_on(brand.background, brand.primary);
    return brand;
}

}  // namespace atelier::design
