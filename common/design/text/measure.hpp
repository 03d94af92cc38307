#pragma once
// How much room a text takes: the interface that validation asks, and an estimate that needs no fonts.

#include "common/design/model/design.hpp"

namespace atelier::design {

struct TextExtent {
    double width = 0;        ///< of the widest line
    double height = 0;       ///< of all lines
    double widest_word = 0;  ///< of what no line break can divide
    int lines = 0;
};

/// Any thread may call; equal arguments give equal answers.
class TextMeasurer {
  public:
    virtual ~TextMeasurer() = default;
    /// The text set in lines of at most `width` pixels, all its sizes multiplied by `scale`.
    virtual TextExtent measure(const TextContent& text, double width, double scale = 1) const = 0;
};

/// Estimates by a table of advance widths (Open Sans Regular, measured), a factor for family and weight, and
/// the usual width of other scripts. Lines break at blanks, and anywhere in Chinese and Japanese. On the
/// example designs it is within about a tenth of what Pango sets.
const TextMeasurer& estimated_measurer();

/// The largest scale of at most 1 at which the text fits the box; 0.005 when none of at least that does. A
/// fixed text that fits gives 1.
double fitting_scale(const TextMeasurer& measurer, const TextContent& text, double width, double height);

/// Whether the text fits at this scale. A fiftieth more than the box is not seen.
bool fits_box(const TextMeasurer& measurer, const TextContent& text, double width, double height,
              double scale = 1);

/// The scale that a renderer applies: 1 for a fixed text, for one that shrinks what it needs, but at least
/// 0.5.
double rendered_scale(const TextMeasurer& measurer, const TextContent& text, double width, double height);

}  // namespace atelier::design
