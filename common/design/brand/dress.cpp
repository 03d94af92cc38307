#include "common/design/brand/dress.hpp"

#include <array>

#include "common/design/model/walk.hpp"

namespace atelier::design {
namespace {

using Part = Color Brand::*;
constexpr std::array<Part, 5> kParts{&Brand::primary, &Brand::secondary, &Brand::accent, &Brand::background,
                                     &Brand::text};

bool is_same_hue(Color a, Color b) {
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

void recolor(Color& color, const Brand& from, const Brand& to) {
    for (const Part part : kParts) {
        if (!is_same_hue(color, from.*part)) continue;
        const std::uint8_t alpha = color.a;
        color = to.*part;
        color.a = alpha;
        return;
    }
}

bool is_display(Role role) {
    return role == Role::headline || role == Role::subheadline || role == Role::cta || role == Role::badge;
}

void reset_font(std::string& family, Role role, const Brand& from, const Brand& to) {
    const bool heading = family == from.heading_font, body = family == from.body_font;
    if (heading && body)
        family = is_display(role) ? to.heading_font : to.body_font;
    else if (heading)
        family = to.heading_font;
    else if (body)
        family = to.body_font;
}

void reset_fonts(Layer& layer, const Brand& from, const Brand& to) {
    auto* text = std::get_if<TextContent>(&layer.content);
    if (!text) return;
    reset_font(text->style.font_family, layer.role, from, to);
    for (Run& run : text->runs)
        if (run.font_family) reset_font(*run.font_family, layer.role, from, to);
}

void swap_logo(Layer& layer, const Brand& from, const Brand& to) {
    auto* image = std::get_if<ImageContent>(&layer.content);
    if (!image || !to.logo_asset_id) return;
    Picture& picture = image->picture;
    const bool is_old = picture.asset_id && picture.asset_id == from.logo_asset_id;
    const bool is_place = layer.role == Role::logo && !picture.asset_id && !picture.url;
    if (is_old || is_place) picture.asset_id = to.logo_asset_id;
}

}  // namespace

Design dress(Design design, const Brand& brand) {
    const Brand old = design.brand;
    design.brand = brand;
    for_each_color(design, [&](Color& color) { recolor(color, old, brand); });
    for_each_layer(design.layers, [&](Layer& layer) {
        reset_fonts(layer, old, brand);
        swap_logo(layer, old, brand);
    });
    return design;
}

}  // namespace atelier::design
