#pragma once
// The table of forms: what can be asked, and who does it.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "workers/ai/builtin/instructions/desk/desk.hpp"
#include "workers/ai/builtin/instructions/desk/referent.hpp"
#include "workers/ai/builtin/instructions/language/color_words.hpp"
#include "workers/ai/builtin/instructions/language/pattern.hpp"
#include "workers/ai/builtin/instructions/language/phrase_slots.hpp"

namespace atelier::ai::builtin::instructions {

/// One clause that fits a pattern, for the action that does it.
class Ask {
  public:
    Ask(Desk& desk, const Names& names, std::span<const Token> clause, Slots slots, std::string_view text,
        std::string_view argument);
    Desk& desk;
    const std::string_view argument;  ///< of the row

    bool has(Slot slot) const { return slots_.contains(slot); }
    /// The layers of a slot; remembers those of {what} as "it". Empty where the design has none such.
    Ids layers(Slot slot = Slot::what);
    /// Those of {what} that are not locked.
    Ids free();
    bool is_canvas() const;
    bool is_pronoun() const;  ///< {what} is "it" or "them"
    /// {what} is "everything": what the design shows, without what only lies behind it.
    bool is_everything() const;
    /// The words of a slot as they were written, without quotation marks.
    std::string text(Slot slot = Slot::text) const;
    std::optional<Amount> amount() const;
    Spot spot() const;
    Tint tint() const;
    double number() const;
    std::span<const Token> words(Slot slot) const;

  private:
    std::optional<Referent> referent(Slot slot) const;
    const Names& names_;
    std::span<const Token> clause_;
    Slots slots_;
    std::string_view text_;
};

/// What an action says: nothing when it is done (or cannot be because of a lock, which it said), else why
/// not.
using Outcome = std::optional<std::string>;
using Action = Outcome (*)(Ask&);

struct Form {
    std::string_view pattern;
    Action act;
    std::string_view argument = "";
};

/// All forms, those that say more first.
std::span<const Form> forms();
/// Every word that patterns are written in.
std::vector<std::string> grammar_words();

}  // namespace atelier::ai::builtin::instructions
