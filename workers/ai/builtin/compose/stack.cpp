#include "workers/ai/builtin/compose/stack.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/compose/readable.hpp"
#include "workers/ai/builtin/compose/text_layers.hpp"

namespace atelier::ai::builtin::layout {
namespace {

using design::Align;
using design::Box;

/// One part as it will stand.
struct Piece {
    Part part;
    Face face;
    std::string text;
    double size = 0, width = 0, height = 0;
    double gap = 0;  ///< above it, unless it is the first
    int lines = 1;
    std::vector<std::string> breaks;  ///< the headline's own lines
};

struct Plan {
    std::vector<Piece> pieces;
    double height = 0;
    double headline = 0;  ///< its size
    bool fits = false;
};

double rounded(double v) {
    return std::round(v * 10) / 10;
}

class Planner {
  public:
    Planner(Sheet& sheet, Box box, const StackStyle& style) : sheet_(sheet), box_(box), style_(style) {}

    /// The best plan: parts are dropped until the headline is clearly the largest.
    Plan plan(unsigned& parts) {
        constexpr std::array kDropOrder{kBody, kBrand, kKicker, kSubheadline, kCaption, kBadge, kCta};
        std::size_t next = 0;
        for (;;) {
            Plan found = best_scale(parts);
            if (found.fits) return found;
            while (next < kDropOrder.size() && !(parts & kDropOrder[next]))
                ++next;
            if (next == kDropOrder.size()) return found;
            parts &= ~unsigned(kDropOrder[next]);
            ++sheet_.left_out;
        }
    }

  private:
    Plan best_scale(unsigned parts) {
        // Two steps and a half of the scale lie between running text and the headline.
        const double steps =
            style_.steps > 0 ? style_.steps : std::clamp(std::pow(sheet_.type.ratio, 2.5), 1.9, 2.8);
        const double possible = parts & kHeadline ? widest_headline() : 0;
        Plan last;
        for (const double scale : {1.7, 1.45, 1.25, 1.1, 1.0, 0.9}) {
            if (scale > 1.3 && box_.area() < 0.2 * sheet_.w * sheet_.h) continue;
            const double text = sheet_.text * scale * style_.text_scale;
            last = with_text(parts, text);
            if (last.fits && last.headline >= std::min(text * steps, possible * 0.9)) return last;
        }
        // Too small beside its company, and not for want of width: something has to go.
        if (last.headline < std::min(sheet_.text * 1.5, possible * 0.7) &&
            (parts & ~unsigned(kHeadline | kCta)))
            last.fits = false;
        return last;
    }

    /// The size of the headline if only width and the scheme held it back.
    double widest_headline() {
        double most = 0;
        for (int lines = 1; lines <= style_.most_lines; ++lines) {
            const Lines& broken = sheet_.metrics.balanced(sheet_.type.heading, sheet_.copy.headline, lines);
            most = std::max(most, box_.width * 0.98 / std::max(0.1, broken.width));
        }
        return std::min(most, sheet_.unit * style_.largest);
    }

    Plan with_text(unsigned parts, double text) {
        if (!(parts & kHeadline)) return set(parts, text, 0, {});
        Plan best;
        double most = 0;
        const double largest = sheet_.unit * style_.largest;
        for (int lines = 1; lines <= style_.most_lines; ++lines) {
            const Lines& broken = sheet_.metrics.balanced(sheet_.type.heading, sheet_.copy.headline, lines);
            if (int(broken.lines.size()) < lines) break;
            double size = std::min(largest, box_.width * 0.98 / std::max(0.1, broken.width));
            Plan plan = set(parts, text, size, broken);
            for (int i = 0; i < 40 && !plan.fits && size > 5; ++i)
                plan = set(parts, text, size *= 0.94, broken);
            if (!plan.fits) continue;
            // Many lines of nearly the same size are worth less.
            const double value = size * (1 - 0.03 * lines);
            if (value > most) most = value, best = std::move(plan);
        }
        return best;
    }

    Plan set(unsigned parts, double text, double headline, const Lines& broken) {
        Plan out;
        out.headline = headline;
        const double r = sheet_.type.ratio;
        const Face& body = sheet_.type.body;
        Face kicker = sheet_.type.strong;
        const bool is_latin = !breaks_anywhere(sheet_.copy.kicker);
        if (is_latin && sheet_.copy.kicker.size() < 40 && !sheet_.is_right_to_left()) {
            kicker.is_uppercase = true;
            kicker.letter_spacing = 0.12;
        }
        const double sub =
            std::min(text * std::sqrt(r) * 1.05, headline > 0 ? std::max(text, headline * 0.5) : 1e9);
        if (parts & kBrand) add_brand(out, kicker, text);
        if (parts & kKicker) add_kicker(out, kicker, text);
        if (parts & kBadge)
            add(out, kBadge, sheet_.type.heading, sheet_.copy.badge, std::max(text * r * r, headline * 0.8),
                text * 0.7);
        if (parts & kHeadline) {
            Piece piece{kHeadline, sheet_.type.heading, sheet_.copy.headline, headline};
            piece.breaks = broken.lines;
            piece.lines = int(broken.lines.size());
            piece.width = broken.width * headline;
            piece.height = piece.lines * headline * sheet_.type.heading.line_height;
            piece.gap = text * 0.55;
            out.pieces.push_back(std::move(piece));
        }
        const double after = text * 0.55 + headline * 0.1 + (style_.has_rule ? text * 1.5 : 0);
        if (parts & kSubheadline) add(out, kSubheadline, body, sheet_.copy.subheadline, sub, after);
        if (parts & kBody)
            add(out, kBody, body, sheet_.copy.body, text, (parts & kSubheadline) ? text * 0.6 : after);
        if (parts & kCta) {
            Piece piece{kCta, sheet_.type.strong, sheet_.copy.cta, text * 1.05};
            const bool is_bare = style_.button == Button::line;
            piece.width = sheet_.metrics.width(piece.face, piece.text) * piece.size * 1.03 +
                          (is_bare ? 0 : piece.size * 2.6);
            piece.height = piece.size * (is_bare ? 1.7 : 2.5);
            piece.gap = text * 1.25;
            out.pieces.push_back(std::move(piece));
        }
        if (parts & kCaption) add(out, kCaption, body, sheet_.copy.caption, text * 0.95, text);
        double width = 0;
        for (std::size_t i = 0; i < out.pieces.size(); ++i) {
            out.height += out.pieces[i].height + (i ? out.pieces[i].gap : 0);
            width = std::max(width, out.pieces[i].width);
        }
        out.fits = out.height <= box_.height && width <= box_.width * 1.001;
        return out;
    }

    void add_brand(Plan& out, const Face& face, double text) {
        if (!sheet_.has_logo()) return add(out, kBrand, face, sheet_.brief.brand, text * 0.9, 0);
        Piece piece{kBrand, face, {}, text};
        piece.height = text * 2.2;
        piece.width = std::min(box_.width, text * 5.5);
        out.pieces.push_back(std::move(piece));
    }

    /// In one line, if need be a little smaller and with less space between its letters.
    void add_kicker(Plan& out, Face face, double text) {
        double size = text * 0.9;
        const auto is_wide = [&] {
            return sheet_.metrics.width(face, sheet_.copy.kicker) * size * 1.04 > box_.width;
        };
        if (is_wide() && face.letter_spacing > 0.06) face.letter_spacing = 0.06;
        for (int i = 0; i < 4 && is_wide(); ++i)
            size *= 0.94;
        add(out, kKicker, face, sheet_.copy.kicker, size, text * 0.9);
    }

    /// Running text, in lines of even length and not too long to read.
    void add(Plan& out, Part part, const Face& face, const std::string& text, double size, double gap) {
        Piece piece{part, face, text, size};
        const double limit = std::min(box_.width, size * 24) / size;
        piece.lines = sheet_.metrics.lines_at(face, text, limit * 0.97);
        const Lines& broken = sheet_.metrics.balanced(face, text, piece.lines);
        piece.width =
            std::min(broken.width * 1.035 * size + 1, std::max(box_.width, broken.width * size * 1.01));
        piece.height = piece.lines * size * face.line_height;
        piece.gap = gap;
        out.pieces.push_back(std::move(piece));
    }

    Sheet& sheet_;
    const Box box_;
    const StackStyle& style_;
};

double left_edge(const Box& box, double width, Align align) {
    if (align == Align::right) return box.right() - width;
    return align == Align::center ? box.x + (box.width - width) / 2 : box.x;
}

void draw(Sheet& sheet, const Piece& piece, const Box& box, const StackStyle& style) {
    const Surface& on = style.surface;
    TextSpec spec;
    spec.face = piece.face;
    spec.size = rounded(piece.size);
    spec.box = box;
    spec.align = style.align;
    spec.text = piece.text;
    spec.lines = piece.lines;
    switch (piece.part) {
        case kBrand:
            if (sheet.has_logo()) return sheet.logo(box, style.align);
            spec.role = design::Role::logo;
            spec.name = "Brand";
            spec.fill = solid(on.soft_ink);
            break;
        case kKicker:
            spec.role = design::Role::subheadline;
            spec.name = "Kicker";
            spec.fill = solid(on.accent_ink);
            break;
        case kHeadline:
            spec.role = design::Role::headline;
            spec.name = "Headline";
            spec.breaks = piece.breaks;
            spec.fill = solid(on.ink);
            if (style.is_metal && on.takes_metal)
                spec.fill = design::LinearPaint{90, sheet.pal.metal};
            else if (style.may_emphasise)
                spec.emphasis = on.accent_ink;
            break;
        case kBadge:
            spec.role = design::Role::badge;
            spec.name = "Offer";
            spec.fill = solid(on.accent_ink);
            break;
        case kSubheadline:
            spec.role = design::Role::subheadline;
            spec.name = "Subheadline";
            spec.fill = solid(on.ink);
            break;
        case kBody:
            spec.role = design::Role::body;
            spec.name = "Body";
            spec.fill = solid(on.soft_ink);
            break;
        case kCaption:
            spec.role = design::Role::caption;
            spec.name = "Caption";
            spec.fill = solid(on.soft_ink);
            break;
        default:
            return draw_button(sheet, piece.text, piece.face, rounded(piece.size), box, style);
    }
    draw_text(sheet, spec, on.ground);
}

}  // namespace

unsigned parts_present(const Sheet& sheet, unsigned parts) {
    const Copy& copy = sheet.copy;
    unsigned out = parts;
    const auto drop = [&](Part part, bool is_empty) {
        if (is_empty) out &= ~unsigned(part);
    };
    const auto says = [&](const std::string& text) {
        return !sheet.brief.brand.empty() && text.find(sheet.brief.brand) != std::string::npos;
    };
    const bool is_named =
        says(copy.kicker) || says(copy.headline) || says(copy.caption) || says(copy.subheadline);
    drop(kBrand, !sheet.has_logo() && (sheet.brief.brand.empty() || is_named));
    drop(kKicker, copy.kicker.empty() || copy.kicker == copy.headline);
    drop(kSubheadline, copy.subheadline.empty());
    drop(kBody, copy.body.empty());
    drop(kCta, copy.cta.empty());
    drop(kCaption, copy.caption.empty());
    drop(kBadge, copy.badge.empty());
    return out;
}

Box spread(Sheet& sheet, Box box, const StackStyle& style) {
    StackStyle part = style;
    const auto place = [&](unsigned parts, design::VerticalAlign vertical) {
        part.parts = style.parts & parts;
        part.vertical = vertical;
        return stack(sheet, box, part);
    };
    const Box top = place(kBrand | kKicker, design::VerticalAlign::top);
    if (top.height > 0)
        box = {box.x, top.bottom() + sheet.text, box.width, box.bottom() - top.bottom() - sheet.text};
    const Box bottom = place(kCaption, design::VerticalAlign::bottom);
    if (bottom.height > 0) box.height = bottom.y - sheet.text * 1.2 - box.y;
    return place(kHeadline | kBadge | kSubheadline | kBody | kCta, style.vertical);
}

Box stack(Sheet& sheet, Box box, const StackStyle& style) {
    unsigned parts = parts_present(sheet, style.parts);
    if (parts == 0) return {box.x, box.y, 0, 0};
    const Plan plan = Planner(sheet, box, style).plan(parts);
    double y = box.y;
    if (style.vertical == design::VerticalAlign::middle) y += (box.height - plan.height) / 2;
    if (style.vertical == design::VerticalAlign::bottom) y += box.height - plan.height;
    Box taken{box.x, y, 0, plan.height};
    for (std::size_t i = 0; i < plan.pieces.size(); ++i) {
        const Piece& piece = plan.pieces[i];
        if (i) y += piece.gap;
        const double width = piece.part == kHeadline ? std::min(box.width, piece.width * 1.02) : piece.width;
        const Box place{left_edge(box, width, style.align), y, width, piece.height};
        draw(sheet, piece, place, style);
        taken.width = std::max(taken.width, width);
        y += piece.height;
        if (piece.part == kHeadline && style.has_rule && i + 1 < plan.pieces.size()) {
            const double length = sheet.text * 2.6, thick = std::max(1.0, sheet.text * 0.12);
            sheet.rule({left_edge(box, length, style.align), y + sheet.text * 0.75 + piece.size * 0.05,
                        length, thick},
                       style.surface.accent_ink);
        }
    }
    taken.x = left_edge(box, taken.width, style.align);
    return taken;
}

}  // namespace atelier::ai::builtin::layout
