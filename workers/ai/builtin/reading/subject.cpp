// What a prompt is about: the noun phrase that its marks leave over.
#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>

#include "workers/ai/builtin/copy/wording.hpp"
#include "workers/ai/builtin/reading/lexicon.hpp"
#include "workers/ai/builtin/reading/reading.hpp"

namespace atelier::ai::builtin {
namespace {

struct Span {
    std::size_t from = 0, to = 0;
    bool empty() const { return from >= to; }
};

bool is_any(const Prompt& prompt, std::size_t at, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return prompt.is(at, word); });
}

bool is_number(const Prompt& prompt, std::size_t at) {
    return prompt.words[at].low.find_first_not_of("0123456789.,") == std::string::npos;
}

bool is_stop(const Prompt& prompt, std::size_t at) {
    return is_any(prompt, at,
                  {"with", "for",  "at",    "in",    "on",   "from", "by",    "to",  "featuring", "using",
                   "who",  "that", "which", "about", "as",   "into", "where", "mit", "für",       "bei",
                   "ab",   "im",   "am",    "pour",  "avec", "chez", "dans",  "à",   "sur",       "con",
                   "para", "en",   "por",   "per",   "nel",  "com",  "em",    "no",  "na"});
}

bool ends_clause(const Prompt& prompt, std::size_t at) {
    if (at >= prompt.words.size()) return true;
    const Word& word = prompt.words[at];
    switch (word.role) {
        case Role::mark:
            return word.text != "&" && word.text != "/" && word.text != "+";
        case Role::literal:
        case Role::field:
        case Role::contact:
        case Role::offer:
        case Role::price:
        case Role::when:
        case Role::place:
        case Role::brand:
            return true;
        default:
            return false;
    }
}

bool is_content(const Prompt& prompt, std::size_t at) {
    return at < prompt.words.size() &&
           (prompt.words[at].role == Role::none || prompt.words[at].role == Role::subject);
}

bool is_article(const Prompt& prompt, std::size_t at) {
    return is_any(prompt, at, {"a",     "an",   "the",    "our",    "my",    "your",  "some",    "new",
                               "ein",   "eine", "einen",  "un",     "une",   "el",    "la",      "le",
                               "les",   "il",   "o",      "os",     "um",    "uma",   "una",     "die",
                               "der",   "das",  "unsere", "unser",  "nossa", "nosso", "nuestra", "nuestro",
                               "notre", "nos",  "nostra", "nostro", "des",   "los",   "las",     "gli"});
}

// A phrase that runs on from `at`: stops at a preposition, at the clause's end; leading articles and trailing
// words that only link are no part of it.
Span phrase_from(const Prompt& prompt, std::size_t at) {
    while (at < prompt.words.size() && is_article(prompt, at))
        ++at;
    Span span{at, at};
    while (!ends_clause(prompt, span.to) && !is_stop(prompt, span.to)) {
        const Role role = prompt.words[span.to].role;
        if (role == Role::purpose || role == Role::mood) break;
        ++span.to;
    }
    const auto trailing = [&](std::size_t i) {
        const Role role = prompt.words[i].role;
        return role == Role::filler || role == Role::intent || role == Role::mark || role == Role::tone ||
               role == Role::style || role == Role::color;
    };
    while (!span.empty() && trailing(span.to - 1))
        --span.to;
    const auto leading = [&](std::size_t i) {
        const Role role = prompt.words[i].role;
        return role == Role::filler || role == Role::mark || role == Role::tone;
    };
    while (!span.empty() && leading(span.from))
        ++span.from;
    return span;
}

// A phrase that ends before `at`: "[Summer jazz] night".
Span phrase_before(const Prompt& prompt, std::size_t at) {
    Span span{at, at};
    while (span.from > 0 && !ends_clause(prompt, span.from - 1) && !is_stop(prompt, span.from - 1)) {
        const Role role = prompt.words[span.from - 1].role;
        if (role == Role::purpose ||
            (role == Role::filler && !is_any(prompt, span.from - 1, {"and", "&", "of", "de", "und"})))
            break;
        --span.from;
    }
    while (!span.empty() &&
           (prompt.words[span.from].role == Role::filler || prompt.words[span.from].role == Role::mark ||
            prompt.words[span.from].role == Role::tone))
        ++span.from;
    return span;
}

// Words that were understood belong to the phrase they stand in: "real [men] wear [pink]", "a true crime
// [show]".
void widen(const Prompt& prompt, Span& span, bool with_cues) {
    const auto belongs = [&](std::size_t at) {
        const Role role = at < prompt.words.size() ? prompt.words[at].role : Role::mark;
        return role == Role::none || role == Role::audience || role == Role::color ||
               (with_cues && role == Role::intent);
    };
    while (belongs(span.to) && !is_stop(prompt, span.to))
        ++span.to;
    while (span.from > 0 && belongs(span.from - 1) && prompt.words[span.from - 1].role != Role::intent)
        --span.from;
}

Span longest_free(const Prompt& prompt, bool with_cues) {
    Span best;
    std::size_t best_words = 0;
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        if (!is_content(prompt, at) || is_number(prompt, at)) continue;
        Span span{at, at + 1};
        std::size_t words = 1;
        for (;;) {
            if (is_content(prompt, span.to)) {
                ++span.to, ++words;
            } else if (is_any(prompt, span.to,
                              {"and", "&", "of", "und", "de", "et", "y", "e", "à", "di", "'"}) &&
                       is_content(prompt, span.to + 1)) {
                span.to += 2, ++words;
            } else {
                break;
            }
        }
        widen(prompt, span, with_cues);
        // Earlier is likelier.
        if (best_words == 0 || words > best_words + 1) best = span, best_words = words;
        at = span.to;
    }
    return best;
}

// Where the first phrase of an intent's cues stands.
Span cue_of(const Prompt& prompt, Intent intent) {
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        const Role role = prompt.words[at].role;
        if (role != Role::intent && role != Role::purpose && role != Role::filler && role != Role::occasion)
            continue;
        const auto match = intents().match(prompt, at);
        if (match && intents().row(match->row)[0] == to_string(intent)) return {at, at + match->length};
    }
    return {};
}

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
    std::size_t at = cue.to;
    while (at < prompt.words.size() &&
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
    return longest_free(prompt,
                        reading.facts.intent != Intent::announcement && reading.facts.intent != Intent::sale);
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

bool ends_topic(const Prompt& prompt, std::size_t at) {
    const Word& word = prompt.words[at];
    return word.role == Role::literal ||
           (word.role == Role::mark && std::string_view(",.;:\n").find(word.text) != std::string_view::npos);
}

// "5 mistakes every beginner photographer makes", "How to …": a headline as it stands.
std::string find_topic(const Reading& reading) {
    const Prompt& prompt = reading.prompt;
    const Intent intent = reading.facts.intent;
    if (intent != Intent::thumbnail && intent != Intent::education && intent != Intent::announcement)
        return {};
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        const Role role = prompt.words[at].role;
        const bool counts = prompt.is_free(at) && is_number(prompt, at) && prompt.is_word(at + 1);
        const bool how =
            is_any(prompt, at, {"how", "why", "what", "when", "where", "who"}) && prompt.is_word(at + 1);
        const bool after_colon = at > 0 && prompt.is(at - 1, ":") && role != Role::when &&
                                 role != Role::offer && role != Role::tone && role != Role::color;
        if (!counts && !how && !after_colon) continue;
        std::size_t end = at;
        while (end < prompt.words.size() && !ends_topic(prompt, end))
            ++end;
        const std::string text = prompt.slice(at, end);
        if (end - at >= 3 && letters(text) <= 70) return text;
    }
    return {};
}

// "7 simple tips": of how many things a list tells.
void spot_list(const Prompt& prompt, Facts& facts) {
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        if (!prompt.is_word(at) || !is_number(prompt, at) || letters(prompt.words[at].text) > 3) continue;
        for (std::size_t i = at + 1; i < at + 4; ++i) {
            if (!is_any(prompt, i,
                        {"mistakes", "tips",    "tricks",    "hacks",   "ways",      "ideas", "secrets",
                         "steps",    "reasons", "errors",    "myths",   "habits",    "facts", "rules",
                         "lessons",  "things",  "questions", "recipes", "exercises", "signs", "tools"}))
                continue;
            facts.count = prompt.words[at].text;
            facts.things = prompt.words[i].low;
            return;
        }
    }
}

// "Happy birthday grandma", "Thank you for 10,000 followers": whom, and what for.
void spot_addressee(Prompt& prompt, Facts& facts) {
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        const bool thanks = facts.kind == "thanks" && intents().match(prompt, at) &&
                            is_any(prompt, at, {"thank", "thank-you", "thanks"});
        const bool wish = prompt.words[at].role == Role::occasion && at > 0 &&
                          (prompt.language != "en" || is_any(prompt, at - 1, {"happy", "merry"}));
        if (!thanks && !wish) continue;
        const auto match = thanks ? intents().match(prompt, at) : occasions().match(prompt, at);
        std::size_t from = at + (match ? match->length : 1);
        const bool reason = thanks && is_any(prompt, from, {"for", "to"});
        if (reason || is_any(prompt, from, {"to"})) ++from;
        while (is_article(prompt, from))
            ++from;
        std::size_t end = from;
        while (end < prompt.words.size() && end < from + 4 &&
               (prompt.is_free(end) || prompt.words[end].role == Role::audience))
            ++end;
        if (end == from || (wish && is_number(prompt, from))) return;
        (thanks ? facts.thanked : facts.people) = prompt.slice(from, end);
        prompt.mark(from, end, Role::subject);
        return;
    }
}

// "Lost cat": what is missing.
void spot_lost(const Prompt& prompt, Facts& facts) {
    if (facts.kind != "lost") return;
    for (std::size_t at = 0; at + 1 < prompt.words.size(); ++at)
        if (is_any(prompt, at, {"lost", "missing"}) && prompt.is_word(at + 1)) {
            facts.subject = prompt.words[at + 1].low;
            return;
        }
}

// Clauses of nothing but things and their looks, and what follows "with": "spring flowers", "sea view".
void spot_extras(Reading& reading) {
    const Prompt& prompt = reading.prompt;
    if (reading.facts.language != "en") return;
    const auto looks = [&](std::size_t at) {
        const Role role = at < prompt.words.size() ? prompt.words[at].role : Role::mark;
        return role == Role::season || role == Role::color || role == Role::style || role == Role::none;
    };
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        const bool begins = at > 0 && (prompt.words[at - 1].role == Role::mark ||
                                       is_any(prompt, at - 1, {"with", "featuring", "and"}));
        if (!begins || !looks(at)) continue;
        std::size_t end = at;
        bool has_thing = false;
        while (looks(end)) {
            has_thing = has_thing || (prompt.is_free(end) && !is_number(prompt, end) &&
                                      !begins_large(prompt.words[end].text));
            ++end;
        }
        const bool ends = ends_clause(prompt, end) || is_any(prompt, end, {"and", "&"});
        const std::string text = lower(prompt.slice(at, end));
        const bool is_thing = prompt.is_free(end - 1) && !begins_large(prompt.words[end - 1].text);
        if (has_thing && ends && is_thing && end - at <= 4 && letters(text) >= 3 && reading.extras.size() < 6)
            reading.extras.push_back(text);
        at = end;
    }
}

}  // namespace

void spot_subject(Reading& reading) {
    Prompt& prompt = reading.prompt;
    Facts& facts = reading.facts;
    facts.topic = find_topic(reading);
    spot_list(prompt, facts);
    if (facts.intent == Intent::greeting) spot_addressee(prompt, facts);
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
}

}  // namespace atelier::ai::builtin
