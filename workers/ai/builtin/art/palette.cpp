#include "workers/ai/builtin/art/palette.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

constexpr float kDarkBelow = 0.5F;

using Three = std::array<Oklch, 4>;
/// For prompts without a word about colour: ground, then accents.
constexpr std::array<Three, 8> kLightSets{{
    {{{0.96F, 0.02F, 85}, {0.66F, 0.15F, 40}, {0.55F, 0.09F, 200}, {0.82F, 0.12F, 85}}},
    {{{0.95F, 0.02F, 250}, {0.55F, 0.17F, 265}, {0.75F, 0.12F, 210}, {0.80F, 0.12F, 60}}},
    {{{0.96F, 0.02F, 150}, {0.55F, 0.10F, 155}, {0.75F, 0.11F, 130}, {0.78F, 0.12F, 70}}},
    {{{0.95F, 0.03F, 20}, {0.70F, 0.14F, 15}, {0.60F, 0.11F, 330}, {0.85F, 0.09F, 70}}},
    {{{0.93F, 0.03F, 300}, {0.60F, 0.16F, 295}, {0.78F, 0.11F, 340}, {0.80F, 0.09F, 220}}},
    {{{0.94F, 0.04F, 95}, {0.62F, 0.12F, 60}, {0.45F, 0.07F, 140}, {0.70F, 0.14F, 30}}},
    {{{0.94F, 0.03F, 200}, {0.60F, 0.11F, 215}, {0.75F, 0.13F, 165}, {0.80F, 0.14F, 50}}},
    {{{0.90F, 0.06F, 60}, {0.62F, 0.19F, 32}, {0.45F, 0.12F, 300}, {0.80F, 0.14F, 80}}},
}};
constexpr std::array<Three, 6> kDarkSets{{
    {{{0.20F, 0.04F, 285}, {0.65F, 0.18F, 300}, {0.72F, 0.15F, 210}, {0.80F, 0.13F, 80}}},
    {{{0.19F, 0.03F, 255}, {0.62F, 0.15F, 250}, {0.78F, 0.13F, 195}, {0.85F, 0.09F, 90}}},
    {{{0.20F, 0.03F, 160}, {0.62F, 0.12F, 160}, {0.80F, 0.14F, 120}, {0.82F, 0.10F, 85}}},
    {{{0.19F, 0.03F, 25}, {0.60F, 0.20F, 27}, {0.75F, 0.15F, 60}, {0.85F, 0.09F, 80}}},
    {{{0.17F, 0.01F, 80}, {0.78F, 0.12F, 85}, {0.60F, 0.09F, 70}, {0.88F, 0.06F, 90}}},
    {{{0.22F, 0.07F, 320}, {0.66F, 0.22F, 350}, {0.66F, 0.16F, 275}, {0.82F, 0.12F, 70}}},
}};

Oklch turned(Oklch color, float degrees, float lightness_by, float chroma_times) {
    const float hue = std::fmod(color.hue + degrees + 360, 360.0F);
    return {std::clamp(color.l + lightness_by, 0.05F, 0.98F), color.chroma * chroma_times, hue};
}

bool resemble(Oklch a, Oklch b) {
    return distance(a, b) < 0.06F;
}

/// The colourful ones that stand out come first, then plain ones that stand out, then the ground's
/// neighbours.
void order_accents(Palette& palette) {
    constexpr float kColorful = 0.06F, kStandsOut = 0.5F;  // of how far the farthest is
    float farthest = 0;
    for (const Oklch& color : palette.accents)
        farthest = std::max(farthest, distance(color, palette.ground));
    std::ranges::stable_sort(palette.accents, {}, [&](const Oklch& color) {
        if (distance(color, palette.ground) < farthest * kStandsOut) return 2;
        return color.chroma < kColorful ? 1 : 0;
    });
}

float fitness_as_ground(Oklch color, Mood mood) {
    switch (mood) {
        case Mood::dark:
            return 1 - color.l;
        case Mood::light:
        case Mood::pastel:
            return color.l - color.chroma;
        case Mood::vivid:
            return color.chroma * 3;
        default:
            return std::abs(color.l - 0.55F) + (color.l > 0.55F ? 0.1F : 0) - color.chroma * 0.5F;
    }
}

Oklch in_mood(Oklch color, Mood mood) {
    switch (mood) {
        case Mood::dark:
            // A bright colour makes a near-black of its hue; a dark one is dark enough already.
            if (color.l < 0.32F) return color;
            return {0.17F, std::min(color.chroma, 0.022F), color.hue};
        case Mood::light:
            return {std::max(color.l, 0.93F), std::min(color.chroma, 0.04F), color.hue};
        case Mood::pastel:
            return {std::max(color.l, 0.90F), std::min(color.chroma, 0.06F), color.hue};
        case Mood::muted:
            return {color.l, color.chroma * 0.6F, color.hue};
        default:
            return color;
    }
}

/// Accents that go with a ground when too few are given.
void complete(Palette& palette, std::uint64_t seed) {
    Random random(seed, 0x70616c);
    const Oklch from = palette.accents.empty() ? palette.ground : palette.accents.front();
    const bool is_grey = from.chroma < 0.03F;
    const float side = random.sign() > 0 ? 1.0F : -1.0F;
    const Oklch key{std::clamp(from.l, 0.45F, 0.8F), is_grey ? from.chroma : std::max(from.chroma, 0.08F),
                    from.hue};
    const std::array candidates{turned(key, 0, palette.is_dark ? 0.22F : -0.22F, 0.9F),
                                turned(key, 28 * side, palette.is_dark ? 0.1F : 0.08F, 0.9F),
                                turned(key, -22 * side, palette.is_dark ? -0.12F : -0.1F, 0.9F),
                                turned(key, 0, palette.is_dark ? 0.32F : 0.2F, 0.5F)};
    for (const Oklch& candidate : candidates) {
        if (palette.accents.size() >= 3) return;
        const auto clashes = [&](const Oklch& other) { return resemble(candidate, other); };
        if (!clashes(palette.ground) && std::ranges::none_of(palette.accents, clashes))
            palette.accents.push_back(candidate);
    }
    while (palette.accents.size() < 3)
        palette.accents.push_back(
            turned(palette.ground, 0, palette.is_dark ? 0.2F * float(palette.accents.size() + 1) : -0.2F, 1));
}

Palette without_words(Mood mood, std::uint64_t seed) {
    Random random(seed, 0x736574);
    const bool is_dark = mood == Mood::dark || (mood == Mood::any && random.chance(0.35));
    const Three& set =
        is_dark ? kDarkSets[random.below(kDarkSets.size())] : kLightSets[random.below(kLightSets.size())];
    return {in_mood(set[0], mood), {set[1], set[2], set[3]}, is_dark};
}

}  // namespace

float distance(Oklch a, Oklch b) {
    const Oklab p = to_oklab(a), q = to_oklab(b);
    return std::hypot(p.l - q.l, p.a - q.a, p.b - q.b);
}

Palette make_palette(std::span<const Oklch> given, bool ground_first, Mood mood, std::uint64_t seed) {
    if (given.empty()) return without_words(mood, seed);
    std::vector<Oklch> colors;
    for (const Oklch& color : given)
        if (std::ranges::none_of(colors, [&](const Oklch& other) { return resemble(color, other); }))
            colors.push_back(color);
    auto ground = colors.begin();
    if (!ground_first)
        ground = std::ranges::max_element(colors, {},
                                          [&](const Oklch& color) { return fitness_as_ground(color, mood); });
    Palette palette{ground_first && colors.size() > 1 ? *ground : in_mood(*ground, mood), {}, false};
    palette.is_dark = palette.ground.l < kDarkBelow;
    if (!resemble(palette.ground, *ground)) palette.accents.push_back(*ground);
    colors.erase(ground);
    palette.accents.insert(palette.accents.begin(), colors.begin(), colors.end());
    order_accents(palette);
    complete(palette, seed);
    return palette;
}

Oklab shaded(Oklab color, float by) {
    return {std::clamp(color.l + by, 0.03F, 0.995F), color.a, color.b};
}

Oklab dimmed_hue(Oklab color, float by) {
    constexpr float kYellow = 95, kReach = 40, kTurn = 26;
    Oklch c = to_oklch(color);
    const float away = hue_distance(c.hue, kYellow);
    if (away < kReach) c.hue -= kTurn * by * (1 - away / kReach);
    return to_oklab(c);
}

Oklab deepened(Oklab color, float lightness) {
    if (color.l <= lightness) return color;
    const float keep = std::pow(lightness / color.l, 0.45F);
    return {lightness, color.a * keep, color.b * keep};
}

Oklab Palette::ground_shade(float by) const {
    return shaded(base(), by);
}

Oklab Palette::raised(float by) const {
    return shaded(base(), is_dark ? by : -by);
}

Oklab Palette::ramp(float t) const {
    std::vector<Oklab> tones{base()};
    for (std::size_t i = 0; i < std::min<std::size_t>(accents.size(), 4); ++i)
        tones.push_back(accent(i));
    std::ranges::sort(tones, {}, &Oklab::l);
    const float at = std::clamp(t, 0.0F, 1.0F) * float(tones.size() - 1);
    const auto i = std::min(std::size_t(at), tones.size() - 2);
    return mix(tones[i], tones[i + 1], at - float(i));
}

}  // namespace atelier::ai::builtin::art
