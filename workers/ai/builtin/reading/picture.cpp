#include "workers/ai/builtin/reading/picture.hpp"

#include <algorithm>
#include <initializer_list>

#include "workers/ai/builtin/copy/wording.hpp"
#include "workers/ai/builtin/reading/lexicon.hpp"

namespace atelier::ai::builtin {
namespace {

void add(std::vector<std::string>& list, const std::string& text, std::size_t most) {
    if (!text.empty() && letters(text) <= 50 && list.size() < most &&
        std::find(list.begin(), list.end(), text) == list.end())
        list.push_back(text);
}

bool has_tone(const Reading& reading, std::initializer_list<std::string_view> tones) {
    const auto& own = reading.facts.tone;
    return std::any_of(tones.begin(), tones.end(), [&](std::string_view tone) {
        return std::find(own.begin(), own.end(), tone) != own.end();
    });
}

// A service or a subscription cannot be seen: its theme's thing stands for it.
bool can_be_seen(const std::string& subject) {
    const Prompt words = read_words(subject);
    for (std::size_t at = 0; at < words.words.size(); ++at) {
        const auto match = themes().match(words, at);
        if (match && at + match->length == words.words.size()) return true;
    }
    return false;
}

// What is in the middle of the picture. An advert for people shows what they work with.
std::string thing(const Reading& reading) {
    const Facts& facts = reading.facts;
    const bool is_product =
        facts.intent == Intent::sale || facts.intent == Intent::launch || facts.intent == Intent::promotion;
    if (is_product && facts.language == "en" && !facts.subject.empty() &&
        (facts.theme.noun.empty() || can_be_seen(facts.subject)))
        return facts.subject;
    return facts.theme.noun;
}

std::string in_the_middle(const std::string& middle) {
    return sentence_case(number_of(middle) == Number::single ? with_article(middle) : middle);
}

std::string light(const Reading& reading) {
    if (reading.mood == Mood::dark) return "low-key light with deep shadows and glowing highlights";
    if (has_tone(reading, {"futuristic"})) return "neon light";
    if (has_tone(reading, {"premium", "elegant"})) return "soft directional light";
    if (reading.mood == Mood::light || has_tone(reading, {"fresh", "minimal", "tender"}))
        return "bright, airy daylight";
    if (has_tone(reading, {"bold", "urgent", "energetic"})) return "hard, punchy light";
    if (has_tone(reading, {"spooky", "mysterious"})) return "misty moonlight";
    if (has_tone(reading, {"warm", "festive", "romantic", "earthy"})) return "warm golden light";
    return "soft natural light";
}

}  // namespace

std::vector<std::string> find_motifs(const Reading& reading) {
    std::vector<std::string> out;
    const auto wish = [&](const std::vector<std::string>& list, std::size_t most) {
        for (std::size_t i = 0; i < list.size() && i < most; ++i)
            add(out, list[i], 10);
    };
    if (!reading.facts.theme.motifs.empty()) add(out, reading.facts.theme.motifs.front(), 10);
    wish(reading.extras, 3);
    if (reading.occasion) wish(split(occasions().row(*reading.occasion)[4], ','), 4);
    wish(reading.facts.theme.motifs, 4);
    if (!reading.occasion && out.size() < 3) {
        const std::string& season = reading.facts.season;
        if (season == "spring") wish({"blossom", "tulip"}, 2);
        if (season == "summer") wish({"sun", "palm leaf"}, 2);
        if (season == "autumn") wish({"maple leaf", "pumpkin"}, 2);
        if (season == "winter") wish({"snowflake", "pine"}, 2);
        if (season == "monsoon") wish({"rain drops", "umbrella"}, 2);
    }
    return out;
}

std::vector<std::string> find_style(const Reading& reading) {
    std::vector<std::string> out;
    for (const std::string& keyword : reading.style_keywords)
        add(out, keyword, 7);
    for (std::size_t i = 1; i < reading.color_names.size() && i < 3; ++i)
        if (reading.color_names[i].front() != '#') add(out, reading.color_names[i] + " accents", 8);
    if (reading.mood != Mood::any) add(out, std::string(to_string(reading.mood)), 9);
    if (reading.occasion)
        for (const std::string& tone : split(occasions().row(*reading.occasion)[5], ','))
            add(out, tone, 9);
    for (const std::string& word : split(reading.facts.theme.style, ','))
        add(out, word, 10);
    return out;
}

std::string picture_in_words(const Reading& reading, const std::vector<std::string>& motifs) {
    const Facts& facts = reading.facts;
    const std::string middle = thing(reading);
    std::vector<std::string> around;
    for (const std::string& motif : motifs)
        if (motif != middle && middle.find(motif) == std::string::npos && around.size() < 3)
            around.push_back(motif);
    std::string out;
    if (middle.empty()) {
        out = around.empty() ? "Soft abstract shapes" : "An arrangement of " + join(around, ", ");
    } else {
        out = in_the_middle(middle) + (facts.theme.setting.empty() ? "" : " " + facts.theme.setting);
        if (!around.empty()) out += ", with " + join(around, ", ") + " around";
    }
    if (!facts.occasion.empty())
        out += ", " + facts.occasion + " atmosphere";
    else if (!facts.season.empty())
        out += ", " + facts.season + " atmosphere";
    out += ", " + light(reading);
    if (!reading.color_names.empty()) {
        std::vector<std::string> names(reading.color_names.begin(),
                                       reading.color_names.begin() + static_cast<long>(std::min<std::size_t>(
                                                                         3, reading.color_names.size())));
        out += ", in " + join(names, " and ");
    }
    if (!facts.tone.empty()) out += ", " + facts.tone.front() + " mood";
    return cut_at_word(out + ", room for text, no letters", 900);
}

}  // namespace atelier::ai::builtin
