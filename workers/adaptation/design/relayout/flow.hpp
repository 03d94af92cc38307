#pragma once
// Private to design/: blocks set in columns, as large as the place allows.

#include <vector>

#include "workers/adaptation/design/relayout/fit.hpp"

namespace atelier::adaptation::design_render {

/// Where a block stands: its letters' factor and its upper left corner.
struct Setting {
    Block block;
    double factor = 1;
    design::Box box;
    double squeeze = 0;           ///< of Block::slack, pixels of the old canvas
    bool is_in_one_line = false;  ///< its paragraphs are joined
};

struct Flow {
    std::vector<Setting> settings;
    std::vector<Block> dropped;  ///< for which there is no room at a size that can be read
    double factor = 0;           ///< of what is not held at the least size
};

/// In `region`: the most important blocks, with the largest letters that fit, in as many columns as serve
/// that.
Flow flow(const design::Design& design, std::vector<Block> blocks, const design::Box& region,
          const FlowSettings& settings);

/// Puts the layers where the flow has them.
void apply(design::Design& design, const Flow& flow, const FlowSettings& settings);

}  // namespace atelier::adaptation::design_render
