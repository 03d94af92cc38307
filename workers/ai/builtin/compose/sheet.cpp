#include "workers/ai/builtin/compose/sheet.hpp"

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/compose/mirror.hpp"
#include "workers/ai/builtin/compose/picture_words.hpp"
#include "workers/ai/builtin/compose/readable.hpp"

namespace atelier::ai::builtin::layout {

using design::Box;
using design::Color;
using design::Layer;
using design::Paint;

namespace {

double unit_for(double w, double h) {
    return std::min(std::sqrt(w * h), 1.75 * std::min(w, h));
}

double text_for(const Brief& brief, double w, double h) {
    const double unit = unit_for(w, h);
    const double share = brief.intent == Intent::thumbnail ? 0.036 : 0.0285;
    if (w > 2.4 * h) return std::max({unit * share, std::min(12.0, h * 0.24), std::min(h * 0.08, w * 0.02)});
    return std::max(unit * share, std::min({12.0, h * 0.24, w * 0.09}));
}

}  // namespace

Sheet::Sheet(const SheetSetup& setup, Metrics& measured)
    : brief(setup.brief),
      copy(setup.copy),
      pal(setup.palette),
      type(setup.type),
      w(setup.width),
      h(setup.height),
      unit(unit_for(w, h)),
      margin(std::max(3.0, std::min({w, h, unit}) * (std::max(w, h) > 3 * std::min(w, h) ? 0.14 : 0.075))),
      text(text_for(setup.brief, w, h)),
      dice(setup.seed),
      metrics(measured),
      setup_(setup),
      is_rtl_(layout::is_right_to_left(setup.brief.language)),
      background_(solid(setup.palette.ground)) {}

// ---- Surfaces

Surface Sheet::on(Color ground) const {
    // The palette's own ink and paper where they read, else a dark or a light one of the ground's hue.
    Color ink = with(ground, 0.17, 0.04);
    if (design::contrast(with(ground, 0.985, 0.012), ground) > design::contrast(ink, ground))
        ink = with(ground, 0.985, 0.012);
    for (const Color own : {pal.ink, pal.ground})
        if (design::contrast(own, ground) >= 6) {
            ink = own;
            break;
        }
    ink = readable_on(ink, ground, 4.6);
    Surface out{ground,
                ink,
                readable_on(design::mix(ink, ground, 0.15), ground, 4.8),
                readable_on(pal.accent, ground, 4.6),
                pal.accent,
                pal.on_accent,
                false};
    if (distance(pal.accent, ground) < 0.2) {
        out.accent_ink = ink;
        out.button = ink;
        out.on_button = readable_on(ground, ink, 4.8);
    }
    return out;
}
Surface Sheet::on_ground() const {
    Surface out{pal.ground, pal.ink,       pal.soft_ink,      pal.accent_ink,
                pal.accent, pal.on_accent, !pal.metal.empty()};
    return out;
}
Surface Sheet::on_surface() const {
    Surface out = on(pal.surface);
    out.takes_metal = !pal.metal.empty();
    return out;
}
Surface Sheet::on_primary() const {
    return on(pal.primary);
}
Surface Sheet::on_accent() const {
    return on(pal.accent);
}

// ---- Strokes

std::string Sheet::id_for(const std::string& name) {
    std::string base;
    for (const unsigned char c : name)
        base += std::isalnum(c) ? char(std::tolower(c)) : '-';
    std::string id = base;
    for (int i = 2; std::find(ids_.begin(), ids_.end(), id) != ids_.end(); ++i)
        id = base + "-" + std::to_string(i);
    ids_.push_back(id);
    return id;
}

Layer& Sheet::add(Layer layer) {
    if (layer.id.empty()) layer.id = id_for(layer.name);
    layers_.push_back(std::move(layer));
    return layers_.back();
}

Layer& Sheet::rectangle(const std::string& name, Box box, Paint fill, double radius) {
    Layer layer;
    layer.name = name;
    layer.box = box;
    design::ShapeContent shape;
    shape.outline.corner_radii = {radius, radius, radius, radius};
    shape.fill = std::move(fill);
    layer.content = std::move(shape);
    return add(std::move(layer));
}

Layer& Sheet::ellipse(const std::string& name, Box box, Paint fill) {
    Layer& layer = rectangle(name, box, std::move(fill));
    std::get<design::ShapeContent>(layer.content).outline.kind = design::ShapeKind::ellipse;
    return layer;
}

Layer& Sheet::polygon(const std::string& name, Box box, Paint fill, std::vector<design::Point> points) {
    Layer& layer = rectangle(name, box, std::move(fill));
    auto& outline = std::get<design::ShapeContent>(layer.content).outline;
    outline.kind = design::ShapeKind::polygon;
    outline.points = std::move(points);
    return layer;
}

void Sheet::frame(const std::string& name, Box box, Color color, double width, double radius, double dash) {
    Layer& layer = rectangle(name, box, solid(color, 0), radius);
    std::get<design::ShapeContent>(layer.content).stroke = design::Stroke{color, std::max(0.5, width), dash};
}

void Sheet::ring(const std::string& name, Box box, Color color, double width) {
    Layer& layer = ellipse(name, box, solid(color, 0));
    std::get<design::ShapeContent>(layer.content).stroke = design::Stroke{color, std::max(0.5, width), 0};
}

// ---- Pictures

namespace {

Layer picture_layer(Box box, design::Fit fit, const Brief& brief) {
    Layer layer;
    layer.role = design::Role::hero;
    layer.box = box;
    design::SmartImageContent content;
    content.image.picture.fit = fit;
    content.image.alt = brief.image_prompt.substr(0, brief.image_prompt.find('\n'));
    if (content.image.alt.size() > 400) content.image.alt = brief.title;
    layer.content = std::move(content);
    return layer;
}

}  // namespace

void Sheet::background_art(Calm calm, Box box, double opacity) {
    Layer layer = picture_layer(box, design::Fit::cover, brief);
    layer.name = "Background art";
    layer.role = design::Role::background;
    layer.opacity = opacity;
    std::get<design::SmartImageContent>(layer.content).image.alt = "";
    const std::string id = add(std::move(layer)).id;
    pictures_.push_back({id, PlacedPicture::Kind::background, calm, pal.art, box});
}

Layer& Sheet::panel(Box box, design::CornerRadii radii, Calm calm) {
    Layer layer = picture_layer(box, design::Fit::cover, brief);
    layer.name = "Picture";
    std::get<design::SmartImageContent>(layer.content).image.corner_radii = radii;
    Layer& added = add(std::move(layer));
    pictures_.push_back({added.id, PlacedPicture::Kind::panel, calm, pal.art, box});
    return added;
}

void Sheet::cutout(Box box, design::Point focus) {
    Layer layer = picture_layer(box, design::Fit::contain, brief);
    layer.name = "Subject";
    std::get<design::SmartImageContent>(layer.content).image.picture.focus = focus;
    const std::string id = add(std::move(layer)).id;
    pictures_.push_back({id, PlacedPicture::Kind::cutout, Calm::nowhere, pal.art, box});
}

void Sheet::veil(Box box, double strength) {
    rectangle("Veil", box, solid(pal.ground, strength)).role = design::Role::decoration;
}

void Sheet::fading_veil(Box box, double angle, double solid_until, double strength) {
    design::LinearPaint paint{angle, {}};
    const auto let_through = [&](double alpha) {
        Color c = pal.ground;
        c.a = std::uint8_t(std::lround(alpha * 255));
        return c;
    };
    paint.stops = {{0, let_through(strength)},
                   {solid_until, let_through(strength * 0.92)},
                   {std::min(1.0, solid_until + (1 - solid_until) * 0.55), let_through(strength * 0.35)},
                   {1, let_through(0)}};
    rectangle("Veil", box, std::move(paint));
}

design::Design Sheet::finish(bool mirror) {
    design::Design out;
    out.meta.title = brief.title;
    out.meta.description = copy.headline;
    out.meta.purpose = brief.purpose;
    out.meta.language = brief.language;
    out.meta.tags = tags_for(brief);
    out.canvas = {int(w), int(h), {background_, {}}};
    if (setup_.brand) {
        out.brand = *setup_.brand;
    } else {
        out.brand = {brief.brand, pal.primary,         pal.surface,      pal.accent, pal.ground,
                     pal.ink,     type.heading.family, type.body.family, "",         {}};
    }
    logo_in_corner();
    out.layers = std::move(layers_);
    if (mirror) {
        layout::mirror(out);
        for (PlacedPicture& p : pictures_) {
            p.calm = p.calm == Calm::left ? Calm::right : p.calm == Calm::right ? Calm::left : p.calm;
            p.box.x = w - p.box.right();
        }
        for (PlacedText& t : texts_) {
            t.box.x = w - t.box.right();
            t.align = mirrored(t.align);
        }
    }
    for (const PlacedPicture& picture : pictures_)
        write_recipe(out, picture, brief, setup_.technique, setup_.seed);
    return out;
}

// ---- Paints and boxes

design::SolidPaint solid(Color color, double alpha) {
    color.a = std::uint8_t(std::lround(std::clamp(alpha, 0.0, 1.0) * 255));
    return {color};
}
design::LinearPaint linear(double angle, Color from, Color to) {
    return {angle, {{0, from}, {1, to}}};
}
Box inset(Box box, double by) {
    return inset(box, by, by);
}
Box inset(Box box, double x, double y) {
    return {box.x + x, box.y + y, std::max(1.0, box.width - 2 * x), std::max(1.0, box.height - 2 * y)};
}
Box left_part(Box box, double share) {
    return {box.x, box.y, box.width * share, box.height};
}
Box right_part(Box box, double share) {
    return {box.x + box.width * (1 - share), box.y, box.width * share, box.height};
}
Box top_part(Box box, double share) {
    return {box.x, box.y, box.width, box.height * share};
}
Box bottom_part(Box box, double share) {
    return {box.x, box.y + box.height * (1 - share), box.width, box.height * share};
}

bool is_right_to_left(const std::string& language) {
    const std::string base = language.substr(0, language.find('-'));
    return base == "ar" || base == "he" || base == "fa" || base == "ur" || base == "yi" || base == "ps";
}

}  // namespace atelier::ai::builtin::layout
