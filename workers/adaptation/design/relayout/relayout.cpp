#include <algorithm>

#include "common/design/constraints/constraints.hpp"
#include "common/design/typeset/typeset.hpp"
#include "workers/adaptation/design/relayout/compose.hpp"
#include "workers/adaptation/design/relayout/mapping.hpp"
#include "workers/adaptation/design/render.hpp"

namespace atelier::adaptation::design_render {
namespace {

using design::Design;

/// Up to this difference in shape the arrangement is kept and its gaps grow, if they can.
constexpr double kNearlySameShape = 1.4, kSameShape = 1.15;

bool keeps_arrangement(const std::vector<Part>& parts, Size from, Size to) {
    const double x = to.width / from.width, y = to.height / from.height;
    const double difference = std::max(x, y) / std::min(x, y);
    return difference <= kSameShape || (difference <= kNearlySameShape && gaps_can_grow(parts, from, to));
}

/// Whether everything can still be read when the design is made smaller as it is.
bool stays_readable(const std::vector<Part>& parts, Size from, Size to) {
    const double factor = std::min(to.width / from.width, to.height / from.height);
    const double least = least_letters(to.width, to.height);
    return std::all_of(parts.begin(), parts.end(), [&](const Part& part) {
        const bool is_read = part.kind == Kind::unit || part.kind == Kind::pinned;
        return !is_read || part.letters.least == 0 || part.letters.least * factor >= least * 0.9;
    });
}

/// What the rules of validation can still mend: contrast on another ground above all.
Result<Design> constrained(const Design& design) {
    design::Editor editor(design::to_json(design));
    design::constrain_design(editor, design::pango_measurer());
    return design::parse_design(editor.document());
}

}  // namespace

Result<Design> relayout(const Design& design, int width, int height) {
    if (width < 16 || width > 8192) return invalid("/width", "range", "A canvas is 16 to 8192 pixels wide.");
    if (height < 16 || height > 8192)
        return invalid("/height", "range", "A canvas is 16 to 8192 pixels high.");
    const Size from{double(design.canvas.width), double(design.canvas.height)};
    const Size to{double(width), double(height)};
    if (from.width == to.width && from.height == to.height) return design;
    const std::vector<Part> parts = parts_of(design);
    Design out = design;
    if (keeps_arrangement(parts, from, to) && stays_readable(parts, from, to))
        stretch(out, parts, from, to);
    else
        compose(out, parts, from, to);
    out.canvas.width = width;
    out.canvas.height = height;
    return constrained(out);
}

}  // namespace atelier::adaptation::design_render
