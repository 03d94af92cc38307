#include <utility>

#include "workers/ai/builtin/copy/wording.hpp"
#include "workers/ai/builtin/reading/language.hpp"
#include "workers/ai/builtin/reading/reading.hpp"
#include "workers/ai/builtin/reading/spotters.hpp"

namespace atelier::ai::builtin {

Reading read_prompt(std::string_view text, std::string_view brand, const Embedding* embedding) {
    Reading reading;
    reading.prompt = read_words(text);
    Facts& facts = reading.facts;
    facts.language = reading.prompt.language = detect_language(reading.prompt);
    facts.brand = cut_at_word(brand, 60);
    spot_fields(reading.prompt, facts);
    facts.intent = judge_intent(reading.prompt, embedding);
    spot_literals(reading.prompt, facts);
    spot_kind(reading);
    spot_occasion(reading);
    spot_offers(reading.prompt, facts);
    spot_times(reading.prompt, facts);
    spot_places(reading.prompt, facts);
    spot_brand(reading.prompt, facts);
    spot_meaning(reading);
    spot_subject(reading);
    spot_theme(reading, embedding);
    // A thing that a theme knows is no sentence.
    if (facts.topic == facts.subject && !facts.theme.name.empty()) facts.topic.clear();
    if (facts.intent == Intent::hiring && facts.brand.empty()) facts.brand = std::exchange(facts.place, "");
    return reading;
}

}  // namespace atelier::ai::builtin
