#include <algorithm>
#include <array>
#include <cmath>

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

class FieldTidier {
  public:
    FieldTidier(Editor& editor, const std::string& at) : editor_(editor), at_(at) {}

    void tidy() {
        const std::string type = layer()["type"].as_string();
        open_containers(type);
        name_measures();
        tidy_flags();
        tidy_stroke();
        tidy_shadow();
        if (type == "text") tidy_text();
        if (type == "image" || type == "smart_image") tidy_picture();
        if (type == "smart_image") tidy_recipe();
        if (type == "shape") tidy_shape();
    }

  private:
    const Value& layer() const { return editor_.at(at_); }
    std::string place(std::string_view key) const { return json::pointer_to(at_, key); }
    void normalise(const std::string& where, Value value) {
        editor_.replace(where, std::move(value), "normalise", "It was written in another form.");
    }

    /// Members of an object that belong to the layer itself; the emptied object goes.
    void hoist(const char* container) {
        std::vector<std::string> keys;
        for (const auto& [key, value] : layer()[container].object())
            keys.push_back(key);
        for (const std::string& key : keys)
            move_if_free(editor_, json::pointer_to(place(container), key), place(key));
        editor_.remove(place(container), "rename", "Its members stand in the layer itself.");
    }

    void open_containers(const std::string& type) {
        for (const char* key :
             {"properties", "props", "attributes", "attrs", "params", "settings", "data", "geometry",
              "transform", "frame", "bounds", "bbox", "box", "rect", "layout", "dimensions"})
            open(key, {"x", "y", "width", "height"});
        open("position", {"x", "y", "", ""});
        if (type == "text" && (layer()["size"].is_number() || layer()["size"].is_string())) {
            // The size of a text is that of its letters.
        } else {
            open("size", {"width", "height", "", ""});
        }
        if (type != "text") open("style", {});
    }

    void open(const char* container, const std::array<const char*, 4>& names) {
        const Value held = layer()[container];
        if (held.is_object()) return hoist(container);
        if (!held.is_array() || !names[0]) return;
        for (std::size_t i = 0; i < std::min<std::size_t>(held.size(), 4); ++i)
            if (*names[i] && !layer().has(names[i]))
                editor_.add(place(names[i]), held.at(i), "rename", "It stood in a list.");
        editor_.remove(place(container), "rename", "Its members stand in the layer itself.");
    }

    /// Names for where a layer lies: later passes count on the canonical ones.
    void name_measures() {
        constexpr std::array<std::string_view, 6> kMeasures{"x",      "y",       "width",
                                                            "height", "z_index", "rotation"};
        std::vector<std::string> keys;
        for (const auto& [key, value] : layer().object())
            keys.push_back(key);
        for (const std::string& key : keys)
            for (const std::string_view name : names_meant_by(key))
                if (std::find(kMeasures.begin(), kMeasures.end(), name) != kMeasures.end() &&
                    key != "order" && key != "position" && key != "stroke_width")
                    move_if_free(editor_, place(key), place(name));
    }

    void tidy_flags() {
        if (const auto hidden = read_flag(layer()["hidden"]); hidden && !layer().has("visible")) {
            editor_.add(place("visible"), !*hidden, "rename", "The format says visible instead of hidden.");
            editor_.remove(place("hidden"), "rename", "The format says visible instead of hidden.");
        }
    }

    void tidy_stroke() {
        move_if_free(editor_, place("border"), place("stroke"));
        const Value stroke = layer()["stroke"];
        const auto width = read_number(first_of({"stroke_width", "border_width"}));
        const Value& color = stroke.is_string() ? stroke : first_of({"stroke_color", "border_color"});
        Value meant = stroke.is_object() ? stroke : Value(Object{});
        if (stroke.is_string()) read_css_border(stroke.as_string(), meant);
        if (!meant.has("color") && read_any_color(color)) meant.set("color", color);
        if (width && !meant.has("width")) meant.set("width", neat(*width));
        for (const char* key : {"stroke_width", "border_width", "stroke_color", "border_color"})
            if (layer().has(key)) editor_.remove(place(key), "rename", "It stands in stroke.");
        const bool is_none =
            read_number(meant["width"]).value_or(1) <= 0 || meant.size() == 0 || stroke == Value("none");
        if (is_none && layer().has("stroke"))
            editor_.remove(place("stroke"), "normalise", "A line of no width is left out.");
        else if (!is_none && !(meant == stroke))
            layer().has("stroke")
                ? normalise(place("stroke"), meant)
                : editor_.add(place("stroke"), meant, "rename", "The parts of a line stand together.");
    }

    /// `2px solid #333`
    static void read_css_border(std::string_view text, Value& out) {
        while (!text.empty()) {
            const std::size_t end = std::min(text.find(' '), text.size());
            const Value word(text.substr(0, end));
            if (const auto width = read_number(word))
                out.set("width", neat(*width));
            else if (word == Value("dashed") || word == Value("dotted"))
                out.set("dash", 8);
            else if (read_any_color(word))
                out.set("color", word);
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }

    void tidy_shadow() {
        for (const char* key : {"drop_shadow", "box_shadow", "text_shadow"})
            move_if_free(editor_, place(key), place("shadow"));
        const Value shadow = layer()["shadow"];
        if (shadow.is_object() && shadow["offset"].is_object()) {
            move_if_free(editor_, place("shadow") + "/offset/x", place("shadow") + "/x");
            move_if_free(editor_, place("shadow") + "/offset/y", place("shadow") + "/y");
        }
        if (shadow.is_bool() && shadow.as_bool())
            normalise(place("shadow"), Object{{"color", "#00000080"}, {"x", 0}, {"y", 4}, {"blur", 12}});
        if (shadow.is_string()) {
            const auto lengths = numbers_before_color(shadow.as_string());
            if (lengths.size() >= 2)
                normalise(place("shadow"), Object{{"x", neat(lengths[0])},
                                                  {"y", neat(lengths[1])},
                                                  {"blur", neat(lengths.size() > 2 ? lengths[2] : 0)},
                                                  {"color", color_in(shadow.as_string())}});
        }
    }

    static std::vector<double> numbers_before_color(std::string_view text) {
        std::vector<double> numbers;
        while (!text.empty()) {
            const std::size_t end = std::min(text.find(' '), text.size());
            const auto number = read_number(Value(text.substr(0, end)));
            if (!number) break;
            numbers.push_back(*number);
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        return numbers;
    }
    static std::string color_in(std::string_view text) {
        const std::size_t start = text.find_first_of("#rhbwRHBW");
        const auto color = start == text.npos ? std::nullopt : read_any_color(text.substr(start));
        return to_string(color.value_or(Color{0, 0, 0, 128}));
    }

    const Value& first_of(std::initializer_list<const char*> keys) const {
        for (const char* key : keys)
            if (layer().has(key)) return layer()[key];
        static const Value nothing;
        return nothing;
    }

    // ---- text

    void tidy_text() {
        if (layer()["text"].is_object()) hoist("text");
        if (layer()["font"].is_object()) move_if_free(editor_, place("font"), place("style"));
        move_if_free(editor_, place("text_style"), place("style"));
        if (!layer()["style"].is_object()) {
            if (layer().has("style"))
                editor_.remove(place("style"), "unreadable", "What it held means nothing here.");
            editor_.add(place("style"), Object{}, "default", "The field was missing.");
        }
        find_runs();
        for (const char* key :
             {"font_family", "font",          "family",         "typeface",   "font_size",
              "size",        "text_size",     "font_weight",    "weight",     "italic",
              "underline",   "strikethrough", "letter_spacing", "tracking",   "char_spacing",
              "fill",        "color",         "colour",         "text_color", "gradient",
              "bold",        "font_style",    "text_decoration"})
            move_if_free(editor_, place(key), place("style") + "/" + key);
        for (const char* key : {"line_height", "leading", "line_spacing", "align", "text_align", "alignment",
                                "vertical_align", "direction", "text_transform", "fit"})
            move_if_free(editor_, place("style") + "/" + key, place(key));
        tidy_style(place("style"));
        for (std::size_t i = 0; i < layer()["runs"].size(); ++i)
            tidy_run(json::pointer_to(place("runs"), i));
    }

    void find_runs() {
        for (const char* key : {"runs", "spans", "segments"})
            if (layer()[key].is_array()) move_if_free(editor_, place(key), place("runs"));
        if (layer()["runs"].is_string()) normalise(place("runs"), Array{Object{{"text", layer()["runs"]}}});
        for (const char* key : {"text", "content", "value", "string", "copy", "body", "headline", "title",
                                "caption", "label"}) {
            const Value held = layer()[key];
            if (layer()["runs"].size() > 0) return;
            if (layer().has("runs") && !held.is_null())
                editor_.remove(place("runs"), "unreadable", "It held no text.");
            if (held.is_string() || held.is_number()) {
                const std::string text = held.is_number() ? json::write(held) : held.as_string();
                if (text.empty()) continue;
                editor_.add(place("runs"), Array{Object{{"text", text}}}, "rename",
                            "Texts are lists of runs.");
                editor_.remove(place(key), "rename", "Texts are lists of runs.");
            } else if (held.is_array()) {
                editor_.move(place(key), place("runs"), "rename", "Texts are lists of runs.");
            }
        }
    }

    void tidy_run(const std::string& at) {
        const Value run = editor_.at(at);
        if (run.is_string() || run.is_number())
            return normalise(at, Object{{"text", run.is_number() ? json::write(run) : run.as_string()}});
        if (run["style"].is_object()) {
            for (const auto& [key, value] : run["style"].object())
                move_if_free(editor_, json::pointer_to(at + "/style", key), json::pointer_to(at, key));
        }
        for (const char* key : {"content", "value", "string"})
            move_if_free(editor_, at + "/" + key, at + "/text");
        tidy_style(at);
    }

    /// Words for how letters look, wherever they stand: in the style or in a run.
    void tidy_style(const std::string& at) {
        const Value style = editor_.at(at);
        const auto say = [&](const char* key, Value value) {
            if (!editor_.has(at + "/" + key))
                editor_.add(at + "/" + key, std::move(value), "rename",
                            "The format has another name for it.");
        };
        const std::string& look = style["font_style"].as_string();
        if (look.find("italic") != look.npos || look.find("oblique") != look.npos) say("italic", true);
        if (look.find("bold") != look.npos || read_flag(style["bold"]).value_or(false))
            say("font_weight", 700);
        const std::string& line = style["text_decoration"].as_string();
        if (line.find("underline") != line.npos) say("underline", true);
        if (line.find("line-through") != line.npos) say("strikethrough", true);
        move_if_free(editor_, at + "/text_color", at + "/fill");
        const std::string& family = style["font_family"].as_string();
        if (const std::size_t comma = family.find(','); comma != family.npos && comma > 0) {
            std::string first = family.substr(0, comma);
            std::erase_if(first, [](char c) { return c == '"' || c == '\''; });
            normalise(at + "/font_family", first);
        }
    }

    // ---- pictures

    void tidy_picture() {
        for (const char* key : {"source", "image"})
            if (layer()[key].is_object() || layer()[key].is_string())
                move_if_free(editor_, place(key), place("picture"));
        if (layer()["picture"].is_string()) {
            const std::string& source = layer()["picture"].as_string();
            normalise(place("picture"), Object{{source.starts_with("http") ? "url" : "asset_id", source}});
        }
        if (!layer()["picture"].is_object()) {
            if (layer().has("picture"))
                editor_.remove(place("picture"), "unreadable", "What it held means nothing here.");
            editor_.add(place("picture"), Object{}, "default", "The field was missing.");
        }
        for (const auto& [key, name] : {std::pair{"asset_id", "asset_id"},
                                        {"asset", "asset_id"},
                                        {"image_id", "asset_id"},
                                        {"url", "url"},
                                        {"src", "url"},
                                        {"href", "url"},
                                        {"image_url", "url"},
                                        {"uri", "url"},
                                        {"fit", "fit"},
                                        {"object_fit", "fit"},
                                        {"focus", "focus"},
                                        {"focal_point", "focus"}})
            move_if_free(editor_, place(key), place("picture") + "/" + name);
        const Value& url = layer()["picture"]["url"];
        if (url.is_string() && !url.as_string().starts_with("http") && url.as_string().size() <= 64)
            move_if_free(editor_, place("picture") + "/url", place("picture") + "/asset_id");
    }

    void tidy_recipe() {
        if (layer()["recipe"].is_string()) normalise(place("recipe"), Object{{"prompt", layer()["recipe"]}});
        move_if_free(editor_, place("smart_image_recipe"), place("recipe"));
        if (!layer()["recipe"].is_object()) {
            if (layer().has("recipe"))
                editor_.remove(place("recipe"), "unreadable", "What it held means nothing here.");
            editor_.add(place("recipe"), Object{}, "default", "The field was missing.");
        }
        for (const char* key :
             {"prompt", "negative_prompt", "seed", "holistic_context", "context", "description"})
            move_if_free(editor_, place(key), place("recipe") + "/" + key);
        const std::string recipe = place("recipe");
        move_if_free(editor_, recipe + "/context", recipe + "/holistic_context");
        if (!editor_.at(recipe + "/holistic_context").is_object()) {
            if (editor_.has(recipe + "/holistic_context"))
                normalise(recipe + "/holistic_context", Object{});
            else
                editor_.add(recipe + "/holistic_context", Object{}, "default", "The field was missing.");
        }
        for (const char* key : {"design_purpose", "overall_theme", "adjacent_elements", "brand_colors",
                                "composition_hints", "style_keywords"})
            move_if_free(editor_, recipe + "/" + key, recipe + "/holistic_context/" + key);
    }

    // ---- shapes

    void tidy_shape() {
        move_if_free(editor_, place("background"), place("fill"));
        move_if_free(editor_, place("shape_type"), place("shape"));
        move_if_free(editor_, place("rx"), place("corner_radii"));
        const auto radius = read_number(layer()["radius"]);
        if (radius && layer()["shape"] == Value("ellipse")) {
            for (const char* side : {"width", "height"})
                if (!layer().has(side))
                    editor_.add(place(side), neat(*radius * 2), "rename",
                                "A circle is as wide as twice its radius.");
            editor_.remove(place("radius"), "rename", "A circle is as wide as twice its radius.");
        } else if (radius) {
            move_if_free(editor_, place("radius"), place("corner_radii"));
        }
    }

    Editor& editor_;
    std::string at_;
};

}  // namespace

void tidy_layer_fields(Editor& editor, const std::string& at) {
    FieldTidier(editor, at).tidy();
}

}  // namespace atelier::design
