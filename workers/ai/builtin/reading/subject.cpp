// What a prompt is about: the noun phrase that its marks leave over.
#include <algorithm>
#include <string_view>

#include "workers/ai/builtin/copy/wording.hpp"
#include "workers/ai/builtin/reading/lexicon.hpp"
#include "workers/ai/builtin/reading/phrases.hpp"
#include "workers/ai/builtin/reading/reading.hpp"
#include "workers/ai/builtin/reading/topic.hpp"

namespace atelier::ai::builtin {
namespace {

Span sale_subject(const Prompt& prompt) {
    const Span cue = cue_of(prompt, Intent::sale);
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        const bool after_offer = at > 0 && (prompt.words[at - 1].role == Role::offer ||
                                            prompt.words[at - 1].role == Role::intent ||
                                            prompt.words[at - 1].role == Role::occasion);
        if (after_offer && is_any(prompt, at,
                                  {"on", "off", "of", "for", "auf", "für", "sur", "en", "em", "su", "de",
                                   "di", "sui", "sulle"})) {
            std::size_t from = at + 1;
            if (is_any(prompt, from,
                       {"all", "our", "selected", "tout", "toute", "todo", "toda", "tutti", "tutte", "alle"}))
                ++from;
            const Span span = phrase_from(prompt, from);
            if (!span.empty() &&
                std::any_of(prompt.words.begin() + static_cast<long>(span.from),
                            prompt.words.begin() + static_cast<long>(span.to),
                            [](const Word& w) { return w.role == Role::none || w.role == Role::subject; }))
                return span;
        }
    }
    if (!cue.empty()) {
        Span span = phrase_before(prompt, cue.from);
        while (!span.empty() && !is_content(prompt, span.from))
            ++span.from;
        while (!span.empty() && !is_content(prompt, span.to - 1))
            --span.to;
        if (!span.empty() && !is_any(prompt, span.from,
                                     {"mega", "big", "flash", "huge", "final", "super", "great", "grand",
                                      "annual", "special"}))
            return span;
    }
    return {};
}

Span hiring_subject(const Prompt& prompt) {
    const Span cue = cue_of(prompt, Intent::hiring);
    if (cue.empty()) return {};
    // "Senior backend engineer": the cue is a part of the role.
    const auto is_rank = [&](std::size_t i) {
        return is_any(prompt, i, {"senior", "junior", "full-time", "part-time", "lead", "head"});
    };
    std::size_t at = is_rank(cue.from) ? cue.from : cue.to;
    while (at < prompt.words.size() && !is_rank(at) &&
           (prompt.is(at, ":") || prompt.is(at, "-") || prompt.is(at, "for") || prompt.is(at, "as") ||
            prompt.words[at].role == Role::purpose || prompt.words[at].role == Role::intent))
        ++at;
    Span span = phrase_from(prompt, at);
    if (span.empty()) span = phrase_before(prompt, cue.from);
    return span;
}

// An event's own name holds its head: "Summer jazz night", "Grand opening of …".
Span event_subject(const Prompt& prompt, const Facts& facts) {
    const Span cue = cue_of(prompt, facts.intent);
    if (cue.empty()) return {};
    // "opening of Nordic yoga studio": what opens.
    if (is_any(prompt, cue.to, {"of", "von", "de", "du", "di", "del", "da", "do", "des", "der"})) {
        const Span span = phrase_from(prompt, cue.to + 1);
        if (!span.empty() && facts.kind == "opening") return span;
        if (!span.empty()) return {cue.from, span.to};
    }
    // "How to start a podcast", "Learn watercolour painting": what is learnt.
    if (is_any(prompt, cue.from, {"how", "how-to", "learn", "steps", "ways"})) {
        const Span learnt = phrase_from(prompt, cue.to);
        if (!learnt.empty()) return learnt;
    }
    const Span span = phrase_before(prompt, cue.from);
    if (facts.kind == "opening" && !span.empty()) return span;
    const auto belongs = [&](std::size_t at) {
        return is_content(prompt, at) || (at < prompt.words.size() && prompt.words[at].role == Role::intent);
    };
    std::size_t to = cue.to;
    while (belongs(to) || (is_any(prompt, to, {"and", "&"}) && belongs(to + 1)))
        ++to;
    return {span.empty() ? cue.from : span.from, to};
}

Span around(const Prompt& prompt, Intent intent) {
    const Span cue = cue_of(prompt, intent);
    if (cue.empty()) return {};
    std::size_t at = cue.to;
    if (is_any(prompt, at, {"of", "for", "von", "de", "du", "di", "do", "da", "del", ":"})) ++at;
    Span span = phrase_from(prompt, at);
    const Span before = phrase_before(prompt, cue.from);
    if (span.empty() || (!before.empty() && !is_article(prompt, cue.to) && at == cue.to))
        return before.empty() ? span : before;
    return span;
}

Span find_subject(const Reading& reading) {
    const Prompt& prompt = reading.prompt;
    Span span;
    // "Real estate: luxury apartments in …".
    if (reading.facts.intent == Intent::promotion)
        for (std::size_t at = 1; at + 1 < prompt.words.size(); ++at)
            if (prompt.is(at, ":") && prompt.words[at].role == Role::mark)
                if (const Span told = phrase_from(prompt, at + 1); !told.empty()) return told;
    // "A poster about recycling for …".
    if (reading.facts.intent == Intent::education || reading.facts.intent == Intent::promotion)
        for (std::size_t at = 0; at < prompt.words.size(); ++at)
            if (is_any(prompt, at, {"about", "über", "sobre", "riguardo"}))
                if (const Span told = phrase_from(prompt, at + 1); !told.empty()) return told;
    switch (reading.facts.intent) {
        case Intent::sale:
            span = sale_subject(prompt);
            break;
        case Intent::hiring:
            span = hiring_subject(prompt);
            break;
        case Intent::event:
        case Intent::education:
            span = event_subject(prompt, reading.facts);
            break;
        case Intent::launch:
            span = around(prompt, Intent::launch);
            break;
        case Intent::menu: {
            const Span cue = cue_of(prompt, Intent::menu);
            span = phrase_before(prompt, cue.from);
            if (cue.to > cue.from + 1) span = {span.empty() ? cue.from : span.from, cue.to - 1};
            while (!span.empty() && prompt.words[span.from].role == Role::occasion)
                ++span.from;
            break;
        }
        default:
            break;
    }
    if (!span.empty()) return span;
    const Intent intent = reading.facts.intent;
    return longest_free(prompt, intent != Intent::announcement && intent != Intent::sale,
                        intent == Intent::event);
}

// The running form: a first letter that is large only because the prompt begins there becomes small.
std::string running(const Prompt& prompt, const Span& span) {
    std::string text = prompt.slice(span.from, span.to);
    const Word& first = prompt.words[span.from];
    std::size_t large = 0, words = 0;
    for (std::size_t i = span.from; i < span.to; ++i)
        if (prompt.words[i].kind == Kind::word && prompt.words[i].text.size() > 2)
            ++words, large += begins_large(prompt.words[i].text);
    const bool all_large =
        first.text.size() > 1 && (begins_large(std::string_view(first.text).substr(1)) ||
                                  first.text.find_first_of("0123456789") != std::string::npos);
    const bool is_name = words > 1 && large == words;
    if (begins_large(first.text) && !all_large && !is_name &&
        (span.from == 0 || prompt.is(span.from - 1, "\n") || prompt.is(span.from - 1, ".") ||
         prompt.is(span.from - 1, ":")) &&
        !cities().match(prompt, span.from) && first.role != Role::occasion && prompt.language != "de" &&
        first.low != "i")
        text = lower(first.text) + text.substr(first.text.size());
    return text;
}

}  // namespace

void spot_subject(Reading& reading) {
    Prompt& prompt = reading.prompt;
    Facts& facts = reading.facts;
    facts.topic = find_topic(reading);
    spot_list(prompt, facts);
    if (facts.intent == Intent::greeting) spot_addressee(prompt, facts);
    if (facts.kind == "thanks" && facts.thanked.empty()) facts.thanked = facts.audience;
    const Span span = find_subject(reading);
    if (facts.subject.empty() && !span.empty()) facts.subject = cut_at_word(running(prompt, span), 60);
    for (const std::string_view all :
         {"everything", "all", "all items", "items", "products", "all products", "storewide", "sitewide"})
        if (lower(facts.subject) == all) facts.subject.clear();
    spot_lost(prompt, facts);
    prompt.mark(span.from, span.to, Role::subject);
    spot_extras(reading);
    // A sentence instead of a thing: it says itself.
    const bool is_sentence = facts.intent == Intent::promotion && split(facts.subject, ' ').size() >= 4;
    if (is_sentence && facts.topic.empty()) facts.topic = facts.subject;
    facts.number = number_of(facts.subject);
    // "Paper Moons" is one album.
    const std::vector<std::string> words = split(facts.subject, ' ');
    if (words.size() > 1 &&
        std::all_of(words.begin(), words.end(), [](const auto& w) { return begins_large(w); }))
        facts.number = Number::single;
}

}  // namespace atelier::ai::builtin
