#include "workers/ai/builtin/instructions/language/vocabulary.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "workers/ai/builtin/instructions/language/phrases.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) words.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

struct Rewriting {
    std::vector<std::string> said, meant;
};

/// By the first word; the longest phrase first.
const std::map<std::string, std::vector<Rewriting>, std::less<>>& rewritings() {
    static const auto table = [] {
        std::map<std::string, std::vector<Rewriting>, std::less<>> out;
        for (const Phrase& phrase : kPhrases) {
            Rewriting row{split(phrase.said), split(phrase.meant)};
            out[row.said[0]].push_back(std::move(row));
        }
        for (auto& [word, rows] : out)
            std::stable_sort(rows.begin(), rows.end(), [](const Rewriting& a, const Rewriting& b) {
                return a.said.size() > b.said.size();
            });
        return out;
    }();
    return table;
}

bool stands_at(const Tokens& tokens, std::size_t at, const std::vector<std::string>& words) {
    if (at + words.size() > tokens.size()) return false;
    for (std::size_t i = 0; i < words.size(); ++i)
        if (!tokens[at + i].is(words[i])) return false;
    return true;
}

/// Damerau's distance is at most one.
bool is_one_slip(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    std::size_t front = 0;
    while (front < a.size() && a[front] == b[front])
        ++front;
    if (a.size() < b.size()) return a.substr(front) == b.substr(front + 1);
    if (front == a.size()) return true;
    if (a.substr(front + 1) == b.substr(front + 1)) return true;
    return front + 1 < a.size() && a[front] == b[front + 1] && a[front + 1] == b[front] &&
           a.substr(front + 2) == b.substr(front + 2);
}

/// One pass over the table; every phrase is met once.
Tokens rewritten(const Tokens& tokens) {
    Tokens out;
    for (std::size_t at = 0; at < tokens.size();) {
        const auto rows =
            tokens[at].kind == Kind::word ? rewritings().find(tokens[at].word) : rewritings().end();
        const Rewriting* row = nullptr;
        if (rows != rewritings().end())
            for (const Rewriting& candidate : rows->second)
                if (!row && stands_at(tokens, at, candidate.said)) row = &candidate;
        if (!row) {
            out.push_back(tokens[at++]);
            continue;
        }
        const std::size_t end = tokens[at + row->said.size() - 1].tail;
        if (row->meant.empty() && !out.empty()) out.back().tail = end;
        for (const std::string& word : row->meant) {
            Token token = tokens[at];
            token.word = word;
            token.end = tokens[at + row->said.size() - 1].end;
            token.tail = end;
            out.push_back(std::move(token));
        }
        at += row->said.size();
    }
    return out;
}

}  // namespace

Tokens spelt(Tokens tokens) {
    // Twice: "can you delete the layer" → "delete the element"; "unter dem titel" → "below the headline".
    constexpr int kPasses = 2;
    for (int pass = 0; pass < kPasses; ++pass)
        tokens = rewritten(tokens);
    return tokens;
}

Tokens mended(Tokens tokens, const std::set<std::string, std::less<>>& known) {
    constexpr std::size_t kShortest = 5;
    for (Token& token : tokens) {
        if (token.kind != Kind::word || token.word.size() < kShortest || known.contains(token.word)) continue;
        const auto near = std::find_if(known.begin(), known.end(), [&](const std::string& word) {
            return word.size() >= kShortest && is_one_slip(word, token.word);
        });
        if (near != known.end()) token.word = *near;
    }
    return tokens;
}

const std::set<std::string, std::less<>>& phrase_words() {
    static const auto words = [] {
        std::set<std::string, std::less<>> out;
        for (const Phrase& phrase : kPhrases)
            for (const auto side : {phrase.said, phrase.meant})
                for (std::string& word : split(side))
                    out.insert(std::move(word));
        return out;
    }();
    return words;
}

std::vector<std::string> name_words(std::string_view name) {
    std::vector<std::string> words;
    for (const Token& token : spelt(tokenize(cleaned(name))))
        if (token.kind == Kind::word || token.kind == Kind::number) words.push_back(token.word);
    return words;
}

}  // namespace atelier::ai::builtin::instructions
