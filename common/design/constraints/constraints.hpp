#pragma once
// Stage 4: what makes a valid document a good design. Each rule mends what it safely can and reports the
// rest.
//
//   headline        some text is the headline; the largest is made it, or the title set as one
//   text_fit        texts fit their boxes; boxes grow into free room, else letters shrink
//   bounds          texts lie on the canvas; they are moved in
//   overlap         critical layers do not cover each other; the less important one steps aside
//   contrast        4.5 to 1, large texts (24 px, or 18.66 px bold) 3 to 1 (WCAG 2.1, 1.4.3); the text's
//   colour is moved
//                   towards black or white as little as needed
//   recipe_context  recipes of pictures carry all six parts of their context; they are taken from the design
//
// Decorative and hidden layers are not judged. What lies on a picture cannot be judged without its pixels:
// that is a notice, not an error.

#include <string>
#include <vector>

#include "common/design/repair/editor.hpp"
#include "common/design/text/measure.hpp"

namespace atelier::design {

struct Finding {
    std::string pointer;
    std::string rule;
    std::string message;
    bool is_error = true;  ///< false: a notice, which leaves the design valid
    bool operator==(const Finding&) const = default;
};

/// The editor holds a document that fits the schema, and still does afterwards. Gives what could not be
/// mended. Where the mendings do not come to rest within a few rounds none of them is kept, so that a second
/// call changes nothing.
std::vector<Finding> constrain_design(Editor& editor, const TextMeasurer& measurer);

}  // namespace atelier::design
