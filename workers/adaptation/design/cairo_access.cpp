#include "workers/adaptation/design/cairo_access.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace atelier::adaptation::design_render {
namespace {

constexpr double kDegree = 3.14159265358979323846 / 180;

Pattern pattern_of(const design::LinearPaint& paint, double width, double height) {
    const double cos = std::cos(paint.angle * kDegree), sin = std::sin(paint.angle * kDegree);
    const double half = (std::abs(width * cos) + std::abs(height * sin)) / 2;
    return Pattern(cairo_pattern_create_linear(width / 2 - cos * half, height / 2 - sin * half,
                                               width / 2 + cos * half, height / 2 + sin * half));
}

Pattern pattern_of(const design::RadialPaint& paint, double width, double height) {
    const double x = paint.center.x * width, y = paint.center.y * height;
    return Pattern(cairo_pattern_create_radial(x, y, 0, x, y, paint.radius * std::max(width, height)));
}

void add_stops(cairo_pattern_t* pattern, const std::vector<design::Stop>& stops) {
    for (const design::Stop& stop : stops)
        cairo_pattern_add_color_stop_rgba(pattern, stop.offset, stop.color.r / 255.0, stop.color.g / 255.0,
                                          stop.color.b / 255.0, stop.color.a / 255.0);
}

}  // namespace

void set_source(cairo_t* cairo, design::Color color) {
    cairo_set_source_rgba(cairo, color.r / 255.0, color.g / 255.0, color.b / 255.0, color.a / 255.0);
}

void set_source(cairo_t* cairo, const design::Paint& paint, double width, double height) {
    if (const auto* solid = std::get_if<design::SolidPaint>(&paint)) return set_source(cairo, solid->color);
    Pattern pattern;
    if (const auto* linear = std::get_if<design::LinearPaint>(&paint)) {
        pattern = pattern_of(*linear, width, height);
        add_stops(pattern.get(), linear->stops);
    } else {
        const auto& radial = std::get<design::RadialPaint>(paint);
        pattern = pattern_of(radial, width, height);
        add_stops(pattern.get(), radial.stops);
    }
    cairo_set_source(cairo, pattern.get());
}

void append(cairo_t* cairo, const Path& path) {
    for (const Segment& s : path) {
        switch (s.kind) {
            case Segment::Kind::move:
                cairo_move_to(cairo, s.end.x, s.end.y);
                break;
            case Segment::Kind::line:
                cairo_line_to(cairo, s.end.x, s.end.y);
                break;
            case Segment::Kind::curve:
                cairo_curve_to(cairo, s.a.x, s.a.y, s.b.x, s.b.y, s.end.x, s.end.y);
                break;
            case Segment::Kind::close:
                cairo_close_path(cairo);
        }
    }
}

void set_stroke(cairo_t* cairo, const design::Stroke& stroke) {
    set_source(cairo, stroke.color);
    cairo_set_line_width(cairo, stroke.width);
    cairo_set_miter_limit(cairo, 4);
    if (stroke.dash > 0) cairo_set_dash(cairo, &stroke.dash, 1, 0);
}

cairo_operator_t operator_of(design::Blend blend) {
    constexpr std::array kOperators{
        CAIRO_OPERATOR_OVER,        CAIRO_OPERATOR_MULTIPLY,   CAIRO_OPERATOR_SCREEN,
        CAIRO_OPERATOR_OVERLAY,     CAIRO_OPERATOR_DARKEN,     CAIRO_OPERATOR_LIGHTEN,
        CAIRO_OPERATOR_COLOR_DODGE, CAIRO_OPERATOR_COLOR_BURN, CAIRO_OPERATOR_HARD_LIGHT,
        CAIRO_OPERATOR_SOFT_LIGHT,  CAIRO_OPERATOR_DIFFERENCE, CAIRO_OPERATOR_EXCLUSION};
    return kOperators[static_cast<std::size_t>(blend)];
}

}  // namespace atelier::adaptation::design_render
