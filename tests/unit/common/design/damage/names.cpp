#include "common/design/repair/words.hpp"
#include "tests/unit/common/design/damage/damage.hpp"

namespace atelier::test {
namespace {

using json::Array;
using json::Object;
using json::Value;
using Edit = std::function<void(Value& design, Random& random)>;

void add(std::vector<Damage>& out, std::string_view group, std::string_view name, Edit edit) {
    out.push_back({group, name, [edit = std::move(edit)](Value design, Random& random) {
                       edit(design, random);
                       return json::write(design);
                   }});
}
#define EDIT [](Value & d, [[maybe_unused]] Random & r)
#define EACH(body) [](Value& d, [[maybe_unused]] Random& r) { each_layer(d, [&](Value& l) { body; }); }
#define EACH_OF(kind, body) EACH(if (l["type"] == Value(kind)) { body; })

void take(Value& from, Value& to, const char* key, const char* name) {
    if (!from.has(key)) return;
    to.set(name, from[key]);
    from.make_object().erase(key);
}
Value& part(Value& of, const char* key) {
    return *of.make_object().find(key);
}
std::string camel(const std::string& key) {
    std::string out;
    for (std::size_t i = 0; i < key.size(); ++i)
        out += key[i] == '_' && i + 1 < key.size() ? static_cast<char>(key[++i] & ~0x20) : key[i];
    return out;
}
void rename_keys(Value& design, const std::function<std::string(const std::string&)>& name) {
    each_object(design, [&](Value& object) {
        Object renamed;
        for (const auto& [key, value] : object.object())
            renamed.set(name(key), value);
        object = renamed;
    });
}

void add_wrapping(std::vector<Damage>& out) {
    add(
        out, "name", "inside an object design", EDIT {
            d = Object{{"design", d}};
        });
    add(
        out, "name", "inside data and design", EDIT {
            d = Object{{"data", Object{{"design", d}}}};
        });
    add(
        out, "name", "inside an object of any name", EDIT {
            d = Object{{"variant_a", d}};
        });
    add(
        out, "name", "inside a list", EDIT { d = Array{d}; });
    add(
        out, "name", "layers called elements", EDIT { rename(d, "layers", "elements"); });
    add(
        out, "name", "layers called objects", EDIT { rename(d, "layers", "objects"); });
    add(
        out, "name", "layers by name instead of in a list", EDIT {
            Object named;
            for (const Value& layer : d["layers"].array())
                named.set(layer["id"].as_string(), layer);
            d.set("layers", named);
        });
    add(out, "name", "groups with children", EACH_OF("group", rename(l, "layers", "children")));
    add(
        out, "name", "title at the root", EDIT {
            d.set("title", d["meta"]["title"]);
            d.make_object().erase("meta");
        });
    add(
        out, "name", "meta called metadata", EDIT { rename(d, "meta", "metadata"); });
    add(
        out, "name", "canvas called artboard", EDIT { rename(d, "canvas", "artboard"); });
    add(
        out, "name", "size of the canvas at the root", EDIT {
            take(part(d, "canvas"), d, "width", "width");
            take(part(d, "canvas"), d, "height", "height");
        });
    add(
        out, "name", "canvas with a size", EDIT {
            Value size;
            take(part(d, "canvas"), size, "width", "width");
            take(part(d, "canvas"), size, "height", "height");
            part(d, "canvas").set("size", size);
        });
    add(
        out, "name", "background at the root",
        EDIT { take(part(d, "canvas"), d, "background", "background"); });
    add(
        out, "name", "background as a colour", EDIT {
            const Value fill = d["canvas"]["background"]["fill"];
            if (fill.has("color")) part(d, "canvas").set("background", fill["color"]);
        });
    add(
        out, "name", "background without fill between",
        EDIT { part(d, "canvas").set("background", d["canvas"]["background"]["fill"]); });
    add(
        out, "name", "background_color of the canvas", EDIT {
            const Value fill = d["canvas"]["background"]["fill"];
            if (fill.has("color")) {
                part(d, "canvas").set("backgroundColor", fill["color"]);
                part(d, "canvas").make_object().erase("background");
            }
        });
    add(
        out, "name", "brand colours in a list", EDIT {
            Array list;
            for (const auto& [key, color] : d["brand"]["colors"].object())
                list.push_back(color);
            part(d, "brand").set("colors", list);
        });
    add(
        out, "name", "brand colours without an object", EDIT {
            const Value colors = d["brand"]["colors"];
            for (const auto& [key, color] : colors.object())
                part(d, "brand").set(key + "_color", color);
            part(d, "brand").make_object().erase("colors");
        });
    add(
        out, "name", "brand fonts in a list", EDIT {
            part(d, "brand").set("fonts", Array{d["brand"]["fonts"]["heading"], d["brand"]["fonts"]["body"]});
        });
    add(
        out, "name", "no brand", EDIT { d.make_object().erase("brand"); });
    add(
        out, "name", "no meta", EDIT { d.make_object().erase("meta"); });
    add(
        out, "name", "no schema_version", EDIT { d.make_object().erase("schema_version"); });
    add(
        out, "name", "no canvas size", EDIT {
            part(d, "canvas").make_object().erase("width");
            part(d, "canvas").make_object().erase("height");
        });
}

void add_keys(std::vector<Damage>& out) {
    add(
        out, "name", "keys in camelCase", EDIT { rename_keys(d, camel); });
    add(
        out, "name", "keys with hyphens", EDIT {
            rename_keys(d, [](std::string k) {
                for (char& c : k)
                    if (c == '_') c = '-';
                return k;
            });
        });
    add(
        out, "name", "keys with blanks and capitals", EDIT {
            rename_keys(d, [](std::string k) {
                k[0] &= ~0x20;
                for (char& c : k)
                    if (c == '_') c = ' ';
                return k;
            });
        });
    add(out, "name", "left and top", EACH(rename(l, "x", "left"); rename(l, "y", "top")));
    add(out, "name", "w and h", EACH(rename(l, "width", "w"); rename(l, "height", "h")));
    add(out, "name", "x and y in position",
        EACH(Value p; take(l, p, "x", "x"); take(l, p, "y", "y"); l.set("position", p)));
    add(out, "name", "position as a list",
        EACH(l.set("position", Array{l["x"], l["y"]}); l.make_object().erase("x");
             l.make_object().erase("y")));
    add(out, "name", "width and height in size",
        EACH(Value s; take(l, s, "width", "width"); take(l, s, "height", "height"); l.set("size", s)));
    add(out, "name", "all measures in frame",
        EACH(Value f; for (const char* k
                           : {"x", "y", "width", "height"}) take(l, f, k, k);
             l.set("frame", f)));
    add(out, "name", "bounds as a list of four",
        EACH(l.set("bounds", Array{l["x"], l["y"], l["width"], l["height"]});
             for (const char* k
                  : {"x", "y", "width", "height"}) l.make_object()
                 .erase(k)));
    add(out, "name", "everything in properties",
        EACH(Value p = Object{};
             for (const char* k
                  : {"x", "y", "width", "height", "opacity", "rotation", "fill", "blend"}) take(l, p, k, k);
             l.set("properties", p)));
    add(out, "name", "angle and alpha", EACH(rename(l, "rotation", "angle"); rename(l, "opacity", "alpha")));
    add(out, "name", "mixBlendMode", EACH(rename(l, "blend", "mixBlendMode")));
    add(out, "name", "zIndex", EACH(rename(l, "z_index", "zIndex")));
    add(out, "name", "hidden for visible", EACH(l.make_object().erase("visible"); l.set("hidden", false)));
    add(out, "name", "content for runs",
        EACH_OF("text", std::string s; for (const Value& run
                                            : l["runs"].array()) s += run["text"].as_string();
                l.set("content", s); l.make_object().erase("runs")));
    add(out, "name", "text for runs",
        EACH_OF("text", std::string s; for (const Value& run
                                            : l["runs"].array()) s += run["text"].as_string();
                l.set("text", s); l.make_object().erase("runs")));
    add(out, "name", "an object text with its content",
        EACH_OF("text", std::string s; for (const Value& run
                                            : l["runs"].array()) s += run["text"].as_string();
                l.set("text", Object{{"content", s}, {"align", l["align"]}}); l.make_object().erase("runs");
                l.make_object().erase("align")));
    add(out, "name", "runs as plain texts",
        EACH_OF("text", for (Value& run
                             : part(l, "runs").make_array()) run = run["text"]));
    add(out, "name", "runs called spans with content",
        EACH_OF("text", for (Value& run
                             : part(l, "runs").make_array()) rename(run, "text", "content");
                rename(l, "runs", "spans")));
    add(out, "name", "style in the layer itself",
        EACH_OF("text", const Value style = l["style"]; for (const auto& [k, v]
                                                             : style.object()) l.set(k, v);
                l.make_object().erase("style")));
    add(out, "name", "style in the layer, CSS names",
        EACH_OF("text", const Value s = l["style"]; l.make_object().erase("style");
                l.set("fontFamily", s["font_family"])
                    .set("fontSize", s["font_size"])
                    .set("fontWeight", s["font_weight"])
                    .set("color", s["fill"]["color"])
                    .set("fontStyle", s["italic"].as_bool() ? "italic" : "normal")
                    .set("letterSpacing", s["letter_spacing"]);
                rename(l, "align", "textAlign"); rename(l, "line_height", "lineHeight")));
    add(out, "name", "style called text_style", EACH_OF("text", rename(l, "style", "text_style")));
    add(out, "name", "a font object",
        EACH_OF("text", Value f = Object{}; take(part(l, "style"), f, "font_family", "family");
                take(part(l, "style"), f, "font_size", "size");
                take(part(l, "style"), f, "font_weight", "weight");
                f.set("color", l["style"]["fill"]["color"]); l.make_object().erase("style");
                l.set("font", f)));
    add(out, "name", "a font list as in CSS",
        EACH_OF("text",
                part(l, "style")
                    .set("font_family", "'" + l["style"]["font_family"].as_string() + "', sans-serif")));
    add(out, "name", "colour of texts called color",
        EACH_OF("text", rename(part(l, "style"), "fill", "color")));
    add(out, "name", "fill of shapes called color", EACH_OF("shape", rename(l, "fill", "color")));
    add(out, "name", "fill of shapes called backgroundColor",
        EACH_OF("shape", rename(l, "fill", "backgroundColor")));
    add(out, "name", "stroke as two fields", EACH(if (l.has("stroke")) {
            const Value s = l["stroke"];
            l.set("stroke", s["color"]).set("strokeWidth", s["width"]);
        }));
    add(out, "name", "stroke as a CSS border", EACH(if (l.has("stroke")) {
            const Value s = l["stroke"];
            l.make_object().erase("stroke");
            l.set("border", json::write(s["width"]) + "px solid " + s["color"].as_string());
        }));
    add(out, "name", "corner radii as one borderRadius",
        EACH_OF("shape", l.set("borderRadius", l["corner_radii"].at(0));
                l.make_object().erase("corner_radii")));
    add(out, "name", "a shadow as in CSS",
        EACH(if (l.has("shadow")) l.set("boxShadow", "0 8px 24px rgba(0,0,0,0.4)");
             l.make_object().erase("shadow")));
    add(out, "name", "src in the layer",
        EACH_OF("image", l.set("src", "https://example.com/a.jpg").set("fit", l["picture"]["fit"]);
                l.make_object().erase("picture")));
    add(out, "name", "asset_id in the layer",
        EACH_OF("image", l.set("assetId", l["picture"]["asset_id"]); l.make_object().erase("picture")));
    add(out, "name", "picture as a plain id", EACH_OF("image", l.set("picture", l["picture"]["asset_id"])));
    add(out, "name", "recipe in the layer",
        EACH_OF("smart_image", const Value recipe = l["recipe"]; l.make_object().erase("recipe");
                for (const auto& [k, v]
                     : recipe.object()) l.set(k, v)));
    add(out, "name", "recipe as a plain prompt",
        EACH_OF("smart_image", l.set("recipe", l["recipe"]["prompt"])));
    add(out, "name", "context in the recipe itself",
        EACH_OF("smart_image", Value& recipe = part(l, "recipe"); const Value c = recipe["holistic_context"];
                recipe.make_object().erase("holistic_context"); for (const auto& [k, v]
                                                                     : c.object()) recipe.set(k, v)));
}

void add_types(std::vector<Damage>& out) {
    const auto retype = [](const char* from, const char* to) {
        return [=](Value& d, Random&) {
            each_layer(d, [&](Value& l) {
                if (l["type"] == Value(from)) l.set("type", to);
            });
        };
    };
    add(out, "type", "text called textbox", retype("text", "textbox"));
    add(out, "type", "text called Text", retype("text", "Text"));
    add(out, "type", "text called i-text", retype("text", "i-text"));
    add(out, "type", "image called img", retype("image", "img"));
    add(out, "type", "smart_image called smartImage", retype("smart_image", "smartImage"));
    add(out, "type", "smart_image called ai-image", retype("smart_image", "ai-image"));
    add(out, "type", "group called container", retype("group", "container"));
    add(out, "type", "texts called by their role",
        EACH_OF("text", l.set("type", l["role"] == Value("decoration") ? Value("text") : l["role"])));
    add(out, "type", "shapes called by their form",
        EACH_OF(
            "shape", if (!(l["shape"] == Value("polygon"))) {
                l.set("type", l["shape"] == Value("ellipse") ? "circle" : "rect");
                l.make_object().erase("shape");
            }));
    add(out, "type", "no types at all", EACH(l.make_object().erase("type")));
    add(
        out, "type", "one type missing", EDIT { any_layer(d, "", r)->make_object().erase("type"); });
    add(
        out, "type", "an unknown layer more", EDIT {
            part(d, "layers").push(Object{{"type", "video"}, {"src", "clip.mp4"}, {"x", 5}});
        });
    add(
        out, "type", "two unknown layers more", EDIT {
            part(d, "layers")
                .push(Object{{"type", "map"}})
                .push(Object{{"type", "chart"}, {"values", Array{1, 2}}});
        });
    add(
        out, "type", "a null among the layers", EDIT { part(d, "layers").push(nullptr); });
    add(
        out, "type", "a text among the layers", EDIT { part(d, "layers").push("background goes here"); });
    add(
        out, "type", "an empty object among the layers", EDIT { part(d, "layers").push(Object{}); });
}

}  // namespace

void add_name_damages(std::vector<Damage>& out) {
    add_wrapping(out);
    add_keys(out);
    add_types(out);
}

}  // namespace atelier::test
