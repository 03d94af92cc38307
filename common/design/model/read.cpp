#include "common/design/model/read.hpp"

#include "common/design/model/names.hpp"
#include "common/design/schema/check.hpp"

namespace atelier::design {
namespace {

using json::Value;

Color read_color(const Value& in) {
    return parse_color(in.as_string()).value_or(Color{});
}
Point read_point(const Value& in) {
    return {in["x"].as_double(), in["y"].as_double()};
}
Box read_box(const Value& in) {
    return {in["x"].as_double(), in["y"].as_double(), in["width"].as_double(), in["height"].as_double()};
}

template <class T, class Read>
std::vector<T> read_list(const Value& in, Read read) {
    std::vector<T> out;
    out.reserve(in.size());
    for (const Value& element : in.array())
        out.push_back(read(element));
    return out;
}

template <class Read>
auto read_if(const Value& in, std::string_view key, Read read) {
    std::optional<decltype(read(in))> out;
    if (in.has(key)) out = read(in[key]);
    return out;
}

std::string read_text(const Value& in) {
    return in.as_string();
}
std::vector<std::string> read_texts(const Value& in) {
    return read_list<std::string>(in, read_text);
}

Stop read_stop(const Value& in) {
    return {in["offset"].as_double(), read_color(in["color"])};
}
Paint read_paint(const Value& in) {
    const std::string& type = in["type"].as_string();
    if (type == "linear")
        return LinearPaint{in["angle"].as_double(), read_list<Stop>(in["stops"], read_stop)};
    if (type == "radial")
        return RadialPaint{read_point(in["center"]), in["radius"].as_double(),
                           read_list<Stop>(in["stops"], read_stop)};
    return SolidPaint{read_color(in["color"])};
}
Stroke read_stroke(const Value& in) {
    return {read_color(in["color"]), in["width"].as_double(), in["dash"].as_double()};
}
Shadow read_shadow(const Value& in) {
    return {read_color(in["color"]), in["x"].as_double(), in["y"].as_double(), in["blur"].as_double()};
}

CornerRadii read_radii(const Value& in) {
    CornerRadii out{};
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = in.at(i).as_double();
    return out;
}
Outline read_outline(const Value& in) {
    return {named<ShapeKind>(in["shape"].as_string()), read_radii(in["corner_radii"]),
            read_list<Point>(in["points"], read_point)};
}
Mask read_mask(const Value& in) {
    return {read_box(in), read_outline(in)};
}

Picture read_picture(const Value& in) {
    return {read_if(in, "asset_id", read_text), read_if(in, "url", read_text),
            named<Fit>(in["fit"].as_string()), read_point(in["focus"])};
}
ImageContent read_image(const Value& in) {
    return {read_picture(in["picture"]), in["alt"].as_string(), named<Flip>(in["flip"].as_string()),
            read_radii(in["corner_radii"]), read_if(in, "stroke", read_stroke)};
}
Recipe read_recipe(const Value& in) {
    const Value& context = in["holistic_context"];
    return {in["prompt"].as_string(),
            in["negative_prompt"].as_string(),
            read_if(in, "seed", [](const Value& v) { return v.as_int(); }),
            {context["design_purpose"].as_string(), context["overall_theme"].as_string(),
             read_texts(context["adjacent_elements"]), read_list<Color>(context["brand_colors"], read_color),
             context["composition_hints"].as_string(), read_texts(context["style_keywords"])}};
}

double read_number(const Value& in) {
    return in.as_double();
}
bool read_flag(const Value& in) {
    return in.as_bool();
}
int read_weight(const Value& in) {
    return static_cast<int>(in.as_int());
}
TextStyle read_style(const Value& in) {
    return {in["font_family"].as_string(),    in["font_size"].as_double(), read_weight(in["font_weight"]),
            in["italic"].as_bool(),           in["underline"].as_bool(),   in["strikethrough"].as_bool(),
            in["letter_spacing"].as_double(), read_paint(in["fill"])};
}
Run read_run(const Value& in) {
    return {in["text"].as_string(),
            read_if(in, "font_family", read_text),
            read_if(in, "font_size", read_number),
            read_if(in, "font_weight", read_weight),
            read_if(in, "italic", read_flag),
            read_if(in, "underline", read_flag),
            read_if(in, "strikethrough", read_flag),
            read_if(in, "letter_spacing", read_number),
            read_if(in, "fill", read_paint)};
}
TextContent read_text_content(const Value& in) {
    return {read_list<Run>(in["runs"], read_run),
            read_style(in["style"]),
            named<Align>(in["align"].as_string()),
            named<VerticalAlign>(in["vertical_align"].as_string()),
            named<Direction>(in["direction"].as_string()),
            in["line_height"].as_double(),
            named<Letters>(in["text_transform"].as_string()),
            named<TextFit>(in["fit"].as_string()),
            read_if(in, "stroke", read_stroke)};
}

Layer read_layer(const Value& in) {
    Layer out{in["id"].as_string(),
              in["name"].as_string(),
              named<Role>(in["role"].as_string()),
              read_box(in),
              in["rotation"].as_double(),
              in["opacity"].as_double(),
              named<Blend>(in["blend"].as_string()),
              in["locked"].as_bool(),
              in["visible"].as_bool(),
              read_if(in, "shadow", read_shadow),
              read_if(in, "mask", read_mask),
              {}};
    const std::string& type = in["type"].as_string();
    if (type == "text")
        out.content = read_text_content(in);
    else if (type == "image")
        out.content = read_image(in);
    else if (type == "shape")
        out.content =
            ShapeContent{read_outline(in), read_paint(in["fill"]), read_if(in, "stroke", read_stroke)};
    else if (type == "group")
        out.content = GroupContent{read_list<Layer>(in["layers"], read_layer)};
    else
        out.content = SmartImageContent{read_image(in), read_recipe(in["recipe"])};
    return out;
}

}  // namespace

Brand read_brand(const Value& in) {
    const Value& colors = in["colors"];
    return {in["name"].as_string(),
            read_color(colors["primary"]),
            read_color(colors["secondary"]),
            read_color(colors["accent"]),
            read_color(colors["background"]),
            read_color(colors["text"]),
            in["fonts"]["heading"].as_string(),
            in["fonts"]["body"].as_string(),
            in["voice"].as_string(),
            read_if(in, "logo_asset_id", read_text)};
}

Design read_valid(const Value& in) {
    const Value& meta = in["meta"];
    const Value& canvas = in["canvas"];
    return {
        {meta["title"].as_string(), meta["description"].as_string(), meta["purpose"].as_string(),
         meta["language"].as_string(), read_texts(meta["tags"])},
        {static_cast<int>(canvas["width"].as_int()),
         static_cast<int>(canvas["height"].as_int()),
         {read_paint(canvas["background"]["fill"]), read_if(canvas["background"], "image", read_picture)}},
        read_brand(in["brand"]),
        read_list<Layer>(in["layers"], read_layer),
        read_list<Isolated>(in["isolated"], [](const Value& v) {
            return Isolated{v["layer"], v["reason"].as_string()};
        })};
}

Result<Design> parse_design(const Value& value) {
    if (auto errors = check_design(value); !errors.empty()) return invalid(std::move(errors));
    return read_valid(value);
}

bool is_critical(Role role) {
    return role <= Role::logo;
}

}  // namespace atelier::design
