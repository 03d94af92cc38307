#include "workers/ai/builtin/compose/palette.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "workers/ai/builtin/compose/oklch.hpp"
#include "workers/ai/builtin/compose/palette_seeds.hpp"

namespace atelier::ai::builtin::layout {
namespace {

using design::Color;
using design::contrast;

constexpr double kNeutral = 0.035;  ///< less chroma than this is a grey

/// The two colours that everything grows from.
struct Roots {
    Color primary, accent;
    bool are_given = false;       ///< named by the brief or the brand
    std::optional<Color> ground;  ///< a named black, white or pale colour
    bool prefers_dark = false;
};

bool is_gold(Color color) {
    const Oklch c = to_oklch(color);
    return c.h > 68 && c.h < 102 && c.l > 0.62 && c.c > 0.06 && c.c < 0.185;
}

Color shifted(Color color, double hue) {
    Oklch c = to_oklch(color);
    c.h = std::fmod(c.h + hue + 360, 360);
    return to_srgb(c);
}

/// An accent for a lone primary, by one of the harmonies.
struct Harmony {
    const char* name;
    double turn;
};
constexpr std::array<Harmony, 5> kHarmonies{
    {{"complementary", 180}, {"analogous", 38}, {"triadic", 120}, {"split", 150}, {"monochrome", 0}}};

const ColorSeed* seed_of(const std::string& words) {
    const auto found = std::find_if(kColorSeeds.begin(), kColorSeeds.end(),
                                    [&](const ColorSeed& s) { return has_word(words, s.words); });
    return found == kColorSeeds.end() ? nullptr : &*found;
}

Roots roots_from_brief(const Brief& brief, const std::string& words, Dice& dice) {
    Roots roots;
    const ColorSeed* seed = seed_of(words);
    std::vector<Color> chromatic;
    for (const Color color : brief.colors) {
        const Oklch c = to_oklch(color);
        const bool is_ground = c.c < kNeutral && (c.l < 0.35 || c.l > 0.9);
        if (is_ground || (c.l > 0.9 && c.c < 0.06)) {
            if (!roots.ground) roots.ground = color;
        }
        if (c.c >= kNeutral) chromatic.push_back(color);
    }
    roots.prefers_dark = seed && seed->prefers_dark;
    if (chromatic.size() >= 2) return {chromatic[0], chromatic[1], true, roots.ground, roots.prefers_dark};
    if (chromatic.size() == 1) {
        const Color named = chromatic.front();
        // A named gold is what shines; what it lies on comes from the occasion.
        if (is_gold(named)) {
            const Color base = seed ? seed->primary : rgb(0x1a1410);
            return {base, named, true, roots.ground, roots.prefers_dark};
        }
        Color accent = shifted(named, kHarmonies[dice.below(4)].turn);
        if (seed && hue_distance(to_oklch(seed->accent).h, to_oklch(named).h) > 25) accent = seed->accent;
        return {named, accent, true, roots.ground, roots.prefers_dark};
    }
    if (seed) return {seed->primary, seed->accent, false, roots.ground, roots.prefers_dark};
    const Color base = to_srgb({dice.between(0.45, 0.6), 0.15, dice.between(0, 360)});
    return {base, shifted(base, kHarmonies[dice.below(4)].turn), false, roots.ground, false};
}

Color with(Color color, double l, double most_chroma) {
    const Oklch c = to_oklch(color);
    return to_srgb({l, std::min(c.c, most_chroma), c.h});
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
    return {{0, to_srgb({0.93, 0.07, c.h + 4})},
            {0.45, to_srgb({0.82, std::max(0.11, c.c), c.h})},
            {0.75, to_srgb({0.7, 0.115, c.h - 5})},
            {1, to_srgb({0.88, 0.09, c.h})}};
}

/// A colour that can carry letters: neither pale nor so bright that no ink stands on it.
Color as_plate(Color color) {
    Oklch c = to_oklch(color);
    c.l = std::clamp(c.l, 0.3, 0.86);
    return to_srgb(c);
}

void finish(Palette& p) {
    p.ink = readable_on(p.ink, p.ground, 7);
    p.soft_ink = readable_on(design::mix(p.ink, p.ground, 0.24), p.ground, 4.8);
    p.surface_ink = ink_on(p.surface, p.ground, 6);
    p.on_primary = ink_on(p.primary, p.primary, 4.6);
    p.on_accent = ink_on(p.accent, p.accent, 4.6);
    p.accent_ink = readable_on(p.accent, p.ground, 4.6);
    if (p.art.empty()) p.art = {p.ground, p.surface, p.primary, p.accent};
}

Palette make(Ground kind, const Roots& roots, const std::string& harmony) {
    const Color primary = roots.primary, accent = roots.accent;
    Palette p;
    p.ground_kind = kind;
    p.primary = as_plate(primary);
    p.accent = as_plate(accent);
    switch (kind) {
        case Ground::light:
            p.name = "light";
            p.ground = with(primary, 0.975, 0.014);
            if (roots.ground && to_oklch(*roots.ground).l > 0.9) p.ground = *roots.ground;
            p.surface = with(primary, 0.925, 0.035);
            p.ink = with(primary, 0.23, 0.05);
            break;
        case Ground::pastel:
            p.name = "pastel";
            p.ground = with(primary, 0.925, 0.048);
            p.surface = with(accent, 0.955, 0.03);
            p.ink = with(primary, 0.3, 0.06);
            p.primary = with(primary, 0.8, 0.09);
            p.accent = with(accent, 0.56, 0.12);
            break;
        case Ground::vivid: {
            Oklch c = to_oklch(primary);
            c.l = std::clamp(c.l, 0.5, 0.84);
            if (c.c > kNeutral) c.c = std::max(c.c, 0.13);
            p.name = "vivid";
            p.ground = to_srgb(c);
            p.surface = to_srgb({c.l - 0.07, c.c, c.h});
            p.ink = ink_on(p.ground, p.ground, 4.6);
            p.primary = with(primary, design::luminance(p.ink) > 0.4 ? 0.25 : 0.97, 0.05);
            break;
        }
        case Ground::deep:
            p.name = "deep";
            p.ground = with(primary, 0.3, 0.12);
            p.surface = with(primary, 0.37, 0.12);
            p.ink = with(accent, 0.97, 0.02);
            p.primary = with(primary, 0.45, 0.15);
            break;
        case Ground::dark:
            p.name = "dark";
            p.ground = with(primary, 0.17, 0.035);
            if (roots.ground && to_oklch(*roots.ground).l < 0.35) p.ground = with(*roots.ground, 0.14, 0.01);
            p.surface = design::mix(p.ground, with(primary, 0.34, 0.1), 0.5);
            p.ink = with(accent, 0.965, 0.018);
            break;
    }
    p.name += " " + harmony;
    // What stands on the ground has to part from it.
    if (distance(p.primary, p.ground) < 0.16) p.primary = with(accent, p.is_dark() ? 0.7 : 0.5, 0.16);
    if (distance(p.accent, p.ground) < 0.2)
        p.accent = with(shifted(accent, 180), p.is_dark() ? 0.78 : 0.5, 0.15);
    if (p.is_dark() && to_oklch(p.accent).l < 0.6) p.accent = with(p.accent, 0.68, 0.19);
    if (is_gold(accent) && p.is_dark()) p.metal = gold_stops(accent);
    finish(p);
    return p;
}

/// Grounds in the order in which they suit.
std::vector<Ground> grounds_for(const Brief& brief, const std::string& words, const Roots& roots) {
    using enum Ground;
    const bool is_pale = to_oklch(roots.primary).l > 0.8;
    const bool wants_dark = brief.mood == Mood::dark || has_word(words, " dark moody night dramatic noir ");
    const bool is_bold = has_word(words, " bold loud energetic playful fun urgent vibrant sporty kids ");
    if (has_word(words, " pastel ")) return {pastel, light, pastel};
    if (wants_dark) return {dark, deep, dark};
    if (brief.mood == Mood::light)
        return is_bold ? std::vector{light, vivid, pastel} : std::vector{light, pastel};
    if (has_word(words, " calm gentle soft floral romantic wedding blush serene spring tender ") || is_pale)
        return {pastel, light, light};
    if (roots.ground && to_oklch(*roots.ground).l < 0.35) return {dark, vivid, dark};
    if (roots.prefers_dark) return {dark, deep, vivid, light};
    if (has_word(words, " swiss minimal minimalist clean ")) return {light, vivid, light, dark};
    if (is_bold) return {vivid, light, deep, dark};
    return {light, vivid, deep, pastel};
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
    const Roots roots = roots_from_brief(brief, words, dice);
    std::size_t turn = dice.below(kHarmonies.size());
    std::vector<Ground> seen;
    for (const Ground kind : grounds_for(brief, words, roots)) {
        Roots grown = roots;
        std::string harmony = roots.are_given ? "as named" : "as felt";
        // The same ground a second time takes another accent, unless the accent was asked for.
        if (std::find(seen.begin(), seen.end(), kind) != seen.end()) {
            const Harmony& other = kHarmonies[turn++ % kHarmonies.size()];
            harmony = other.name;
            if (roots.are_given && brief.colors.size() > 1)
                std::swap(grown.primary, grown.accent);
            else if (!is_gold(roots.accent))
                grown.accent = shifted(grown.primary, other.turn);
            else
                grown.primary = shifted(grown.primary, 30);
        }
        seen.push_back(kind);
        out.push_back(make(kind, grown, harmony));
    }
    return out;
}

}  // namespace atelier::ai::builtin::layout
