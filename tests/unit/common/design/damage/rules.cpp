#include <algorithm>

#include "tests/unit/common/design/damage/damage.hpp"

namespace atelier::test {
namespace {

using json::Array;
using json::Object;
using json::Value;

void add(std::vector<Damage>& out, std::string_view name, std::function<void(Value&, Random&)> edit) {
    out.push_back({"rule", name, [edit = std::move(edit)](Value design, Random& random) {
                       edit(design, random);
                       return json::write(design);
                   }});
}
#define EDIT [](Value & d, [[maybe_unused]] Random & r)
#define EACH(body) [](Value& d, [[maybe_unused]] Random& r) { each_layer(d, [&](Value& l) { body; }); }

Value& part(Value& of, const char* key) {
    return *of.make_object().find(key);
}
/// Any text in no group.
Value& top_text(Value& design, Random& random) {
    std::vector<Value*> found;
    for (Value& layer : part(design, "layers").make_array())
        if (layer["type"] == Value("text") && !(layer["role"] == Value("decoration")))
            found.push_back(&layer);
    return *found[random() % found.size()];
}
void scale_font(Value& layer, double factor) {
    part(layer, "style").set("font_size", layer["style"]["font_size"].as_double() * factor);
}

void add_order(std::vector<Damage>& out) {
    add(out, "all z_index zero", EACH(l.set("z_index", 0)));
    add(out, "z_index in tens", EACH(l.set("z_index", l["z_index"].as_int() * 10)));
    add(out, "z_index from one", EACH(l.set("z_index", l["z_index"].as_int() + 1)));
    add(out, "z_index negative", EACH(l.set("z_index", l["z_index"].as_int() - 50)));
    add(out, "z_index as texts", EACH(l.set("z_index", std::to_string(l["z_index"].as_int()))));
    add(out, "no z_index", EACH(l.make_object().erase("z_index")));
    add(
        out, "layers out of order", EDIT {
            Array& l = part(d, "layers").make_array();
            std::shuffle(l.begin(), l.end(), r);
        });
    add(out, "all ids equal", EACH(l.set("id", "layer")));
    add(
        out, "one id twice", EDIT {
            Array& l = part(d, "layers").make_array();
            l.back().set("id", l.front()["id"]);
        });
    add(out, "no ids", EACH(l.make_object().erase("id")));
    add(out, "empty ids", EACH(l.set("id", "")));
    add(
        out, "ids as numbers", EDIT {
            int n = 0;
            each_layer(d, [&](Value& l) { l.set("id", n++); });
        });
}

void add_fields(std::vector<Damage>& out) {
    add(out, "unknown fields in layers",
        EACH(l.set("animation", "fade").set("hoverColor", "#fff").set("data-x", 1)));
    add(
        out, "unknown fields at the root", EDIT { d.set("comment", "done").set("confidence", 0.93); });
    add(out, "null in optional fields", EACH(l.set("shadow", nullptr).set("mask", nullptr)));
    add(out, "shadows that are false", EACH(if (!l.has("shadow")) l.set("shadow", false)));
    add(out, "no opacity, blend, rotation",
        EACH(l.make_object().erase("opacity"); l.make_object().erase("blend");
             l.make_object().erase("rotation")));
    add(out, "no names, locks, visibility",
        EACH(l.make_object().erase("name"); l.make_object().erase("locked");
             l.make_object().erase("visible")));
    add(out, "texts without layout fields",
        EACH(for (const char* k
                  : {"vertical_align", "direction", "text_transform", "fit"}) l.make_object()
                 .erase(k)));
    add(out, "styles without half their fields",
        EACH(if (l.has("style")) for (const char* k
                                      : {"italic", "underline", "strikethrough", "letter_spacing"})
                 part(l, "style")
                     .make_object()
                     .erase(k)));
    add(
        out, "no width on one text", EDIT { top_text(d, r).make_object().erase("width"); });
    add(
        out, "no height on one text", EDIT { top_text(d, r).make_object().erase("height"); });
    add(
        out, "an empty text more", EDIT {
            Value l = top_text(d, r);
            l.set("runs", Array{Object{{"text", ""}}}).set("id", "empty");
            part(d, "layers").push(l);
        });
    add(out, "empty runs among the others",
        EACH(if (l.has("runs")) part(l, "runs").push(Object{{"text", ""}})));
    add(
        out, "an empty group more", EDIT {
            part(d, "layers").push(Object{{"type", "group"}, {"id", "g"}, {"layers", Array{}}});
        });
    add(
        out, "an empty list isolated", EDIT { d.set("isolated", Array{}); });
    add(
        out, "a list of a thousand tags", EDIT { part(d, "meta").set("tags", Array(1000, Value("tag"))); });
    add(
        out, "a title of ten thousand letters",
        EDIT { part(d, "meta").set("title", d["meta"]["title"].as_string() + std::string(10000, 'x')); });
    add(out, "polygons without points",
        EACH(if (l["shape"] == Value("polygon") && l["width"].as_double() < 100) l.make_object().erase(
            "points")));
    add(out, "points on ellipses", EACH(if (l["shape"] == Value("ellipse")) l.set("points", Array{})));
    add(out, "masks of an unknown shape", EACH(if (l.has("mask")) part(l, "mask").set("shape", "heart")));
}

void add_readability(std::vector<Damage>& out) {
    add(out, "no headline role", EACH(if (l["role"] == Value("headline")) l.set("role", "body")));
    add(out, "all roles decoration but of texts",
        EACH(if (!(l["type"] == Value("text"))) l.set("role", "decoration")));
    add(
        out, "a text half again as large", EDIT { scale_font(top_text(d, r), 1.5); });
    add(
        out, "a text three times as large", EDIT { scale_font(top_text(d, r), 3); });
    add(
        out, "a text beyond the largest size",
        EDIT { part(top_text(d, r), "style").set("font_size", 50000); });
    add(
        out, "a text of size zero", EDIT { part(top_text(d, r), "style").set("font_size", 0); });
    add(
        out, "a box a little too low", EDIT {
            Value& l = top_text(d, r);
            l.set("height", l["height"].as_double() * 0.8);
        });
    add(
        out, "a text some way off to the right", EDIT {
            Value& l = top_text(d, r);
            l.set("x", l["x"].as_double() + d["canvas"]["width"].as_double() * 0.25);
        });
    add(
        out, "a text beyond the lower edge", EDIT {
            Value& l = top_text(d, r);
            l.set("y", d["canvas"]["height"].as_double() - l["height"].as_double() * 0.5);
        });
    add(
        out, "a text beyond the left edge", EDIT {
            Value& l = top_text(d, r);
            l.set("x", -l["width"].as_double() * 0.3);
        });
    add(
        out, "a text far outside", EDIT { top_text(d, r).set("x", 1e6); });
    add(
        out, "a text in the colour of the ground",
        EDIT { part(top_text(d, r), "style").set("fill", d["canvas"]["background"]["fill"]); });
    add(
        out, "a text nearly transparent", EDIT { top_text(d, r).set("opacity", 0.15); });
    add(
        out, "one text over another", EDIT {
            Value& a = top_text(d, r);
            Value& b = top_text(d, r);
            if (&a != &b) b.set("y", a["y"]).set("x", a["x"]);
        });
    add(out, "no context in recipes",
        EACH(if (l.has("recipe")) part(l, "recipe").make_object().erase("holistic_context")));
    add(out, "an empty context in recipes",
        EACH(if (l.has("recipe")) part(l, "recipe").set("holistic_context", Object{})));
    add(out, "half of the context", EACH(if (l.has("recipe")) {
            Object& c = part(part(l, "recipe"), "holistic_context").make_object();
            c.erase("overall_theme");
            c.erase("style_keywords");
            c.erase("brand_colors");
        }));
    add(
        out, "a headline in a picture's field", EDIT {
            each_layer(d, [&](Value& l) {
                if (l["type"] == Value("image") || l["type"] == Value("smart_image"))
                    l.set("headline", "Fresh today");
            });
        });
    add(out, "words in the prompt of a picture",
        EACH(if (l.has("recipe")) part(l, "recipe")
                 .set("prompt", "a bowl on concrete with the text \"SALE\" above")));
}

}  // namespace

void add_rule_damages(std::vector<Damage>& out) {
    add_order(out);
    add_fields(out);
    add_readability(out);
}

}  // namespace atelier::test
