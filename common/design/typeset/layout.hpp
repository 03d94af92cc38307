#pragma once
// Private to typeset/: a Pango layout of a text at its written sizes.

#include <string>
#include <vector>

#include "common/design/model/design.hpp"
#include "common/pango/context.hpp"

namespace atelier::design {

using pango::GPtr;

/// Where a run's letters stand in the text that is laid out.
struct RunRange {
    std::size_t begin = 0, end = 0;  ///< bytes
};

/// A font's own measures, pixels.
struct FontMetrics {
    double ascent = 0, descent = 0;
    double underline = 0, strikethrough = 0, rule = 0;  ///< as in GlyphStretch
};

struct FlatText {
    std::string text;
    std::vector<RunRange> runs;
};
/// All runs in one, in the letters that are shown, without the blanks that end paragraphs.
FlatText flatten_runs(const TextContent& text);

GPtr<PangoLayout> make_layout(const TextContent& text, const FlatText& flat);
/// Pango counts in integers: very wide boxes count as one million pixels.
void set_width(PangoLayout* layout, double width);

double size_of(const TextContent& text, std::size_t run);
/// Of the font that the run asks for, at its size.
FontMetrics metrics_of(const TextContent& text, std::size_t run);
FontMetrics metrics_of(PangoFont* font);

/// The runs with letters in [begin, end), at least one.
std::vector<std::size_t> runs_in(const FlatText& flat, std::size_t begin, std::size_t end);

inline double px(int units) {
    return pango_units_to_double(units);
}

}  // namespace atelier::design
