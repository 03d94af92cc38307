#include "workers/ai/builtin/reading/title.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "workers/ai/builtin/copy/wording.hpp"
#include "workers/ai/builtin/reading/lexicon.hpp"

namespace atelier::ai::builtin {
namespace {

constexpr std::string_view kMarks = ",.;:!?\n|()。、،।", kMarksOfTitles = ",.;!?\n|()。、،।";

struct Clause {
    std::size_t from, to;
};

bool separates(const Prompt& prompt, std::size_t at, std::string_view marks) {
    const Word& word = prompt.words[at];
    return word.kind == Kind::mark && word.role == Role::mark &&
           marks.find(word.text) != std::string_view::npos;
}

std::vector<Clause> clauses(const Prompt& prompt, std::string_view marks) {
    std::vector<Clause> out;
    for (std::size_t at = 0; at < prompt.words.size();) {
        std::size_t end = at;
        while (end < prompt.words.size() && !separates(prompt, end, marks))
            ++end;
        if (end > at) out.push_back({at, end});
        at = end + 1;
    }
    return out;
}

bool says_something(const Prompt& prompt, const Clause& clause) {
    for (std::size_t i = clause.from; i < clause.to; ++i) {
        switch (prompt.words[i].role) {
            case Role::none:
            case Role::subject:
            case Role::intent:
            case Role::occasion:
            case Role::literal:
            case Role::offer:
                return true;
            default:
                break;
        }
    }
    return false;
}

// "Create a poster for": what asks for a design is no part of its title.
std::size_t first_word(const Prompt& prompt, const Clause& clause) {
    std::size_t at = clause.from;
    constexpr std::array<std::string_view, 26> kAsking{
        "create", "creates", "creating", "make", "makes",    "making", "design", "designing", "generate",
        "build",  "produce", "give",     "i",    "i'd",      "we",     "can",    "could",     "please",
        "need",   "want",    "a",        "an",   "erstelle", "crée",   "crea",   "crie"};
    const bool asks = std::find(kAsking.begin(), kAsking.end(), prompt.words[at].low) != kAsking.end() &&
                      prompt.words[at].role == Role::filler;
    while (asks && at + 1 < clause.to &&
           (prompt.words[at].role == Role::filler || prompt.words[at].role == Role::purpose ||
            prompt.words[at].role == Role::tone || prompt.words[at].role == Role::style ||
            prompt.words[at].role == Role::mood))
        ++at;
    return at;
}

std::string text_of(const Prompt& prompt, const Clause& clause) {
    const std::size_t from = first_word(prompt, clause);
    std::size_t to = clause.to;
    while (to > from + 1 &&
           (prompt.words[to - 1].role == Role::filler || prompt.words[to - 1].role == Role::mark))
        --to;
    if (to == from + 1 && prompt.words[from].kind == Kind::quote) return prompt.words[from].text;
    return prompt.slice(from, to);
}

}  // namespace

std::vector<std::string> own_clauses(const Reading& reading) {
    std::vector<std::string> out;
    for (const Clause& clause : clauses(reading.prompt, kMarks))
        if (says_something(reading.prompt, clause))
            if (std::string text = text_of(reading.prompt, clause); !text.empty())
                out.push_back(sentence_case(cut_at_word(text, 60)));
    // Chinese and Japanese divide their clauses with a space.
    if (out.size() == 1 && (reading.prompt.language == "zh" || reading.prompt.language == "ja")) {
        const std::vector<std::string> parts = split(out.front(), ' ');
        if (parts.size() > 1) out = parts;
    }
    if (out.empty())
        out.push_back(sentence_case(cut_at_word(reading.prompt.slice(0, reading.prompt.words.size()), 60)));
    return out;
}

std::string title_of(const Reading& reading) {
    if (!reading.facts.given.headline.empty()) return cut_at_word(reading.facts.given.headline, 80);
    if (!reading.facts.literal.empty()) return sentence_case(reading.facts.literal);
    if (!reading.facts.topic.empty()) return sentence_case(cut_at_word(reading.facts.topic, 80));
    const std::vector<Clause> all = clauses(reading.prompt, kMarksOfTitles);
    for (const Clause& clause : all) {
        const std::string text =
            says_something(reading.prompt, clause) ? text_of(reading.prompt, clause) : "";
        if (!text.empty() && letters(text) <= 70) return sentence_case(text);
    }
    std::string title = own_clauses(reading).front();
    return title.empty() ? "Untitled" : title;
}

}  // namespace atelier::ai::builtin
