#include "workers/adaptation/design/painter.hpp"

#include <algorithm>
#include <cmath>

#include "workers/adaptation/design/blur.hpp"
#include "workers/adaptation/design/cairo_access.hpp"
#include "workers/adaptation/design/picture_surface.hpp"

namespace atelier::adaptation::design_render {
namespace {

using design::Box;
using design::Layer;

constexpr double kDegree = 3.14159265358979323846 / 180;

void clip_to(cairo_t* cairo, const Path& path) {
    cairo_new_path(cairo);
    append(cairo, path);
    cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_clip(cairo);
}

void fill(cairo_t* cairo, const Path& path) {
    cairo_new_path(cairo);
    append(cairo, path);
    cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_fill(cairo);
}

void stroke(cairo_t* cairo, const Path& path, const std::optional<design::Stroke>& with) {
    if (!with) return;
    const Saved saved(cairo);
    cairo_new_path(cairo);
    append(cairo, path);
    set_stroke(cairo, *with);
    cairo_stroke(cairo);
}

void enter(cairo_t* cairo, const Layer& layer) {
    cairo_translate(cairo, layer.box.x, layer.box.y);
    if (layer.rotation == 0) return;
    cairo_translate(cairo, layer.box.width / 2, layer.box.height / 2);
    cairo_rotate(cairo, layer.rotation * kDegree);
    cairo_translate(cairo, -layer.box.width / 2, -layer.box.height / 2);
}

/// Nothing is lost beyond the edge of a pixel.
void clip_to_box(cairo_t* cairo, const Box& box, double density) {
    const double margin = 2 / density;
    cairo_rectangle(cairo, box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin);
    cairo_clip(cairo);
}

/// Whether nothing of it lies where something is drawn.
bool is_out_of_sight(cairo_t* cairo, const Box& box) {
    double left, top, right, bottom;
    cairo_clip_extents(cairo, &left, &top, &right, &bottom);
    return box.x > right || box.y > bottom || box.right() < left || box.bottom() < top;
}

/// cairo 1.16 writes a blend into a PDF only where it differs from the one before, and forgets that the end
/// of a clip has undone it: the second of two equal blends would be lost. A speck that nobody sees goes
/// between them.
void paint_speck(cairo_t* cairo) {
    constexpr double kUnseen = 0.01;
    if (cairo_surface_get_type(cairo_get_group_target(cairo)) == CAIRO_SURFACE_TYPE_IMAGE) return;
    const Saved saved(cairo);
    double left, top, right, bottom;
    cairo_clip_extents(cairo, &left, &top, &right, &bottom);
    cairo_new_path(cairo);
    cairo_rectangle(cairo, (left + right) / 2, (top + bottom) / 2, kUnseen, kUnseen);
    cairo_set_source_rgba(cairo, 0, 0, 0, kUnseen);
    cairo_fill(cairo);
}

}  // namespace

void Painter::paint_design() {
    const design::Canvas& canvas = scene_.design().canvas;
    cairo_rectangle(cairo_, 0, 0, canvas.width, canvas.height);
    cairo_clip(cairo_);
    set_source(cairo_, canvas.background.fill, canvas.width, canvas.height);
    cairo_paint(cairo_);
    if (canvas.background.image)
        if (const ShownPicture* picture = scene_.pictures().find(*canvas.background.image))
            paint_picture(*picture);
    paint_layers(scene_.design().layers, 0);
}

void Painter::paint_layers(const std::vector<Layer>& layers, double turn) {
    for (const Layer& layer : layers) {
        if (!layer.visible || layer.opacity <= 0) continue;
        paint_layer(layer, turn);
        if (layer.blend != design::Blend::normal) paint_speck(cairo_);
    }
}

void Painter::paint_layer(const Layer& layer, double turn_around) {
    const Saved saved(cairo_);
    enter(cairo_, layer);
    const double turn = turn_around + layer.rotation;
    const Box bounds = scene_.bounds_with_shadow(layer, turn);
    if (is_out_of_sight(cairo_, bounds)) return;
    const bool is_apart = is_isolated(layer);
    if (is_apart) {
        clip_to_box(cairo_, bounds, density_);
        cairo_push_group(cairo_);
    }
    if (layer.shadow) paint_shadow(layer, turn);
    paint_masked(layer, turn);
    if (!is_apart) return;
    cairo_pop_group_to_source(cairo_);
    cairo_set_operator(cairo_, operator_of(layer.blend));
    cairo_paint_with_alpha(cairo_, layer.opacity);
}

void Painter::paint_masked(const Layer& layer, double turn) {
    const Saved saved(cairo_);
    if (layer.mask) clip_to(cairo_, path_of(layer.mask->outline, layer.mask->box));
    if (const auto* text = std::get_if<design::TextContent>(&layer.content))
        paint_text(cairo_, *text, scene_.text(layer), layer.box.width, layer.box.height);
    else if (const auto* shape = std::get_if<design::ShapeContent>(&layer.content))
        paint_shape(layer, *shape);
    else if (const auto* group = std::get_if<design::GroupContent>(&layer.content))
        paint_layers(group->layers, turn);
    else
        paint_image(layer, *image_of(layer));
}

void Painter::paint_shadow(const Layer& layer, double turn) {
    const design::Shadow& shadow = *layer.shadow;
    // A blur leaves no detail finer than its deviation: a coarser grid shows the same.
    constexpr double kFinestDeviation = 5;
    const double sigma = shadow.blur / 2;
    const double density = std::min(density_, sigma > 0 ? kFinestDeviation / sigma : density_);
    const double reach = shadow_reach(shadow) + 2 / density;
    const Box bounds = scene_.bounds(layer);
    const double left = bounds.x - reach, top = bounds.y - reach;
    const int width = int(std::ceil((bounds.width + 2 * reach) * density));
    const int height = int(std::ceil((bounds.height + 2 * reach) * density));
    if (width < 1 || height < 1 || std::int64_t(width) * height > std::int64_t(kMaxRenderPixels)) return;

    const Surface cast(cairo_image_surface_create(CAIRO_FORMAT_A8, width, height));
    const Context drawing(cairo_create(cast.get()));
    cairo_scale(drawing.get(), density, density);
    cairo_translate(drawing.get(), -left, -top);
    Painter(drawing.get(), scene_, density).paint_masked(layer, turn);
    cairo_surface_flush(cast.get());
    blur(cairo_image_surface_get_data(cast.get()), width, height,
         std::size_t(cairo_image_surface_get_stride(cast.get())), sigma * density);
    cairo_surface_mark_dirty(cast.get());

    const Saved saved(cairo_);
    const design::Point offset = shadow_offset(shadow, turn);
    const Pattern pattern(cairo_pattern_create_for_surface(cast.get()));
    cairo_translate(cairo_, left + offset.x, top + offset.y);
    cairo_scale(cairo_, 1 / density, 1 / density);
    set_source(cairo_, shadow.color);
    cairo_mask(cairo_, pattern.get());
}

void Painter::paint_shape(const Layer& layer, const design::ShapeContent& shape) {
    const Path path = path_of(shape.outline, {0, 0, layer.box.width, layer.box.height});
    set_source(cairo_, shape.fill, layer.box.width, layer.box.height);
    fill(cairo_, path);
    stroke(cairo_, path, shape.stroke);
}

void Painter::paint_image(const Layer& layer, const design::ImageContent& image) {
    const double width = layer.box.width, height = layer.box.height;
    const Path edge = rounded_rectangle({0, 0, width, height}, image.corner_radii);
    if (const ShownPicture* picture = scene_.pictures().find(image.picture)) {
        const Saved saved(cairo_);
        clip_to(cairo_, edge);
        const bool is_mirrored = image.flip == design::Flip::horizontal || image.flip == design::Flip::both;
        const bool is_upended = image.flip == design::Flip::vertical || image.flip == design::Flip::both;
        cairo_translate(cairo_, is_mirrored ? width : 0, is_upended ? height : 0);
        cairo_scale(cairo_, is_mirrored ? -1 : 1, is_upended ? -1 : 1);
        paint_picture(*picture);
    } else {
        for (const PaintedPath& part : placeholder(width, height, image.corner_radii)) {
            set_source(cairo_, part.color);
            fill(cairo_, part.path);
        }
    }
    stroke(cairo_, edge, image.stroke);
}

void Painter::paint_picture(const ShownPicture& picture) {
    const auto surface = surface_of(cairo_, picture.image);
    if (!surface) return;
    const Saved saved(cairo_);
    const Box& place = picture.place;
    cairo_rectangle(cairo_, place.x, place.y, place.width, place.height);
    cairo_clip(cairo_);
    cairo_translate(cairo_, place.x, place.y);
    cairo_scale(cairo_, place.width / picture.image.width(), place.height / picture.image.height());
    cairo_set_source_surface(cairo_, surface.get(), 0, 0);
    // Pixels beyond the edge are those at the edge: no pale seam. A PDF would lose the JPEG for it.
    if (cairo_surface_get_type(cairo_get_target(cairo_)) != CAIRO_SURFACE_TYPE_PDF)
        cairo_pattern_set_extend(cairo_get_source(cairo_), CAIRO_EXTEND_PAD);
    cairo_paint(cairo_);
}

}  // namespace atelier::adaptation::design_render
