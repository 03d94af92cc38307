#include "common/design/repair/words.hpp"

#include <algorithm>
#include <array>

namespace atelier::design {
namespace {

struct Pair {
    std::string_view word, meant;
};

constexpr auto kNames = std::to_array<Pair>({// layers
                                             {"left", "x"},
                                             {"top", "y"},
                                             {"x_position", "x"},
                                             {"y_position", "y"},
                                             {"pos_x", "x"},
                                             {"pos_y", "y"},
                                             {"w", "width"},
                                             {"h", "height"},
                                             {"angle", "rotation"},
                                             {"rotate", "rotation"},
                                             {"rotation_angle", "rotation"},
                                             {"alpha", "opacity"},
                                             {"transparency", "opacity"},
                                             {"blend_mode", "blend"},
                                             {"blending", "blend"},
                                             {"mix_blend_mode", "blend"},
                                             {"global_composite_operation", "blend"},
                                             {"z", "z_index"},
                                             {"zindex", "z_index"},
                                             {"z_order", "z_index"},
                                             {"order", "z_index"},
                                             {"layer_index", "z_index"},
                                             {"is_locked", "locked"},
                                             {"is_visible", "visible"},
                                             {"layer_name", "name"},
                                             {"label", "name"},
                                             {"layer_id", "id"},
                                             {"uuid", "id"},
                                             {"key", "id"},
                                             {"layer_type", "type"},
                                             {"kind", "type"},
                                             {"semantic_role", "role"},
                                             {"purpose", "role"},
                                             {"drop_shadow", "shadow"},
                                             {"box_shadow", "shadow"},
                                             {"text_shadow", "shadow"},
                                             {"clip", "mask"},
                                             {"clip_path", "mask"},
                                             {"children", "layers"},
                                             {"elements", "layers"},
                                             {"objects", "layers"},
                                             {"items", "layers"},
                                             {"nodes", "layers"},
                                             // text
                                             {"font", "font_family"},
                                             {"family", "font_family"},
                                             {"typeface", "font_family"},
                                             {"size", "font_size"},
                                             {"text_size", "font_size"},
                                             {"weight", "font_weight"},
                                             {"tracking", "letter_spacing"},
                                             {"char_spacing", "letter_spacing"},
                                             {"leading", "line_height"},
                                             {"line_spacing", "line_height"},
                                             {"text_align", "align"},
                                             {"alignment", "align"},
                                             {"horizontal_align", "align"},
                                             {"valign", "vertical_align"},
                                             {"text_direction", "direction"},
                                             {"case", "text_transform"},
                                             {"strike", "strikethrough"},
                                             {"linethrough", "strikethrough"},
                                             {"spans", "runs"},
                                             {"segments", "runs"},
                                             {"content", "text"},
                                             {"value", "text"},
                                             // paint
                                             {"color", "fill"},
                                             {"colour", "color"},
                                             {"colour", "fill"},
                                             {"fill_color", "fill"},
                                             {"fill", "color"},
                                             {"background_color", "fill"},
                                             {"gradient", "fill"},
                                             {"position", "offset"},
                                             {"stop", "offset"},
                                             {"color_stops", "stops"},
                                             {"colors", "stops"},
                                             {"rotation", "angle"},
                                             {"direction", "angle"},
                                             {"thickness", "width"},
                                             {"stroke_width", "width"},
                                             {"offset_x", "x"},
                                             {"offset_y", "y"},
                                             {"dx", "x"},
                                             {"dy", "y"},
                                             {"blur_radius", "blur"},
                                             // pictures
                                             {"border", "stroke"},
                                             {"border_radius", "corner_radii"},
                                             {"corner_radius", "corner_radii"},
                                             {"object_fit", "fit"},
                                             {"alt_text", "alt"},
                                             {"negative", "negative_prompt"},
                                             {"context", "holistic_context"}});

/// Names that a second table keeps apart: whole documents rather than layers.
constexpr auto kDocumentNames = std::to_array<Pair>({{"src", "url"},
                                                     {"source", "url"},
                                                     {"href", "url"},
                                                     {"image_url", "url"},
                                                     {"uri", "url"},
                                                     {"asset", "asset_id"},
                                                     {"image_id", "asset_id"},
                                                     {"description", "prompt"},
                                                     {"theme", "overall_theme"},
                                                     {"keywords", "style_keywords"},
                                                     {"style", "style_keywords"},
                                                     {"composition", "composition_hints"},
                                                     {"adjacent", "adjacent_elements"},
                                                     {"colors", "brand_colors"},
                                                     {"purpose", "design_purpose"},
                                                     {"version", "schema_version"},
                                                     {"metadata", "meta"},
                                                     {"info", "meta"},
                                                     {"artboard", "canvas"},
                                                     {"page", "canvas"},
                                                     {"document", "canvas"},
                                                     {"brand_kit", "brand"},
                                                     {"branding", "brand"},
                                                     {"name", "title"},
                                                     {"headline", "title"},
                                                     {"lang", "language"},
                                                     {"locale", "language"},
                                                     {"keywords", "tags"},
                                                     {"palette", "colors"},
                                                     {"typography", "fonts"},
                                                     {"headings", "heading"},
                                                     {"display", "heading"},
                                                     {"text", "body"},
                                                     {"logo", "logo_asset_id"}});

constexpr auto kValues = std::to_array<Pair>({{"centre", "center"},
                                              {"centered", "center"},
                                              {"middle", "center"},
                                              {"center", "middle"},
                                              {"centre", "middle"},
                                              {"justified", "justify"},
                                              {"start", "left"},
                                              {"end", "right"},
                                              {"start", "top"},
                                              {"end", "bottom"},
                                              {"lefttoright", "ltr"},
                                              {"righttoleft", "rtl"},
                                              {"uppercased", "uppercase"},
                                              {"upper", "uppercase"},
                                              {"allcaps", "uppercase"},
                                              {"caps", "uppercase"},
                                              {"capitalize", "none"},
                                              {"false", "none"},
                                              {"true", "uppercase"},
                                              {"autofit", "shrink"},
                                              {"auto", "shrink"},
                                              {"autoshrink", "shrink"},
                                              {"shrinktofit", "shrink"},
                                              {"fill", "cover"},
                                              {"crop", "cover"},
                                              {"fit", "contain"},
                                              {"inside", "contain"},
                                              {"scaledown", "contain"},
                                              {"sourceover", "normal"},
                                              {"passthrough", "normal"},
                                              {"over", "normal"},
                                              {"linearburn", "color-burn"},
                                              {"lineardodge", "color-dodge"},
                                              {"add", "screen"},
                                              {"lighter", "screen"},
                                              {"x", "horizontal"},
                                              {"y", "vertical"},
                                              {"rect", "rectangle"},
                                              {"square", "rectangle"},
                                              {"roundedrect", "rectangle"},
                                              {"roundedrectangle", "rectangle"},
                                              {"box", "rectangle"},
                                              {"circle", "ellipse"},
                                              {"oval", "ellipse"},
                                              {"triangle", "polygon"},
                                              {"star", "polygon"},
                                              {"title", "headline"},
                                              {"heading", "headline"},
                                              {"mainheading", "headline"},
                                              {"h1", "headline"},
                                              {"subtitle", "subheadline"},
                                              {"subheading", "subheadline"},
                                              {"tagline", "subheadline"},
                                              {"h2", "subheadline"},
                                              {"text", "body"},
                                              {"paragraph", "body"},
                                              {"copy", "body"},
                                              {"bodytext", "body"},
                                              {"footer", "caption"},
                                              {"button", "cta"},
                                              {"calltoaction", "cta"},
                                              {"sticker", "badge"},
                                              {"price", "badge"},
                                              {"product", "hero"},
                                              {"photo", "hero"},
                                              {"decor", "decoration"}});

constexpr auto kTypes = std::to_array<TypeMeant>({{"text", "text", "", ""},
                                                  {"textbox", "text", "", ""},
                                                  {"itext", "text", "", ""},
                                                  {"richtext", "text", "", ""},
                                                  {"label", "text", "", ""},
                                                  {"paragraph", "text", "", "body"},
                                                  {"body", "text", "", "body"},
                                                  {"headline", "text", "", "headline"},
                                                  {"heading", "text", "", "headline"},
                                                  {"title", "text", "", "headline"},
                                                  {"subheadline", "text", "", "subheadline"},
                                                  {"subtitle", "text", "", "subheadline"},
                                                  {"subheading", "text", "", "subheadline"},
                                                  {"caption", "text", "", "caption"},
                                                  {"cta", "text", "", "cta"},
                                                  {"button", "text", "", "cta"},
                                                  {"badge", "text", "", "badge"},
                                                  {"quote", "text", "", "headline"},
                                                  {"image", "image", "", ""},
                                                  {"img", "image", "", ""},
                                                  {"picture", "image", "", ""},
                                                  {"photo", "image", "", "hero"},
                                                  {"photograph", "image", "", "hero"},
                                                  {"bitmap", "image", "", ""},
                                                  {"raster", "image", "", ""},
                                                  {"logo", "image", "", "logo"},
                                                  {"background", "shape", "rectangle", "background"},
                                                  {"shape", "shape", "", ""},
                                                  {"rect", "shape", "rectangle", ""},
                                                  {"rectangle", "shape", "rectangle", ""},
                                                  {"roundedrectangle", "shape", "rectangle", ""},
                                                  {"square", "shape", "rectangle", ""},
                                                  {"box", "shape", "rectangle", ""},
                                                  {"line", "shape", "rectangle", ""},
                                                  {"divider", "shape", "rectangle", ""},
                                                  {"circle", "shape", "ellipse", ""},
                                                  {"ellipse", "shape", "ellipse", ""},
                                                  {"oval", "shape", "ellipse", ""},
                                                  {"polygon", "shape", "polygon", ""},
                                                  {"triangle", "shape", "polygon", ""},
                                                  {"star", "shape", "polygon", ""},
                                                  {"group", "group", "", ""},
                                                  {"container", "group", "", ""},
                                                  {"frame", "group", "", ""},
                                                  {"folder", "group", "", ""},
                                                  {"smartimage", "smart_image", "", ""},
                                                  {"aiimage", "smart_image", "", ""},
                                                  {"generatedimage", "smart_image", "", ""},
                                                  {"imageai", "smart_image", "", ""},
                                                  {"smart", "smart_image", "", ""},
                                                  {"illustration", "smart_image", "", ""}});

std::string squeezed(std::string_view word) {
    std::string out;
    for (const char c : word)
        if (c != ' ' && c != '-' && c != '_') out += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    return out;
}

template <class Table>
void append_meant(const Table& table, std::string_view word, std::vector<std::string_view>& out) {
    for (const Pair& pair : table)
        if (pair.word == word) out.push_back(pair.meant);
}

}  // namespace

std::string snake_case(std::string_view key) {
    std::string out;
    bool after_small = false;
    for (const char c : key) {
        const bool is_capital = c >= 'A' && c <= 'Z';
        if (is_capital && after_small) out += '_';
        after_small = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (c == ' ' || c == '-' || c == '.')
            out += out.empty() || out.back() == '_' ? "" : "_";
        else
            out += static_cast<char>(is_capital ? c | 0x20 : c);
    }
    while (out.ends_with('_'))
        out.pop_back();
    return out;
}

std::vector<std::string_view> names_meant_by(std::string_view key) {
    std::vector<std::string_view> out;
    append_meant(kNames, key, out);
    append_meant(kDocumentNames, key, out);
    return out;
}

std::vector<std::string_view> values_meant_by(std::string_view word) {
    std::vector<std::string_view> out;
    append_meant(kValues, squeezed(word), out);
    return out;
}

const TypeMeant* type_meant_by(std::string_view word) {
    const std::string wanted = squeezed(word);
    const auto found =
        std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeMeant& t) { return t.word == wanted; });
    return found == kTypes.end() ? nullptr : &*found;
}

std::string_view type_within(std::string_view word) {
    const std::string squeezed_word = squeezed(word);
    for (const std::string_view part : {"smart", "text", "headline", "heading", "title", "image", "photo",
                                        "shape", "rect", "circle", "group"})
        if (squeezed_word.find(part) != squeezed_word.npos) return type_meant_by(part)->type;
    return {};
}

}  // namespace atelier::design
