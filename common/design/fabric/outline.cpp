#include "common/design/fabric/outline.hpp"

#include <algorithm>
#include <cmath>

#include "common/design/fabric/flatten.hpp"
#include "common/design/fabric/kinds.hpp"

namespace atelier::design::fabric {
namespace {

using json::Array;
using json::Object;
using json::Value;

/// Distance of a cubic curve's handles for a quarter of a circle, and what Fabric's own round corners use.
constexpr double kHandle = 0.5522847498;

bool is_uniform(const CornerRadii& radii) {
    return std::all_of(radii.begin(), radii.end(), [&](double r) { return r == radii[0]; });
}

/// A rectangle whose corners differ.
Value rounded_path(const CornerRadii& r, double w, double h, Point unit) {
    Array out;
    const auto line = [&](const char* command, double x, double y) {
        out.push_back(Array{command, number(x * unit.x), number(y * unit.y)});
    };
    // From (x, y) round a corner: along (dx, dy) into it, then along (ex, ey) out of it.
    const auto corner = [&](double radius, Point from, Point in, Point out_of) {
        if (radius == 0) return;
        const double k = radius * kHandle;
        const Point corner_at{from.x + in.x * radius, from.y + in.y * radius};
        Array curve{"C"};
        for (const Point p :
             {Point{from.x + in.x * k, from.y + in.y * k},
              Point{corner_at.x + out_of.x * (radius - k), corner_at.y + out_of.y * (radius - k)},
              Point{corner_at.x + out_of.x * radius, corner_at.y + out_of.y * radius}}) {
            curve.push_back(number(p.x * unit.x));
            curve.push_back(number(p.y * unit.y));
        }
        out.push_back(std::move(curve));
    };
    line("M", r[0], 0);
    line("L", w - r[1], 0);
    corner(r[1], {w - r[1], 0}, {1, 0}, {0, 1});
    line("L", w, h - r[2]);
    corner(r[2], {w, h - r[2]}, {0, 1}, {-1, 0});
    line("L", r[3], h);
    corner(r[3], {r[3], h}, {-1, 0}, {0, -1});
    line("L", 0, r[0]);
    corner(r[0], {0, r[0]}, {0, -1}, {1, 0});
    out.push_back(Array{"Z"});
    return Object{{"type", "Path"},
                  {"path", std::move(out)},
                  {"width", number(w * unit.x)},
                  {"height", number(h * unit.y)}};
}

OutlineObject polygon_object(const std::vector<Point>& points, double width, double height, Point unit) {
    Point low{1, 1}, high{0, 0};
    for (const Point& p : points) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    Array list;
    for (const Point& p : points)
        list.push_back(Object{{"x", number(p.x * width * unit.x)}, {"y", number(p.y * height * unit.y)}});
    const Box extent{low.x * width, low.y * height, (high.x - low.x) * width, (high.y - low.y) * height};
    return {Object{{"type", "Polygon"},
                   {"points", std::move(list)},
                   {"width", number(extent.width * unit.x)},
                   {"height", number(extent.height * unit.y)},
                   {"fillRule", "evenodd"}},
            extent};
}

Outline polygon_of(const std::vector<Point>& points) {
    Point low = points[0], high = points[0];
    for (const Point& p : points) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    const double width = std::max(1e-6, high.x - low.x), height = std::max(1e-6, high.y - low.y);
    Outline out{ShapeKind::polygon, {}, {}};
    const auto fraction = [](double v) { return std::clamp(std::round(v * 1e6) / 1e6, 0.0, 1.0); };
    for (const Point& p : points)
        out.points.push_back({fraction((p.x - low.x) / width), fraction((p.y - low.y) / height)});
    return out;
}

std::optional<Outline> read_points(std::vector<Point> points, const Frame& frame) {
    if (points.size() < 3 || points.size() > 64) return std::nullopt;
    Outline outline = polygon_of(points);
    for (Point& p : outline.points) {
        if (frame.flip_x) p.x = 1 - p.x;
        if (frame.flip_y) p.y = 1 - p.y;
    }
    return outline;
}

std::optional<Outline> read_rectangle(const Value& object, const Frame& frame) {
    const double rx = std::min(number_of(object["rx"]) * frame.scale_x, frame.scaled_width() / 2);
    const double ry = std::min(number_of(object["ry"]) * frame.scale_y, frame.scaled_height() / 2);
    const double radius = neat(std::clamp((rx + ry) / 2, 0.0, 16384.0));
    return Outline{ShapeKind::rectangle, {radius, radius, radius, radius}, {}};
}

bool is_whole_circle(const Value& object) {
    const double arc = number_of(object["endAngle"], 360) - number_of(object["startAngle"]);
    return std::abs(arc) >= 359.99;
}

Value placed_clip(const Outline& outline, const Box& box, const ClipSpace& space) {
    const Point unit{1 / space.scale_x, 1 / space.scale_y};
    OutlineObject form = outline_object(outline, box.width, box.height, unit);
    const Point middle{box.x + form.extent.middle().x - space.middle.x,
                       box.y + form.extent.middle().y - space.middle.y};
    const Point seen{middle.x * unit.x * (space.flip_x ? -1 : 1),
                     middle.y * unit.y * (space.flip_y ? -1 : 1)};
    set_place(form.object, "center", "center", seen, 0);
    form.object.set("strokeWidth", 0).set("fill", "#000000");
    if (space.flip_x) form.object.set("flipX", true);
    if (space.flip_y) form.object.set("flipY", true);
    return std::move(form.object);
}

}  // namespace

CornerRadii painted_radii(const CornerRadii& radii, double width, double height) {
    const double shrink =
        std::min({1.0, width / std::max(1e-9, std::max(radii[0] + radii[1], radii[2] + radii[3])),
                  height / std::max(1e-9, std::max(radii[0] + radii[3], radii[1] + radii[2]))});
    CornerRadii out = radii;
    for (double& radius : out)
        radius *= shrink;
    return out;
}

OutlineObject outline_object(const Outline& outline, double width, double height, Point unit) {
    const Box whole{0, 0, width, height};
    if (outline.kind == ShapeKind::polygon && outline.points.size() >= 3)
        return polygon_object(outline.points, width, height, unit);
    const Value object_width = number(width * unit.x), object_height = number(height * unit.y);
    if (outline.kind == ShapeKind::ellipse)
        return {Object{{"type", "Ellipse"},
                       {"rx", number(width / 2 * unit.x)},
                       {"ry", number(height / 2 * unit.y)},
                       {"width", object_width},
                       {"height", object_height}},
                whole};
    const CornerRadii radii = painted_radii(outline.corner_radii, width, height);
    if (!is_uniform(radii)) return {rounded_path(radii, width, height, unit), whole};
    return {Object{{"type", "Rect"},
                   {"width", object_width},
                   {"height", object_height},
                   {"rx", number(radii[0] * unit.x)},
                   {"ry", number(radii[0] * unit.y)}},
            whole};
}

std::optional<Outline> read_outline(const Value& object, const Frame& frame) {
    switch (kind_of(object)) {
        case Kind::rect:
            return read_rectangle(object, frame);
        case Kind::circle:
            if (!is_whole_circle(object)) return std::nullopt;
            [[fallthrough]];
        case Kind::ellipse:
            return Outline{ShapeKind::ellipse, {}, {}};
        case Kind::triangle:
            return read_points({{0, 1}, {0.5, 0}, {1, 1}}, frame);
        case Kind::polygon: {
            std::vector<Point> points;
            for (const Value& p : object["points"].array())
                points.push_back({number_of(p["x"]), number_of(p["y"])});
            return read_points(std::move(points), frame);
        }
        case Kind::path: {
            const auto points = flatten_path(object["path"]);
            return points ? read_points(*points, frame) : std::nullopt;
        }
        default:
            return std::nullopt;
    }
}

Value clip_json(const Clip& clip, const ClipSpace& space) {
    Value corners;
    if (clip.corners) corners = placed_clip(*clip.corners, {0, 0, space.width, space.height}, space);
    if (!clip.mask) return corners;
    Value mask = placed_clip(clip.mask->outline, clip.mask->box, space);
    // Both cut: the corners clip the mask, seen from the middle of the mask.
    if (clip.corners) {
        const Box& box = clip.mask->box;
        const OutlineObject form = outline_object(clip.mask->outline, box.width, box.height);
        const ClipSpace within{{box.x + form.extent.middle().x, box.y + form.extent.middle().y},
                               space.scale_x,
                               space.scale_y,
                               false,
                               false,
                               space.width,
                               space.height};
        mask.set("clipPath", placed_clip(*clip.corners, {0, 0, space.width, space.height}, within));
    }
    return mask;
}

std::optional<Mask> read_clip(const Value& clip, const ClipSpace& space, int major) {
    if (clip["inverted"].as_bool() || clip["absolutePositioned"].as_bool() || clip["clipPath"].is_object())
        return std::nullopt;
    const Frame frame = read_frame(clip, major);
    if (std::abs(frame.angle) > 0.01 || frame.is_skewed()) return std::nullopt;
    Frame scaled = frame;
    scaled.scale_x *= space.scale_x;
    scaled.scale_y *= space.scale_y;
    scaled.flip_x = frame.flip_x != space.flip_x;
    scaled.flip_y = frame.flip_y != space.flip_y;
    const auto form = read_outline(clip, scaled);
    if (!form) return std::nullopt;
    const Point middle = frame.middle();
    const Point at{space.middle.x + middle.x * space.scale_x * (space.flip_x ? -1 : 1),
                   space.middle.y + middle.y * space.scale_y * (space.flip_y ? -1 : 1)};
    const double width = std::max(1.0, scaled.scaled_width()), height = std::max(1.0, scaled.scaled_height());
    return Mask{{neat(at.x - width / 2), neat(at.y - height / 2), neat(width), neat(height)}, *form};
}

}  // namespace atelier::design::fabric
