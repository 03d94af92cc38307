#include "workers/ai/builtin/reading/phrases.hpp"

#include <algorithm>

#include "workers/ai/builtin/reading/lexicon.hpp"

namespace atelier::ai::builtin {
namespace {

bool is_stop(const Prompt& prompt, std::size_t at) {
    return is_any(prompt, at,
                  {"with", "for",  "at",    "in",    "on",   "from", "by",    "to",  "featuring", "using",
                   "who",  "that", "which", "about", "as",   "into", "where", "mit", "für",       "bei",
                   "ab",   "im",   "am",    "pour",  "avec", "chez", "dans",  "à",   "sur",       "con",
                   "para", "en",   "por",   "per",   "nel",  "com",  "em",    "no",  "na"});
}

// Words that were understood belong to the phrase they stand in: "real [men] wear [pink]", "a true crime
// [show]".
void widen(const Prompt& prompt, Span& span, bool with_cues, bool named_by_day) {
    const auto belongs = [&](std::size_t at) {
        const Role role = at < prompt.words.size() ? prompt.words[at].role : Role::mark;
        return role == Role::none || role == Role::audience || role == Role::color ||
               (with_cues && role == Role::intent) ||
               (named_by_day && (role == Role::occasion || role == Role::season));
    };
    while (belongs(span.to) && !is_stop(prompt, span.to))
        ++span.to;
    while (span.from > 0 && belongs(span.from - 1) && prompt.words[span.from - 1].role != Role::intent)
        --span.from;
}

}  // namespace

bool is_any(const Prompt& prompt, std::size_t at, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return prompt.is(at, word); });
}

bool is_number(const Prompt& prompt, std::size_t at) {
    return prompt.words[at].low.find_first_not_of("0123456789.,") == std::string::npos;
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

Span longest_free(const Prompt& prompt, bool with_cues, bool named_by_day) {
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
        widen(prompt, span, with_cues, named_by_day);
        // Earlier is likelier.
        if (best_words == 0 || words > best_words + 1) best = span, best_words = words;
        at = span.to;
    }
    return best;
}

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

}  // namespace atelier::ai::builtin
