#include "workers/ai/builtin/compose/draft.hpp"

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/compose/picture_words.hpp"

namespace atelier::ai::builtin::layout {
namespace {

/// What is chosen once for a brief.
struct Means {
    std::vector<Palette> palettes;
    std::vector<const TypePairing*> types;  ///< the most fitting first
    std::vector<std::string> techniques;
    std::string words;
    double ratio = 1;
};

bool is_latin(const std::string& text) {
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0xCD; });
}

int suits(std::string_view tones, const std::string& words) {
    int out = 0;
    for (std::size_t begin = tones.find_first_not_of(' '); begin != std::string_view::npos;) {
        const std::size_t end = std::min(tones.find(' ', begin), tones.size());
        if (words.find(" " + std::string(tones.substr(begin, end - begin)) + " ") != std::string::npos) ++out;
        begin = tones.find_first_not_of(' ', end);
    }
    return out;
}

Means means_for(const ComposeRequest& request, Dice& dice) {
    Means out;
    out.words = words_of(request.brief) + std::string(to_string(request.brief.intent)) + " ";
    out.palettes = palettes_for(request.brief, request.brand, dice);
    out.techniques = techniques_for(request.brief);
    out.ratio = double(request.width) / request.height;
    std::vector<std::pair<double, const TypePairing*>> ranked;
    for (const TypePairing& pairing : type_pairings())
        ranked.emplace_back(suits(pairing.tones, out.words) + dice.unit() * 0.9, &pairing);
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (std::size_t i = 0; i < std::min<std::size_t>(6, ranked.size()); ++i)
        out.types.push_back(ranked[i].second);
    return out;
}

int weight_in(const std::string& family, int weight) {
    const FontFamily* known = find_font(family);
    return known ? nearest_weight(*known, weight) : weight;
}

Type type_for(const TypePairing& pairing, const ComposeRequest& request, const Copy& copy) {
    const bool is_plain = is_latin(copy.headline);
    Type out;
    out.name = pairing.name;
    out.ratio = pairing.ratio;
    out.heading = {std::string(pairing.heading),
                   pairing.heading_weight,
                   false,
                   pairing.is_uppercase && is_plain,
                   is_plain ? pairing.letter_spacing : 0,
                   is_plain ? pairing.line_height : 1.3};
    out.body = {std::string(pairing.body), pairing.body_weight, false, false, 0, is_plain ? 1.38 : 1.5};
    out.strong = {std::string(pairing.body), pairing.strong_weight, false, false, 0.01, 1.2};
    if (!is_plain) {
        out.strong.letter_spacing = 0;
        const auto family_like = [&](std::string_view family) {
            return family_for_language(request.brief.language, find_font(family)->form);
        };
        if (const auto own = family_like(pairing.heading); !own.empty()) {
            out.heading.family = own;
            out.heading.weight = 700;
            out.body.family = out.strong.family = family_like(pairing.body);
            out.strong.weight = 700;
        }
    }
    if (!request.brand) return out;
    if (!request.brand->heading_font.empty()) {
        out.heading.family = request.brand->heading_font;
        out.heading.weight = weight_in(out.heading.family, 800);
        out.heading.is_uppercase = false;
        out.heading.letter_spacing = is_plain ? -0.01 : 0;
        out.heading.line_height = is_plain ? 1.05 : 1.3;
    }
    if (!request.brand->body_font.empty()) {
        out.body.family = out.strong.family = request.brand->body_font;
        out.body.weight = weight_in(out.body.family, 400);
        out.strong.weight = weight_in(out.strong.family, 600);
    }
    return out;
}

/// What the choices themselves are worth for this brief, 0…1.
double fitness(const Scheme& scheme, const Means& means, const Brief& brief, std::size_t palette,
               std::size_t type) {
    double out = 0.45;
    if (scheme.intents.find(" " + std::string(to_string(brief.intent)) + " ") != std::string_view::npos)
        out += 0.25;
    out += 0.1 * std::min(2, suits(scheme.tones, means.words));
    if (scheme.kind == SchemeKind::product && !brief.subject.empty()) out += 0.1;
    out -= 0.04 * double(palette) + 0.025 * double(type);
    return std::clamp(out, 0.0, 1.0);
}

Draft draw(const Scheme& scheme, const ComposeRequest& request, const Means& means, std::size_t copy,
           Dice& dice, Metrics& metrics) {
    const Brief& brief = request.brief;
    const auto low = [&](std::size_t count) { return std::min(dice.below(count), dice.below(count)); };
    const std::size_t palette = low(means.palettes.size()), type = low(means.types.size());
    const std::string technique = means.techniques[low(means.techniques.size())];
    const Type set = type_for(*means.types[type], request, brief.copies[copy]);
    const SheetSetup setup{brief,      brief.copies[copy], request.brand, means.palettes[palette],
                           set,        technique,          request.width, request.height,
                           dice.next()};
    Sheet sheet(setup, metrics);
    scheme.draw(sheet);
    Draft out;
    out.scheme = &scheme;
    out.copy = copy;
    out.palette = means.palettes[palette].name;
    out.type = set.name;
    out.technique = technique;
    out.is_mirrored = sheet.is_right_to_left() ? dice.chance(0.85) : dice.chance(0.3);
    out.score = score(sheet);
    out.value = 0.68 * out.score.total + 0.32 * fitness(scheme, means, brief, palette, type);
    out.design = sheet.finish(out.is_mirrored);
    return out;
}

}  // namespace

Result<std::vector<Draft>> draw_drafts(const ComposeRequest& request, const design::TextMeasurer& measurer) {
    constexpr int kTries = 3;
    Dice dice(seed_for(request.seed, request.brief.title));
    const Means means = means_for(request, dice);
    Metrics metrics(measurer);
    const std::size_t copies = std::min(request.brief.copies.size(), std::size_t(request.variants));
    std::vector<Draft> out;
    for (std::size_t copy = 0; copy < copies; ++copy)
        for (const Scheme& scheme : schemes()) {
            if (request.stop.stop_requested()) return conflict("The composition was stopped.");
            if (!is_fit(scheme, request.brief, request.brief.copies[copy], means.ratio)) continue;
            for (int i = 0; i < kTries; ++i)
                out.push_back(draw(scheme, request, means, copy, dice, metrics));
        }
    return out;
}

}  // namespace atelier::ai::builtin::layout
