#include <cmath>

#include "common/design/model/names.hpp"

namespace atelier::design {
namespace {

using json::Array;
using json::Object;
using json::Value;

/// Whole numbers without a fraction, as people write them.
Value number(double value) {
    constexpr double kExact = 9007199254740992.0;
    if (value == std::floor(value) && std::abs(value) < kExact) return static_cast<std::int64_t>(value);
    return value;
}
Value point(Point p) {
    return Object{{"x", number(p.x)}, {"y", number(p.y)}};
}

template <class T, class Write>
Value list(const std::vector<T>& in, Write write) {
    Array out;
    out.reserve(in.size());
    for (const T& element : in)
        out.push_back(write(element));
    return out;
}
Value texts(const std::vector<std::string>& in) {
    return list(in, [](const std::string& text) { return Value(text); });
}
template <class T, class Write>
void set_if(Value& out, const char* key, const std::optional<T>& in, Write write) {
    if (in) out.set(key, write(*in));
}
Value same(const std::string& text) {
    return text;
}

Value stops(const std::vector<Stop>& in) {
    return list(in, [](const Stop& s) {
        return Value(Object{{"offset", number(s.offset)}, {"color", to_string(s.color)}});
    });
}
Value paint(const Paint& in) {
    if (const auto* linear = std::get_if<LinearPaint>(&in))
        return Object{{"type", "linear"}, {"angle", number(linear->angle)}, {"stops", stops(linear->stops)}};
    if (const auto* radial = std::get_if<RadialPaint>(&in))
        return Object{{"type", "radial"},
                      {"center", point(radial->center)},
                      {"radius", number(radial->radius)},
                      {"stops", stops(radial->stops)}};
    return Object{{"type", "solid"}, {"color", to_string(std::get<SolidPaint>(in).color)}};
}
Value stroke(const Stroke& in) {
    return Object{{"color", to_string(in.color)}, {"width", number(in.width)}, {"dash", number(in.dash)}};
}
Value shadow(const Shadow& in) {
    return Object{
        {"color", to_string(in.color)}, {"x", number(in.x)}, {"y", number(in.y)}, {"blur", number(in.blur)}};
}

Value radii(const CornerRadii& in) {
    return Array{number(in[0]), number(in[1]), number(in[2]), number(in[3])};
}
void set_box(Value& out, const Box& box) {
    out.set("x", number(box.x))
        .set("y", number(box.y))
        .set("width", number(box.width))
        .set("height", number(box.height));
}
void set_outline(Value& out, const Outline& in) {
    out.set("shape", name_of(in.kind)).set("corner_radii", radii(in.corner_radii));
    if (!in.points.empty()) out.set("points", list(in.points, point));
}
Value mask(const Mask& in) {
    Value out;
    set_box(out, in.box);
    set_outline(out, in.outline);
    return out;
}

Value picture(const Picture& in) {
    Value out = Object{};
    set_if(out, "asset_id", in.asset_id, same);
    set_if(out, "url", in.url, same);
    return out.set("fit", name_of(in.fit)).set("focus", point(in.focus));
}
void set_image(Value& out, const ImageContent& in) {
    out.set("picture", picture(in.picture)).set("alt", in.alt).set("flip", name_of(in.flip));
    out.set("corner_radii", radii(in.corner_radii));
    set_if(out, "stroke", in.stroke, stroke);
}
Value recipe(const Recipe& in) {
    Value out = Object{{"prompt", in.prompt}, {"negative_prompt", in.negative_prompt}};
    if (in.seed) out.set("seed", *in.seed);
    const HolisticContext& c = in.context;
    return out.set("holistic_context",
                   Object{{"design_purpose", c.design_purpose},
                          {"overall_theme", c.overall_theme},
                          {"adjacent_elements", texts(c.adjacent_elements)},
                          {"brand_colors", list(c.brand_colors, [](Color v) { return Value(to_string(v)); })},
                          {"composition_hints", c.composition_hints},
                          {"style_keywords", texts(c.style_keywords)}});
}

Value style(const TextStyle& in) {
    return Object{{"font_family", in.font_family},
                  {"font_size", number(in.font_size)},
                  {"font_weight", in.font_weight},
                  {"italic", in.italic},
                  {"underline", in.underline},
                  {"strikethrough", in.strikethrough},
                  {"letter_spacing", number(in.letter_spacing)},
                  {"fill", paint(in.fill)}};
}
Value run(const Run& in) {
    const auto flag = [](bool v) { return Value(v); };
    Value out = Object{{"text", in.text}};
    set_if(out, "font_family", in.font_family, same);
    set_if(out, "font_size", in.font_size, number);
    set_if(out, "font_weight", in.font_weight, [](int v) { return Value(v); });
    set_if(out, "italic", in.italic, flag);
    set_if(out, "underline", in.underline, flag);
    set_if(out, "strikethrough", in.strikethrough, flag);
    set_if(out, "letter_spacing", in.letter_spacing, number);
    set_if(out, "fill", in.fill, paint);
    return out;
}

Value layers(const std::vector<Layer>& in);

struct ContentWriter {
    Value& out;
    void operator()(const TextContent& in) const {
        out.set("type", "text").set("runs", list(in.runs, run)).set("style", style(in.style));
        out.set("align", name_of(in.align)).set("vertical_align", name_of(in.vertical_align));
        out.set("direction", name_of(in.direction)).set("line_height", number(in.line_height));
        out.set("text_transform", name_of(in.letters)).set("fit", name_of(in.fit));
        set_if(out, "stroke", in.stroke, stroke);
    }
    void operator()(const ImageContent& in) const {
        out.set("type", "image");
        set_image(out, in);
    }
    void operator()(const ShapeContent& in) const {
        out.set("type", "shape");
        set_outline(out, in.outline);
        out.set("fill", paint(in.fill));
        set_if(out, "stroke", in.stroke, stroke);
    }
    void operator()(const GroupContent& in) const {
        out.set("type", "group").set("layers", layers(in.layers));
    }
    void operator()(const SmartImageContent& in) const {
        out.set("type", "smart_image");
        set_image(out, in.image);
        out.set("recipe", recipe(in.recipe));
    }
};

Value layer(const Layer& in, std::size_t z_index) {
    Value out = Object{{"id", in.id}, {"type", ""}, {"name", in.name}, {"role", name_of(in.role)}};
    set_box(out, in.box);
    out.set("rotation", number(in.rotation))
        .set("opacity", number(in.opacity))
        .set("blend", name_of(in.blend));
    out.set("z_index", z_index).set("locked", in.locked).set("visible", in.visible);
    set_if(out, "shadow", in.shadow, shadow);
    set_if(out, "mask", in.mask, mask);
    std::visit(ContentWriter{out}, in.content);
    return out;
}
Value layers(const std::vector<Layer>& in) {
    Array out;
    for (std::size_t i = 0; i < in.size(); ++i)
        out.push_back(layer(in[i], i));
    return out;
}

}  // namespace

Value to_json(const Brand& in) {
    Value out = Object{{"name", in.name},
                       {"colors", Object{{"primary", to_string(in.primary)},
                                         {"secondary", to_string(in.secondary)},
                                         {"accent", to_string(in.accent)},
                                         {"background", to_string(in.background)},
                                         {"text", to_string(in.text)}}},
                       {"fonts", Object{{"heading", in.heading_font}, {"body", in.body_font}}},
                       {"voice", in.voice}};
    set_if(out, "logo_asset_id", in.logo_asset_id, same);
    return out;
}

Value to_json(const Design& in) {
    Value background = Object{{"fill", paint(in.canvas.background.fill)}};
    set_if(background, "image", in.canvas.background.image, picture);
    Value out = Object{{"schema_version", kSchemaVersion},
                       {"meta", Object{{"title", in.meta.title},
                                       {"description", in.meta.description},
                                       {"purpose", in.meta.purpose},
                                       {"language", in.meta.language},
                                       {"tags", texts(in.meta.tags)}}},
                       {"canvas", Object{{"width", in.canvas.width},
                                         {"height", in.canvas.height},
                                         {"background", std::move(background)}}},
                       {"brand", to_json(in.brand)},
                       {"layers", layers(in.layers)}};
    if (!in.isolated.empty())
        out.set("isolated", list(in.isolated, [](const Isolated& i) {
                    return Value(Object{{"layer", i.layer}, {"reason", i.reason}});
                }));
    return out;
}

}  // namespace atelier::design
