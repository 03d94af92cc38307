#include "workers/ai/builtin/compose/picture_words.hpp"

#include <algorithm>
#include <array>

#include "common/design/constraints/context.hpp"
#include "workers/ai/builtin/color/oklab.hpp"

namespace atelier::ai::builtin::layout {
namespace {

struct TechniqueFit {
    const char* technique;
    const char* words;  ///< that call for it
};
constexpr std::array kTechniques{
    TechniqueFit{
        "bokeh lights",
        " premium luxury luxurious festive gold night diwali christmas jazz romantic elegant new year "},
    TechniqueFit{"gradient mesh", " modern tech minimal calm clean digital launch pastel serene futuristic "},
    TechniqueFit{"botanical pattern",
                 " floral flowers spring organic natural wedding garden mother mother's earthy romantic "
                 "blush botanical "},
    TechniqueFit{"halftone", " bold retro loud pop sale urban music vintage energetic thumbnail comic "},
    TechniqueFit{"light rays",
                 " festive grand opening celebration sale diwali announcement dramatic energetic lunar "},
    TechniqueFit{"geometric pattern",
                 " swiss minimal playful kids geometric modern art deco jazz lunar pattern "},
    TechniqueFit{"paper cut",
                 " playful warm earthy natural kids craft lunar organic handmade calm autumn camp "},
    TechniqueFit{"low poly", " tech winter modern sporty digital coding gaming crystal "},
    TechniqueFit{"isometric shapes", " tech coding kids playful digital software education modern startup "},
    TechniqueFit{"noise field",
                 " calm earthy organic minimal coffee yoga flowing abstract natural wellness "},
};

std::string hex_list(const std::vector<design::Color>& colors) {
    std::string out;
    for (std::size_t i = 0; i < std::min<std::size_t>(4, colors.size()); ++i)
        out += (i ? ", " : "") + design::to_string(colors[i]);
    return out;
}

std::string calm_words(Calm calm) {
    switch (calm) {
        case Calm::nowhere:
            return "";
        case Calm::left:
            return ", calm on the left";
        case Calm::right:
            return ", calm on the right";
        case Calm::top:
            return ", calm at the top";
        case Calm::bottom:
            return ", calm at the bottom";
        case Calm::middle:
            return ", calm in the middle";
        case Calm::edges:
            return ", calm at the edges";
    }
    return "";
}

/// What stands in the picture: the subject, else the first motif.
std::string thing_of(const Brief& brief) {
    return !brief.subject.empty() ? brief.subject : !brief.motifs.empty() ? brief.motifs.front() : "";
}

/// A thing wears the colours that were asked for, else those that stand out from the ground.
std::vector<design::Color> colors_of_subject(const PlacedPicture& picture, const Brief& brief) {
    std::vector<design::Color> out;
    for (const design::Color color : brief.colors)
        if (to_oklch(color).chroma > 0.05F) out.push_back(color);
    for (auto color = picture.colors.rbegin(); color != picture.colors.rend(); ++color)
        if (std::find(out.begin(), out.end(), *color) == out.end()) out.push_back(*color);
    return out;
}

/// The ground of the design first, so that the picture belongs to it.
std::vector<design::Color> colors_of_scene(const PlacedPicture& picture, const Brief& brief) {
    std::vector<design::Color> out{picture.colors.front()};
    for (const design::Color color : colors_of_subject(picture, brief))
        if (std::find(out.begin(), out.end(), color) == out.end()) out.push_back(color);
    return out;
}

std::string prompt_for(const PlacedPicture& picture, const Brief& brief, const std::string& technique) {
    const std::string thing = thing_of(brief);
    switch (picture.kind) {
        case PlacedPicture::Kind::background:
            return technique + ", colours " + hex_list(picture.colors) + calm_words(picture.calm);
        case PlacedPicture::Kind::panel:
            if (thing.empty()) return technique + ", colours " + hex_list(picture.colors);
            return thing + ", " + technique + " behind, colours " +
                   hex_list(colors_of_scene(picture, brief)) + calm_words(picture.calm);
        case PlacedPicture::Kind::cutout:
            return (thing.empty() ? std::string("ornament") : thing) + ", colours " +
                   hex_list(colors_of_subject(picture, brief)) + ", on a transparent background";
    }
    return technique;
}

}  // namespace

std::vector<std::string> techniques_for(const Brief& brief) {
    const std::string words = words_of(brief);
    std::vector<std::string> suits;
    for (const TechniqueFit& fit : kTechniques)
        if (has_word(words, fit.words)) suits.push_back(fit.technique);
    const bool is_quiet =
        has_word(words, " romantic wedding calm gentle soft elegant floral pastel tender blush ");
    const std::vector<const char*> quiet{"gradient mesh", "botanical pattern", "bokeh lights", "noise field",
                                         "paper cut"};
    const std::vector<const char*> lively{"gradient mesh", "geometric pattern", "light rays", "paper cut",
                                          "halftone"};
    for (const char* other : is_quiet ? quiet : lively)
        if (suits.size() < 5 && std::find(suits.begin(), suits.end(), other) == suits.end())
            suits.push_back(other);
    return suits;
}

std::vector<std::string> tags_for(const Brief& brief) {
    std::vector<std::string> out;
    const auto add = [&](const std::string& tag) {
        if (!tag.empty() && tag.size() <= 50 && out.size() < 8 &&
            std::find(out.begin(), out.end(), tag) == out.end())
            out.push_back(tag);
    };
    add(brief.occasion);
    for (const std::string& tone : brief.tone)
        add(tone);
    for (const std::string& style : brief.style_keywords)
        add(style);
    add(brief.subject);
    add(std::string(to_string(brief.intent)));
    return out;
}

void write_recipe(design::Design& design, const PlacedPicture& picture, const Brief& brief,
                  const std::string& technique, std::uint64_t seed) {
    const auto found = std::find_if(design.layers.begin(), design.layers.end(),
                                    [&](const design::Layer& l) { return l.id == picture.layer_id; });
    if (found == design.layers.end()) return;
    auto& recipe = std::get<design::SmartImageContent>(found->content).recipe;
    recipe.prompt = prompt_for(picture, brief, technique);
    recipe.negative_prompt = "text, letters, watermark, logo, frame, clutter";
    recipe.seed = std::int64_t(seed_for(seed, picture.layer_id) & 0xFFFFFFFF);
    recipe.context = design::build_context(design, picture.layer_id);
    recipe.context.brand_colors = picture.colors;
    if (const std::string calm = calm_words(picture.calm); !calm.empty())
        recipe.context.composition_hints += calm;
}

}  // namespace atelier::ai::builtin::layout
