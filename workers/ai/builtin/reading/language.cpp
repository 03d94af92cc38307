#include "workers/ai/builtin/reading/language.hpp"

#include <array>
#include <map>
#include <unordered_map>

#include "lexicons.hpp"
#include "workers/ai/builtin/copy/wording.hpp"
#include "workers/ai/builtin/reading/lexicon.hpp"

namespace atelier::ai::builtin {
namespace {

struct Script {
    char32_t from, to;
    const char* language;
};
// By the first code point of a block; Japanese is told from Chinese by its syllables.
constexpr std::array<Script, 16> kScripts{{{0x370, 0x3ff, "el"},
                                           {0x400, 0x52f, "ru"},
                                           {0x590, 0x5ff, "he"},
                                           {0x600, 0x6ff, "ar"},
                                           {0x900, 0x97f, "hi"},
                                           {0x980, 0x9ff, "bn"},
                                           {0xa00, 0xa7f, "pa"},
                                           {0xa80, 0xaff, "gu"},
                                           {0xb80, 0xbff, "ta"},
                                           {0xc00, 0xc7f, "te"},
                                           {0xc80, 0xcff, "kn"},
                                           {0xd00, 0xd7f, "ml"},
                                           {0xe00, 0xe7f, "th"},
                                           {0x3040, 0x30ff, "ja"},
                                           {0x4e00, 0x9fff, "zh"},
                                           {0xac00, 0xd7af, "ko"}}};

std::string by_script(const std::string& text) {
    std::map<std::string, std::size_t> counts;
    std::size_t latin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const std::size_t size = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
        char32_t code = size == 1 ? byte : byte & (0x7f >> size);
        for (std::size_t i = 1; i < size; ++i)
            code = (code << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3f);
        at += size;
        if (code < 0x250 && (code >= 0xc0 || ((code | 32) >= 'a' && (code | 32) <= 'z'))) ++latin;
        for (const Script& script : kScripts)
            if (code >= script.from && code <= script.to) counts[script.language] += 3;
    }
    if (counts.contains("ja")) counts["ja"] += counts["zh"];
    std::string best;
    std::size_t most = latin;
    for (const auto& [language, count] : counts)
        if (count > most) best = language, most = count;
    return best;
}

}  // namespace

std::string detect_language(const Prompt& prompt) {
    if (std::string language = by_script(prompt.text); !language.empty()) return language;
    static const std::unordered_map<std::string, std::vector<std::string>> kWords = [] {
        std::unordered_map<std::string, std::vector<std::string>> out;
        for (const auto& row : table_rows(lexicons::find("lexicons/languages.txt")))
            for (const std::string& word : split(row[1], ' '))
                out[word].push_back(row[0]);
        return out;
    }();
    std::map<std::string, double> votes;
    for (const Word& word : prompt.words) {
        if (word.kind == Kind::quote || word.kind == Kind::url || word.low == "am") continue;
        const auto found = kWords.find(word.low);
        if (found == kWords.end()) continue;
        for (const std::string& language : found->second)
            votes[language] += 1.0 / static_cast<double>(found->second.size());
    }
    std::string best = "en";
    double most = votes["en"] + 0.49;
    for (const auto& [language, count] : votes)
        if (count > most) best = language, most = count;
    return best;
}

}  // namespace atelier::ai::builtin
