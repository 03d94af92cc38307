#include "workers/adaptation/design/relayout/flow.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "workers/adaptation/design/relayout/mapping.hpp"

namespace atelier::adaptation::design_render {
namespace {

using design::Align;
using design::Box;
using design::Design;
using design::Role;
using design::TextContent;

/// One try: all blocks in `columns` columns at one factor.
class Attempt {
  public:
    Attempt(const Design& design, const Box& region, int columns, const FlowSettings& settings)
        : design_(design), region_(region), columns_(columns), settings_(settings) {
        gutter_ = columns > 1 ? region.width * 0.05 : 0;
        width_ = (region.width - gutter_ * (columns - 1)) / columns;
    }

    bool run(const std::vector<Block>& blocks, double factor) {
        settings_out_.clear();
        column_ = 0;
        y_ = above_ = 0;
        left_ = blocks.front().bounds.x;
        for (const Block& block : blocks)
            left_ = std::min(left_, block.bounds.x);
        set_common(blocks, factor);
        for (std::size_t i = 0; i < blocks.size(); ++i)
            if (!add(blocks[i], i + 1 < blocks.size() ? &blocks[i + 1] : nullptr, factor)) return false;
        return true;
    }

    /// Two columns stand in the middle of the region's height each, more begin at the top of their common
    /// room.
    std::vector<Setting> centred() const {
        std::vector<Setting> out = settings_out_;
        std::vector<double> bottoms(std::size_t(columns_), region_.y);
        for (const Setting& setting : out) {
            double& bottom = bottoms[column_of(setting)];
            bottom = std::max(bottom, setting.box.bottom());
        }
        const double lowest = *std::max_element(bottoms.begin(), bottoms.end());
        for (Setting& setting : out) {
            const double bottom = columns_ > 2 ? lowest : bottoms[column_of(setting)];
            setting.box.y += (region_.bottom() - bottom) / 2;
        }
        return out;
    }

  private:
    bool add(const Block& block, const Block* next, double factor) {
        const double indent = indent_of(block) * factor, width = width_ - indent;
        const Fitted fitted = fit_block(design_, block, width, common_factor(block, factor), settings_);
        if (!fitted.fits) return false;
        double gap = y_ > 0 ? gap_before(block, fitted, above_, factor, settings_.is_strip) : 0;
        if (y_ + gap + fitted.height + held_below(block, next, factor) > region_.height) {
            if (++column_ >= columns_ || fitted.height > region_.height) return false;
            y_ = gap = above_ = 0;
        }
        // A rule parts what is above it from what is below.
        if (block.is_rule() && y_ == 0) return true;
        const double room = width - fitted.width;
        const double push = settings_.align == Align::right    ? room
                            : settings_.align == Align::center ? room / 2
                                                               : 0;
        const int place = settings_.is_rtl ? columns_ - 1 - column_ : column_;
        const double left = region_.x + place * (width_ + gutter_) + indent;
        settings_out_.push_back({block,
                                 fitted.factor,
                                 {block.is_text ? left : left + push, region_.y + y_ + gap,
                                  block.is_text ? width : fitted.width, fitted.height},
                                 fitted.squeeze,
                                 fitted.is_in_one_line});
        y_ += gap + fitted.height;
        above_ = block.is_rule() ? 0 : block.letters.largest * fitted.factor;
        return true;
    }

    /// Blocks that keep their arrangement and have equal letters, the points of a list, get equal letters
    /// again.
    void set_common(const std::vector<Block>& blocks, double factor) {
        common_.clear();
        for (const Block& block : blocks) {
            if (block.is_text || block.is_rule()) continue;
            const double width = width_ - indent_of(block) * factor;
            const double fitted = fit_block(design_, block, width, factor, settings_).factor;
            const auto found = common_.emplace(block.letters.least, fitted).first;
            found->second = std::min(found->second, fitted);
        }
    }
    double common_factor(const Block& block, double factor) const {
        const auto found = common_.find(block.letters.least);
        return block.is_text || found == common_.end() ? factor : std::min(factor, found->second);
    }

    /// A heading stands in the column of what it heads.
    double held_below(const Block& block, const Block* next, double factor) const {
        const bool is_heading = block.role == Role::subheadline && next && next->role > Role::subheadline;
        const bool is_mark = !design::is_critical(block.role) && !block.is_rule() && next;
        if (columns_ == 1 || !(is_mark || (is_heading && !settings_out_.empty()))) return 0;
        const Fitted fitted = fit_block(design_, *next, width_, factor, settings_);
        return gap_before(*next, fitted, block.letters.largest * factor, factor, settings_.is_strip) +
               fitted.height;
    }

    /// Small differences of the left edges are meant: a bar stands out, letters are aligned by eye.
    double indent_of(const Block& block) const {
        if (settings_.align != Align::left || settings_.is_strip || block.is_piece) return 0;
        const double indent = block.bounds.x - left_;
        return indent < design_.canvas.width * 0.05 ? indent : 0;
    }

    std::size_t column_of(const Setting& setting) const {
        const int column = int((setting.box.x - region_.x + gutter_) / (width_ + gutter_));
        return std::size_t(std::clamp(column, 0, columns_ - 1));
    }

    const Design& design_;
    Box region_;
    int columns_;
    FlowSettings settings_;
    double gutter_ = 0, width_ = 0, y_ = 0, above_ = 0, left_ = 0;
    int column_ = 0;
    std::vector<Setting> settings_out_;
    std::map<double, double> common_;  ///< factors by the size of letters
};

int most_columns(const std::vector<Block>& blocks, const Box& region, const FlowSettings& settings) {
    const int most = std::clamp(int(region.width / (settings.least * 20)), 1, 4);
    if (blocks.size() >= 7) return most;
    // A low place has its room beside the headline.
    const auto messages = std::count_if(blocks.begin(), blocks.end(),
                                        [](const Block& block) { return design::is_critical(block.role); });
    return messages >= 3 && region.width > 2 * region.height ? std::min(2, most) : 1;
}

/// How much a block matters; the last of the least important goes first.
int importance(const Block& block) {
    switch (block.role) {
        case Role::headline:
            return 7;
        case Role::cta:
            return 6;
        case Role::logo:
            return 5;
        case Role::subheadline:
            return 4;
        case Role::badge:
            return 3;
        case Role::body:
            return 2;
        case Role::caption:
            return 1;
        default:
            return 0;
    }
}

std::size_t least_important(const std::vector<Block>& blocks) {
    std::size_t least = 0;
    for (std::size_t i = 1; i < blocks.size(); ++i)
        if (importance(blocks[i]) <= importance(blocks[least])) least = i;
    return least;
}

/// What cannot keep its arrangement in the width is set one after the other.
std::vector<Block> narrow_enough(const Design& design, const std::vector<Block>& blocks, double width,
                                 const FlowSettings& settings) {
    std::vector<Block> out;
    for (const Block& block : blocks) {
        const bool is_barred = settings.is_strip && block.role == Role::headline;
        const bool fits = !is_barred && fit_block(design, block, width, 0, settings).fits;
        if (block.is_text || block.layers.size() == 1 || fits) {
            out.push_back(block);
            continue;
        }
        const std::vector<Block> pieces = apart(design, block, settings.is_rtl);
        const bool is_without_plate = std::none_of(pieces.begin(), pieces.end(), [&](const Block& piece) {
            return piece.layers.size() == block.layers.size();
        });
        const std::vector<Block> smaller =
            is_without_plate ? narrow_enough(design, pieces, width, settings) : pieces;
        out.insert(out.end(), smaller.begin(), smaller.end());
    }
    return out;
}

struct Best {
    double factor = 0;
    std::vector<Setting> settings;
};

/// The largest factor at which all blocks fit, over all numbers of columns; none: no settings.
Best best_factor(const Design& design, const std::vector<Block>& all, const Box& region,
                 const FlowSettings& settings) {
    Best best;
    const int most = most_columns(all, region, settings);
    for (int columns = 1; columns <= most; ++columns) {
        const double width = region.width / columns * (columns > 1 ? 0.95 : 1);
        const std::vector<Block> blocks = narrow_enough(design, all, width, settings);
        Attempt attempt(design, region, columns, settings);
        if (!attempt.run(blocks, 0)) continue;
        double low = 0, high = settings.most_factor;
        for (int i = 0; i < 9; ++i) {
            const double middle = (low + high) / 2;
            (attempt.run(blocks, middle) ? low : high) = middle;
        }
        // Another column has to be worth it.
        if (!best.settings.empty() && low < best.factor * 1.25) continue;
        attempt.run(blocks, low);
        best = {low, attempt.centred()};
    }
    return best;
}

/// A heading whose texts are all gone says nothing.
bool is_orphan(const std::vector<Block>& blocks, std::size_t i, const std::vector<Block>& dropped) {
    if (blocks[i].role != Role::subheadline || dropped.empty()) return false;
    const bool is_followed = i + 1 < blocks.size() && blocks[i + 1].role > Role::subheadline &&
                             design::is_critical(blocks[i + 1].role) && blocks[i + 1].role != Role::cta;
    if (is_followed || i == 0 || blocks[i - 1].role == Role::headline) return false;
    return std::any_of(dropped.begin(), dropped.end(), [&](const Block& gone) {
        return gone.role == Role::body && gone.bounds.y >= blocks[i].bounds.y;
    });
}

void drop(std::vector<Block>& blocks, std::size_t index, std::vector<Block>& dropped) {
    dropped.push_back(blocks[index]);
    blocks.erase(blocks.begin() + long(index));
}

void set_layer(design::Layer& layer, const Setting& setting, const FlowSettings& settings) {
    auto* text = std::get_if<TextContent>(&layer.content);
    if (setting.block.is_text) {
        scale(layer, setting.factor);
        if (setting.is_in_one_line) *text = in_one_line(*text);
        layer.box = rounded(setting.box);
        text->align = settings.align;
        text->vertical_align = design::VerticalAlign::top;
        text->fit = design::TextFit::fixed;
        return;
    }
    design::Point middle = layer.box.middle();
    if (setting.squeeze > 0 && taken(layer).x >= setting.block.bounds.middle().x) middle.x -= setting.squeeze;
    scale(layer, setting.factor);
    move_middle(layer, {setting.box.x + (middle.x - setting.block.bounds.x) * setting.factor,
                        setting.box.y + (middle.y - setting.block.bounds.y) * setting.factor});
}

}  // namespace

Flow flow(const Design& design, std::vector<Block> blocks, const Box& region, const FlowSettings& asked) {
    FlowSettings settings = asked;
    Flow out;
    while (!blocks.empty()) {
        Best best = best_factor(design, blocks, region, settings);
        if (!best.settings.empty()) {
            out.factor = best.factor;
            out.settings = std::move(best.settings);
            break;
        }
        if (blocks.size() == 1) {  // the headline stays, be it small
            if (settings.least < 1) break;
            settings.least *= 0.85;
            continue;
        }
        drop(blocks, least_important(blocks), out.dropped);
        for (std::size_t i = blocks.size(); i-- > 0;)
            if (is_orphan(blocks, i, out.dropped)) drop(blocks, i, out.dropped);
    }
    return out;
}

void apply(Design& design, const Flow& flow, const FlowSettings& settings) {
    for (const Setting& setting : flow.settings)
        for (const std::size_t index : setting.block.layers)
            set_layer(design.layers[index], setting, settings);
}

}  // namespace atelier::adaptation::design_render
