#include "common/design/fabric/added.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "common/design/fabric/font_lines.hpp"
#include "common/design/fabric/kinds.hpp"
#include "common/design/fabric/merge.hpp"
#include "common/design/fabric/outline.hpp"
#include "common/design/fabric/paint.hpp"
#include "common/design/text/utf8.hpp"

namespace atelier::design::fabric {
namespace {

using json::Object;
using json::Value;

/// A box in the object's own, unturned and scaled, measured from its corner.
void place_within(Layer& layer, const Frame& frame, const Box& own) {
    const Point middle = frame.middle();
    const Point arm = turn(
        {own.middle().x - frame.scaled_width() / 2, own.middle().y - frame.scaled_height() / 2}, frame.angle);
    const double width = std::max(1.0, own.width), height = std::max(1.0, own.height);
    layer.box = {neat(middle.x + arm.x - width / 2), neat(middle.y + arm.y - height / 2), neat(width),
                 neat(height)};
    const double angle = std::fmod(frame.angle, 360);
    layer.rotation = neat(angle < 0 ? angle + 360 : angle);
    if (layer.rotation >= 360) layer.rotation = 0;
}

Box own_box(const Frame& frame) {
    return {0, 0, frame.scaled_width(), frame.scaled_height()};
}

bool add_text(Layer& layer, const Value& object, const Frame& frame, std::vector<std::string>& losses) {
    TextContent text = read_text(object, frame, losses);
    if (text.runs.empty() || text.runs[0].text.empty()) {
        losses.emplace_back("a text without letters");
        return false;
    }
    if (frame.flip_x || frame.flip_y) losses.emplace_back("mirrored text");
    const double size = text.style.font_size;
    const double height = frame.scaled_height() / size - kFabricLine;
    const double lines = 1 + std::max(0.0, std::round(height / text.line_height));
    // A text that breaks no lines shall not begin to: a little room on its open sides.
    const double room = wraps(object) ? 0 : frame.scaled_width() * 0.04 + 2;
    const double left = text.align == Align::center ? room / 2 : text.align == Align::right ? room : 0;
    const double shift = block_shift(VerticalAlign::top, text.style.font_family, size, text.line_height);
    layer.role = Role::body;
    place_within(layer, frame, {-left, -shift, frame.scaled_width() + room, lines * size * text.line_height});
    layer.content = std::move(text);
    return true;
}

bool add_image(Layer& layer, const Value& object, const Frame& frame, std::vector<std::string>& losses) {
    auto picture = read_picture(object, frame);
    if (!picture) {
        losses.emplace_back("a picture that is in the document itself: upload it as an asset");
        return false;
    }
    if (object["filters"].size() > 0) losses.emplace_back("filters of a picture");
    ImageContent image;
    image.picture = std::move(*picture);
    if (frame.flip_x || frame.flip_y)
        image.flip = !frame.flip_y ? Flip::horizontal : frame.flip_x ? Flip::both : Flip::vertical;
    image.stroke = read_stroke(object, std::sqrt(frame.scale_x * frame.scale_y));
    if (!object.has("strokeWidth")) image.stroke.reset();
    layer.role = Role::hero;
    place_within(layer, frame, own_box(frame));
    layer.content = std::move(image);
    return true;
}

/// A line is a thin rectangle.
bool add_line(Layer& layer, const Value& object, const Frame& frame, std::vector<std::string>& losses) {
    const double width =
        number_of(object["strokeWidth"], 1) * (object["strokeUniform"].as_bool() ? 1 : frame.scale_y);
    const auto paint = read_paint(object["stroke"], {0, 0, 1, 1});
    if (!paint || object["stroke"].is_null() || object["strokeDashArray"].size() > 0) {
        losses.emplace_back("a line that is no solid one");
        return false;
    }
    const double dx =
        (number_of(object["x2"]) - number_of(object["x1"])) * frame.scale_x * (frame.flip_x ? -1 : 1);
    const double dy =
        (number_of(object["y2"]) - number_of(object["y1"])) * frame.scale_y * (frame.flip_y ? -1 : 1);
    Frame along = frame;
    along.origin = {0.5, 0.5};
    along.anchor = frame.middle();
    along.width = std::hypot(dx, dy);
    along.height = width;
    along.scale_x = along.scale_y = 1;
    along.angle = frame.angle + std::atan2(dy, dx) * 180 / std::numbers::pi;
    place_within(layer, along, own_box(along));
    layer.content = ShapeContent{{}, SolidPaint{main_color(*paint)}, {}};
    return true;
}

bool add_shape(Layer& layer, const Value& object, const Frame& frame, std::vector<std::string>& losses) {
    auto outline = read_outline(object, frame);
    if (!outline) {
        losses.emplace_back("a form that no outline of a design is");
        return false;
    }
    ShapeContent shape{
        std::move(*outline), {}, read_stroke(object, std::sqrt(frame.scale_x * frame.scale_y))};
    const Value& fill = object["fill"];
    const Box box{0, 0, std::max(1.0, frame.width), std::max(1.0, frame.height)};
    auto paint = object.has("fill") ? read_paint(fill, box) : std::optional<Paint>(SolidPaint{});
    if (!paint) losses.emplace_back("a pattern as its paint");
    shape.fill = paint.value_or(SolidPaint{{0xcc, 0xcc, 0xcc}});
    place_within(layer, frame, own_box(frame));
    layer.content = std::move(shape);
    return true;
}

/// What is open and painted is closed by its paint; with a stroke it would gain a side.
bool is_open_line(const Value& object) {
    return kind_of(object) == Kind::polyline && (!object["stroke"].is_null() || object["fill"].is_null());
}

bool add_content(Layer& layer, const Value& object, const Frame& frame, std::vector<std::string>& losses) {
    switch (kind_of(object)) {
        case Kind::text:
            return add_text(layer, object, frame, losses);
        case Kind::image:
            return add_image(layer, object, frame, losses);
        case Kind::line:
            return add_line(layer, object, frame, losses);
        case Kind::group:
            if (frame.flip_x || frame.flip_y) losses.emplace_back("a mirrored group");
            place_within(layer, frame, own_box(frame));
            layer.content = GroupContent{};
            return true;
        case Kind::unknown:
            losses.emplace_back("an object of an unknown type");
            return false;
        default:
            break;
    }
    if (is_open_line(object)) {
        losses.emplace_back("an open line of several parts");
        return false;
    }
    return add_shape(layer, object, frame, losses);
}

void add_clip(Layer& layer, const Value& object, const Frame& frame, int major,
              std::vector<std::string>& losses) {
    if (!object["clipPath"].is_object()) return;
    const ClipSpace space{{layer.box.width / 2, layer.box.height / 2},
                          frame.scale_x,
                          frame.scale_y,
                          frame.flip_x,
                          frame.flip_y,
                          layer.box.width,
                          layer.box.height};
    layer.mask = read_clip(object["clipPath"], space, major);
    if (!layer.mask) losses.emplace_back("a clip path that no mask is");
}

}  // namespace

std::optional<Layer> read_added(const Value& object, int major, std::vector<std::string>& losses) {
    const Frame frame = read_frame(object, major);
    Layer layer;
    layer.id = first_characters(object["id"].as_string(), 64);
    layer.name = first_characters(object["name"].as_string(), 100);
    if (!add_content(layer, object, frame, losses)) return std::nullopt;
    merge_common(layer, Object{}, object, frame, losses);
    add_clip(layer, object, frame, major, losses);
    return layer;
}

}  // namespace atelier::design::fabric
