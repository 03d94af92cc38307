#include "workers/ai/builtin/instructions/color_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/instructions/color_names.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

using design::Color;

constexpr double kPi = 3.14159265358979323846;

double to_linear(double v) {
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}
double to_encoded(double v) {
    return v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}

/// Björn Ottosson's OKLab.
std::array<double, 3> lab_of(Color c) {
    const double r = to_linear(c.r / 255.0), g = to_linear(c.g / 255.0), b = to_linear(c.b / 255.0);
    const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

std::array<double, 3> rgb_of(double lightness, double a, double b) {
    const double l = std::pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
    const double m = std::pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
    const double s = std::pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
    return {to_encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
            to_encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
            to_encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)};
}

/// The chroma falls until the colour lies in sRGB.
Color color_of(const Look& look, std::uint8_t alpha) {
    const double angle = look.hue * kPi / 180;
    const auto at = [&](double chroma) {
        return rgb_of(look.lightness, chroma * std::cos(angle), chroma * std::sin(angle));
    };
    const auto is_inside = [](const std::array<double, 3>& rgb) {
        return std::all_of(rgb.begin(), rgb.end(), [](double v) { return v > -0.0005 && v < 1.0005; });
    };
    double chroma = look.chroma;
    if (!is_inside(at(chroma))) {
        double low = 0;
        for (int step = 0; step < 16; ++step) {
            const double middle = (low + chroma) / 2;
            (is_inside(at(middle)) ? low : chroma) = middle;
        }
        chroma = low;
    }
    const auto rgb = at(chroma);
    const auto byte = [](double v) {
        return static_cast<std::uint8_t>(std::lround(std::clamp(v, 0.0, 1.0) * 255));
    };
    return {byte(rgb[0]), byte(rgb[1]), byte(rgb[2]), alpha};
}

Color from_number(std::uint32_t rgb) {
    return {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8 & 255),
            static_cast<std::uint8_t>(rgb & 255), 255};
}

const Shade* shade_of(std::string_view word) {
    const auto found = std::find_if(std::begin(kShades), std::end(kShades),
                                    [&](const Shade& shade) { return shade.word == word; });
    return found == std::end(kShades) ? nullptr : found;
}

struct Part {
    std::string_view word;
    Color design::Brand::*color;
};
constexpr std::array<Part, 7> kParts{{{"primary", &design::Brand::primary},
                                      {"main", &design::Brand::primary},
                                      {"secondary", &design::Brand::secondary},
                                      {"accent", &design::Brand::accent},
                                      {"background", &design::Brand::background},
                                      {"text", &design::Brand::text},
                                      {"brand", &design::Brand::primary}}};

constexpr std::array<std::string_view, 19> kSilent{
    "the",   "a",    "of",   "our",    "color", "colors", "shade", "tone",   "colored", "gradient",
    "solid", "fill", "with", "linear", "in",    "to",     "and",   "fading", "into"};
bool is_silent(std::string_view word) {
    return std::find(kSilent.begin(), kSilent.end(), word) != kSilent.end();
}

/// Reads one colour from the front of the phrase.
std::optional<Color> take_color(std::span<const Token>& phrase, const design::Brand& brand) {
    double step = 0, chroma = 1;
    bool is_ours = false;
    while (!phrase.empty()) {
        const Token token = phrase.front();
        phrase = phrase.subspan(1);
        if (token.kind == Kind::color) return saturated(lightened(token.color, step), chroma);
        if (token.kind != Kind::word) return std::nullopt;
        // "our brand accent colour": the part counts, not the brand.
        if ((token.word == "brand" || token.word == "our") && !phrase.empty()) {
            is_ours = true;
            if (phrase.front().kind == Kind::word && !is_silent(phrase.front().word)) continue;
            if (token.word == "our") continue;
        }
        if (const auto color = named_color(token.word)) {
            if (!phrase.empty() && phrase.front().kind == Kind::word && token.word != "white") {
                // "sky blue", "royal blue", "forest green": the first word says which.
                const auto kind = named_color(phrase.front().word);
                if (kind && is_called_alike(*kind, *color)) phrase = phrase.subspan(1);
            }
            // "azul oscuro": in Spanish the shade follows.
            if (!phrase.empty() && phrase.front().kind == Kind::word)
                if (const Shade* shade = shade_of(phrase.front().word); shade && shade->follows) {
                    step = shade->step;
                    chroma = shade->chroma;
                    phrase = phrase.subspan(1);
                }
            return step == 0 && chroma == 1 ? color : saturated(lightened(*color, step), chroma);
        }
        const auto part = std::find_if(kParts.begin(), kParts.end(),
                                       [&](const Part& row) { return row.word == token.word; });
        const bool names_part =
            part != kParts.end() && (is_ours || token.word == "primary" || token.word == "secondary" ||
                                     token.word == "accent" || token.word == "brand");
        if (names_part) return saturated(lightened(brand.*(part->color), step), chroma);
        if (const Shade* shade = shade_of(token.word)) {
            step = shade->step;
            chroma = shade->chroma;
            continue;
        }
        if (token.word == "much") {
            step *= 1.4;
            continue;
        }
        if (!is_silent(token.word)) return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

Look look_of(Color color) {
    const auto [l, a, b] = lab_of(color);
    const double hue = std::atan2(b, a) * 180 / kPi;
    return {l, std::hypot(a, b), hue < 0 ? hue + 360 : hue};
}

Color lightened(Color color, double step) {
    if (step == 0) return color;
    Look look = look_of(color);
    look.lightness = step > 0 ? look.lightness + (0.985 - look.lightness) * std::min(step, 1.0)
                              : look.lightness + (look.lightness - 0.08) * std::max(step, -1.0);
    return color_of(look, color.a);
}

Color saturated(Color color, double factor) {
    if (factor == 1) return color;
    Look look = look_of(color);
    look.chroma *= factor;
    return color_of(look, color.a);
}

std::optional<Color> named_color(std::string_view word) {
    for (const ColorName& row : kColorNames)
        if (row.name == word) return from_number(row.rgb);
    return std::nullopt;
}

std::vector<std::string_view> color_words() {
    std::vector<std::string_view> words;
    for (const ColorName& row : kColorNames)
        words.push_back(row.name);
    for (const Shade& shade : kShades)
        words.push_back(shade.word);
    return words;
}

bool is_called_alike(Color a, Color b) {
    const Look x = look_of(a), y = look_of(b);
    constexpr double kGrey = 0.045;
    if (x.chroma < kGrey || y.chroma < kGrey)
        return x.chroma < kGrey * 1.4 && y.chroma < kGrey * 1.4 && std::abs(x.lightness - y.lightness) < 0.25;
    const double apart = std::abs(x.hue - y.hue);
    return std::min(apart, 360 - apart) < 32 && std::abs(x.lightness - y.lightness) < 0.42;
}

std::string description_of(Color color) {
    constexpr std::array<std::string_view, 16> kPlain{
        "red",    "orange", "gold",  "yellow", "green", "teal",  "blue",  "navy",
        "purple", "pink",   "brown", "beige",  "gray",  "black", "white", "turquoise"};
    const auto lab = lab_of(color);
    std::string_view best;
    double nearest = 1e9;
    for (const std::string_view name : kPlain) {
        const auto other = lab_of(*named_color(name));
        const double apart = std::hypot((lab[0] - other[0]) * 0.8, lab[1] - other[1], lab[2] - other[2]);
        if (apart < nearest) {
            nearest = apart;
            best = name;
        }
    }
    return std::string(best);
}

std::optional<Tint> read_tint(std::span<const Token> phrase, const design::Brand& brand) {
    Tint tint;
    bool is_gradient = false;
    for (const Token& token : phrase)
        is_gradient |= token.is("gradient") || token.is("from") || token.is("fading");
    while (!phrase.empty()) {
        const Token& token = phrase.front();
        const bool joins = token.is("from") || token.is("to") || token.is("and") || token.is(",");
        if (joins || (token.kind == Kind::word && is_silent(token.word) && token.word != "our")) {
            phrase = phrase.subspan(1);
            continue;
        }
        const auto color = take_color(phrase, brand);
        if (!color) return std::nullopt;
        tint.push_back(*color);
    }
    if (tint.empty() || tint.size() > 8 || (tint.size() > 1 && !is_gradient)) return std::nullopt;
    if (is_gradient && tint.size() == 1) tint.push_back(lightened(tint[0], -0.45));
    return tint;
}

design::Paint paint_of(const Tint& tint) {
    if (tint.size() == 1) return design::SolidPaint{tint[0]};
    design::LinearPaint paint{90, {}};
    for (std::size_t i = 0; i < tint.size(); ++i)
        paint.stops.push_back({std::round(1000.0 * i / (tint.size() - 1)) / 1000, tint[i]});
    return paint;
}

}  // namespace atelier::ai::builtin::instructions
