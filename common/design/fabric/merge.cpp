#include "common/design/fabric/merge.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "common/design/fabric/kinds.hpp"
#include "common/design/fabric/outline.hpp"
#include "common/design/fabric/paint.hpp"

namespace atelier::design::fabric {
namespace {

using json::Value;

bool is_close(double a, double b) {
    return std::abs(a - b) < 0.002;
}
bool is_close(Point a, Point b) {
    return is_close(a.x, b.x) && is_close(a.y, b.y);
}

double whole_turn(double degrees) {
    const double rest = neat(std::fmod(degrees, 360));
    return rest < 0 ? neat(rest + 360) : rest >= 360 ? 0 : rest;
}

double ratio(double before_size, double before_scale, double after_size, double after_scale) {
    if (std::abs(before_size - after_size) < 0.001 && std::abs(before_scale - after_scale) < 1e-4) return 1;
    const double before = before_size * before_scale;
    return before < 1e-6 ? 1 : std::max(1e-6, after_size * after_scale / before);
}

/// Sizes within a layer, not its box.
void scale_content(Layer& layer, double x, double y) {
    const double mean = std::sqrt(x * y);
    const auto scale_radii = [&](CornerRadii& radii) {
        for (double& radius : radii)
            radius = neat(std::min(radius * mean, 16384.0));
    };
    if (layer.mask) {
        Box& box = layer.mask->box;
        box = {neat(box.x * x), neat(box.y * y), neat(box.width * x), neat(box.height * y)};
        scale_radii(layer.mask->outline.corner_radii);
    }
    if (ImageContent* image = image_of(layer)) scale_radii(image->corner_radii);
    if (auto* shape = std::get_if<ShapeContent>(&layer.content)) scale_radii(shape->outline.corner_radii);
}

void scale_letters(TextContent& text, double scale) {
    text.style.font_size = neat(text.style.font_size * scale);
    for (Run& run : text.runs)
        if (run.font_size) run.font_size = neat(*run.font_size * scale);
}

/// What the editor did to the object's place, done to the layer's box.
void merge_place(Layer& layer, const Frame& before, const Frame& after, double x, double y,
                 const Plane& plane) {
    const bool has_origin = is_close(before.origin, after.origin);
    const Point anchor = has_origin ? after.anchor : after.place_of(before.origin);
    const bool is_turned = !is_close(before.angle, after.angle);
    if (is_close(anchor, before.anchor) && !is_turned && x == 1 && y == 1 &&
        is_close(plane.before, plane.after))
        return;
    const Point middle_before{layer.box.middle().x - plane.before.x, layer.box.middle().y - plane.before.y};
    Point arm = turn({middle_before.x - before.anchor.x, middle_before.y - before.anchor.y}, -before.angle);
    arm = turn({arm.x * x, arm.y * y}, after.angle);
    const double width = layer.box.width * x, height = layer.box.height * y;
    layer.box = {neat(anchor.x + arm.x + plane.after.x - width / 2),
                 neat(anchor.y + arm.y + plane.after.y - height / 2), x == 1 ? layer.box.width : neat(width),
                 y == 1 ? layer.box.height : neat(height)};
    if (is_turned) layer.rotation = whole_turn(after.angle);
}

/// The object's own box becomes the layer's.
void take_box(Layer& layer, const Frame& after, const Plane& plane) {
    const Point middle = after.middle();
    const double width = std::max(1.0, after.scaled_width()), height = std::max(1.0, after.scaled_height());
    layer.box = {neat(middle.x + plane.after.x - width / 2), neat(middle.y + plane.after.y - height / 2),
                 neat(width), neat(height)};
    layer.rotation = whole_turn(after.angle);
}

void merge_stroke(std::optional<Stroke>& stroke, const Value& before, const Value& after, double scale) {
    for (const char* key : {"stroke", "strokeWidth", "strokeDashArray"}) {
        if (agree(before[key], after[key])) continue;
        stroke = read_stroke(after, scale);
        return;
    }
}

void mirror(Outline& outline, bool is_x, bool is_y) {
    CornerRadii& r = outline.corner_radii;
    if (is_x) r = {r[1], r[0], r[3], r[2]};
    if (is_y) r = {r[3], r[2], r[1], r[0]};
    for (Point& p : outline.points)
        p = {is_x ? 1 - p.x : p.x, is_y ? 1 - p.y : p.y};
}

bool has_same_form(const Value& before, const Value& after) {
    if (kind_of(before) != kind_of(after)) return false;
    return agree(before["rx"], after["rx"]) && agree(before["points"], after["points"]) &&
           agree(before["path"], after["path"]);
}

bool merge_shape(Layer& layer, const Value& before, const Value& after, const Frame& was, const Frame& is,
                 const Plane& plane, std::vector<std::string>& losses) {
    ShapeContent& shape = std::get<ShapeContent>(layer.content);
    const Box extent = outline_object(shape.outline, layer.box.width, layer.box.height).extent;
    if (!agree(before["fill"], after["fill"])) {
        const auto paint =
            read_paint(after["fill"], {-extent.x, -extent.y, layer.box.width, layer.box.height});
        if (paint)
            shape.fill = *paint;
        else
            losses.emplace_back("a pattern as its paint");
    }
    merge_stroke(shape.stroke, before, after, std::sqrt(is.scale_x * is.scale_y));
    // An ellipse's rx is its size.
    if (has_same_form(before, after) ||
        (kind_of(before) == Kind::ellipse && kind_of(after) == Kind::ellipse)) {
        const double x = ratio(was.width, was.scale_x, is.width, is.scale_x);
        const double y = ratio(was.height, was.scale_y, is.height, is.scale_y);
        merge_place(layer, was, is, x, y, plane);
        if (x != 1 || y != 1) scale_content(layer, x, y);
        mirror(shape.outline, is.flip_x, is.flip_y);
        return true;
    }
    auto outline = read_outline(after, is);
    if (!outline) return false;
    shape.outline = std::move(*outline);
    take_box(layer, is, plane);
    return true;
}

Flip flip_of(bool is_x, bool is_y) {
    if (is_x) return is_y ? Flip::both : Flip::horizontal;
    return is_y ? Flip::vertical : Flip::none;
}

/// A detail of a picture, larger than it has to be: the whole picture with a mask.
void mask_picture(Layer& layer, ImageContent& image, const Source& source, const Box& crop,
                  const Frame& after) {
    const Point corner{layer.box.x, layer.box.y};
    const Box detail{crop.x * after.scale_x, crop.y * after.scale_y, layer.box.width, layer.box.height};
    const double width = source.picture.width * after.scale_x, height = source.picture.height * after.scale_y;
    // The box turns about another middle now.
    const Point from_detail{width / 2 - detail.middle().x, height / 2 - detail.middle().y};
    const Point turned = turn(from_detail, after.angle);
    const Point middle{corner.x + layer.box.width / 2 + turned.x, corner.y + layer.box.height / 2 + turned.y};
    layer.box = {neat(middle.x - width / 2), neat(middle.y - height / 2), neat(width), neat(height)};
    layer.mask = Mask{{neat(detail.x), neat(detail.y), neat(detail.width), neat(detail.height)},
                      {ShapeKind::rectangle, image.corner_radii, {}}};
    image.corner_radii = {};
    image.picture.fit = Fit::stretch;
}

void merge_image(Layer& layer, const Source& source, const Value& before, const Value& after,
                 const Frame& was, const Frame& is, const Plane& plane, std::vector<std::string>& losses) {
    ImageContent& image = *image_of(layer);
    image.flip = flip_of(is.flip_x, is.flip_y);
    merge_stroke(image.stroke, before, after, std::sqrt(is.scale_x * is.scale_y));
    if (after["filters"].size() > 0) losses.emplace_back("filters of a picture");
    if (!is_same_picture(before, after)) {
        if (auto picture = read_picture(after, is))
            image.picture = std::move(*picture);
        else
            losses.emplace_back("a picture that is in the document itself");
        take_box(layer, is, plane);
        return;
    }
    const Box crop = read_crop(after, is);
    const bool is_same_part =
        agree(before["cropX"], after["cropX"]) && agree(before["cropY"], after["cropY"]) &&
        agree(before["width"], after["width"]) && agree(before["height"], after["height"]);
    const double x = ratio(was.width, was.scale_x, is.width, is.scale_x);
    const double y = ratio(was.height, was.scale_y, is.height, is.scale_y);
    if (is_same_part || source.is_placeholder) {
        merge_place(layer, was, is, x, y, plane);
        if (x != 1 || y != 1) scale_content(layer, x, y);
        // Stretched further in one direction than in the other: a picture that is not cut says so itself.
        if (std::abs(x / y - 1) > 0.002 && !source.is_placeholder &&
            !merge_crop(image.picture, source, crop, is.scale_x, is.scale_y))
            losses.emplace_back("an uneven scale of a cut picture");
        return;
    }
    take_box(layer, is, plane);
    if (!merge_crop(image.picture, source, crop, is.scale_x, is.scale_y))
        mask_picture(layer, image, source, crop, is);
}

void merge_clip(Layer& layer, const Value& before, const Value& after, const Frame& frame, int major,
                std::vector<std::string>& losses) {
    if (agree(before["clipPath"], after["clipPath"])) return;
    ImageContent* image = image_of(layer);
    layer.mask.reset();
    if (image) image->corner_radii = {};
    if (!after["clipPath"].is_object()) return;
    const double width = layer.box.width, height = layer.box.height;
    const ClipSpace space{
        {width / 2, height / 2}, frame.scale_x, frame.scale_y, frame.flip_x, frame.flip_y, width, height};
    auto mask = read_clip(after["clipPath"], space, major);
    if (!mask) {
        losses.emplace_back("a clip path that no mask is");
        return;
    }
    const bool is_whole = is_close(mask->box.width, width) && is_close(mask->box.height, height) &&
                          std::abs(mask->box.x) < 0.01 && std::abs(mask->box.y) < 0.01;
    if (image && is_whole && mask->outline.kind == ShapeKind::rectangle)
        image->corner_radii = mask->outline.corner_radii;
    else
        layer.mask = std::move(mask);
}

void merge_text_layer(Layer& layer, const Making& making, const Value& before, const Value& after,
                      const Frame& was, const Frame& is, const Plane& plane,
                      std::vector<std::string>& losses) {
    TextContent& text = std::get<TextContent>(layer.content);
    const double height = is.scale_y;
    double width = ratio(was.width, 1, is.width, is.scale_x);
    if (height == 1 && is_widened(making.setting, was.width, is.width)) width = 1;
    merge_place(layer, was, is, width, height, plane);
    if (width != 1 || height != 1) scale_content(layer, width, height);
    merge_text(text, making.setting, before, after, is, losses);
    if (is.flip_x || is.flip_y) losses.emplace_back("mirrored text");
}

}  // namespace

void merge_common(Layer& layer, const Value& before, const Value& after, const Frame& frame,
                  std::vector<std::string>& losses) {
    if (!agree(before["opacity"], after["opacity"]))
        layer.opacity = neat(std::clamp(number_of(after["opacity"], 1), 0.0, 1.0));
    layer.visible = after["visible"].as_bool(true);
    if (!agree(before["globalCompositeOperation"], after["globalCompositeOperation"])) {
        const auto blend = read_blend(after["globalCompositeOperation"]);
        if (!blend) losses.emplace_back("a composite operation that blends nothing");
        layer.blend = blend.value_or(Blend::normal);
    }
    if (after["lockMovementX"].is_bool()) layer.locked = after["lockMovementX"].as_bool();
    if (!agree(before["shadow"], after["shadow"]))
        layer.shadow = read_shadow(after["shadow"], std::sqrt(frame.scale_x * frame.scale_y));
    if (frame.is_skewed()) losses.emplace_back("a skew");
}

void scale_layer(Layer& layer, double x, double y) {
    const double radians = layer.rotation * std::numbers::pi / 180;
    const double c = std::cos(radians), s = std::sin(radians);
    const double along = std::hypot(x * c, y * s), across = std::hypot(x * s, y * c);
    const Point middle{layer.box.middle().x * x, layer.box.middle().y * y};
    const double width = layer.box.width * along, height = layer.box.height * across;
    layer.box = {neat(middle.x - width / 2), neat(middle.y - height / 2), neat(width), neat(height)};
    if (std::abs(x - y) > 1e-6)
        layer.rotation = whole_turn(std::atan2(y * s, x * c) * 180 / std::numbers::pi);
    scale_content(layer, along, across);
    if (auto* text = std::get_if<TextContent>(&layer.content)) scale_letters(*text, across);
    if (auto* group = std::get_if<GroupContent>(&layer.content))
        for (Layer& child : group->layers)
            scale_layer(child, along, across);
}

bool merge_layer(Layer& layer, const Making& making, const Value& after, int major, const Plane& plane,
                 std::vector<std::string>& losses) {
    const Value before = object_of(layer, making, plane.before);
    const Frame was = read_frame(before, 7), is = read_frame(after, major);
    const Kind kind = kind_of(after);
    const bool is_shape = std::holds_alternative<ShapeContent>(layer.content);
    if (!is_shape && kind != kind_of(before)) return false;
    merge_common(layer, before, after, is, losses);
    if (is_shape) {
        if (!merge_shape(layer, before, after, was, is, plane, losses)) return false;
    } else if (kind == Kind::text) {
        merge_text_layer(layer, making, before, after, was, is, plane, losses);
    } else if (kind == Kind::image) {
        merge_image(layer, making.source, before, after, was, is, plane, losses);
    } else {
        // A group's own size, without its scale, which its layers take.
        const double x = ratio(was.width, 1, is.width, is.scale_x),
                     y = ratio(was.height, 1, is.height, is.scale_y);
        merge_place(layer, was, is, x, y, plane);
        if (x != 1 || y != 1) scale_content(layer, x, y);
        if (is.flip_x || is.flip_y) losses.emplace_back("a mirrored group");
    }
    merge_clip(layer, before, after, is, major, losses);
    return true;
}

}  // namespace atelier::design::fabric
