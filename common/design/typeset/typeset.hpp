#pragma once
// Texts of a design set with Pango: shaping, bidirectional text and line breaking are its work; where lines
// and letters stand is decided here, as schemas/design/README.md says, so that every output has them at the
// same place.
//
// Lengths are pixels of the canvas, from the corner of the text's box. Nothing is hinted: equal text gives
// equal lines at every size. Any thread may call, each has its own font map; a SetText stays in its thread.

#include <memory>
#include <string>
#include <vector>

#include "common/design/model/design.hpp"
#include "common/design/text/measure.hpp"

struct _PangoGlyphItem;

namespace atelier::design {

/// Letters of one run in one font and direction, in the order in which they are seen.
struct GlyphStretch {
    std::size_t run = 0;                      ///< index into TextContent::runs
    double x = 0, width = 0;                  ///< from the line's left end
    double underline = 0;                     ///< top of the rule below the baseline
    double strikethrough = 0;                 ///< top of the rule above the baseline, negative
    double rule = 0;                          ///< thickness of both
    const _PangoGlyphItem* glyphs = nullptr;  ///< at SetText::scale 1; belongs to the SetText
};

/// What is written, in the order in which it is read.
struct TextStretch {
    std::size_t run = 0;
    std::string text;
    double x = 0, width = 0;  ///< from the line's left end; of a justified line's words only
};

struct Line {
    double x = 0, width = 0;  ///< left end
    double top = 0, height = 0, baseline = 0;
    bool is_rtl = false;
    bool is_justified = false;  ///< then every word is a stretch of its own
    std::vector<GlyphStretch> glyphs;
    std::vector<TextStretch> text;
};

class SetText {
  public:
    const std::vector<Line>& lines() const { return lines_; }
    double scale() const { return scale_; }  ///< by which `shrink` made the sizes smaller
    /// What the glyphs paint, without a stroke; rules included.
    const Box& ink() const { return ink_; }
    /// UTF-8 that the glyph stretches' clusters refer to.
    const std::string& text() const { return text_; }

  private:
    friend SetText set_text(const TextContent&, double, double);
    std::shared_ptr<void> layout_;
    std::string text_;
    std::vector<Line> lines_;
    double scale_ = 1;
    Box ink_;
};

/// Set in a box of this size; what does not fit hangs out of it.
SetText set_text(const TextContent& text, double width, double height);

/// Measures what set_text() sets.
const TextMeasurer& pango_measurer();

}  // namespace atelier::design
