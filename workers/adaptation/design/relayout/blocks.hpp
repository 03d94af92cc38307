#pragma once
// Private to design/: the message of a design as blocks that follow each other.

#include <vector>

#include "workers/adaptation/design/relayout/parts.hpp"

namespace atelier::adaptation::design_render {

/// Layers that stay together: a text alone, which may be broken anew, or several in their places to each
/// other.
struct Block {
    std::vector<std::size_t> layers;
    design::Box bounds;
    design::Role role = design::Role::decoration;
    LetterSizes letters;
    bool is_text = false;
    bool is_piece = false;  ///< was taken out of another block
    double gap = 0;         ///< to the block before it
    double slack = 0;       ///< by which what stands on its right side can move towards the left

    bool is_rule() const { return letters.least == 0; }
};

/// In the order in which they are read.
std::vector<Block> blocks_of(const design::Design& design, const std::vector<Part>& parts, bool is_rtl);

/// Without its decorations: what stands on a plate as blocks of its own, of others every text alone.
std::vector<Block> apart(const design::Design& design, const Block& block, bool is_rtl);

/// The text of a block that is one.
const design::TextContent& text_of(const design::Design& design, const Block& block);

}  // namespace atelier::adaptation::design_render
