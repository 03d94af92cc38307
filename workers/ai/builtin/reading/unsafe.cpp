#include "workers/ai/builtin/reading/unsafe.hpp"

#include <algorithm>
#include <vector>

#include "lexicons.hpp"
#include "workers/ai/builtin/copy/wording.hpp"
#include "workers/ai/builtin/reading/lexicon.hpp"

namespace atelier::ai::builtin {
namespace {

using Words = std::vector<std::string>;

struct Rule {
    std::string category;
    std::vector<std::vector<Words>> needs;  ///< one phrase of each list must occur
    std::vector<Words> unless;              ///< and none of these
};

std::vector<Words> phrases(const std::string& list) {
    std::vector<Words> out;
    for (const std::string& phrase : split(list, ','))
        out.push_back(phrase_words(phrase));
    return out;
}

const std::vector<Rule>& rules() {
    static const std::vector<Rule> kRules = [] {
        std::vector<Rule> out;
        for (const auto& row : table_rows(lexicons::find("lexicons/unsafe.txt"))) {
            Rule rule{row[0], {}, phrases(row.size() > 2 ? row[2] : "")};
            for (const std::string& list : split(row[1], '+'))
                rule.needs.push_back(phrases(list));
            out.push_back(std::move(rule));
        }
        return out;
    }();
    return kRules;
}

// The words of the prompt, those inside quotes too: a quoted threat is set in large letters.
Words all_words(const Prompt& prompt) {
    Words out;
    for (const Word& word : prompt.words) {
        if (word.kind == Kind::mark) continue;
        for (std::string part : word.kind == Kind::word ? Words{word.low} : phrase_words(word.text)) {
            if (part.size() > 2 && part.substr(part.size() - 2) == "'s") part.resize(part.size() - 2);
            out.push_back(std::move(part));
        }
    }
    return out;
}

bool holds(const Words& text, const std::vector<Words>& list) {
    return std::any_of(list.begin(), list.end(), [&](const Words& phrase) {
        return std::search(text.begin(), text.end(), phrase.begin(), phrase.end()) != text.end();
    });
}

}  // namespace

std::optional<std::string> find_unsafe(const Prompt& prompt) {
    const Words text = all_words(prompt);
    for (const Rule& rule : rules()) {
        const bool all = std::all_of(rule.needs.begin(), rule.needs.end(),
                                     [&](const std::vector<Words>& list) { return holds(text, list); });
        if (all && !holds(text, rule.unless)) return rule.category;
    }
    return {};
}

}  // namespace atelier::ai::builtin
