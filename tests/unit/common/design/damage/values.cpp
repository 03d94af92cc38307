#include <cmath>
#include <cstdio>

#include "common/design/model/color.hpp"
#include "tests/unit/common/design/damage/damage.hpp"

namespace atelier::test {
namespace {

using json::Array;
using json::Object;
using json::Value;
using Change = std::function<Value(const Value& value)>;

/// Every member of that name, wherever it stands, through `change`.
void add_each(std::vector<Damage>& out, std::string_view name, std::vector<std::string> keys, Change change) {
    out.push_back({"value", name, [=](Value design, Random&) {
                       each_object(design, [&](Value& object) {
                           for (const std::string& key : keys)
                               if (object.has(key)) object.set(key, change(object[key]));
                       });
                       return json::write(design);
                   }});
}
void add(std::vector<Damage>& out, std::string_view name, std::function<void(Value&, Random&)> edit) {
    out.push_back({"value", name, [edit = std::move(edit)](Value design, Random& random) {
                       edit(design, random);
                       return json::write(design);
                   }});
}
#define EDIT [](Value & d, [[maybe_unused]] Random & r)
#define VALUE [](const Value& v) -> Value

template <class... Parts>
std::string printed(const char* format, Parts... parts) {
    char text[96];
    std::snprintf(text, sizeof text, format, parts...);
    return text;
}
design::Color color_of(const Value& v) {
    return design::parse_color(v.as_string()).value_or(design::Color{});
}
Value upper(const Value& v) {
    std::string text = v.as_string();
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c &= ~0x20;
    return text;
}
std::string hsl(design::Color c) {
    const double r = c.r / 255.0, g = c.g / 255.0, b = c.b / 255.0;
    const double high = std::max({r, g, b}), low = std::min({r, g, b}), range = high - low,
                 l = (high + low) / 2;
    if (range == 0) return printed("hsl(0, 0%%, %.1f%%)", l * 100);
    const double s = range / (1 - std::abs(2 * l - 1));
    const double sixth = high == r   ? std::fmod((g - b) / range + 6, 6)
                         : high == g ? 2 + (b - r) / range
                                     : 4 + (r - g) / range;
    return printed("hsl(%.1f, %.1f%%, %.1f%%)", sixth * 60, s * 100, l * 100);
}

const std::vector<std::string> kMeasures{"x", "y", "width", "height"};

void add_numbers(std::vector<Damage>& out) {
    add_each(
        out, "measures as texts", kMeasures, VALUE { return json::write(v); });
    add_each(
        out, "measures with px", kMeasures, VALUE { return json::write(v) + "px"; });
    add_each(
        out, "measures with a blank and px", kMeasures, VALUE { return json::write(v) + " px"; });
    add_each(
        out, "measures with long fractions", {"x", "y"}, VALUE { return v.as_double() + 0.123456789; });
    add_each(
        out, "font sizes with px", {"font_size"}, VALUE { return json::write(v) + "px"; });
    add_each(
        out, "font sizes as texts", {"font_size"}, VALUE { return json::write(v); });
    add_each(
        out, "opacity in percent", {"opacity"}, VALUE { return v.as_double() * 100; });
    add_each(
        out, "opacity as a percentage", {"opacity"},
        VALUE { return json::write(v.as_double() * 100) + "%"; });
    add_each(
        out, "opacity above its range", {"opacity"}, VALUE { return v.as_double() == 1 ? Value(1000) : v; });
    add_each(
        out, "rotation negative", {"rotation"}, VALUE { return v.as_double() - 360; });
    add_each(
        out, "rotation twice around", {"rotation"}, VALUE { return v.as_double() + 720; });
    add_each(
        out, "rotation with deg", {"rotation"}, VALUE { return json::write(v) + "deg"; });
    add_each(
        out, "weights as words", {"font_weight"}, VALUE { return v.as_int() >= 700 ? "bold" : "normal"; });
    add_each(
        out, "weights as single digits", {"font_weight"}, VALUE { return v.as_int() / 100; });
    add_each(
        out, "weights between the hundreds", {"font_weight"}, VALUE { return v.as_int() + 33; });
    add_each(
        out, "line height in percent", {"line_height"}, VALUE { return v.as_double() * 100; });
    add_each(
        out, "line height as a percentage", {"line_height"},
        VALUE { return json::write(v.as_double() * 100) + "%"; });
    add_each(
        out, "letter spacing in thousandths", {"letter_spacing"}, VALUE { return v.as_double() * 1000; });
    add_each(
        out, "letter spacing with em", {"letter_spacing"}, VALUE { return json::write(v) + "em"; });
    add_each(
        out, "numbers too large for a float", {"blur"}, VALUE {
            (void)v;
            return 1e300;
        });
    add_each(
        out, "lengths negative", {"width", "height"}, VALUE { return -v.as_double(); });
    add_each(
        out, "radii as one number", {"corner_radii"}, VALUE { return v.at(0); });
    add_each(
        out, "radii with px", {"corner_radii"}, VALUE { return json::write(v.at(0)) + "px"; });
    add_each(
        out, "radii as an object", {"corner_radii"}, VALUE {
            return Object{{"tl", v.at(0)}, {"tr", v.at(1)}, {"br", v.at(2)}, {"bl", v.at(3)}};
        });
    add_each(
        out, "radii of two numbers", {"corner_radii"}, VALUE {
            return v.at(0) == v.at(2) && v.at(1) == v.at(3) ? Value(Array{v.at(0), v.at(1)}) : v;
        });
    add_each(
        out, "points as lists", {"points"}, VALUE {
            Array list;
            for (const Value& p : v.array())
                list.push_back(Array{p["x"], p["y"]});
            return list;
        });
    add_each(
        out, "focus as a list", {"focus", "center"}, VALUE {
            return Array{v["x"], v["y"]};
        });
    add_each(
        out, "focus as words", {"focus"},
        VALUE { return v["x"].as_double() < 0.5 ? "left" : "center right"; });
    add(
        out, "canvas size with px", EDIT {
            Value& c = *d.make_object().find("canvas");
            c.set("width", json::write(c["width"]) + "px");
        });
    add(
        out, "canvas size with a fraction", EDIT {
            Value& c = *d.make_object().find("canvas");
            c.set("width", c["width"].as_double() + 0.4);
        });
    add(
        out, "measures in percent of the canvas", EDIT {
            const double w = d["canvas"]["width"].as_double(), h = d["canvas"]["height"].as_double();
            for (Value& l : d.make_object().find("layers")->make_array())
                for (const char* k : {"x", "y", "width", "height"})
                    l.set(k, printed("%.3f%%", l[k].as_double() * 100 / (*k == 'x' || *k == 'w' ? w : h)));
        });
    add(
        out, "measures in fractions of the canvas", EDIT {
            const double w = d["canvas"]["width"].as_double(), h = d["canvas"]["height"].as_double();
            for (Value& l : d.make_object().find("layers")->make_array())
                for (const char* k : {"x", "y", "width", "height"})
                    l.set(k, std::min(1.0, l[k].as_double() / (*k == 'x' || *k == 'w' ? w : h)));
        });
}

void add_colors(std::vector<Damage>& out) {
    const auto each = [&](std::string_view name, std::function<Value(design::Color)> write) {
        add_each(out, name, {"color", "primary", "accent"}, [write](const Value& v) {
            const design::Color c = color_of(v);
            return c.a == 255 ? write(c) : v;
        });
    };
    add_each(out, "colours in capitals", {"color", "primary", "accent"}, upper);
    each("colours without #", [](design::Color c) { return printed("%02x%02x%02x", c.r, c.g, c.b); });
    each("colours with 0x", [](design::Color c) { return printed("0x%02X%02X%02X", c.r, c.g, c.b); });
    each("colours with full alpha",
         [](design::Color c) { return printed("#%02x%02x%02xff", c.r, c.g, c.b); });
    each("colours as rgb()", [](design::Color c) { return printed("rgb(%d, %d, %d)", c.r, c.g, c.b); });
    each("colours as rgba()", [](design::Color c) { return printed("rgba(%d,%d,%d,1)", c.r, c.g, c.b); });
    each("colours as rgb() with blanks",
         [](design::Color c) { return printed("rgb(%d %d %d)", c.r, c.g, c.b); });
    each("colours as rgb() in percent", [](design::Color c) {
        return printed("rgb(%.2f%%, %.2f%%, %.2f%%)", c.r / 2.55, c.g / 2.55, c.b / 2.55);
    });
    each("colours as hsl()", [](design::Color c) { return hsl(c); });
    each("colours as lists", [](design::Color c) { return Array{c.r, c.g, c.b}; });
    each("colours as objects", [](design::Color c) {
        return Object{{"r", c.r}, {"g", c.g}, {"b", c.b}, {"a", 1}};
    });
    each("colours with blanks around", [](design::Color c) { return " " + to_string(c) + " "; });
    each("colours of three digits",
         [](design::Color c) { return printed("#%x%x%x", (c.r + 8) / 17, (c.g + 8) / 17, (c.b + 8) / 17); });
    add_each(
        out, "white and black by name", {"color"}, VALUE {
            return v == Value("#ffffff")     ? Value("white")
                   : v == Value("#000000")   ? Value("Black")
                   : v == Value("#00000000") ? Value("transparent")
                                             : v;
        });
    add_each(
        out, "fills as plain colours", {"fill"}, VALUE { return v.has("color") ? v["color"] : v; });
    add_each(
        out, "fills without their type", {"fill"}, VALUE {
            Value w = v;
            w.make_object().erase("type");
            return w;
        });
    add_each(
        out, "fills of type color", {"fill"}, VALUE {
            Value w = v;
            return v.has("color") ? w.set("type", "color") : w;
        });
    add_each(
        out, "gradients of type linear-gradient", {"fill"}, VALUE {
            Value w = v;
            return v["type"] == Value("linear") ? w.set("type", "linear-gradient") : w;
        });
    add_each(
        out, "gradients with colors", {"fill"}, VALUE {
            Value w = v;
            if (v.has("stops")) {
                w.set("colors", v["stops"]);
                w.make_object().erase("stops");
            }
            return w;
        });
    add_each(
        out, "gradients as in CSS", {"fill"}, VALUE {
            if (!(v["type"] == Value("linear"))) return v;
            std::string css = "linear-gradient(" + json::write(v["angle"].as_double() + 90) + "deg";
            for (const Value& s : v["stops"].array())
                css += ", " + s["color"].as_string() + " " + json::write(s["offset"].as_double() * 100) + "%";
            return css + ")";
        });
    add_each(
        out, "stops in percent", {"offset"}, VALUE { return json::write(v.as_double() * 100) + "%"; });
    add_each(
        out, "stops out of order", {"stops"}, VALUE {
            Value w = v;
            if (w.size() > 2) w.make_array()[1].set("offset", 2);
            return w;
        });
}

void add_words(std::vector<Damage>& out) {
    add_each(
        out, "flags as texts", {"locked", "visible", "italic", "underline"},
        VALUE { return v.as_bool() ? "true" : "false"; });
    add_each(
        out, "flags as yes and no", {"locked", "visible", "italic", "underline"},
        VALUE { return v.as_bool() ? "yes" : "no"; });
    add_each(
        out, "flags as numbers", {"locked", "visible", "italic", "underline"},
        VALUE { return v.as_bool() ? 1 : 0; });
    add_each(
        out, "centre for center", {"align"}, VALUE { return v == Value("center") ? Value("centre") : v; });
    add_each(out, "alignments in capitals", {"align", "vertical_align"}, upper);
    add_each(
        out, "start and end for left and right", {"align"}, VALUE {
            return v == Value("left") ? Value("start") : v == Value("right") ? Value("end") : v;
        });
    add_each(
        out, "center for middle", {"vertical_align"},
        VALUE { return v == Value("middle") ? Value("center") : v; });
    add_each(
        out, "blend source-over", {"blend"}, VALUE {
            (void)v;
            return "source-over";
        });
    add_each(
        out, "blend that does not exist", {"blend"}, VALUE {
            (void)v;
            return "glow";
        });
    add_each(
        out, "roles in other words", {"role"}, VALUE {
            return v == Value("headline")      ? Value("title")
                   : v == Value("subheadline") ? Value("subtitle")
                   : v == Value("cta")         ? Value("button")
                                               : v;
        });
    add_each(out, "roles in capitals", {"role"}, upper);
    add_each(
        out, "circles and rects", {"shape"}, VALUE {
            return v == Value("ellipse") ? Value("circle") : v == Value("rectangle") ? Value("rect") : v;
        });
    add_each(
        out, "text_transform as a flag", {"text_transform"}, VALUE { return v == Value("uppercase"); });
    add_each(
        out, "tags in one text", {"tags", "style_keywords"}, VALUE {
            std::string all;
            for (const Value& tag : v.array())
                all += (all.empty() ? "" : ", ") + tag.as_string();
            return all;
        });
    add_each(
        out, "fit in another word", {"fit"}, VALUE { return v == Value("cover") ? Value("crop") : v; });
    add_each(
        out, "nulls for empty texts", {"name", "description", "voice"}, VALUE {
            (void)v;
            return nullptr;
        });
    add_each(
        out, "a title as a number", {"title"}, VALUE {
            (void)v;
            return 2027;
        });
}

}  // namespace

void add_value_damages(std::vector<Damage>& out) {
    add_numbers(out);
    add_colors(out);
    add_words(out);
}

}  // namespace atelier::test
