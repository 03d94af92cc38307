#pragma once
// Phrases of a prompt whose words have their roles: where they begin and end.

#include <cstddef>
#include <initializer_list>
#include <string_view>

#include "workers/ai/brief/brief.hpp"
#include "workers/ai/builtin/reading/words.hpp"

namespace atelier::ai::builtin {

struct Span {
    std::size_t from = 0, to = 0;
    bool empty() const { return from >= to; }
};

bool is_any(const Prompt& prompt, std::size_t at, std::initializer_list<std::string_view> words);
bool is_number(const Prompt& prompt, std::size_t at);
bool is_article(const Prompt& prompt, std::size_t at);
/// A word that no pass has claimed, or that the subject has.
bool is_content(const Prompt& prompt, std::size_t at);
bool ends_clause(const Prompt& prompt, std::size_t at);

/// A phrase that runs on from `at`: to a preposition or the clause's end, without leading articles and
/// trailing words that only link.
Span phrase_from(const Prompt& prompt, std::size_t at);
/// A phrase that ends before `at`: "[Summer jazz] night".
Span phrase_before(const Prompt& prompt, std::size_t at);
/// The longest phrase that no pass has claimed, the earlier of like ones. It takes in its neighbours that are
/// cues of intents (`with_cues`), or occasions and seasons (`named_by_day`).
Span longest_free(const Prompt& prompt, bool with_cues, bool named_by_day);
/// Where the first cue of an intent stands.
Span cue_of(const Prompt& prompt, Intent intent);

}  // namespace atelier::ai::builtin
