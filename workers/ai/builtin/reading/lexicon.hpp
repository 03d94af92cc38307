#pragma once
// The tables of words under lexicons/: one row a line, fields between "|", lists between ",".

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "workers/ai/builtin/reading/words.hpp"

namespace atelier::ai::builtin {

/// Trimmed fields; comments and empty lines left out.
std::vector<std::vector<std::string>> table_rows(std::string_view text);

/// A table whose field `cues` lists the phrases that point to the row. Those behind a ";" count only in
/// prompts that are not in English, where they would mean something else ("pain", "rot").
class Lexicon {
  public:
    struct Match {
        std::size_t row = 0, length = 0;  ///< length in words
    };
    Lexicon(std::string_view file, std::size_t cues);

    /// The longest phrase that begins at a word.
    std::optional<Match> match(const Prompt& prompt, std::size_t at) const;
    const std::vector<std::string>& row(std::size_t index) const { return rows_[index]; }
    const std::vector<std::vector<std::string>>& rows() const { return rows_; }

  private:
    struct Phrase {
        std::vector<std::string> words;
        std::size_t row;
        bool is_foreign;
    };
    std::vector<std::vector<std::string>> rows_;
    std::unordered_map<std::string, std::vector<Phrase>> by_first_word_;
};

/// The tables, each read at its first use.
const Lexicon& occasions();
const Lexicon& tones();
const Lexicon& styles();
const Lexicon& moods();
const Lexicon& seasons();
const Lexicon& colors();
const Lexicon& audiences();
const Lexicon& purposes();
const Lexicon& intents();
const Lexicon& kinds();
const Lexicon& themes();
const Lexicon& fillers();
const Lexicon& cities();

}  // namespace atelier::ai::builtin
