#include "workers/ai/builtin/reading/read_brief.hpp"

#include <algorithm>
#include <array>

#include "workers/ai/builtin/copy/wording.hpp"
#include "workers/ai/builtin/copy/write_copies.hpp"
#include "workers/ai/builtin/reading/lexicon.hpp"
#include "workers/ai/builtin/reading/picture.hpp"
#include "workers/ai/builtin/reading/reading.hpp"
#include "workers/ai/builtin/reading/title.hpp"
#include "workers/ai/builtin/reading/unsafe.hpp"

namespace atelier::ai::builtin {
namespace {

constexpr std::array<std::string_view, 12> kUsualPurpose{
    "sale banner", "launch post", "event poster", "greeting card",   "announcement", "job advert",
    "advert",      "quote card",  "course flyer", "video thumbnail", "invitation",   "menu"};
constexpr std::array<std::string_view, 12> kUsualTone{"bold",     "modern",   "energetic", "warm",
                                                      "modern",   "friendly", "modern",    "calm",
                                                      "friendly", "bold",     "elegant",   "warm"};

std::string purpose(const Reading& reading) {
    const std::string usual(kUsualPurpose[static_cast<std::size_t>(reading.facts.intent)]);
    const std::string& word = reading.purpose_word;
    std::string out = usual;
    if (!word.empty() && usual.find(word) == std::string::npos) {
        const bool says_itself = word.find(' ') != std::string::npos || word == "invitation" ||
                                 word == "menu" || word == "thumbnail" || word == "infographic" ||
                                 reading.facts.intent == Intent::promotion;
        out = says_itself ? word : std::string(to_string(reading.facts.intent)) + " " + word;
    }
    const bool is_private =
        reading.facts.intent == Intent::invitation || reading.facts.intent == Intent::greeting;
    if (is_private && !reading.facts.occasion.empty()) out = reading.facts.occasion + " " + out;
    return out;
}

std::vector<design::Color> usual_colors(const Reading& reading) {
    std::vector<design::Color> out;
    for (const std::string& hex : split(occasions().row(*reading.occasion)[3], ' '))
        if (const auto color = design::parse_color(hex)) out.push_back(*color);
    return out;
}

// "Warm and playful, never loud": what the kit says of its voice, behind what the prompt says.
void add_tones(std::vector<std::string>& tones_so_far, const std::string& voice) {
    const Prompt words = read_words(voice);
    for (std::size_t at = 0; at < words.words.size(); ++at) {
        const auto match = tones().match(words, at);
        const bool is_denied =
            at > 0 && (words.is(at - 1, "never") || words.is(at - 1, "not") || words.is(at - 1, "no"));
        if (!match || is_denied || tones_so_far.size() >= 6) continue;
        const std::string& tone = tones().row(match->row)[0];
        if (std::find(tones_so_far.begin(), tones_so_far.end(), tone) == tones_so_far.end())
            tones_so_far.push_back(tone);
    }
}

}  // namespace

Result<Brief> read_brief(const BriefRequest& request, const Embedding* embedding) {
    Reading reading = read_prompt(request.prompt, request.brand ? request.brand->name : "", embedding);
    if (trim(reading.prompt.text).empty())
        return invalid("/prompt", "minLength", "the prompt holds nothing that can be read");
    if (const auto category = find_unsafe(reading.prompt))
        return invalid("/prompt", "unsafe", "no design is made of " + *category);
    Facts& facts = reading.facts;
    if (request.brand) add_tones(facts.tone, request.brand->voice);

    Brief brief;
    brief.prompt = cut_at_word(valid_text(request.prompt), 2000);
    brief.title = title_of(reading);
    facts.own_words = own_clauses(reading);
    if (facts.intent == Intent::announcement && facts.topic.empty() && facts.kind.empty())
        facts.topic = facts.own_words.front();
    if (facts.tone.empty()) facts.tone.emplace_back(kUsualTone[static_cast<std::size_t>(facts.intent)]);
    brief.language = facts.language;
    brief.intent = facts.intent;
    brief.purpose = purpose(reading);
    brief.subject = facts.subject;
    brief.occasion = facts.occasion;
    brief.season = facts.season;
    brief.audience = facts.audience.empty() ? facts.theme.audience : facts.audience;
    brief.brand = facts.brand;
    brief.tone = facts.tone;
    brief.mood = reading.mood;
    brief.colors = reading.colors;
    // A festival has its own colours; a brand's kit is stronger.
    if (brief.colors.empty() && reading.occasion && !request.brand) brief.colors = usual_colors(reading);
    brief.style_keywords = find_style(reading);
    brief.motifs = find_motifs(reading);
    brief.image_prompt = picture_in_words(reading, brief.motifs);
    brief.copies = write_copies(facts, std::clamp(request.variants, 1, 8), request.seed);
    return brief;
}

Result<Brief> read_brief(const BriefRequest& request) {
    return read_brief(request, nullptr);
}

}  // namespace atelier::ai::builtin
