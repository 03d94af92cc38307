#include "workers/adaptation/design/relayout/blocks.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "workers/adaptation/design/relayout/order.hpp"

namespace atelier::adaptation::design_render {
namespace {

using design::Box;
using design::Role;

double common_length(double a, double a_end, double b, double b_end) {
    return std::min(a_end, b_end) - std::max(a, b);
}
bool share_row(const Box& a, const Box& b) {
    return common_length(a.y, a.bottom(), b.y, b.bottom()) > 0.5 * std::min(a.height, b.height);
}
bool share_column(const Box& a, const Box& b) {
    return common_length(a.x, a.right(), b.x, b.right()) > 0.5 * std::min(a.width, b.width);
}

bool is_small_print(Role role) {
    return role == Role::body || role == Role::caption;
}
bool is_rule_like(const Part& part) {
    return part.letters.least == 0 && part.bounds.width > 6 * part.bounds.height;
}

/// Parts that belong together, each set named by one of its members.
class Sets {
  public:
    explicit Sets(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0); }
    std::size_t find(std::size_t i) const { return parent_[i] == i ? i : find(parent_[i]); }
    void join(std::size_t a, std::size_t b) { parent_[find(b)] = find(a); }

  private:
    std::vector<std::size_t> parent_;
};

/// A plate holds all that lies on it, a tick belongs to the line that it stands beside.
void join_details(const std::vector<Part>& flow, Sets& sets) {
    for (std::size_t i = 0; i < flow.size(); ++i) {
        if (flow[i].kind != Kind::detail || flow[i].letters.least > 0) continue;
        bool is_held = false;
        for (std::size_t j = 0; j < flow.size(); ++j) {
            if (i == j) continue;
            if (holds(flow[i].bounds, flow[j].bounds)) sets.join(i, j);
            is_held |= holds(flow[j].bounds, flow[i].bounds);
        }
        if (is_held || is_rule_like(flow[i])) continue;
        for (std::size_t j = 0; j < flow.size(); ++j)
            if (flow[j].kind == Kind::unit && share_row(flow[i].bounds, flow[j].bounds)) sets.join(j, i);
    }
}

/// A dish with its price and its note, a label with its value.
void join_small_print(const std::vector<Part>& flow, const std::vector<std::size_t>& order, Sets& sets) {
    for (std::size_t k = 1; k < order.size(); ++k) {
        const Part &a = flow[order[k - 1]], &b = flow[order[k]];
        if (!is_small_print(a.role) || !is_small_print(b.role)) continue;
        const bool is_beside = share_row(a.bounds, b.bounds);
        const double gap = b.bounds.y - a.bounds.bottom();
        const bool is_near = gap < 0.5 * b.letters.least && gap > -4;
        // A note below its text, a label above it.
        const bool is_note = is_near && (b.role == Role::caption || a.role == Role::caption);
        if (is_beside || (is_note && share_column(a.bounds, b.bounds))) sets.join(order[k - 1], order[k]);
        // A note stands below its dish, with the price between them in the order.
        if (k >= 2 && is_near && b.role == Role::caption) {
            const Part& before = flow[order[k - 2]];
            if (share_column(before.bounds, b.bounds) && share_row(before.bounds, a.bounds))
                sets.join(order[k - 2], order[k]);
        }
    }
}

void add(Block& block, const design::Design& design, std::size_t layer, Role role, LetterSizes letters,
         const Box& bounds) {
    block.is_text = block.layers.empty() && design.layers[layer].rotation == 0 &&
                    std::holds_alternative<design::TextContent>(design.layers[layer].content);
    block.layers.push_back(layer);
    block.bounds = joined(block.bounds, bounds);
    block.role = std::min(block.role, role);
    if (letters.least == 0) return;
    block.letters.least =
        block.letters.least == 0 ? letters.least : std::min(block.letters.least, letters.least);
    block.letters.largest = std::max(block.letters.largest, letters.largest);
}

/// To the one before, in the direction of the lines.
void set_gaps(std::vector<Block>& blocks) {
    for (std::size_t i = 1; i < blocks.size(); ++i)
        blocks[i].gap = std::max(0.0, blocks[i].bounds.y - blocks[i - 1].bounds.bottom());
}

/// The room in the middle of lines that have something at both ends.
double slack_of(const design::Design& design, const Block& block) {
    const double middle = block.bounds.middle().x;
    double left_end = block.bounds.x, right_begin = block.bounds.right(), left_begin = right_begin;
    std::vector<Box> lefts;
    bool has_right = false;
    for (const std::size_t index : block.layers) {
        const design::Layer& layer = design.layers[index];
        if (!std::holds_alternative<design::TextContent>(layer.content) || layer.rotation != 0) return 0;
        const Box box = taken(layer);
        if (box.x >= middle) {
            right_begin = std::min(right_begin, box.x);
            has_right = true;
        } else {
            left_end = std::max(left_end, box.right());
            lefts.push_back(box);
        }
    }
    // More than two columns keep their distances.
    for (const Box& box : lefts)
        left_begin = std::min(left_begin, box.x);
    const bool is_one_column = std::all_of(lefts.begin(), lefts.end(), [&](const Box& box) {
        return box.x - left_begin < block.letters.largest;
    });
    return has_right && is_one_column ? std::max(0.0, right_begin - left_end - block.letters.largest) : 0;
}

using Order = std::vector<std::size_t> (*)(const std::vector<Box>&, bool is_rtl);

std::vector<Block> blocks_from(const design::Design& design, const std::vector<Part>& flow, Order order_of,
                               bool is_rtl) {
    std::vector<Box> boxes;
    for (const Part& part : flow) {
        // Columns are told by the boxes of texts, rows by their lines.
        const design::Layer& layer = design.layers[part.index];
        boxes.push_back(part.bounds);
        if (layer.rotation != 0) continue;
        boxes.back().x = layer.box.x;
        boxes.back().width = layer.box.width;
    }
    const std::vector<std::size_t> order = order_of(boxes, is_rtl);
    Sets sets(flow.size());
    join_details(flow, sets);
    std::vector<std::size_t> texts;
    std::copy_if(order.begin(), order.end(), std::back_inserter(texts),
                 [&](std::size_t i) { return flow[i].kind == Kind::unit; });
    join_small_print(flow, texts, sets);

    std::vector<Block> blocks;
    std::map<std::size_t, std::size_t> block_of_set;
    for (const std::size_t i : order) {
        const auto [found, is_new] = block_of_set.emplace(sets.find(i), blocks.size());
        if (is_new) blocks.emplace_back();
        add(blocks[found->second], design, flow[i].index, flow[i].role, flow[i].letters, flow[i].bounds);
    }
    for (Block& block : blocks)
        if (!block.is_text) block.slack = slack_of(design, block);
    set_gaps(blocks);
    return blocks;
}

}  // namespace

const design::TextContent& text_of(const design::Design& design, const Block& block) {
    return std::get<design::TextContent>(design.layers[block.layers.front()].content);
}

std::vector<Block> blocks_of(const design::Design& design, const std::vector<Part>& parts, bool is_rtl) {
    std::vector<Part> flow;
    std::copy_if(parts.begin(), parts.end(), std::back_inserter(flow),
                 [](const Part& part) { return part.kind == Kind::unit || part.kind == Kind::detail; });
    return blocks_from(design, flow, reading_order, is_rtl);
}

std::vector<Block> apart(const design::Design& design, const Block& block, bool is_rtl) {
    std::vector<Part> texts;
    for (const std::size_t index : block.layers) {
        const design::Layer& layer = design.layers[index];
        Part part;
        part.index = index;
        part.kind = Kind::unit;
        part.role = layer.role;
        part.bounds = taken(layer);
        part.letters = letter_sizes(layer);
        if (part.letters.least > 0) texts.push_back(part);
    }
    std::vector<Block> out;
    if (texts.size() < block.layers.size()) {
        out = blocks_from(design, texts, column_order, is_rtl);
    } else {
        for (const Part& part : texts) {
            out.emplace_back();
            add(out.back(), design, part.index, part.role, part.letters, part.bounds);
        }
        set_gaps(out);
    }
    for (Block& piece : out)
        piece.is_piece = true;
    if (!out.empty()) out.front().gap = block.gap;
    return out;
}

}  // namespace atelier::adaptation::design_render
