#include <algorithm>
#include <cmath>
#include <optional>

#include "common/design/repair/coerce.hpp"
#include "common/design/repair/passes.hpp"
#include "common/design/repair/words.hpp"
#include "common/design/schema/check.hpp"
#include "common/json/pointer.hpp"
#include "common/json/schema.hpp"

namespace atelier::design {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr std::size_t kMostIsolated = 20;
constexpr std::size_t kIsolatedAt = 3;  ///< lists and objects around a layer that is kept aside

bool has_any(const Value& layer, std::initializer_list<const char*> keys) {
    return std::any_of(keys.begin(), keys.end(), [&](const char* key) { return layer.has(key); });
}

/// What a layer without a type, or with one that is only nearly known, shows itself to be.
std::string_view type_by_members(const Value& layer) {
    if (has_any(layer, {"recipe", "prompt"})) return "smart_image";
    if (has_any(layer, {"runs", "text", "content", "font_size", "font_family"})) return "text";
    if (has_any(layer, {"picture", "src", "url", "asset_id", "image_url", "alt"})) return "image";
    if (has_any(layer, {"layers", "children"})) return "group";
    if (has_any(layer, {"shape", "fill", "corner_radii", "points", "border_radius", "stroke"}))
        return "shape";
    return {};
}

Value corners(std::string_view word) {
    Array points;
    const auto add = [&](double x, double y) { points.push_back(Object{{"x", neat(x)}, {"y", neat(y)}}); };
    if (word != "star") {
        add(0.5, 0), add(1, 1), add(0, 1);
        return points;
    }
    constexpr double kPi = 3.14159265358979;
    for (int i = 0; i < 10; ++i) {
        const double reach = i % 2 ? 0.2 : 0.5;
        add(0.5 + reach * std::sin(i * kPi / 5), 0.5 - reach * std::cos(i * kPi / 5));
    }
    return points;
}

void isolate(Editor& editor, const std::string& at, const std::string& type) {
    const std::string reason = "No renderer knows the layer type \"" + type.substr(0, 60) + "\".";
    if (is_nested_deeper(editor.at(at), kMaxDocumentDepth - kIsolatedAt))
        return editor.remove(at, "isolate", reason + " It is too deep to be kept aside.");
    if (!editor.at("/isolated").is_array()) {
        if (editor.has("/isolated"))
            editor.remove("/isolated", "unreadable", "What it held means nothing here.");
        editor.add("/isolated", Array{}, "isolate", "There are layers to keep aside.");
    }
    const std::size_t count = editor.at("/isolated").size();
    if (count >= kMostIsolated) return editor.remove(at, "isolate", reason);
    editor.add("/isolated/-", Object{{"reason", reason}}, "isolate", reason);
    editor.move(at, json::pointer_to("/isolated", count) + "/layer", "isolate", reason);
}

/// Gives the layer one of the five types, or takes it out of the list; whether it is still there.
bool give_type(Editor& editor, const std::string& at) {
    const Value layer = editor.at(at);
    if (!layer.has("type")) move_if_free(editor, at + "/layer_type", at + "/type");
    const std::string word = editor.at(at)["type"].as_string();
    const TypeMeant* meant = type_meant_by(word);
    std::string type(meant ? meant->type : "");
    // `background` is a colour or a picture.
    if (meant && !meant->role.empty() && type == "shape" &&
        has_any(layer, {"picture", "src", "url", "asset_id"}))
        type = "image";
    if (type == "image" && has_any(layer, {"recipe", "prompt"}) &&
        !has_any(layer, {"picture", "src", "url", "asset_id"}))
        type = "smart_image";
    if (!meant) type = word.empty() ? "" : type_within(word);
    if (type.empty() && word.empty()) type = type_by_members(layer);
    if (type.empty()) {
        isolate(editor, at, word.empty() ? "(none)" : word);
        return false;
    }
    if (!editor.at(at).has("type"))
        editor.add(at + "/type", type, "type", "The layer had no type.");
    else if (type != word)
        editor.replace(at + "/type", type, "type", "The format has another word for this type.");
    if (!meant || word == type) return true;
    if (!meant->shape.empty() && type == "shape" && !layer.has("shape"))
        editor.add(at + "/shape", meant->shape, "type", "The type said which shape it is.");
    if (!meant->role.empty() && !layer.has("role"))
        editor.add(at + "/role", meant->role, "type", "The type said what it is for.");
    if (meant->shape == "polygon" && !layer.has("points"))
        editor.add(at + "/points", corners(meant->word), "type", "The type said which corners it has.");
    return true;
}

/// A shape called by its name gets the corners that the name promises.
void give_corners(Editor& editor, const std::string& at) {
    const std::string word = editor.at(at)["shape"].as_string();
    const bool is_known = word == "triangle" || word == "star";
    if (is_known && !editor.at(at).has("points"))
        editor.add(at + "/points", corners(word), "type", "The shape's name said which corners it has.");
}

void tidy_list(Editor& editor, const std::string& list, std::size_t depth) {
    for (std::size_t i = 0; i < editor.at(list).size();) {
        const std::string at = json::pointer_to(list, i);
        if (!editor.at(at).is_object()) {
            editor.remove(at, "unreadable", "It was no layer.");
            continue;
        }
        if (!give_type(editor, at)) continue;
        tidy_layer_fields(editor, at);
        give_corners(editor, at);
        i += 1 + free_trapped_texts(editor, list, i);
        if (editor.at(at)["type"] != Value("group")) continue;
        for (const char* key : {"children", "elements", "objects", "items"})
            move_if_free(editor, at + "/" + key, at + "/layers");
        if (depth < kMaxGroupDepth && editor.at(at)["layers"].is_array())
            tidy_list(editor, at + "/layers", depth + 1);
    }
}

/// Where a layer wants to lie: its z_index, or its place where it has none.
double wish(const Value& layer, std::size_t index) {
    return read_number(layer["z_index"]).value_or(static_cast<double>(index));
}

void order_list(Editor& editor, const std::string& list) {
    const std::size_t count = editor.at(list).size();
    // Insertion by moves: stable, and one operation for each layer that is out of place.
    for (std::size_t i = 1; i < count; ++i) {
        const double z = wish(editor.at(list).at(i), i);
        std::size_t target = i;
        while (target > 0 && wish(editor.at(list).at(target - 1), target - 1) > z)
            --target;
        if (target != i)
            editor.move(json::pointer_to(list, i), json::pointer_to(list, target), "z_index",
                        "Layers stand from back to front.");
    }
    for (std::size_t i = 0; i < count; ++i) {
        const std::string at = json::pointer_to(list, i);
        if (!editor.at(at).is_object()) continue;
        if (!editor.has(at + "/z_index"))
            editor.add(at + "/z_index", i, "default", "The field was missing.");
        else if (!(editor.at(at)["z_index"] == Value(i)))
            editor.replace(at + "/z_index", i, "z_index", "z_index is the layer's place in its list.");
        if (editor.at(at)["layers"].is_array()) order_list(editor, at + "/layers");
    }
}

}  // namespace

void tidy_layers(Editor& editor) {
    if (!editor.at("/layers").is_array()) {
        if (editor.has("/layers")) editor.remove("/layers", "unreadable", "It was no list of layers.");
        return;
    }
    tidy_list(editor, "/layers", 0);
}

void order_layers(Editor& editor) {
    if (editor.at("/layers").is_array()) order_list(editor, "/layers");
}

}  // namespace atelier::design
