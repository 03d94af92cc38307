#include "workers/ai/builtin/reading/lexicon.hpp"

#include <algorithm>

#include "lexicons.hpp"
#include "workers/ai/builtin/copy/wording.hpp"

namespace atelier::ai::builtin {

std::vector<std::vector<std::string>> table_rows(std::string_view text) {
    std::vector<std::vector<std::string>> out;
    for (const std::string& line : split(text, '\n')) {
        if (line.front() == '#') continue;
        std::vector<std::string> fields;
        for (std::size_t at = 0; at <= line.size();) {
            const std::size_t end = std::min(line.find('|', at), line.size());
            fields.push_back(trim(std::string_view(line).substr(at, end - at)));
            at = end + 1;
        }
        out.push_back(std::move(fields));
    }
    return out;
}

Lexicon::Lexicon(std::string_view file, std::size_t cues) : rows_(table_rows(lexicons::find(file))) {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        const std::string& all = rows_[row].at(cues);
        const std::size_t foreign = std::min(all.find(';'), all.size());
        const auto add = [&](const std::string& list, bool is_foreign) {
            for (const std::string& cue : split(list, ',')) {
                Phrase phrase{phrase_words(cue), row, is_foreign};
                const std::string first = phrase.words.front();
                by_first_word_[first].push_back(std::move(phrase));
            }
        };
        add(all.substr(0, foreign), false);
        if (foreign < all.size()) add(all.substr(foreign + 1), true);
    }
    for (auto& [word, phrases] : by_first_word_)
        std::stable_sort(phrases.begin(), phrases.end(),
                         [](const Phrase& a, const Phrase& b) { return a.words.size() > b.words.size(); });
}

std::optional<Lexicon::Match> Lexicon::match(const Prompt& prompt, std::size_t at) const {
    const auto found = by_first_word_.find(prompt.words[at].low);
    if (found == by_first_word_.end() || prompt.words[at].kind == Kind::quote) return {};
    for (const Phrase& phrase : found->second) {
        if (phrase.is_foreign && prompt.language == "en") continue;
        std::size_t i = 1;
        while (i < phrase.words.size() && prompt.is(at + i, phrase.words[i]))
            ++i;
        if (i == phrase.words.size()) return Match{phrase.row, i};
    }
    return {};
}

const Lexicon& occasions() {
    static const Lexicon table("lexicons/occasions.txt", 1);
    return table;
}
const Lexicon& tones() {
    static const Lexicon table("lexicons/tones.txt", 1);
    return table;
}
const Lexicon& styles() {
    static const Lexicon table("lexicons/styles.txt", 1);
    return table;
}
const Lexicon& moods() {
    static const Lexicon table("lexicons/moods.txt", 1);
    return table;
}
const Lexicon& seasons() {
    static const Lexicon table("lexicons/seasons.txt", 1);
    return table;
}
const Lexicon& colors() {
    static const Lexicon table("lexicons/colors.txt", 1);
    return table;
}
const Lexicon& audiences() {
    static const Lexicon table("lexicons/audiences.txt", 1);
    return table;
}
const Lexicon& purposes() {
    static const Lexicon table("lexicons/purposes.txt", 1);
    return table;
}
const Lexicon& intents() {
    static const Lexicon table("lexicons/intents.txt", 2);
    return table;
}
const Lexicon& kinds() {
    static const Lexicon table("lexicons/kinds.txt", 1);
    return table;
}
const Lexicon& themes() {
    static const Lexicon table("lexicons/themes.txt", 1);
    return table;
}
const Lexicon& fillers() {
    static const Lexicon table("lexicons/fillers.txt", 0);
    return table;
}
const Lexicon& cities() {
    static const Lexicon table("lexicons/cities.txt", 0);
    return table;
}

}  // namespace atelier::ai::builtin
