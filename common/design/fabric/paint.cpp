#include "common/design/fabric/paint.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "common/design/fabric/frame.hpp"
#include "common/design/model/names.hpp"
#include "common/design/repair/color_words.hpp"

namespace atelier::design::fabric {
namespace {

using json::Array;
using json::Object;
using json::Value;

Value stops_json(const std::vector<Stop>& stops) {
    Array out;
    for (const Stop& stop : stops)
        out.push_back(Object{{"offset", number(stop.offset)}, {"color", color_text(stop.color)}});
    return out;
}

Value gradient(std::string_view type, Object coordinates, const std::vector<Stop>& stops, const Box& box) {
    return Object{{"type", type},
                  {"gradientUnits", "pixels"},
                  {"coords", std::move(coordinates)},
                  {"colorStops", stops_json(stops)},
                  {"offsetX", number(box.x)},
                  {"offsetY", number(box.y)}};
}

Point direction_of(double degrees) {
    return turn({1, 0}, degrees);
}
double length_along(const Point& direction, const Box& box) {
    return std::abs(box.width * direction.x) + std::abs(box.height * direction.y);
}

std::vector<Stop> read_stops(const Value& list) {
    std::vector<Stop> out;
    for (const Value& entry : list.array()) {
        Color color = read_color(entry["color"]).value_or(Color{});
        if (entry["opacity"].is_number())
            color.a = static_cast<std::uint8_t>(
                std::lround(color.a * std::clamp(number_of(entry["opacity"]), 0.0, 1.0)));
        out.push_back({number_of(entry["offset"]), color});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Stop& a, const Stop& b) { return a.offset < b.offset; });
    return out;
}

Color color_at(const std::vector<Stop>& stops, double offset) {
    const auto after =
        std::find_if(stops.begin(), stops.end(), [&](const Stop& s) { return s.offset >= offset; });
    if (after == stops.begin()) return stops.front().color;
    if (after == stops.end()) return stops.back().color;
    const Stop& before = *std::prev(after);
    return mix(before.color, after->color, (offset - before.offset) / (after->offset - before.offset));
}

/// Stops outside of 0…1 are cut off; their colours go on at the ends.
std::vector<Stop> cut_stops(std::vector<Stop> stops) {
    std::vector<Stop> out;
    const bool begins_before = stops.front().offset<0, ends_after = stops.back().offset> 1;
    if (begins_before) out.push_back({0, color_at(stops, 0)});
    for (const Stop& stop : stops)
        if (stop.offset >= 0 && stop.offset <= 1 && out.size() < 15)
            out.push_back({neat(stop.offset), stop.color});
    if (ends_after || out.size() < 2) out.push_back({1, color_at(stops, 1)});
    return out;
}

/// Fabric's coordinates as pixels from the corner of `box`.
struct Coordinates {
    const Value& fill;
    const Box& box;
    Point point(const char* x, const char* y) const {
        Point p{number_of(fill["coords"][x]), number_of(fill["coords"][y])};
        if (fill["gradientUnits"].as_string() == "percentage") p = {p.x * box.width, p.y * box.height};
        const json::Array& m = fill["gradientTransform"].array();
        if (m.size() == 6)
            p = {number_of(m[0]) * p.x + number_of(m[2]) * p.y + number_of(m[4]),
                 number_of(m[1]) * p.x + number_of(m[3]) * p.y + number_of(m[5])};
        return {p.x + number_of(fill["offsetX"]) - box.x, p.y + number_of(fill["offsetY"]) - box.y};
    }
    double radius(const char* key) const {
        const double unit =
            fill["gradientUnits"].as_string() == "percentage" ? std::max(box.width, box.height) : 1;
        const json::Array& m = fill["gradientTransform"].array();
        const double scale =
            m.size() == 6
                ? std::sqrt(std::abs(number_of(m[0]) * number_of(m[3]) - number_of(m[1]) * number_of(m[2])))
                : 1;
        return number_of(fill["coords"][key]) * unit * scale;
    }
};

std::optional<Paint> read_linear(const Value& fill, const Box& box) {
    const Coordinates in{fill, box};
    const Point from = in.point("x1", "y1"), to = in.point("x2", "y2");
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    std::vector<Stop> stops = read_stops(fill["colorStops"]);
    if (stops.empty()) return std::nullopt;
    if (stops.size() == 1 || length < 1e-6) return SolidPaint{stops.back().color};
    const Point along{(to.x - from.x) / length, (to.y - from.y) / length};
    // Fabric's line may begin and end anywhere, a design's on the corners: the offsets move.
    const double whole = std::max(1e-6, length_along(along, box));
    const double start = (from.x - box.width / 2) * along.x + (from.y - box.height / 2) * along.y;
    for (Stop& stop : stops)
        stop.offset = (start + stop.offset * length) / whole + 0.5;
    double angle = neat(std::atan2(along.y, along.x) * 180 / std::numbers::pi);
    if (angle < 0) angle += 360;
    return LinearPaint{angle, cut_stops(std::move(stops))};
}

std::optional<Paint> read_radial(const Value& fill, const Box& box) {
    const Coordinates in{fill, box};
    std::vector<Stop> stops = read_stops(fill["colorStops"]);
    const double inner = in.radius("r1"), outer = in.radius("r2");
    const double side = std::max(box.width, box.height);
    if (stops.empty()) return std::nullopt;
    if (stops.size() == 1 || outer < 1e-6 || side < 1e-6) return SolidPaint{stops.back().color};
    const Point center = in.point("x2", "y2");
    for (Stop& stop : stops)
        stop.offset = (inner + stop.offset * (outer - inner)) / outer;
    const auto fraction = [](double value, double whole) {
        return neat(std::clamp(value / whole, 0.0, 1.0));
    };
    return RadialPaint{{fraction(center.x, box.width), fraction(center.y, box.height)},
                       std::clamp(neat(outer / side), 0.01, 4.0),
                       cut_stops(std::move(stops))};
}

bool is_absent(const Value& value) {
    return value.is_null() || (value.is_string() && value.as_string().empty()) ||
           (value.is_array() && value.size() == 0);
}

}  // namespace

std::string color_text(Color color) {
    if (color.a == 255) return to_string(color);
    char text[32];
    std::snprintf(text, sizeof text, "rgba(%d,%d,%d,%.3g)", color.r, color.g, color.b,
                  std::round(color.a / 255.0 * 1000) / 1000);
    return text;
}

std::optional<Color> read_color(const Value& value) {
    return value.is_string() ? read_any_color(std::string_view(value.as_string())) : std::nullopt;
}

Value paint_json(const Paint& paint, const Box& box) {
    if (const auto* linear = std::get_if<LinearPaint>(&paint)) {
        const Point along = direction_of(linear->angle);
        const double half = length_along(along, box) / 2;
        const Point middle{box.width / 2, box.height / 2};
        return gradient("linear",
                        Object{{"x1", number(middle.x - along.x * half)},
                               {"y1", number(middle.y - along.y * half)},
                               {"x2", number(middle.x + along.x * half)},
                               {"y2", number(middle.y + along.y * half)}},
                        linear->stops, box);
    }
    if (const auto* radial = std::get_if<RadialPaint>(&paint)) {
        const Value x = number(radial->center.x * box.width), y = number(radial->center.y * box.height);
        return gradient("radial",
                        Object{{"x1", x},
                               {"y1", y},
                               {"r1", 0},
                               {"x2", x},
                               {"y2", y},
                               {"r2", number(radial->radius * std::max(box.width, box.height))}},
                        radial->stops, box);
    }
    return color_text(std::get<SolidPaint>(paint).color);
}

std::optional<Paint> read_paint(const Value& fill, const Box& box) {
    if (is_absent(fill)) return SolidPaint{{0, 0, 0, 0}};
    if (const auto color = read_color(fill)) return SolidPaint{*color};
    const std::string& type = fill["type"].as_string();
    if (type == "linear") return read_linear(fill, box);
    if (type == "radial") return read_radial(fill, box);
    return std::nullopt;
}

Color main_color(const Paint& paint) {
    if (const auto* solid = std::get_if<SolidPaint>(&paint)) return solid->color;
    const auto* linear = std::get_if<LinearPaint>(&paint);
    return color_at(linear ? linear->stops : std::get<RadialPaint>(paint).stops, 0.5);
}

void set_stroke(Value& object, const std::optional<Stroke>& stroke) {
    object.set("stroke", stroke ? Value(color_text(stroke->color)) : Value())
        .set("strokeWidth", number(stroke ? stroke->width : 0));
    if (!stroke) return;
    object.set("strokeUniform", true).set("strokeMiterLimit", 10);
    if (stroke->dash > 0) object.set("strokeDashArray", Array{number(stroke->dash), number(stroke->dash)});
}

std::optional<Stroke> read_stroke(const Value& object, double scale) {
    const Value& paint = object["stroke"];
    const double width =
        number_of(object["strokeWidth"], 1) * (object["strokeUniform"].as_bool() ? 1 : scale);
    if (is_absent(paint) || width <= 0) return std::nullopt;
    const auto read = read_paint(paint, {0, 0, 1, 1});
    if (!read) return std::nullopt;
    Stroke out{main_color(*read), neat(std::clamp(width, 0.1, 500.0)), 0};
    const json::Array& dashes = object["strokeDashArray"].array();
    if (!dashes.empty())
        out.dash = neat(
            std::clamp(number_of(dashes[0]) * (object["strokeUniform"].as_bool() ? 1 : scale), 0.0, 500.0));
    return out;
}

Value shadow_json(const std::optional<Shadow>& shadow) {
    if (!shadow) return nullptr;
    // As they are, whatever the object is scaled by; of fill and stroke.
    return Object{
        {"color", color_text(shadow->color)}, {"offsetX", number(shadow->x)}, {"offsetY", number(shadow->y)},
        {"blur", number(shadow->blur)},       {"affectStroke", true},         {"nonScaling", true}};
}

std::optional<Shadow> read_shadow(const Value& shadow, double scale) {
    if (!shadow.is_object()) return std::nullopt;
    const double factor = shadow["nonScaling"].as_bool() ? 1 : scale;
    const auto length = [&](const char* key, double least) {
        return neat(std::clamp(number_of(shadow[key]) * factor, least, 500.0));
    };
    return Shadow{read_color(shadow["color"]).value_or(Color{}), length("offsetX", -500),
                  length("offsetY", -500), length("blur", 0)};
}

std::string_view composite_of(Blend blend) {
    return blend == Blend::normal ? "source-over" : name_of(blend);
}

std::optional<Blend> read_blend(const Value& operation) {
    const std::string& name = operation.as_string();
    if (name.empty() || name == "source-over") return Blend::normal;
    const auto& all = Names<Blend>::kAll;
    const auto found = std::find(all.begin(), all.end(), name);
    if (found == all.end()) return std::nullopt;
    return static_cast<Blend>(found - all.begin());
}

bool agree(const Value& written, const Value& read) {
    if (is_absent(written)) return is_absent(read);
    if (written.is_number())
        return read.is_number() && std::abs(written.as_double() - read.as_double()) < 0.001;
    if (written.is_string()) {
        if (written == read) return true;
        const auto a = read_color(written), b = read_color(read);
        return a && b && *a == *b;
    }
    if (written.is_array()) {
        return read.is_array() && read.size() == written.size() &&
               std::equal(written.array().begin(), written.array().end(), read.array().begin(), agree);
    }
    if (written.is_object())
        return std::all_of(written.object().begin(), written.object().end(),
                           [&](const json::Member& m) { return agree(m.second, read[m.first]); });
    return written == read;
}

}  // namespace atelier::design::fabric
