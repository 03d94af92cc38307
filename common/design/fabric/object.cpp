#include "common/design/fabric/object.hpp"

#include <cmath>
#include <numbers>

#include "common/design/fabric/outline.hpp"
#include "common/design/fabric/paint.hpp"

namespace atelier::design::fabric {
namespace {

using json::Array;
using json::Object;
using json::Value;

bool is_rounded(const CornerRadii& radii) {
    return radii != CornerRadii{};
}

/// Fabric draws ellipses from the right, where a quarter of the way is left to the top, where designs begin.
double dash_offset(double width, double height) {
    const double a = width / 2, b = height / 2, h = (a - b) * (a - b) / ((a + b) * (a + b));
    // Ramanujan's second approximation of the circumference.
    return std::numbers::pi * (a + b) * (1 + 3 * h / (10 + std::sqrt(4 - 3 * h))) / 4;
}

Value shape_object(const ShapeContent& shape, const Layer& layer, Point middle) {
    OutlineObject form = outline_object(shape.outline, layer.box.width, layer.box.height);
    Value out = std::move(form.object);
    // A gradient runs over the layer's box, of which the object may be a part.
    out.set("fill",
            paint_json(shape.fill, {-form.extent.x, -form.extent.y, layer.box.width, layer.box.height}));
    set_stroke(out, shape.stroke);
    if (shape.outline.kind == ShapeKind::ellipse && shape.stroke && shape.stroke->dash > 0)
        out.set("strokeDashOffset", number(dash_offset(layer.box.width, layer.box.height)));
    set_place(out, "center", "center", middle, layer.rotation);
    return out;
}

Value image_object(const ImageContent& image, const Layer& layer, const Making& making, Point middle) {
    Value out = picture_object(making.source,
                               shown_part(image.picture, making.source, layer.box.width, layer.box.height));
    if (is_mirrored(image.flip)) out.set("flipX", true);
    if (is_upended(image.flip)) out.set("flipY", true);
    set_stroke(out, image.stroke);
    set_place(out, "center", "center", middle, layer.rotation);
    return out;
}

Value group_object(const Layer& layer, Point middle) {
    // Its size is its own: layers may reach out of it.
    Value out = Object{{"type", "Group"},
                       {"width", number(layer.box.width)},
                       {"height", number(layer.box.height)},
                       {"layoutManager", Object{{"type", "layoutManager"}, {"strategy", "fixed"}}},
                       {"subTargetCheck", true},
                       {"interactive", true}};
    set_place(out, "center", "center", middle, layer.rotation);
    return out;
}

ClipSpace clip_space(const Layer& layer, const Making& making) {
    ClipSpace out{object_middle(layer, making), 1, 1, false, false, layer.box.width, layer.box.height};
    if (const ImageContent* image = image_of(layer)) {
        const Shown shown = shown_part(image->picture, making.source, layer.box.width, layer.box.height);
        out.scale_x = shown.scale_x();
        out.scale_y = shown.scale_y();
        out.flip_x = is_mirrored(image->flip);
        out.flip_y = is_upended(image->flip);
    }
    return out;
}

Clip clip_of(const Layer& layer) {
    Clip out{layer.mask, {}};
    const ImageContent* image = image_of(layer);
    if (image && is_rounded(image->corner_radii))
        out.corners = Outline{ShapeKind::rectangle, image->corner_radii, {}};
    return out;
}

void set_common(Value& object, const Layer& layer, const Making& making) {
    object.set("opacity", number(layer.opacity))
        .set("visible", layer.visible)
        .set("globalCompositeOperation", composite_of(layer.blend))
        .set("shadow", making.hides_shadow ? Value() : shadow_json(layer.shadow));
    if (Value clip = clip_json(clip_of(layer), clip_space(layer, making)); !clip.is_null())
        object.set("clipPath", std::move(clip));
    for (const char* lock :
         {"lockMovementX", "lockMovementY", "lockRotation", "lockScalingX", "lockScalingY"})
        object.set(lock, layer.locked);
}

/// A design of one layer: what is checked as a whole can be checked alone.
Value design_around(const Value& layer) {
    Value alone = layer;
    alone.set("z_index", 0);
    if (alone["type"].as_string() == "group") alone.set("layers", Array{});
    Design empty;
    empty.meta = {"Layer", "", "", "en", {}};
    empty.brand.heading_font = empty.brand.body_font = "Open Sans";
    Value out = to_json(empty);
    out.set("layers", Array{std::move(alone)});
    return out;
}

}  // namespace

const ImageContent* image_of(const Layer& layer) {
    if (const auto* image = std::get_if<ImageContent>(&layer.content)) return image;
    if (const auto* smart = std::get_if<SmartImageContent>(&layer.content)) return &smart->image;
    return nullptr;
}
ImageContent* image_of(Layer& layer) {
    return const_cast<ImageContent*>(image_of(static_cast<const Layer&>(layer)));
}

Making making_of(const Layer& layer, const FabricPictures& pictures, const TextMeasurer& measurer) {
    Making out;
    if (const ImageContent* image = image_of(layer)) out.source = source_of(image->picture, pictures);
    if (const auto* text = std::get_if<TextContent>(&layer.content))
        out.setting = set_text(*text, layer.box, measurer);
    return out;
}

Point object_middle(const Layer& layer, const Making& making) {
    if (const auto* text = std::get_if<TextContent>(&layer.content))
        return block_middle(*text, layer.box, making.setting);
    if (const ImageContent* image = image_of(layer))
        return shown_part(image->picture, making.source, layer.box.width, layer.box.height, image->flip)
            .place.middle();
    if (const auto* shape = std::get_if<ShapeContent>(&layer.content))
        return outline_object(shape->outline, layer.box.width, layer.box.height).extent.middle();
    return {layer.box.width / 2, layer.box.height / 2};
}

Value object_of(const Layer& layer, const Making& making, Point around) {
    const Box box{layer.box.x - around.x, layer.box.y - around.y, layer.box.width, layer.box.height};
    // The layer turns about the middle of its box, not of the object.
    const Point own = object_middle(layer, making);
    const Point from_middle =
        turn({own.x - layer.box.width / 2, own.y - layer.box.height / 2}, layer.rotation);
    const Point middle{box.middle().x + from_middle.x, box.middle().y + from_middle.y};
    Value out;
    if (const auto* text = std::get_if<TextContent>(&layer.content))
        out = text_object(*text, box, layer.rotation, making.setting);
    else if (const ImageContent* image = image_of(layer))
        out = image_object(*image, layer, making, middle);
    else if (const auto* shape = std::get_if<ShapeContent>(&layer.content))
        out = shape_object(*shape, layer, middle);
    else
        out = group_object(layer, middle);
    set_common(out, layer, making);
    return out;
}

Value passport_of(const Layer& layer, const Making& making) {
    Design carrier;
    carrier.layers.push_back(layer);
    if (auto* group = std::get_if<GroupContent>(&carrier.layers[0].content)) group->layers.clear();
    Value out = Object{{"layer", to_json(carrier)["layers"].at(0)}};
    if (image_of(layer)) out.set("picture", to_json(making.source));
    if (std::holds_alternative<TextContent>(layer.content)) out.set("setting", to_json(making.setting));
    if (making.hides_shadow) out.set("hides_shadow", true);
    return out;
}

std::optional<Passport> read_passport(const Value& atelier) {
    if (!atelier["layer"].is_object()) return std::nullopt;
    auto design = parse_design(design_around(atelier["layer"]));
    if (!design) return std::nullopt;
    return Passport{std::move(design->layers[0]),
                    {read_source(atelier["picture"]), read_setting(atelier["setting"]),
                     atelier["hides_shadow"].as_bool()}};
}

}  // namespace atelier::design::fabric
