#include "workers/ai/builtin/instructions/language/color_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/color/names.hpp"
#include "workers/ai/builtin/color/oklab.hpp"
#include "workers/ai/builtin/instructions/language/color_shades.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

using design::Color;

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

/// The colour that the first two words name together, taken off the phrase: "rose gold", "dark blue".
std::optional<Color> take_pair(std::span<const Token>& phrase) {
    if (phrase.size() < 2 || phrase[0].kind != Kind::word || phrase[1].kind != Kind::word)
        return std::nullopt;
    const auto color = named_color(phrase[0].word + ' ' + phrase[1].word);
    if (color) phrase = phrase.subspan(2);
    return color;
}

/// Reads one colour from the front of the phrase.
std::optional<Color> take_color(std::span<const Token>& phrase, const design::Brand& brand) {
    double step = 0, chroma = 1;
    bool is_ours = false;
    while (!phrase.empty()) {
        if (const auto pair = take_pair(phrase)) return saturated(lightened(*pair, step), chroma);
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
                // "coral red", "teal green": the first word says which.
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

Color lightened(Color color, double step) {
    if (step == 0) return color;
    Oklch look = to_oklch(color);
    const double l = look.l;
    look.l = float(step > 0 ? l + (0.985 - l) * std::min(step, 1.0) : l + (l - 0.08) * std::max(step, -1.0));
    Color out = to_color(look);
    out.a = color.a;
    return out;
}

Color saturated(Color color, double factor) {
    if (factor == 1) return color;
    Oklch look = to_oklch(color);
    look.chroma *= float(factor);
    Color out = to_color(look);
    out.a = color.a;
    return out;
}

std::vector<std::string_view> color_words() {
    std::vector<std::string_view> words;
    for (const NamedColor& row : color_names())
        for (std::size_t at = 0; at < row.name.size();) {
            const std::size_t end = std::min(row.name.find(' ', at), row.name.size());
            words.push_back(row.name.substr(at, end - at));
            at = end + 1;
        }
    for (const Shade& shade : kShades)
        words.push_back(shade.word);
    return words;
}

bool is_called_alike(Color a, Color b) {
    const Oklch x = to_oklch(a), y = to_oklch(b);
    constexpr double kGrey = 0.045;
    if (x.chroma < kGrey || y.chroma < kGrey)
        return x.chroma < kGrey * 1.4 && y.chroma < kGrey * 1.4 && std::abs(x.l - y.l) < 0.25;
    return hue_distance(x.hue, y.hue) < 32 && std::abs(x.l - y.l) < 0.42;
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
