#include "workers/adaptation/text_layout/typeset.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::adaptation {
namespace {

using imaging::Align;

struct Request {
    Role role;
    const std::string* text;
    const BlockStyle* style;
};

/// A place to try.
struct Spot {
    TextPlacement placement;
    Box box;
    bool is_ground = false;
    double bonus = 0;
};

struct Attempt {
    Group group;
    std::size_t placed = 0;
    double score = -1e9;
};

double margin_of(const TextCanvas& c) {
    return std::max(
        4.0, std::min(0.055 * std::sqrt(double(c.width) * c.height), 0.14 * std::min(c.width, c.height)));
}

Box inset(const Box& b, double by) {
    return {b.x + by, b.y + by, std::max(0.0, b.width - 2 * by), std::max(0.0, b.height - 2 * by)};
}

bool is_strip(const TextCanvas& c) {
    return c.width > 2.2 * c.height;
}

/// The part of the canvas that a placement means.
Box region_of(TextPlacement placement, const Box& inner, const TextCanvas& c) {
    const double deep = is_strip(c) ? 1.0 : 0.46, wide = is_strip(c) ? 0.52 : 0.48;
    switch (placement) {
        case TextPlacement::top:
            return {inner.x, inner.y, inner.width, inner.height * deep};
        case TextPlacement::bottom:
            return {inner.x, inner.y + inner.height * (1 - deep), inner.width, inner.height * deep};
        case TextPlacement::left:
            return {inner.x, inner.y, inner.width * wide, inner.height};
        case TextPlacement::right:
            return {inner.x + inner.width * (1 - wide), inner.y, inner.width * wide, inner.height};
        default:
            return {inner.x, inner.y + inner.height * 0.2, inner.width, inner.height * 0.6};
    }
}

/// What people expect first on a canvas of this shape.
double habit(TextPlacement placement, const TextCanvas& c) {
    const bool tall = c.height > 1.15 * c.width, wide = c.width > 1.35 * c.height;
    switch (placement) {
        case TextPlacement::bottom:
            return wide ? 0.10 : 0.25;
        case TextPlacement::top:
            return tall ? 0.20 : 0.08;
        case TextPlacement::left:
            return wide ? 0.25 : 0.0;
        case TextPlacement::right:
            return wide ? 0.20 : 0.0;
        default:
            return 0.0;
    }
}

Align alignment(const BlockStyle& style, TextPlacement placement, const TextCanvas& c, bool is_ground) {
    if (style.align) return *style.align;
    if (placement == TextPlacement::left || placement == TextPlacement::right) return Align::left;
    return c.width > 1.35 * c.height && !is_ground && placement != TextPlacement::center ? Align::left
                                                                                         : Align::center;
}

imaging::TextStyle style_for(const BlockStyle& b, Align align) {
    return {b.font_family,    b.weight,     0, b.color.value_or(imaging::kWhite), align, b.shadow,
            b.letter_spacing, b.line_height};
}

constexpr double kHeightShare[] = {0.52, 0.28, 0.20};  ///< by role, of what is still free
constexpr int kMostLines[] = {3, 3, 7};
constexpr double kLargest[] = {1.0, 0.58, 0.46};  ///< of the title's size, by role

std::optional<imaging::FittedText> fit_block(const Request& r, const Box& part, double height,
                                             double title_px, const Spot& spot, const TextCanvas& c) {
    const int role = int(r.role);
    const double smallest = std::max(kReadablePx, to_px(r.style->size_min, c.width, c.height));
    double largest = std::max(smallest, to_px(r.style->size_max, c.width, c.height));
    if (title_px > 0) largest = std::clamp(title_px * kLargest[role], kReadablePx, largest);
    const imaging::TextStyle style =
        style_for(*r.style, alignment(*r.style, spot.placement, c, spot.is_ground));
    // Where the style's own minimum does not fit, a little less does no harm, as long as people can read it.
    const double lowest = std::max(kReadablePx, 0.7 * smallest);
    for (const double low : {std::min(smallest, largest), std::min(lowest, largest)}) {
        const imaging::FitBox box{part.width, height, low, largest, kMostLines[role]};
        if (auto fitted = imaging::fit_text(*r.text, style, box)) return fitted;
    }
    return std::nullopt;
}

/// Sizes for all requests, stacked into `part`; nothing when one does not fit.
std::optional<std::vector<imaging::FittedText>> fit_stack(const std::vector<Request>& requests,
                                                          const Box& part, const Spot& spot,
                                                          const TextCanvas& c) {
    std::vector<imaging::FittedText> stack;
    double left = part.height, shares = 0, title_px = 0;
    for (const Request& r : requests)
        shares += kHeightShare[int(r.role)];
    for (const Request& r : requests) {
        const double share = kHeightShare[int(r.role)];
        auto fitted = fit_block(r, part, left * share / shares, title_px, spot, c);
        if (!fitted) return std::nullopt;
        if (r.role == Role::title) title_px = fitted->style.size_px;
        left -= fitted->metrics.ink_height + 0.45 * fitted->style.size_px;
        shares -= share;
        stack.push_back(std::move(*fitted));
    }
    return stack;
}

double gap_after(const imaging::FittedText& upper, const imaging::FittedText& lower) {
    return 0.30 * upper.style.size_px + 0.20 * lower.style.size_px;
}

double stack_height(const std::vector<imaging::FittedText>& stack) {
    double height = 0;
    for (std::size_t i = 0; i < stack.size(); ++i)
        height += stack[i].metrics.ink_height + (i > 0 ? gap_after(stack[i - 1], stack[i]) : 0);
    return height;
}

double start_x(const imaging::FittedText& f, const Box& part) {
    Align align = f.style.align;
    if (f.metrics.is_rtl && align != Align::center) align = align == Align::left ? Align::right : Align::left;
    if (align == Align::left)
        return part.x - (f.metrics.is_rtl ? 0 : std::min(f.metrics.ink_x, f.style.size_px * 0.2));
    if (align == Align::right) return part.right() - f.max_width;
    return part.x + (part.width - f.max_width) / 2;
}

Group placed(const std::vector<Request>& requests, std::vector<imaging::FittedText> stack, const Spot& spot,
             const Box& part) {
    const double free = part.height - stack_height(stack);
    double y = part.y + (spot.placement == TextPlacement::bottom && !spot.is_ground ? free
                         : spot.placement == TextPlacement::top && !spot.is_ground  ? 0
                                                                                    : free / 2);
    Group group{spot.placement, spot.is_ground, part, {}};
    for (std::size_t i = 0; i < stack.size(); ++i) {
        if (i > 0) y += gap_after(stack[i - 1], stack[i]);
        const imaging::TextMetrics& m = stack[i].metrics;
        const double x = start_x(stack[i], part);
        const Box ink{x + m.ink_x, y, m.ink_width, m.ink_height};
        group.blocks.push_back({requests[i].role, *requests[i].text, stack[i], x, y - m.ink_y, ink});
        y += m.ink_height;
    }
    return group;
}

/// Larger type is better, up to its maximum; covering things is worse.
double score_of(const Group& group, const Spot& spot, const TextStyleSet& set, const TextCanvas& c) {
    double size = 0, covered = 0;
    for (const Block& b : group.blocks) {
        size += b.fitted.style.size_px / to_px(set.of(b.role).size_max, c.width, c.height);
        size -= 0.06 * std::max(0, b.fitted.metrics.lines - 2);
        for (const Obstacle& o : c.obstacles)
            if (!o.is_forbidden && b.ink.area() > 0)
                covered += o.cost * intersection(b.ink, o.box).area() / b.ink.area();
    }
    return size / double(group.blocks.size()) + spot.bonus - covered / double(group.blocks.size());
}

std::vector<Box> forbidden(const TextCanvas& c) {
    std::vector<Box> boxes;
    for (const Obstacle& o : c.obstacles)
        if (o.is_forbidden) boxes.push_back(o.box);
    return boxes;
}

Attempt best_at(const Spot& spot, const std::vector<Request>& requests, const TextStyleSet& set,
                const TextCanvas& c) {
    Attempt best;
    for (const Box& part : free_parts(spot.box, forbidden(c), 4 * kReadablePx, kReadablePx))
        for (std::size_t count = requests.size(); count > 0; --count) {
            const std::vector<Request> some(requests.begin(), requests.begin() + long(count));
            auto stack = fit_stack(some, part, spot, c);
            if (!stack) continue;
            Attempt attempt{placed(some, std::move(*stack), spot, part), count, 0};
            attempt.score = 2.0 * double(count) + score_of(attempt.group, spot, set, c);
            if (attempt.score > best.score) best = std::move(attempt);
            break;
        }
    return best;
}

TextPlacement side_of(const Box& ground, const TextCanvas& c) {
    const double dx = ground.x + ground.width / 2 - c.width / 2.0,
                 dy = ground.y + ground.height / 2 - c.height / 2.0;
    if (std::abs(dx) * c.height > std::abs(dy) * c.width)
        return dx < 0 ? TextPlacement::left : TextPlacement::right;
    return dy < 0 ? TextPlacement::top : TextPlacement::bottom;
}

std::vector<Spot> spots_for(TextPlacement wanted, const TextCanvas& c) {
    const double margin = margin_of(c);
    const Box inner = inset({0, 0, double(c.width), double(c.height)}, margin);
    std::vector<Spot> spots;
    for (const Box& ground : c.grounds) {
        const TextPlacement side = side_of(ground, c);
        const Box box = intersection(inset(ground, margin * 0.7), inner);
        const bool is_roomy = box.width > 0.26 * c.width && box.height > 0.16 * c.height;
        if (is_roomy && (wanted == TextPlacement::automatic || wanted == side))
            spots.push_back({side, box, true, 0.9});
    }
    for (const TextPlacement p : {TextPlacement::bottom, TextPlacement::top, TextPlacement::left,
                                  TextPlacement::right, TextPlacement::center})
        if (wanted == TextPlacement::automatic || wanted == p)
            spots.push_back({p, region_of(p, inner, c), false, habit(p, c)});
    return spots;
}

Attempt best_of(const std::vector<Spot>& spots, const std::vector<Request>& requests, const TextStyleSet& set,
                const TextCanvas& c) {
    Attempt best;
    for (const Spot& spot : spots) {
        Attempt attempt = best_at(spot, requests, set, c);
        if (attempt.score > best.score) best = std::move(attempt);
    }
    return best;
}

/// Texts with one placement, in the order of their roles.
void set_group(TextPlacement wanted, const std::vector<Request>& requests, const TextStyleSet& set,
               TextCanvas& canvas, Typeset& out) {
    Attempt best = best_of(spots_for(wanted, canvas), requests, set, canvas);
    if (best.placed == 0 && wanted != TextPlacement::automatic) {
        best = best_of(spots_for(TextPlacement::automatic, canvas), requests, set, canvas);
        if (best.placed > 0)
            out.warnings.push_back("There was no room for text at the " + std::string(to_string(wanted)) +
                                   "; it was put at the " + std::string(to_string(best.group.placement)) +
                                   ".");
    }
    for (std::size_t i = best.placed; i < requests.size(); ++i)
        out.dropped.push_back(requests[i].role);
    if (best.placed == 0) return;
    for (const Block& b : best.group.blocks)
        canvas.obstacles.push_back({b.ink, true, 0});
    out.groups.push_back(std::move(best.group));
}

}  // namespace

Typeset typeset(const Texts& texts, const TextStyleSet& set, const TextCanvas& canvas) {
    Typeset out;
    TextCanvas rest = canvas;
    std::vector<std::pair<TextPlacement, std::vector<Request>>> groups;
    for (const Role role : kRoles) {
        if (texts.of(role).empty()) continue;
        const BlockStyle& style = set.of(role);
        if (!imaging::has_font(style.font_family))
            out.warnings.push_back("The font " + style.font_family +
                                   " is not installed; another one was used.");
        const TextPlacement placement = style.placement.value_or(set.placement);
        auto group =
            std::find_if(groups.begin(), groups.end(), [&](auto& g) { return g.first == placement; });
        if (group == groups.end()) group = groups.insert(groups.end(), {placement, {}});
        group->second.push_back({role, &texts.of(role), &style});
    }
    for (const auto& [placement, requests] : groups)
        set_group(placement, requests, set, rest, out);
    return out;
}

}  // namespace atelier::adaptation
