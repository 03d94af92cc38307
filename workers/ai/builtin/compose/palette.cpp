#include "workers/ai/builtin/compose/palette.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "workers/ai/builtin/compose/palette_seeds.hpp"
#include "workers/ai/builtin/compose/readable.hpp"

namespace atelier::ai::builtin::layout {
namespace {

using design::Color;
using design::contrast;

constexpr float kNeutral = 0.035F;  ///< less chroma than this is a grey

/// The two colours that everything grows from.
struct Roots {
    Color primary, accent;
    bool are_given = false;       ///< named by the brief
    std::optional<Color> ground;  ///< a named black, white or pale colour
    bool prefers_dark = false;
};

/// What the tone allows a palette to do.
struct Manner {
    bool is_quiet = false;     ///< hues stay near each other
    bool is_neutral = false;   ///< greys are grey
    bool is_soft = false;      ///< nothing heavy on a light ground
    bool is_precious = false;  ///< gold may shine
};

Manner manner_of(const std::string& words) {
    Manner out;
    out.is_quiet =
        has_word(words,
                 " calm gentle soft earthy natural organic elegant romantic premium luxury luxurious "
                 "serene blush minimal minimalist classic tender wedding warm floral ");
    out.is_soft = has_word(words, " pastel soft calm gentle serene tender ");
    out.is_neutral = has_word(words, " swiss minimal minimalist clean monochrome ");
    out.is_precious = has_word(
        words,
        " premium luxury luxurious gold golden elegant festive festival diwali eid lunar wedding gala "
        "new year christmas jazz celebration royal exclusive ");
    return out;
}

bool is_gold(Color color) {
    const Oklch c = to_oklch(color);
    return c.hue > 68 && c.hue < 100 && c.l > 0.62F && c.chroma > 0.06F && c.chroma < 0.155F;
}

bool is_muddy_when_dark(Color color) {
    const Oklch c = to_oklch(color);
    return c.hue > 58 && c.hue < 118 && c.chroma > 0.05F;
}

/// Dark red of some colour is maroon, on which red turns brown.
bool is_red(Color color) {
    const Oklch c = to_oklch(color);
    return c.chroma > 0.1F && (c.hue < 42 || c.hue > 350);
}

const ColorSeed* seed_of(const std::string& words) {
    const auto found = std::find_if(kColorSeeds.begin(), kColorSeeds.end(),
                                    [&](const ColorSeed& s) { return has_word(words, s.words); });
    return found == kColorSeeds.end() ? nullptr : &*found;
}

/// An accent for a lone colour.
Color companion(Color color, const Manner& manner, Dice& dice) {
    constexpr std::array<double, 3> kQuiet{0, 32, -32};
    constexpr std::array<double, 4> kLoud{180, 150, 120, -140};
    const double turn = manner.is_quiet ? kQuiet[dice.below(3)] : kLoud[dice.below(4)];
    const Oklch c = to_oklch(color);
    Color out = turned(color, turn);
    // What is alike in hue has to differ in lightness.
    if (manner.is_quiet) out = with(out, c.l > 0.6F ? 0.46 : 0.76, 0.12);
    return out;
}

Roots roots_from_brief(const Brief& brief, const std::string& words, const Manner& manner, Dice& dice) {
    Roots roots;
    const ColorSeed* seed = seed_of(words);
    std::vector<Color> chromatic;
    for (const Color color : brief.colors) {
        const Oklch c = to_oklch(color);
        const bool is_ground =
            (c.chroma < kNeutral && (c.l < 0.35F || c.l > 0.9F)) || (c.l > 0.9F && c.chroma < 0.06F);
        if (is_ground && !roots.ground) roots.ground = color;
        if (c.chroma >= kNeutral) chromatic.push_back(color);
    }
    roots.prefers_dark = seed && seed->prefers_dark;
    roots.are_given = !chromatic.empty();
    if (chromatic.size() >= 2) {
        roots.primary = chromatic[0];
        roots.accent = chromatic[1];
        // Gold is what shines, whichever was named first.
        if (is_gold(roots.primary) && !is_gold(roots.accent)) std::swap(roots.primary, roots.accent);
    } else if (chromatic.size() == 1 && is_gold(chromatic.front())) {
        // A lone gold lies on what the occasion has.
        roots.primary = seed && !is_gold(seed->primary) ? seed->primary : rgb(0x1a1410);
        roots.accent = chromatic.front();
    } else if (chromatic.size() == 1) {
        roots.primary = chromatic.front();
        const bool has_other =
            seed && hue_distance(to_oklch(seed->accent).hue, to_oklch(roots.primary).hue) > 25;
        roots.accent = has_other ? seed->accent : companion(roots.primary, manner, dice);
    } else if (seed) {
        roots.primary = seed->primary;
        roots.accent = seed->accent;
    } else {
        roots.primary = to_color({float(dice.between(0.45, 0.6)), 0.15F, float(dice.between(0, 360))});
        roots.accent = companion(roots.primary, manner, dice);
    }
    return roots;
}

/// The better of a light and a dark ink that lean to the colour's hue.
Color ink_on(Color ground, Color leaning, double needed = 4.5) {
    const Color light = with(leaning, 0.985, 0.012), dark = with(leaning, 0.2, 0.035);
    // White letters on colour look right a little below where they measure best.
    const Color chosen =
        contrast(light, ground) * 1.35 >= contrast(dark, ground) && contrast(light, ground) >= needed ? light
                                                                                                      : dark;
    return readable_on(chosen, ground, needed);
}

std::vector<design::Stop> gold_stops(Color gold) {
    const Oklch c = to_oklch(gold);
    const auto at = [&](float l, float chroma, float turn) { return to_color({l, chroma, c.hue + turn}); };
    return {{0, at(0.94F, 0.07F, 4)},
            {0.42, at(0.83F, std::max(0.11F, c.chroma), 0)},
            {0.72, at(0.71F, 0.115F, -5)},
            {1, at(0.87F, 0.1F, 0)}};
}

/// A colour that can carry letters: neither pale nor so bright that no ink stands on it.
Color as_plate(Color color) {
    return with(color, std::clamp(double(to_oklch(color).l), 0.3, 0.86), 0.4);
}

void finish(Palette& p) {
    p.ink = readable_on(p.ink, p.ground, 7);
    p.soft_ink = readable_on(design::mix(p.ink, p.ground, 0.2), p.ground, 5.2);
    p.on_primary = ink_on(p.primary, p.primary, 4.6);
    p.on_accent = ink_on(p.accent, p.accent, 4.6);
    const bool is_mud = is_muddy_when_dark(p.accent) && design::luminance(p.ground) > 0.3;
    p.accent_ink =
        readable_on(is_mud && !is_muddy_when_dark(p.primary) ? p.primary : p.accent, p.ground, 4.6);
    if (p.art.empty()) p.art = {p.ground, p.surface, p.primary, p.accent};
}

/// The more colourful of the two, at the lightness at which its hue glows.
Color glowing(const Roots& roots) {
    const Color base = to_oklch(roots.primary).chroma >= 0.07F ? roots.primary : roots.accent;
    Oklch c = to_oklch(base);
    const bool is_yellow = c.hue > 72 && c.hue<125, is_orange = c.hue> 45 && c.hue <= 72;
    c.l = is_yellow   ? std::clamp(c.l, 0.82F, 0.89F)
          : is_orange ? std::clamp(c.l, 0.68F, 0.78F)
                      : std::clamp(c.l, 0.5F, 0.72F);
    if (c.chroma > kNeutral) c.chroma = std::max(c.chroma, 0.13F);
    return to_color(c);
}

void lay_ground(Palette& p, const Roots& roots, const Manner& manner) {
    const Color primary = roots.primary, accent = roots.accent;
    const double tint = manner.is_neutral ? 0.2 : 1, ember = is_red(primary) ? 0.3 * tint : tint;
    switch (p.ground_kind) {
        case Ground::light:
            p.name = "light";
            p.ground = with(primary, 0.975, 0.014 * tint);
            if (roots.ground && to_oklch(*roots.ground).l > 0.9F) p.ground = *roots.ground;
            p.surface = with(primary, 0.925, 0.035 * tint);
            p.ink = with(primary, 0.21, 0.05 * tint);
            break;
        case Ground::pastel:
            p.name = "pastel";
            p.ground = with(primary, 0.925, 0.048);
            p.surface = with(accent, 0.955, 0.03);
            p.ink = with(primary, 0.3, 0.06);
            p.primary = with(primary, 0.8, 0.09);
            p.accent = is_muddy_when_dark(accent) ? with(accent, 0.79, 0.14) : with(accent, 0.5, 0.12);
            break;
        case Ground::vivid:
            p.name = "vivid";
            p.ground = glowing(roots);
            p.surface = with(p.ground, to_oklch(p.ground).l - 0.06, 0.4);
            p.ink = ink_on(p.ground, p.ground, 4.6);
            p.primary = design::luminance(p.ink) > 0.4
                            ? with(primary, is_red(primary) ? 0.19 : 0.25, 0.05 * ember)
                            : with(primary, 0.97, 0.05 * tint);
            break;
        case Ground::deep:
            p.name = "deep";
            p.ground = is_red(primary) ? with(primary, 0.37, 0.15) : with(primary, 0.3, 0.12);
            p.surface = is_red(primary) ? with(primary, 0.43, 0.17) : with(primary, 0.37, 0.12);
            p.ink = with(accent, 0.97, 0.02);
            p.primary = is_red(primary) ? with(primary, 0.55, 0.2) : with(primary, 0.49, 0.15);
            break;
        case Ground::dark:
            p.name = "dark";
            p.ground = with(primary, 0.17, 0.035 * ember);
            if (roots.ground && to_oklch(*roots.ground).l < 0.35F)
                p.ground = with(*roots.ground, 0.15, 0.008);
            p.surface = design::mix(p.ground, with(primary, 0.34, is_red(primary) ? 0.02 : 0.1), 0.5);
            p.ink = with(accent, 0.965, 0.018);
            break;
    }
}

/// A plate beside the ground, in a root's hue. Dark yellow is mud: it gives up its colour.
Color plate_near(Color root, bool is_dark, const Manner& manner) {
    if (manner.is_soft && !is_dark) return with(root, 0.8, 0.08);
    const double l = is_dark ? 0.35 : 0.42;
    return with(root, is_muddy_when_dark(root) ? l - 0.05 : l, is_muddy_when_dark(root) ? 0.012 : 0.14);
}

Palette make(Ground kind, const Roots& roots, const Manner& manner, const std::string& harmony) {
    Palette p;
    p.ground_kind = kind;
    p.primary = as_plate(roots.primary);
    p.accent = as_plate(roots.accent);
    lay_ground(p, roots, manner);
    p.name += " " + harmony;
    // What stands on the ground has to part from it, and the button from the plate.
    const double apart = p.is_dark() ? 0.72 : 0.48;
    if (distance(p.primary, p.ground) < 0.16) p.primary = plate_near(roots.primary, p.is_dark(), manner);
    if (distance(p.primary, p.ground) < 0.12) p.primary = plate_near(roots.accent, p.is_dark(), manner);
    if (distance(p.accent, p.ground) < 0.18 && kind != Ground::vivid)
        p.accent = with(roots.accent, apart, 0.16);
    if (distance(p.accent, p.ground) < 0.18) p.accent = p.ink;
    if (p.is_dark() && to_oklch(p.accent).l < 0.58F) p.accent = with(p.accent, 0.66, 0.2);
    if (distance(p.accent, p.primary) < 0.12)
        p.accent =
            design::luminance(p.ground) < 0.2 ? with(p.accent, 0.85, 0.12) : with(p.accent, 0.38, 0.12);
    if (manner.is_precious && is_gold(roots.accent) && p.is_dark()) p.metal = gold_stops(roots.accent);
    finish(p);
    return p;
}

/// Grounds in the order in which they suit.
std::vector<Ground> grounds_for(const Brief& brief, const std::string& words, const Roots& roots) {
    using enum Ground;
    const bool is_pale = to_oklch(roots.primary).l > 0.8F;
    const bool wants_dark = brief.mood == Mood::dark || has_word(words, " dark moody night dramatic noir ");
    const bool is_bold = has_word(words, " bold loud energetic playful fun urgent vibrant sporty kids ");
    if (has_word(words, " pastel ")) return {pastel, light, pastel, light};
    if (wants_dark) return {dark, deep, dark, deep};
    if (brief.mood == Mood::light && is_bold) return {light, vivid, pastel, vivid};
    if (brief.mood == Mood::light) return {light, pastel, light, pastel};
    if (has_word(words, " calm gentle soft floral romantic wedding blush serene spring tender ") || is_pale)
        return {pastel, light, pastel, light};
    if (roots.ground && to_oklch(*roots.ground).l < 0.35F) return {dark, vivid, dark, light};
    if (roots.prefers_dark) return {dark, deep, vivid, light};
    if (has_word(words, " swiss minimal minimalist clean ")) return {light, vivid, light, dark};
    if (is_bold) return {vivid, light, deep, dark, vivid};
    return {light, vivid, deep, pastel, vivid};
}

Palette from_brand(const design::Brand& brand, Ground kind) {
    Palette p;
    p.ground_kind = kind;
    p.primary = brand.primary;
    p.accent = brand.accent;
    p.surface = design::mix(brand.background, brand.secondary, 0.22);
    p.ground = brand.background;
    p.ink = brand.text;
    p.name = "brand ground";
    if (kind == Ground::vivid || kind == Ground::deep) {
        p.name = "brand primary";
        p.ground = brand.primary;
        p.surface = with(brand.primary, std::max(0.1, to_oklch(brand.primary).l - 0.07), 0.4);
        p.ink = contrast(brand.background, p.ground) > contrast(brand.text, p.ground) ? brand.background
                                                                                      : brand.text;
        p.primary = brand.secondary;
        if (distance(p.accent, p.ground) < 0.15) p.accent = brand.background;
    } else if (kind == Ground::pastel) {
        p.name = "brand secondary";
        p.ground = design::mix(brand.background, brand.secondary, 0.4);
        p.surface = brand.background;
    } else if (kind == Ground::dark) {
        p.name = "brand text";
        const Color darker = design::luminance(brand.text) < design::luminance(brand.background)
                                 ? brand.text
                                 : brand.background;
        p.ground = darker;
        p.surface = design::mix(darker, brand.primary, 0.3);
        p.ink = darker == brand.text ? brand.background : brand.text;
    }
    finish(p);
    return p;
}

}  // namespace

std::string words_of(const Brief& brief) {
    std::string out = " ";
    const auto add = [&](const std::string& text) {
        for (const unsigned char c : text)
            out += std::isalnum(c) || c == '\'' || c >= 0x80 ? char(std::tolower(c)) : ' ';
        out += ' ';
    };
    add(brief.occasion);
    for (const std::string& tone : brief.tone)
        add(tone);
    for (const std::string& style : brief.style_keywords)
        add(style);
    add(brief.season);
    add(brief.purpose);
    add(brief.subject);
    add(brief.title);
    return out;
}

bool has_word(const std::string& words, std::string_view any_of) {
    std::size_t begin = any_of.find_first_not_of(' ');
    while (begin != std::string_view::npos) {
        const std::size_t end = any_of.find(' ', begin);
        const std::string needle = " " + std::string(any_of.substr(begin, end - begin)) + " ";
        if (words.find(needle) != std::string::npos) return true;
        begin = end == std::string_view::npos ? end : any_of.find_first_not_of(' ', end);
    }
    return false;
}

std::vector<Palette> palettes_for(const Brief& brief, const std::optional<design::Brand>& brand, Dice& dice) {
    std::vector<Palette> out;
    if (brand) {
        for (const Ground kind : {Ground::light, Ground::vivid, Ground::pastel, Ground::dark})
            out.push_back(from_brand(*brand, kind));
        if (brief.mood == Mood::dark) std::rotate(out.begin(), out.begin() + 3, out.end());
        return out;
    }
    const std::string words = words_of(brief);
    const Manner manner = manner_of(words);
    const Roots roots = roots_from_brief(brief, words, manner, dice);
    std::vector<Ground> seen;
    for (const Ground kind : grounds_for(brief, words, roots)) {
        Roots grown = roots;
        std::string harmony = roots.are_given ? "as named" : "as felt";
        // The same ground a second time turns the two around, or takes another companion.
        if (std::find(seen.begin(), seen.end(), kind) != seen.end()) {
            const bool is_light = kind != Ground::dark && kind != Ground::deep;
            const bool may_swap = !is_gold(roots.accent) && to_oklch(roots.accent).chroma > 0.05F &&
                                  !roots.ground && (is_light || !is_muddy_when_dark(roots.accent));
            if (may_swap)
                std::swap(grown.primary, grown.accent);
            else if (is_gold(roots.accent))
                grown.primary = turned(roots.primary, dice.chance(0.5) ? 35 : -35);
            else if (roots.are_given)
                grown.accent =
                    with(roots.primary, kind == Ground::light || kind == Ground::pastel ? 0.4 : 0.86, 0.1);
            else
                grown.accent = companion(roots.primary, manner, dice);
            harmony = may_swap ? "turned around" : "with a companion";
        }
        seen.push_back(kind);
        out.push_back(make(kind, grown, manner, harmony));
    }
    return out;
}

}  // namespace atelier::ai::builtin::layout
