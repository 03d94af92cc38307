#pragma once
// Private to fabric/: a text letter by letter, as Fabric keeps its styles, and what became of the letters of
// a design's text.

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "common/design/model/design.hpp"

namespace atelier::design::fabric {

/// How Fabric shows a letter.
struct Look {
    std::string family;
    double size = 40;
    int weight = 400;
    bool italic = false, underline = false, strikethrough = false;
    std::optional<Color> color;  ///< none: the object's paint
    bool operator==(const Look&) const = default;
};

struct Letter {
    std::string text;  ///< a grapheme; "\n" has the look of the object
    Look look;
};

/// Fabric rounds.
inline bool is_same_size(double a, double b) {
    return std::abs(a - b) < 0.005;
}
bool is_same(const Look& a, const Look& b);

/// What the object says for all of its text.
Look read_look(const json::Value& object);
/// `styles` may be ranges (since version 5) or lines of letters (before).
std::vector<Letter> read_letters(const json::Value& object);

/// The letters of the runs and the run that each belongs to, as Fabric shall show them. `scale` multiplies
/// all sizes.
struct RunLetters {
    std::vector<Letter> letters;
    std::vector<std::size_t> run;
    std::vector<std::string>
        written;                ///< before capitals; equal to the letters where those changed their number
    bool is_one_to_one = true;  ///< false: capitals changed the number of letters somewhere
};
RunLetters letters_of(const TextContent& text, double scale);

/// Fabric's `styles`: what differs from the object's look, as ranges.
json::Value styles_json(const std::vector<Letter>& letters, const Look& base);

/// Takes over what an editor changed. `base_before` and `base_after` are the objects' looks; `scale`
/// multiplied the sizes of the design. Style (except its fill and letter spacing) and runs change, nothing
/// else.
void merge_letters(TextContent& text, double scale, const Look& base_before, const Look& base_after,
                   const std::vector<Letter>& after);

}  // namespace atelier::design::fabric
