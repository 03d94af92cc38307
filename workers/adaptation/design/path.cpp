#include "workers/adaptation/design/path.hpp"

#include <algorithm>

#include "workers/adaptation/design/svg/markup.hpp"

namespace atelier::adaptation::design_render {
namespace {

using design::Box;
using design::CornerRadii;
using design::Point;
using Kind = Segment::Kind;

/// How far the control points of a quarter circle of radius 1 lie from its ends.
constexpr double kQuarter = 0.5522847498;

void move(Path& path, Point to) {
    path.push_back({Kind::move, {}, {}, to});
}
void line(Path& path, Point to) {
    path.push_back({Kind::line, {}, {}, to});
}
void close(Path& path) {
    path.push_back({Kind::close, {}, {}, {}});
}

/// A quarter of an ellipse from `from` to `to` around the corner where their tangents meet.
void quarter(Path& path, Point from, Point corner, Point to) {
    const auto towards = [](Point p, Point q) {
        return Point{p.x + (q.x - p.x) * kQuarter, p.y + (q.y - p.y) * kQuarter};
    };
    path.push_back({Kind::curve, towards(from, corner), towards(to, corner), to});
}

/// Two that do not fit on one side shrink in proportion, as in CSS all by the same factor.
CornerRadii fitting(const Box& box, CornerRadii radii) {
    double factor = 1;
    const auto limit = [&](double a, double b, double side) {
        if (a + b > side) factor = std::min(factor, side / (a + b));
    };
    limit(radii[0], radii[1], box.width);
    limit(radii[3], radii[2], box.width);
    limit(radii[0], radii[3], box.height);
    limit(radii[1], radii[2], box.height);
    for (double& radius : radii)
        radius *= factor;
    return radii;
}

Path polygon(const std::vector<Point>& points, const Box& box) {
    Path path;
    for (const Point& p : points) {
        const Point at{box.x + p.x * box.width, box.y + p.y * box.height};
        if (path.empty())
            move(path, at);
        else
            line(path, at);
    }
    if (!path.empty()) close(path);
    return path;
}

}  // namespace

Path rounded_rectangle(const Box& b, const CornerRadii& asked) {
    const auto [tl, tr, br, bl] = fitting(b, asked);
    const double left = b.x, top = b.y, right = b.right(), bottom = b.bottom();
    Path path;
    move(path, {left + tl, top});
    line(path, {right - tr, top});
    if (tr > 0) quarter(path, {right - tr, top}, {right, top}, {right, top + tr});
    line(path, {right, bottom - br});
    if (br > 0) quarter(path, {right, bottom - br}, {right, bottom}, {right - br, bottom});
    line(path, {left + bl, bottom});
    if (bl > 0) quarter(path, {left + bl, bottom}, {left, bottom}, {left, bottom - bl});
    line(path, {left, top + tl});
    if (tl > 0) quarter(path, {left, top + tl}, {left, top}, {left + tl, top});
    close(path);
    return path;
}

Path ellipse(const Box& b) {
    const double left = b.x, top = b.y, right = b.right(), bottom = b.bottom();
    const Point middle = b.middle();
    Path path;
    move(path, {middle.x, top});
    quarter(path, {middle.x, top}, {right, top}, {right, middle.y});
    quarter(path, {right, middle.y}, {right, bottom}, {middle.x, bottom});
    quarter(path, {middle.x, bottom}, {left, bottom}, {left, middle.y});
    quarter(path, {left, middle.y}, {left, top}, {middle.x, top});
    close(path);
    return path;
}

Path path_of(const design::Outline& outline, const Box& box) {
    switch (outline.kind) {
        case design::ShapeKind::rectangle:
            return rounded_rectangle(box, outline.corner_radii);
        case design::ShapeKind::ellipse:
            return ellipse(box);
        case design::ShapeKind::polygon:
            return polygon(outline.points, box);
    }
    return {};
}

std::string svg_data(const Path& path) {
    std::string out;
    const auto point = [&](Point p) { out += number(p.x) + " " + number(p.y); };
    for (const Segment& segment : path) {
        switch (segment.kind) {
            case Kind::move:
                out += "M";
                point(segment.end);
                break;
            case Kind::line:
                out += "L";
                point(segment.end);
                break;
            case Kind::curve:
                out += "C";
                point(segment.a);
                out += " ";
                point(segment.b);
                out += " ";
                point(segment.end);
                break;
            case Kind::close:
                out += "Z";
        }
    }
    return out;
}

std::vector<PaintedPath> placeholder(double width, double height, const CornerRadii& radii) {
    constexpr design::Color kGround{0xd3, 0xd8, 0xdf, 0xff}, kIcon{0xb2, 0xba, 0xc5, 0xff};
    const double size = std::min(240.0, std::min(width, height) * 0.5);
    const Box icon{(width - size) / 2, (height - size * 0.75) / 2, size, size * 0.75};
    return {{rounded_rectangle({0, 0, width, height}, radii), kGround},
            {ellipse({icon.x + size * 0.12, icon.y, size * 0.2, size * 0.2}), kIcon},
            {polygon({{0, 1}, {0.3, 0.45}, {0.45, 0.7}, {0.68, 0.2}, {1, 1}}, icon), kIcon}};
}

}  // namespace atelier::adaptation::design_render
