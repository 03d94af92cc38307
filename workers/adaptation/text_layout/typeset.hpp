#pragma once
// Where the texts stand: sizes, lines and boxes on the canvas. No pixels are read.

#include <string>
#include <vector>

#include "workers/adaptation/text_layout/free_parts.hpp"
#include "workers/adaptation/text_layout/style_set.hpp"
#include "workers/imaging/text_fit.hpp"

namespace atelier::adaptation {

/// Something on the canvas that text should respect.
struct Obstacle {
    Box box;
    bool is_forbidden = false;  ///< a face: never covered
    double cost = 0;            ///< of covering it wholly, otherwise
};

struct TextCanvas {
    int width = 0, height = 0;
    std::vector<Obstacle> obstacles;
    std::vector<Box> grounds;  ///< empty ground beside an extended picture: the best place for text
};

struct Block {
    Role role = Role::title;
    std::string text;
    imaging::FittedText fitted;
    double x = 0, y = 0;  ///< of the text's box (see draw_text)
    Box ink;              ///< painted area on the canvas
};

/// Texts that stand together.
struct Group {
    TextPlacement placement = TextPlacement::bottom;  ///< never automatic
    bool is_on_ground = false;
    Box region;  ///< the margins' inside of its place
    std::vector<Block> blocks;
};

struct Typeset {
    std::vector<Group> groups;
    std::vector<Role> dropped;          ///< no readable size fitted
    std::vector<std::string> warnings;  ///< placements that could not be kept, unknown fonts
};

/// Tries every place that the style set allows and takes the one with the largest type that covers the least.
/// Blocks that do not fit are dropped: content first, then the subtitle, then the title.
Typeset typeset(const Texts& texts, const TextStyleSet& set, const TextCanvas& canvas);

}  // namespace atelier::adaptation
