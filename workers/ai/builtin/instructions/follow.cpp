#include <algorithm>

#include "common/design/pipeline/validate.hpp"
#include "workers/ai/builtin/instructions/desk/patch.hpp"
#include "workers/ai/builtin/instructions/desk/settle.hpp"
#include "workers/ai/builtin/instructions/instructions.hpp"
#include "workers/ai/builtin/instructions/language/clauses.hpp"
#include "workers/ai/builtin/instructions/language/vocabulary.hpp"

namespace atelier::ai::builtin {
namespace {

using namespace instructions;

constexpr std::size_t kLongest = 4000;  ///< bytes

const std::set<std::string, std::less<>>& usual_words() {
    static const auto words = [] {
        std::set<std::string, std::less<>> out = phrase_words();
        for (const std::string_view word : referent_words())
            out.emplace(word);
        for (const std::string_view word : color_words())
            out.emplace(word);
        for (std::string& word : grammar_words())
            out.insert(std::move(word));
        return out;
    }();
    return words;
}

/// The usual ones and those of the design's names.
std::set<std::string, std::less<>> known_words(const Names& names) {
    std::set<std::string, std::less<>> words = usual_words();
    words.insert(names.words().begin(), names.words().end());
    return words;
}

Error not_understood(const std::vector<std::string>& reasons) {
    std::string message = reasons.empty() ? "This was not understood." : reasons.front();
    message +=
        " Ask for changes like: make the headline bigger, move the logo to the top right, change the button "
        "to "
        "“Book now”, make the background dark green, use our brand colours, hide the badge.";
    return invalid("/instruction", "understood", std::move(message));
}

}  // namespace

Result<Followed> follow(const design::Design& design, std::string_view instruction,
                        const std::optional<design::Brand>& brand, const design::TextMeasurer& measurer) {
    if (instruction.size() > kLongest)
        return invalid("/instruction", "maxLength", "An instruction has at most 4,000 bytes.");
    const std::string text = cleaned(instruction);
    Desk desk(design, brand, measurer);
    const Names names(desk);
    const Tokens tokens = spelt(mended(tokenize(text), known_words(names)));
    Followed out;
    std::vector<std::string> reasons;
    bool is_any_done = false;
    for (const Clause& clause : divide(tokens, names, brand ? *brand : design.brand)) {
        const std::string words = text.substr(clause.begin, clause.end - clause.begin);
        Outcome why = "“" + words + "” was not understood.";
        if (clause.form) {
            Desk trial = desk;
            Ask ask(trial, names, clause.tokens, clause.slots, text, clause.form->argument);
            why = clause.form->act(ask);
            if (!why) why = settle(trial, desk.design);
            if (!why) {
                desk.design = std::move(trial.design);
                desk.done = std::move(trial.done);
                desk.last = std::move(trial.last);
                desk.translate_to = std::move(trial.translate_to);
                is_any_done = true;
                continue;
            }
        }
        out.not_understood.push_back(words);
        reasons.push_back(*why);
    }
    if (!is_any_done || (desk.done.empty() && reasons.empty())) return not_understood(reasons);
    out.patch = patch_between(design::to_json(design), design::to_json(desk.design));
    out.summary = std::move(desk.done);
    out.translate_to = std::move(desk.translate_to);
    return out;
}

}  // namespace atelier::ai::builtin
