#pragma once
// What an instruction speaks of: "the headline", "the red circle at the top", "it", "everything but the
// logo".

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "workers/ai/builtin/instructions/desk/desk.hpp"
#include "workers/ai/builtin/instructions/language/phrase_slots.hpp"
#include "workers/ai/builtin/instructions/language/token.hpp"

namespace atelier::ai::builtin::instructions {

struct Noun {
    enum class Kind {
        everything,
        pronoun,
        canvas,
        headline,
        subtitle,
        body,
        caption,
        button,
        badge,
        logo,
        texts,
        pictures,
        shapes,
        circles,
        rectangles,
        polygons,
        lines,
        groups,
        elements,
        named,
        quoted
    };
    Kind kind = Kind::named;
    bool is_plural = false;
    std::optional<int> ordinal;  ///< 1 is the first, −1 the last
    std::optional<design::Color> color;
    std::optional<Spot> spot;
    int size = 0;  ///< 1 the largest, −1 the smallest
    std::string says;
    std::vector<std::string> words;  ///< of a name
    std::shared_ptr<Noun> within;    ///< "the text of the button"
};

/// The names of a design, as an instruction would spell them.
class Names {
  public:
    explicit Names(Desk& desk);
    /// Whether some layer has the name, or all these words in its name.
    bool contains(const std::vector<std::string>& words, bool whole) const;
    const std::set<std::string, std::less<>>& words() const { return words_; }

  private:
    std::vector<std::vector<std::string>> names_, singular_;
    std::set<std::string, std::less<>> words_, singular_words_;
};

struct Referent {
    std::vector<Noun> nouns;
    std::vector<Noun> except;
};

/// Nothing where the words name no kind of layer and no layer's name.
std::optional<Referent> read_referent(std::span<const Token> phrase, const Names& names);

/// The layers that are meant, back to front, without those inside of others that are meant too. Empty where
/// there are none.
Ids find_layers(Desk& desk, const Referent& referent);
/// "it" and "them" alone.
bool is_pronoun(const Referent& referent);
/// Only the background or the canvas.
bool is_canvas(const Referent& referent);

/// Every word that referents are made of, names aside.
std::vector<std::string_view> referent_words();

}  // namespace atelier::ai::builtin::instructions
