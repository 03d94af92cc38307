#pragma once
// Private to design/: how large a block becomes in a column.

#include "workers/adaptation/design/relayout/blocks.hpp"

namespace atelier::adaptation::design_render {

struct FlowSettings {
    double least = 9;        ///< letters, pixels
    double most_factor = 1;  ///< what letters may grow by
    design::Align align = design::Align::left;
    bool is_rtl = false;
    bool is_strip = false;  ///< one row: paragraphs become one line, bars and plates are left out
};

struct Fitted {
    double factor = 1, width = 0, height = 0;
    double squeeze = 0;  ///< of Block::slack, pixels of the old canvas
    bool fits = true;
    bool is_in_one_line = false;  ///< its paragraphs are joined
};

/// At the factor that is asked for, or at the one that its least letters need; what keeps its arrangement
/// becomes as small as the width asks.
Fitted fit_block(const design::Design& design, const Block& block, double width, double asked,
                 const FlowSettings& settings);

/// As wide as it was, within what the letters around it make look right; `above`: the size of those before
/// it, 0 for none.
double gap_before(const Block& block, const Fitted& fitted, double above, double factor, bool is_strip);

/// Lines broken by hand become one.
design::TextContent in_one_line(design::TextContent text);

}  // namespace atelier::adaptation::design_render
