#include "workers/ai/builtin/art/plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/art/color_words.hpp"
#include "workers/ai/builtin/art/random.hpp"
#include "workers/ai/builtin/subjects/subjects.hpp"
#include "workers/ai/builtin/subjects/words.hpp"

namespace atelier::ai::builtin::art {
namespace {

struct MoodWords {
    Mood mood;
    std::string_view words;
};
constexpr std::array kMoods{
    MoodWords{Mood::dark,
              "dark|dark background|premium dark|black background|night|midnight|moody|noir|nocturnal"},
    MoodWords{Mood::pastel, "pastel|pastels|soft pastel|gentle|delicate"},
    MoodWords{Mood::vivid, "vivid|vibrant|bold colors|bold colours|neon|colorful|colourful|saturated"},
    MoodWords{Mood::muted, "muted|earthy|earth tones|vintage|faded|subdued"},
    MoodWords{Mood::light,
              "light background|bright|airy|white background|light and airy|clean|minimal|minimalist"},
};

struct SideWords {
    Side side;
    std::string_view words;
};
constexpr std::array kSides{
    SideWords{Side::left, "left"},
    SideWords{Side::right, "right"},
    SideWords{Side::top, "top|upper|above"},
    SideWords{Side::bottom, "bottom|lower|below"},
    SideWords{Side::middle, "middle|center|centre|central"},
    SideWords{Side::edges, "edges|edge|border|borders|sides|corners"},
};
constexpr std::string_view kCalmWords =
    "calm|quiet|empty|clear|uncluttered|blank|negative space|copy space|free "
    "space|space|room|text|headline|title|copy";
constexpr std::string_view kPatternWords =
    "pattern|patterns|scattered|seamless|repeating|motifs|wallpaper|doodles|all over";
constexpr std::size_t kMostSubjects = 4;
constexpr std::size_t kCalmReach = 6;  // words between "calm" and the side

bool is_one_of(std::string_view word, std::string_view list) {
    return std::ranges::count(split(list, '|'), word) > 0;
}

/// The first side that is told within reach of a word for calm, in the same clause.
Side calm_side(std::string_view plain) {
    const std::vector<std::string_view> words = split(plain, ' ');
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!is_one_of(words[i], kCalmWords)) continue;
        for (std::size_t k = i + 1; k < std::min(words.size(), i + 1 + kCalmReach) && words[k] != ","; ++k)
            for (const SideWords& side : kSides)
                if (is_one_of(words[k], side.words)) return side.side;
    }
    return Side::none;
}

Mood mood_of(std::string_view plain) {
    for (const MoodWords& mood : kMoods)
        if (match(plain, mood.words) > 0) return mood.mood;
    return Mood::any;
}

const Technique* named_technique(std::string_view plain) {
    const Technique* best = nullptr;
    std::size_t most = 0;
    for (const Technique& technique : techniques()) {
        const std::size_t words = match(plain, technique.words);
        if (words <= most) continue;
        best = &technique;
        most = words;
    }
    return best;
}

/// Of those whose words suit, the one that suits most; chance decides among equals.
const Technique* suiting_technique(std::string_view plain, Random& random) {
    std::vector<const Technique*> best;
    std::size_t most = 0;
    for (const Technique& technique : techniques()) {
        std::size_t count = 0;
        for (const std::string_view word : split(technique.suits, '|'))
            count += match(plain, word);
        if (count == 0 || count < most) continue;
        if (count > most) best.clear();
        most = count;
        best.push_back(&technique);
    }
    return best.empty() ? nullptr : best[random.below(best.size())];
}

const Technique* technique_called(std::string_view name) {
    return &*std::ranges::find(techniques(), name, &Technique::name);
}

/// What a thing is shown in front of when no words say it.
const Technique* stage_for(const Palette& palette, Random& random) {
    constexpr std::array<std::string_view, 3> kDark{"studio", "rays", "bokeh"};
    constexpr std::array<std::string_view, 4> kLight{"studio", "studio", "gradient_mesh", "rays"};
    return technique_called(palette.is_dark ? kDark[random.below(kDark.size())]
                                            : kLight[random.below(kLight.size())]);
}

std::string joined_context(const design::HolisticContext& context) {
    std::string all = context.design_purpose + " , " + context.overall_theme;
    for (const std::string& word : context.style_keywords)
        all += " , " + word;
    return plain_words(all);
}

/// What lights up needs a dark ground, unless words say otherwise.
bool shines(const Technique* technique) {
    return technique &&
           (technique->name == "bokeh" || technique->name == "sky" || technique->name == "skyline");
}

struct Told {
    std::vector<Oklch> colors;
    bool ground_first = false;
    bool is_by_occasion = false;
};

Told colors_for(const ArtRequest& request, std::string_view prompt, std::string_view context, Mood mood) {
    ToldColors told = told_colors(prompt);
    const bool ground_first = told.has_hex || told.colors.size() > 1;
    if (told.colors.size() < 2)
        for (const design::Color& color : request.context.brand_colors)
            told.colors.push_back(to_oklch(color));
    if (!told.colors.empty()) return {told.colors, ground_first, false};
    std::vector<Oklch> colors = colors_of_occasion(prompt);
    if (colors.empty()) colors = colors_of_occasion(context);
    return {colors, mood == Mood::any, true};
}

/// Of a cut-out the colours name the thing, not its ground, which is elsewhere: the first colourful one
/// leads, and the last one that is far from it stands for the ground.
void order_for_cut_out(std::vector<Oklch>& colors) {
    constexpr float kColorful = 0.06F;
    if (colors.size() < 2) return;
    auto own = std::ranges::find_if(colors, [](const Oklch& c) { return c.chroma >= kColorful; });
    if (own == colors.end()) own = colors.begin();
    std::rotate(colors.begin(), own, own + 1);
    const auto far = std::find_if(colors.rbegin(), colors.rend() - 1,
                                  [&](const Oklch& c) { return distance(c, colors.front()) >= kFarApart; });
    const auto ground = far == colors.rend() - 1 ? colors.end() - 1 : far.base() - 1;
    std::rotate(colors.begin(), ground, ground + 1);
}

void choose_palette(Plan& plan, const ArtRequest& request, std::string_view prompt,
                    std::string_view context) {
    Mood mood = mood_of(prompt);
    if (mood == Mood::any) mood = mood_of(context);
    Told told = colors_for(request, prompt, context, mood);
    if (request.transparent) order_for_cut_out(told.colors);
    const bool is_told_once = told.colors.size() == 1 && !told.ground_first && mood == Mood::any;
    if (mood == Mood::any && told.colors.size() < 2 && shines(plan.technique))
        mood = Mood::dark;
    else if (is_told_once && told.colors.front().l > 0.32F)
        mood = Mood::light;  // "red sneakers": red things on a pale ground
    plan.palette = make_palette(told.colors, told.ground_first, mood, request.seed);
    plan.has_told_colors = !told.colors.empty() && !told.is_by_occasion;
}

bool is_about_calm(std::string_view clause) {
    return calm_side(std::string(clause) + ' ') != Side::none;
}

/// Without what names the technique.
std::string without_phrases(std::string plain, const Technique* technique) {
    for (const std::string_view phrase : split(technique ? technique->words : std::string_view{}, '|')) {
        const std::string needle = ' ' + std::string(phrase) + ' ';
        for (std::size_t at = plain.find(needle); at != std::string::npos; at = plain.find(needle, at))
            plain.replace(at, needle.size(), " , ");
    }
    return plain;
}

/// The prompt without the words that name technique, colours and calm: what is left may name things.
std::string subject_words(const std::string& prompt, const Technique* technique, bool keeps_colors) {
    const std::string plain = without_phrases(prompt, technique);
    std::string out = " ";
    for (const std::string_view clause : split(plain, ',')) {
        if (is_about_calm(clause)) continue;
        for (const std::string_view word : split(clause, ' ')) {
            const bool is_plain = keeps_colors ? !word.starts_with('#') : !is_color_word(word);
            out += is_plain ? std::string(word) + ' ' : ", ";
        }
        out += ", ";
    }
    return out;
}

Treatment treatment_of(std::string_view plain, const Palette& palette) {
    if (match(plain,
              "silhouette|line art|line icon|monochrome|outline|single color|single colour|flat icon") > 0)
        return Treatment::silhouette;
    if (match(plain, "duotone|two tone|tinted|brand colors|brand colours") > 0) return Treatment::duotone;
    if (match(plain, "glow|glowing|neon|premium dark|luminous|backlit") > 0 ||
        (palette.is_dark && match(plain, "premium|luxury|dark|night") > 0))
        return Treatment::glow;
    return Treatment::full_color;
}

float smooth(float from, float to, float x) {
    const float t = std::clamp((x - from) / (to - from), 0.0F, 1.0F);
    return t * t * (3 - 2 * t);
}

}  // namespace

bool Plan::asks_for(std::string_view phrases) const {
    return match(words, phrases) > 0;
}

float Plan::calmness(float x, float y) const {
    constexpr float kFrom = 0.66F, kTo = 0.36F;
    switch (calm) {
        case Side::none:
            return 0;
        case Side::left:
            return smooth(kFrom, kTo, x);
        case Side::right:
            return smooth(kFrom, kTo, 1 - x);
        case Side::top:
            return smooth(kFrom, kTo, y);
        case Side::bottom:
            return smooth(kFrom, kTo, 1 - y);
        case Side::middle:
            return smooth(1.0F, 0.55F, std::hypot((x - 0.5F) / 0.42F, (y - 0.5F) / 0.42F));
        case Side::edges:
            return smooth(0.55F, 1.0F, std::hypot((x - 0.5F) / 0.5F, (y - 0.5F) / 0.5F));
    }
    return 0;
}

Plan make_plan(const ArtRequest& request) {
    const std::string prompt = plain_words(request.prompt), context = joined_context(request.context);
    Random random(request.seed, 0x706c616e);
    Plan plan;
    plan.seed = request.seed;
    plan.technique = named_technique(prompt);
    plan.is_named = plan.technique != nullptr;
    plan.words = plan.is_named ? prompt : prompt + context;
    choose_palette(plan, request, prompt, context);
    plan.calm = calm_side(prompt);
    if (plan.calm == Side::none) plan.calm = calm_side(plain_words(request.context.composition_hints));

    // "Geometric pattern" is a technique; "pattern of oil lamps" scatters them.
    const bool wants_pattern =
        match(without_phrases(prompt, plan.technique), kPatternWords) > 0 && !request.transparent;
    // A cut-out shows a thing, whatever else its words would mean; a ground shows what it names outright.
    const bool shows_anything = request.transparent || wants_pattern || match(prompt, "behind") > 0;
    const bool things_only =
        !shows_anything && (plan.is_named || match(prompt, "background|backdrop|texture|wallpaper") > 0);
    const auto named_things = [&](const Technique* without) {
        return find_subjects(subject_words(prompt, without, request.transparent), kMostSubjects, things_only);
    };
    plan.subjects = named_things(request.transparent ? nullptr : plan.technique);
    // "Oil lamps and flowers": beside another motif, flowers are one too.
    if (wants_pattern && !plan.subjects.empty()) plan.subjects = named_things(nullptr);
    plan.is_pattern = wants_pattern && !plan.subjects.empty();
    if (!plan.technique && !plan.subjects.empty() && !plan.is_pattern)
        plan.technique = stage_for(plan.palette, random);
    if (!plan.technique) plan.technique = suiting_technique(plan.words, random);
    if (!plan.technique) plan.technique = &techniques()[random.below(techniques().size())];
    plan.treatment = treatment_of(prompt + context, plan.palette);
    return plan;
}

}  // namespace atelier::ai::builtin::art
