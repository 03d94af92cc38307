#include "workers/ai/builtin/compose/ornament.hpp"

#include <algorithm>
#include <cmath>

#include "common/design/model/boxes.hpp"

namespace atelier::ai::builtin::layout {
namespace {

using design::Box;
using design::Color;
using design::Point;

constexpr double kPi = 3.14159265358979323846;

bool is_clear(const Box& box, const std::vector<Box>& clear) {
    return std::none_of(clear.begin(), clear.end(),
                        [&](const Box& keep) { return design::clipped(box, keep).area() > 0; });
}

Box around(Point middle, double size) {
    return {middle.x - size / 2, middle.y - size / 2, size, size};
}

}  // namespace

std::vector<Point> star_points(int points, double depth) {
    std::vector<Point> out;
    for (int i = 0; i < 2 * points; ++i) {
        const double radius = i % 2 ? 0.5 * (1 - depth) : 0.5, angle = kPi * i / points;
        out.push_back({0.5 + radius * std::sin(angle), 0.5 - radius * std::cos(angle)});
    }
    return out;
}

void sparkle(Sheet& sheet, Point middle, double size, Color color) {
    sheet.polygon("Sparkle", around(middle, size), solid(color), star_points(4, 0.76));
}

void dot_grid(Sheet& sheet, Box box, int columns, int rows, Color color, double diameter) {
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const Point p{box.x + box.width * (columns > 1 ? double(column) / (columns - 1) : 0.5),
                          box.y + box.height * (rows > 1 ? double(row) / (rows - 1) : 0.5)};
            sheet.ellipse("Dot", around(p, diameter), solid(color));
        }
}

void sunburst(Sheet& sheet, Point middle, double radius, int rays, Color color, double alpha) {
    const Box box = around(middle, 2 * radius);
    // One polygon that goes back to the middle between rays: even-odd keeps the gaps free.
    std::vector<Point> points;
    for (int i = 0; i < std::min(rays, 20); ++i) {
        const double from = 2 * kPi * i / rays, to = from + kPi / rays;
        points.push_back({0.5, 0.5});
        points.push_back({0.5 + 0.5 * std::sin(from), 0.5 - 0.5 * std::cos(from)});
        points.push_back({0.5 + 0.5 * std::sin(to), 0.5 - 0.5 * std::cos(to)});
    }
    sheet.polygon("Rays", box, solid(color, alpha), std::move(points));
}

void wave(Sheet& sheet, Box box, Color color, double swing, double phase) {
    constexpr int kSteps = 48;
    std::vector<Point> points;
    for (int i = 0; i <= kSteps; ++i) {
        const double x = double(i) / kSteps;
        points.push_back({x, swing * (0.5 + 0.35 * std::sin(2 * kPi * (x + phase)) +
                                      0.15 * std::sin(4 * kPi * x + 5 * phase))});
    }
    points.push_back({1, 1});
    points.push_back({0, 1});
    sheet.polygon("Wave", box, solid(color), std::move(points));
}

void confetti(Sheet& sheet, const std::vector<Box>& clear, int count, const std::vector<Color>& colors) {
    const double side = std::min(sheet.w, sheet.h);
    for (int i = 0, tries = 0; i < count && tries < count * 8; ++tries) {
        const double size = side * sheet.dice.between(0.016, 0.038);
        const Box box = around({sheet.dice.unit() * sheet.w, sheet.dice.unit() * sheet.h}, size);
        if (!is_clear(inset(box, -side * 0.015), clear)) continue;
        const Color color = colors[std::size_t(i) % colors.size()];
        const std::size_t kind = sheet.dice.below(4);
        if (kind == 0) {
            sheet.ellipse("Confetti", box, solid(color));
        } else if (kind == 1) {
            sheet.ring("Confetti", box, color, size * 0.22);
        } else if (kind == 2) {
            sheet.polygon("Confetti", box, solid(color), {{0.5, 0}, {1, 1}, {0, 1}}).rotation =
                std::floor(sheet.dice.between(0, 360));
        } else {
            sheet
                .rectangle("Confetti", {box.x, box.y + size * 0.3, size, size * 0.4}, solid(color),
                           size * 0.2)
                .rotation = std::floor(sheet.dice.between(0, 180));
        }
        ++i;
    }
}

void edge_ornaments(Sheet& sheet, const std::vector<Box>& clear, const Surface& on) {
    const double side = std::min(sheet.w, sheet.h);
    const std::string words = words_of(sheet.brief);
    if (has_word(words, " playful kids children fun cheerful birthday party carnival ")) {
        confetti(sheet, clear, 22,
                 {on.accent_ink, sheet.pal.primary == on.ground ? on.ink : sheet.pal.primary, on.ink});
    } else if (has_word(words, " premium luxury luxurious festive gold elegant greeting ")) {
        // A large glint with a small one beside it, in two corners; never one alone.
        for (const bool is_low : {false, true}) {
            const Point large{sheet.w * (is_low ? 0.07 : 0.9), sheet.h * (is_low ? 0.91 : 0.1)};
            const Point small{sheet.w * (is_low ? 0.115 : 0.945), sheet.h * (is_low ? 0.94 : 0.16)};
            if (!is_clear(around(large, side * 0.055), clear) ||
                !is_clear(around(small, side * 0.028), clear))
                continue;
            sparkle(sheet, large, side * 0.055, on.accent_ink);
            sparkle(sheet, small, side * 0.028, on.accent_ink);
        }
    } else if (has_word(words, " bold energetic sporty loud urgent tech modern ")) {
        const Box dots{sheet.w - sheet.margin * 0.6 - side * 0.14, sheet.h - sheet.margin * 0.6 - side * 0.1,
                       side * 0.14, side * 0.1};
        if (is_clear(inset(dots, -side * 0.02), clear))
            dot_grid(sheet, dots, 6, 4, on.accent_ink, side * 0.008);
    }
}

}  // namespace atelier::ai::builtin::layout
