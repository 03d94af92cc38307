#include "workers/adaptation/text_layout/fields.hpp"
#include "workers/adaptation/text_layout/style_set.hpp"

namespace atelier::adaptation {
namespace {

constexpr std::string_view kPlacementNames[] = {"auto", "top", "bottom", "left", "right", "center"};
constexpr std::string_view kScrimNames[] = {"auto", "always", "never"};
constexpr std::string_view kSetMembers[] = {"title",     "subtitle", "content",
                                            "placement", "scrim",    "scrim_color"};
constexpr std::string_view kBlockMembers[] = {"font_family", "size_min", "size_max", "weight",
                                              "color",       "align",    "shadow",   "letter_spacing",
                                              "line_height", "placement"};
constexpr std::size_t kMaxTextBytes = 2000;

void read_block(const json::Value& v, std::string pointer, std::vector<FieldError>& errors,
                BlockStyle& into) {
    Fields fields(v, std::move(pointer), errors);
    fields.only(kBlockMembers);
    fields.text("font_family", 100, into.font_family);
    fields.number("size_min", 0.001, 2000, into.size_min);
    fields.number("size_max", 0.001, 2000, into.size_max);
    const bool same_unit = (into.size_min > 1) == (into.size_max > 1);
    if (same_unit && into.size_min > into.size_max)
        fields.wrong("size_min", "range", "size_min must not be larger than size_max.");
    fields.integer("weight", 100, 900, into.weight);
    fields.color_or_auto("color", into.color);
    fields.align("align", into.align);
    fields.shadow("shadow", into.shadow);
    fields.number("letter_spacing", -0.2, 1, into.letter_spacing);
    fields.number("line_height", 0.8, 3, into.line_height);
    if (const auto index = fields.one_of("placement", kPlacementNames))
        into.placement = static_cast<TextPlacement>(*index);
}

json::Value block_to_json(const BlockStyle& b) {
    json::Value v = json::Object{{"font_family", b.font_family},
                                 {"size_min", b.size_min},
                                 {"size_max", b.size_max},
                                 {"weight", b.weight},
                                 {"color", b.color ? imaging::to_string(*b.color) : "auto"},
                                 {"shadow", b.shadow ? to_json(*b.shadow) : json::Value(false)},
                                 {"letter_spacing", b.letter_spacing},
                                 {"line_height", b.line_height}};
    if (b.align) v.set("align", to_string(*b.align));
    if (b.placement) v.set("placement", to_string(*b.placement));
    return v;
}

}  // namespace

Result<TextStyleSet> parse_text_style_set(const json::Value& v) {
    TextStyleSet set = default_text_style_set();
    std::vector<FieldError> errors;
    Fields fields(v, "", errors);
    fields.only(kSetMembers);
    const std::pair<const char*, BlockStyle*> blocks[] = {
        {"title", &set.title}, {"subtitle", &set.subtitle}, {"content", &set.content}};
    for (auto [name, block] : blocks)
        if (const json::Value* object = fields.object(name))
            read_block(*object, fields.pointer_to(name), errors, *block);
    if (const auto index = fields.one_of("placement", kPlacementNames))
        set.placement = static_cast<TextPlacement>(*index);
    if (const auto index = fields.one_of("scrim", kScrimNames)) set.scrim = static_cast<ScrimUse>(*index);
    fields.color_or_auto("scrim_color", set.scrim_color);
    if (!errors.empty()) return invalid(std::move(errors));
    return set;
}

json::Value to_json(const TextStyleSet& set) {
    return json::Object{{"title", block_to_json(set.title)},
                        {"subtitle", block_to_json(set.subtitle)},
                        {"content", block_to_json(set.content)},
                        {"placement", to_string(set.placement)},
                        {"scrim", kScrimNames[static_cast<std::size_t>(set.scrim)]},
                        {"scrim_color", set.scrim_color ? imaging::to_string(*set.scrim_color) : "auto"}};
}

Result<Texts> parse_texts(const json::Value& v) {
    constexpr std::string_view kMembers[] = {"title", "subtitle", "content"};
    Texts texts;
    std::vector<FieldError> errors;
    Fields fields(v, "", errors);
    fields.only(kMembers);
    fields.text("title", kMaxTextBytes, texts.title);
    fields.text("subtitle", kMaxTextBytes, texts.subtitle);
    fields.text("content", kMaxTextBytes, texts.content);
    if (!errors.empty()) return invalid(std::move(errors));
    return texts;
}

}  // namespace atelier::adaptation
