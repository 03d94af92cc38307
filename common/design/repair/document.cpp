#include <algorithm>
#include <array>

#include "common/design/repair/coerce.hpp"
#include "common/design/repair/color_words.hpp"
#include "common/design/repair/passes.hpp"
#include "common/design/repair/words.hpp"
#include "common/json/pointer.hpp"
#include "common/json/schema.hpp"

namespace atelier::design {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr std::size_t kMostElements = 1000;
constexpr std::size_t kMostMembers = 80;

void cut_excess_at(Editor& editor, const std::string& at) {
    if (editor.at(at).is_array()) {
        if (editor.at(at).size() > kMostElements) {
            const Array& all = editor.at(at).array();
            editor.replace(at, Array(all.begin(), all.begin() + kMostElements), "limit",
                           "The list was far too long.");
        }
        for (std::size_t i = 0; i < editor.at(at).size(); ++i)
            if (editor.at(at).at(i).size() > 0) cut_excess_at(editor, json::pointer_to(at, i));
        return;
    }
    if (editor.at(at).size() > kMostMembers) {
        Object first;
        for (const auto& [key, value] : editor.at(at).object())
            if (first.size() < kMostMembers) first.append(key, value);
        editor.replace(at, std::move(first), "limit", "The object had far too many members.");
    }
    std::vector<std::string> nested;
    for (const auto& [key, value] : editor.at(at).object())
        if (value.size() > 0) nested.push_back(json::pointer_to(at, key));
    for (const std::string& pointer : nested)
        cut_excess_at(editor, pointer);
}

/// A layer of a type that no renderer knows: it is kept as it came.
bool is_stranger(const Value& value, const std::string& list) {
    constexpr std::array<std::string_view, 5> kLists{"layers", "elements", "objects", "children", "items"};
    const std::string key = list.substr(list.rfind('/') + 1);
    const std::string& type = value["type"].as_string();
    return !type.empty() && std::find(kLists.begin(), kLists.end(), key) != kLists.end() &&
           !type_meant_by(type) && type_within(type).empty();
}

/// Everywhere but in what is isolated, or will be.
void snake_keys(Editor& editor, const std::string& at) {
    if (at == "/isolated") return;
    if (editor.at(at).is_array()) {
        for (std::size_t i = 0; i < editor.at(at).size(); ++i)
            if (editor.at(at).at(i).size() > 0 && !is_stranger(editor.at(at).at(i), at))
                snake_keys(editor, json::pointer_to(at, i));
        return;
    }
    std::vector<std::string> keys;
    for (const auto& [key, value] : editor.at(at).object())
        keys.push_back(key);
    for (std::string& key : keys) {
        std::string snake = snake_case(key);
        if (snake != key && !snake.empty() && !editor.at(at).has(snake)) {
            editor.move(json::pointer_to(at, key), json::pointer_to(at, snake), "rename",
                        "Names are written in snake_case.");
            key = std::move(snake);
        }
        if (editor.at(at)[key].size() > 0) snake_keys(editor, json::pointer_to(at, key));
    }
}

bool is_layer_list(const Value& value) {
    return value.is_array() && std::any_of(value.array().begin(), value.array().end(),
                                           [](const Value& v) { return v.is_object(); });
}

void unwrap(Editor& editor) {
    if (is_layer_list(editor.document())) {
        const Value first = editor.document().at(0);
        const bool is_design = editor.document().size() == 1 && (first.has("layers") || first.has("canvas"));
        editor.replace("", is_design ? first : Value(Object{{"layers", editor.document()}}), "unwrap",
                       is_design ? "The design stood in a list." : "Only the layers were given.");
    }
    if (!editor.document().is_object()) editor.replace("", Object{}, "unwrap", "There was no design in it.");
    constexpr int kMostWraps = 4;
    for (int i = 0; i < kMostWraps && !editor.document().has("layers"); ++i) {
        const Value* inner = nullptr;
        for (const char* key : {"design", "design_json", "designJson", "designJSON", "Design", "data",
                                "result", "output", "response", "json"})
            if (!inner && editor.document()[key].is_object()) inner = &editor.document()[key];
        // A lone member that holds the layers, whatever it is called.
        if (!inner && editor.document().size() == 1 &&
            editor.document().object().begin()->second.has("layers"))
            inner = &editor.document().object().begin()->second;
        if (!inner) return;
        editor.replace("", Value(*inner), "unwrap", "The design stood inside another object.");
    }
}

/// A layer's word for the canvas or the list of layers.
void name_parts(Editor& editor) {
    constexpr std::array<std::pair<const char*, const char*>, 18> kParts{{{"elements", "layers"},
                                                                          {"objects", "layers"},
                                                                          {"children", "layers"},
                                                                          {"items", "layers"},
                                                                          {"nodes", "layers"},
                                                                          {"layer", "layers"},
                                                                          {"components", "layers"},
                                                                          {"artboard", "canvas"},
                                                                          {"page", "canvas"},
                                                                          {"dimensions", "canvas"},
                                                                          {"size", "canvas"},
                                                                          {"metadata", "meta"},
                                                                          {"info", "meta"},
                                                                          {"brand_kit", "brand"},
                                                                          {"branding", "brand"},
                                                                          {"version", "schema_version"},
                                                                          {"schema", "schema_version"},
                                                                          {"canvas_size", "canvas"}}};
    for (const auto& [key, name] : kParts)
        if (editor.document()[key].is_object() || editor.document()[key].is_array() ||
            std::string_view(name) == "schema_version")
            move_if_free(editor, std::string("/") + key, std::string("/") + name);
    // Layers by name instead of in a list.
    if (editor.document()["layers"].is_object()) {
        Array list;
        for (const auto& [key, value] : editor.document()["layers"].object())
            list.push_back(value.is_object() && !value.has("id") ? Value(value).set("id", key) : value);
        editor.replace("/layers", std::move(list), "normalise", "Layers are a list.");
    }
}

void ensure_object(Editor& editor, const std::string& at) {
    if (!editor.has(at))
        editor.add(at, Object{}, "default", "The field was missing.");
    else if (!editor.at(at).is_object())
        editor.replace(at, Object{}, "default", "What it held means nothing here.");
}

void tidy_meta(Editor& editor) {
    if (editor.document()["meta"].is_string())
        editor.replace("/meta", Object{{"title", editor.document()["meta"]}}, "normalise",
                       "A title was meant.");
    ensure_object(editor, "/meta");
    for (const char* key : {"title", "description", "purpose", "language", "tags"})
        move_if_free(editor, std::string("/") + key, std::string("/meta/") + key);
    move_if_free(editor, "/name", "/meta/title");
}

void tidy_canvas(Editor& editor) {
    const Value canvas = editor.document()["canvas"];
    if (canvas.is_array() && canvas.size() == 2)
        editor.replace("/canvas", Object{{"width", canvas.at(0)}, {"height", canvas.at(1)}}, "normalise",
                       "A width and a height were meant.");
    ensure_object(editor, "/canvas");
    for (const char* holder : {"/canvas/size", "/canvas/dimensions"})
        for (const char* key : {"width", "height"})
            move_if_free(editor, std::string(holder) + "/" + key, std::string("/canvas/") + key);
    for (const char* key : {"width", "height", "background"})
        move_if_free(editor, std::string("/") + key, std::string("/canvas/") + key);
    for (const char* key : {"w", "h"})
        move_if_free(editor, std::string("/canvas/") + key, *key == 'w' ? "/canvas/width" : "/canvas/height");
    for (const char* key :
         {"/background_color", "/canvas/background_color", "/canvas/color", "/canvas/fill", "/canvas/bg"})
        move_if_free(editor, key, "/canvas/background");
    const Value background = editor.at("/canvas/background");
    if (background.is_null()) return;
    if (!background.is_object() || (!background.has("fill") && read_paint_meant(background))) {
        const bool is_picture = background.is_string() && background.as_string().starts_with("http");
        Value held = Object{};
        if (is_picture)
            held.set("image", Object{{"url", background}});
        else
            held.set("fill", read_paint_meant(background).value_or(Value()));
        if (background.has("image")) held.set("image", background["image"]);
        editor.replace("/canvas/background", std::move(held), "normalise", "It was written in another form.");
    }
    for (const char* key : {"color", "gradient", "paint"})
        move_if_free(editor, std::string("/canvas/background/") + key, "/canvas/background/fill");
    const Value image = editor.at("/canvas/background/image");
    if (image.is_string())
        editor.replace("/canvas/background/image",
                       Object{{image.as_string().starts_with("http") ? "url" : "asset_id", image}},
                       "normalise", "It was written in another form.");
}

void tidy_brand(Editor& editor) {
    ensure_object(editor, "/brand");
    constexpr std::array<const char*, 5> kColors{"primary", "secondary", "accent", "background", "text"};
    const Value colors = editor.at("/brand/colors");
    if (colors.is_array()) {
        Value named = Object{};
        for (std::size_t i = 0; i < std::min(colors.size(), kColors.size()); ++i)
            if (read_any_color(colors.at(i))) named.set(kColors[i], colors.at(i));
        editor.replace("/brand/colors", std::move(named), "normalise", "Brand colours have names.");
    }
    ensure_object(editor, "/brand/colors");
    for (const char* name : kColors)
        for (const char* ending : {"_color", "", "_colour"})
            move_if_free(editor, std::string("/brand/") + name + ending,
                         std::string("/brand/colors/") + name);
    const Value fonts = editor.at("/brand/fonts");
    if (fonts.is_array() || fonts.is_string()) {
        const Value heading = fonts.is_array() ? fonts.at(0) : fonts,
                    body = fonts.size() > 1 ? fonts.at(1) : heading;
        editor.replace("/brand/fonts", Object{{"heading", heading}, {"body", body}}, "normalise",
                       "Brand fonts have names.");
    }
    ensure_object(editor, "/brand/fonts");
    for (const char* name : {"heading", "body"})
        for (const char* ending : {"_font", "_font_family"})
            move_if_free(editor, std::string("/brand/") + name + ending, std::string("/brand/fonts/") + name);
}

}  // namespace

void move_if_free(Editor& editor, const std::string& from, const std::string& to) {
    if (!editor.has(from) || editor.has(to)) return;
    if (editor.at(from).is_null())
        return editor.remove(from, "unknown_field", "The format has no such field here.");
    editor.move(from, to, "rename", "The format has another name or place for it.");
}

void cut_excess(Editor& editor) {
    cut_excess_at(editor, "");
}

void tidy_document(Editor& editor) {
    unwrap(editor);
    snake_keys(editor, "");
    name_parts(editor);
    tidy_meta(editor);
    tidy_canvas(editor);
    tidy_brand(editor);
}

}  // namespace atelier::design
