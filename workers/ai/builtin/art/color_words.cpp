#include "workers/ai/builtin/art/color_words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "workers/ai/builtin/color/names.hpp"
#include "workers/ai/builtin/subjects/words.hpp"

namespace atelier::ai::builtin::art {
namespace {

// Names of colours that in a picture's words are things.
constexpr std::array<std::string_view, 3> kThings{"brass", "coffee", "royal"};

struct Occasion {
    std::string_view words, colors;
};
constexpr std::array kOccasions{
    Occasion{"diwali|deepavali|diya|diyas", "#1f0f33 #d9a53a #b3396b #f2c879"},
    Occasion{"christmas|xmas|christmas eve|holiday season", "#0d3326 #c8a24a #b3202c #f3ead7"},
    Occasion{"halloween|spooky", "#1c1226 #f07a1a #7a3fb0 #f5d9a0"},
    Occasion{"valentine|valentines|valentine's|love", "#fbe3e4 #d3304f #f08fa3 #7a1230"},
    Occasion{"lunar new year|chinese new year|spring festival|mid autumn", "#a5121d #e3b04b #6d0a14 #f7e3b5"},
    Occasion{"ramadan|eid|eid mubarak", "#0c3b3a #d9b25a #16605a #f2e6c9"},
    Occasion{"hanukkah", "#12245a #c9d6ee #d8b45a #3c66c4"},
    Occasion{"easter|spring", "#f6f3e4 #a8d5a2 #f6b8c6 #f3d36b #b9a5e0"},
    Occasion{"holi", "#fff4e8 #e8368f #3aa6e0 #f6b51e #5cbf5a"},
    Occasion{"st patrick|st patrick's|saint patrick", "#0f4a2c #5fb35a #e2c25a #eaf3dc"},
    Occasion{"thanksgiving|autumn|harvest|fall", "#f4e3c8 #c4622d #7d3a1c #d99a2b #6e7434"},
    Occasion{"black friday|cyber monday", "#0e0e10 #e0202c #8c1119 #f4f4f4"},
    Occasion{"mother's day|mothers day|brunch", "#fdf1ea #e88f8a #f3c4b3 #9fb58c #c2587a"},
    Occasion{"wedding|bridal|engagement", "#f9ece6 #d9a19a #b08a77 #8fa58b #e9cfc4"},
    Occasion{"jazz|blues|speakeasy", "#131a33 #d9a23f #6e2a45 #3a6ea5"},
    Occasion{"coffee|espresso|latte|barista|cafe", "#f3e7d7 #6b4226 #b9855a #2f4a3a"},
    Occasion{"organic|vegan|eco|sustainable|plant|nature", "#f1f3e4 #4f7d4a #a9c08a #c99a5b"},
    Occasion{"yoga|meditation|wellness|mindfulness|spa", "#f4ece6 #b9c7b0 #e3b7a5 #c9b4d6"},
    Occasion{"kids|children|playful|toys", "#fff6e0 #ff7a59 #2fb5c7 #f9c931 #7a5cd6"},
    Occasion{"coding|code|tech|technology|software|ai", "#101a3a #4f7cff #22d3c5 #a78bfa"},
    Occasion{"ocean|sea|beach|summer|underwater", "#dff3f5 #1b8fb0 #55c5c9 #f9c06a #f4785c"},
    Occasion{"sunset|dusk", "#3a1c4f #f0653f #f9b25a #a8326a"},
    Occasion{"forest|mountain|mountains|hiking|outdoor", "#e4ece2 #3a6b57 #7fa38b #d9a860"},
    Occasion{"winter|snow|ice|frost", "#dfe9f3 #6f97c1 #b9d0e6 #2f4e7a"},
    Occasion{"luxury|luxurious|premium|elegant|gala", "#131316 #cfa553 #7d6231 #efe3c6"},
    Occasion{"fitness|gym|sport|sports", "#121820 #d7f23a #2b8fe0 #f2f5f7"},
    Occasion{"birthday|party|carnival|celebration", "#fff3ea #f2568a #ffb52e #3fb6d3 #7c5ce0"},
    Occasion{"space|galaxy|cosmos|night sky|starfield|starry", "#0b1030 #5a6fe0 #b06fd8 #e9e2ff"},
};

struct Modifier {
    std::string_view word;
    float lightness_by, chroma_times;
};
constexpr std::array kModifiers{
    Modifier{"deep", -0.13F, 0.9F},  Modifier{"dark", -0.18F, 0.8F}, Modifier{"light", 0.16F, 0.6F},
    Modifier{"pale", 0.2F, 0.45F},   Modifier{"soft", 0.1F, 0.55F},  Modifier{"pastel", 0.16F, 0.5F},
    Modifier{"bright", 0.06F, 1.2F}, Modifier{"muted", 0, 0.5F},     Modifier{"dusty", 0, 0.55F},
    Modifier{"neon", 0.1F, 1.4F},
};

std::optional<Oklch> color_of_hex(std::string_view word) {
    std::string text(word);
    if (text.size() == 4) text = {'#', text[1], text[1], text[2], text[2], text[3], text[3]};
    if (text.size() != 7) return std::nullopt;
    if (const auto color = design::parse_color(text)) return to_oklch(*color);
    return std::nullopt;
}

std::optional<Oklch> color_of_name(std::string_view name) {
    if (std::ranges::find(kThings, name) != kThings.end()) return std::nullopt;
    const auto color = named_color(name);
    return color ? std::optional(to_oklch(*color)) : std::nullopt;
}

Oklch modified(Oklch color, std::string_view before) {
    const auto it = std::ranges::find(kModifiers, before, &Modifier::word);
    if (it == kModifiers.end()) return color;
    return {std::clamp(color.l + it->lightness_by, 0.12F, 0.97F), color.chroma * it->chroma_times, color.hue};
}

}  // namespace

bool is_color_word(std::string_view word) {
    return word.starts_with('#') || color_of_name(word).has_value() ||
           std::ranges::find(kModifiers, word, &Modifier::word) != kModifiers.end();
}

ToldColors told_colors(std::string_view plain) {
    std::vector<Oklch> exact, named;
    std::string_view before;
    bool was_name = false;
    const auto words = split(plain, ' ');
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i];
        if (const auto hex = word.starts_with('#') ? color_of_hex(word) : std::nullopt) exact.push_back(*hex);
        if (i + 1 < words.size())
            if (const auto pair = color_of_name(std::string(word) + ' ' + std::string(words[i + 1]))) {
                named.push_back(modified(*pair, before));
                was_name = false;
                before = words[++i];
                continue;
            }
        const auto name = color_of_name(word);
        // "teal green", "coral pink": two names beside each other are one colour.
        if (name && !was_name) named.push_back(modified(*name, before));
        was_name = name && !was_name;
        before = word;
    }
    const bool has_hex = !exact.empty();
    return {has_hex ? std::move(exact) : std::move(named), has_hex};
}

std::vector<Oklch> colors_of_occasion(std::string_view plain) {
    for (const Occasion& occasion : kOccasions)
        if (match(plain, occasion.words) > 0) return told_colors(plain_words(occasion.colors)).colors;
    return {};
}

}  // namespace atelier::ai::builtin::art
