#include "workers/adaptation/render/render.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "workers/adaptation/edits/apply.hpp"
#include "workers/adaptation/layout/subject.hpp"
#include "workers/imaging/encode.hpp"
#include "workers/imaging/resize.hpp"

namespace atelier::adaptation {
namespace {

using imaging::Image;
using imaging::Size;

Result<void> go_on(const AdaptRequest& request) {
    if (request.cancelled && request.cancelled()) return conflict("The rendering was cancelled.");
    return {};
}

Result<void> check(const Image& photo, const AdaptRequest& r) {
    std::vector<FieldError> errors;
    const auto wrong = [&](const char* pointer, const char* rule, const char* message) {
        errors.push_back({pointer, rule, message});
    };
    constexpr int kLongestSide = 16'000;
    if (r.target.width < 1 || r.target.height < 1 || r.target.width > kLongestSide ||
        r.target.height > kLongestSide)
        wrong("/target", "range", "A format has 1 to 16000 pixels a side.");
    if (!imaging::parse_fill(r.fill)) wrong("/fill", "enum", "fill is auto, blur, mirror, edge or color.");
    if (r.fill_color && !imaging::parse_color(*r.fill_color))
        wrong("/fill_color", "pattern", "A colour is written #rrggbb.");
    if (!errors.empty()) return invalid(std::move(errors));
    if (photo.empty() || r.original.width < 1 || r.original.height < 1)
        return internal("render: there is no photo");
    return {};
}

/// Where text will stand, as far as the style set says so before anything is placed.
TextSide text_side(const AdaptRequest& r) {
    if (!r.text || r.text->texts.empty()) return TextSide::none;
    switch (r.text->style_set.placement) {
        case TextPlacement::top:
            return TextSide::top;
        case TextPlacement::bottom:
            return TextSide::bottom;
        case TextPlacement::left:
            return TextSide::left;
        case TextPlacement::right:
            return TextSide::right;
        case TextPlacement::center:
            return TextSide::none;
        case TextPlacement::automatic:
            break;
    }
    const double aspect = double(r.target.width) / r.target.height;
    return aspect > 1.35 ? TextSide::left : TextSide::bottom;
}

LayoutRequest layout_of(const AdaptRequest& r, double width, double height, std::vector<Ranked> elements) {
    LayoutRequest layout;
    layout.photo_width = width;
    layout.photo_height = height;
    layout.width = r.target.width;
    layout.height = r.target.height;
    layout.elements = std::move(elements);
    layout.may_zoom = !(r.edits && r.edits->crop);
    layout.text_side = text_side(r);
    return layout;
}

std::vector<Box> grounds_of(const Plan& plan, const Target& t) {
    const Box& p = plan.placement;
    std::vector<Box> grounds;
    if (p.x > 0) grounds.push_back({0, 0, p.x, double(t.height)});
    if (p.right() < t.width) grounds.push_back({p.right(), 0, t.width - p.right(), double(t.height)});
    if (p.y > 0) grounds.push_back({0, 0, double(t.width), p.y});
    if (p.bottom() < t.height) grounds.push_back({0, p.bottom(), double(t.width), t.height - p.bottom()});
    return grounds;
}

TextCanvas text_canvas(const Plan& plan, const LayoutRequest& layout, const Target& t) {
    TextCanvas canvas{t.width, t.height, {}, grounds_of(plan, t)};
    for (const Subject& s : subjects_of(layout)) {
        // A little more than the face itself: text that touches a chin is as bad as text on it. And no text
        // on text.
        const bool is_forbidden = s.kind == elements::Kind::face || s.kind == elements::Kind::text;
        const Box box = on_canvas(plan, is_forbidden ? s.with_room : s.box);
        if (box.area() <= 0) continue;
        canvas.obstacles.push_back({box, is_forbidden, s.kind == elements::Kind::person ? 0.5 : 1.0});
    }
    return canvas;
}

imaging::ExtendOptions fill_options(const AdaptRequest& r) {
    imaging::ExtendOptions options;
    options.fill = imaging::parse_fill(r.fill).value_or(imaging::Fill::automatic);
    if (r.fill_color) options.color = imaging::parse_color(*r.fill_color);
    for (const std::string& color : r.palette)
        if (const auto parsed = imaging::parse_color(color)) options.palette.push_back(*parsed);
    return options;
}

/// The photo on its canvas, as the plan says.
Result<Image> laid_out(const Source& source, const Plan& plan, const AdaptRequest& r, std::string& fill) {
    const double across = source.image.width() / source.width, down = source.image.height() / source.height;
    const imaging::Region region{plan.crop.x * across, plan.crop.y * down, plan.crop.width * across,
                                 plan.crop.height * down};
    auto piece =
        imaging::resample(source.image, region, {int(plan.placement.width), int(plan.placement.height)});
    if (!piece || plan.strategy == Strategy::crop) return piece;
    piece = imaging::in_memory(*piece);
    if (!piece) return piece;
    auto extended = imaging::extend(*piece, {r.target.width, r.target.height}, int(plan.placement.x),
                                    int(plan.placement.y), fill_options(r));
    if (!extended) return extended.error();
    fill = imaging::to_string(extended->used);
    return extended->image;
}

Point focus_on_canvas(const Plan& plan, const LayoutRequest& layout) {
    const Point middle{plan.crop.x + plan.crop.width / 2, plan.crop.y + plan.crop.height / 2};
    const Point focus = focus_of(subjects_of(layout)).value_or(middle);
    const double x = plan.placement.x + (focus.x - plan.crop.x) * plan.scale;
    const double y = plan.placement.y + (focus.y - plan.crop.y) * plan.scale;
    return {std::clamp(x / layout.width, 0.0, 1.0), std::clamp(y / layout.height, 0.0, 1.0)};
}

std::string formatted(const char* format, double value) {
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

void flag(Rendered& out, const Target& t, bool is_reduced) {
    if (out.plan.is_upscaled) out.flags.push_back(formatted("upscaled %.2fx", out.upscale));
    if (is_reduced)
        out.flags.push_back(t.content_type == "image/png" ? "fewer colours"
                                                          : formatted("quality %.0f", out.quality));
    if (!out.text) return;
    for (const Role role : out.text->dropped)
        out.flags.push_back(std::string(to_string(role)) + " dropped");
    if (out.text->scrim_opacity > 0) out.flags.push_back("scrim");
}

Result<void> encode_into(Rendered& out, const Image& image, const Target& t) {
    imaging::EncodeOptions options;
    options.content_type = t.content_type;
    options.quality = t.quality;
    options.max_bytes = t.max_bytes;
    auto encoded = imaging::encode(image, options);
    if (!encoded) return encoded.error();
    out.bytes = std::move(encoded->bytes);
    out.quality = encoded->quality;
    flag(out, t, encoded->is_reduced);
    return {};
}

/// Tones, texts and overlays onto the laid-out picture.
Result<Image> finished(Image image, const LayoutRequest& layout, const AdaptRequest& r, const Image& logo,
                       Rendered& out) {
    if (r.edits) {
        auto toned = edit_tones(image, *r.edits);
        if (!toned) return toned;
        image = *toned;
    }
    if (r.text && !r.text->texts.empty()) {
        auto composed =
            compose_texts(image, r.text->texts, r.text->style_set, text_canvas(out.plan, layout, r.target));
        if (!composed) return composed.error();
        image = composed->image;
        out.text = std::move(composed->report);
    }
    if (r.edits) return edit_overlays(image, *r.edits, logo);
    return image;
}

}  // namespace

Size needed_size(const AdaptRequest& r) {
    // Turned and hand-cropped sources are rare: they may have the whole photo.
    if (r.edits && r.edits->changes_source()) return r.original;
    const Plan p = plan(layout_of(r, r.original.width, r.original.height, r.elements));
    const double scale = std::min(1.0, p.scale);
    return {int(std::ceil(r.original.width * scale)), int(std::ceil(r.original.height * scale))};
}

Result<Rendered> render(const Image& photo, const AdaptRequest& r, const Image& logo) {
    if (auto ok = check(photo, r); !ok) return ok.error();
    if (auto ok = go_on(r); !ok) return ok.error();
    Result<Source> source = Source{photo, double(r.original.width), double(r.original.height), r.elements};
    if (r.edits) source = edit_source(*source, *r.edits);
    if (!source) return source.error();

    Rendered out;
    const LayoutRequest layout = layout_of(r, source->width, source->height, source->elements);
    out.plan = plan(layout);
    out.content_type = r.target.content_type;
    out.width = r.target.width;
    out.height = r.target.height;
    out.upscale = std::max(1.0, out.plan.scale);
    out.focus = focus_on_canvas(out.plan, layout);

    auto image = laid_out(*source, out.plan, r, out.fill);
    if (!image) return image.error();
    if (auto ok = go_on(r); !ok) return ok.error();
    image = finished(*image, layout, r, logo, out);
    if (!image) return image.error();
    if (auto ok = go_on(r); !ok) return ok.error();
    if (auto ok = encode_into(out, *image, r.target); !ok) return ok.error();
    return out;
}

json::Value to_json(const Rendered& r) {
    json::Value kept = json::Array{}, flags = json::Array{};
    for (const Kept& k : r.plan.kept)
        kept.push(json::Object{{"index", k.index}, {"fraction", std::round(k.fraction * 1000) / 1000}});
    for (const std::string& f : r.flags)
        flags.push(f);
    json::Value v = json::Object{{"content_type", r.content_type},
                                 {"width", r.width},
                                 {"height", r.height},
                                 {"size_bytes", r.bytes.size()},
                                 {"strategy", to_string(r.plan.strategy)},
                                 {"crop", elements::to_json(r.plan.crop)},
                                 {"placement", elements::to_json(r.plan.placement)},
                                 {"elements_kept", kept},
                                 {"kept_weight", r.plan.kept_weight},
                                 {"upscale", r.upscale},
                                 {"quality", r.quality},
                                 {"focus", json::Object{{"x", r.focus.x}, {"y", r.focus.y}}},
                                 {"flags", flags},
                                 {"why", r.plan.why}};
    if (!r.fill.empty()) v.set("fill", r.fill);
    if (r.text) v.set("text", to_json(*r.text));
    return v;
}

}  // namespace atelier::adaptation
