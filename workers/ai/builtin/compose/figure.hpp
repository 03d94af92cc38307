#pragma once
// The number that a design can be built around: a day, a price, a percentage.

#include <optional>
#include <string>

#include "workers/ai/brief/brief.hpp"

namespace atelier::ai::builtin::layout {

struct Figure {
    std::string number;  ///< "12", "50%", "$199"
    std::string unit;    ///< "July", "off"; may be empty
};

/// Of the badge, else the caption, the kicker or the headline; nothing where they have none.
std::optional<Figure> figure_of(const Copy& copy);

}  // namespace atelier::ai::builtin::layout
