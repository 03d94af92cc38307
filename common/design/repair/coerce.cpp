#include "common/design/repair/coerce.hpp"

#include <charconv>
#include <cmath>

#include "common/design/repair/color_words.hpp"
#include "common/design/repair/words.hpp"

namespace atelier::design {
namespace {

using json::Array;
using json::Object;
using json::Value;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= 0x20)
        text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= 0x20)
        text.remove_suffix(1);
    return text;
}

/// Colours at equal distances, or where they say.
Value spread(const Array& colors) {
    constexpr std::size_t kMostStops = 16;
    Array stops;
    const std::size_t count = std::min(colors.size(), kMostStops);
    for (std::size_t i = 0; i < count; ++i) {
        const Value& in = colors[i];
        const auto color = read_any_color(in);
        if (!color) continue;
        const Value& offset = in[in.has("offset") ? "offset" : "position"];
        const double place = count > 1 ? static_cast<double>(i) / static_cast<double>(count - 1) : 0;
        stops.push_back(
            Object{{"offset", neat(read_number(offset).value_or(place))}, {"color", to_string(*color)}});
    }
    if (stops.size() == 1) {
        stops.push_back(stops[0]);
        stops[1].set("offset", 1);
    }
    return stops;
}

Value solid(Color color) {
    return Object{{"type", "solid"}, {"color", to_string(color)}};
}

/// The parts of `linear-gradient(…)` between commas outside parentheses.
std::vector<std::string_view> arguments(std::string_view text) {
    std::vector<std::string_view> parts;
    int depth = 0;
    std::size_t start = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const char c = i < text.size() ? text[i] : ',';
        if (c == '(') ++depth;
        if (c == ')') --depth;
        if (c != ',' || (depth > 0 && i < text.size())) continue;
        parts.push_back(trimmed(text.substr(start, i - start)));
        start = i + 1;
    }
    return parts;
}

/// CSS turns from the top, we from the left. Null for what is no direction.
std::optional<double> css_angle(std::string_view text) {
    constexpr std::pair<std::string_view, double> kWords[] = {
        {"to right", 0},  {"to bottom right", 45}, {"to bottom", 90}, {"to bottom left", 135},
        {"to left", 180}, {"to top left", 225},    {"to top", 270},   {"to top right", 315}};
    for (const auto& [word, angle] : kWords)
        if (text == word) return angle;
    if (!text.ends_with("deg")) return std::nullopt;
    const auto angle = read_number(Value(text));
    return angle ? std::optional(std::fmod(std::fmod(*angle - 90, 360) + 360, 360)) : std::nullopt;
}

std::optional<Value> from_css(std::string_view text) {
    const std::size_t open = text.find("gradient(");
    if (open == text.npos || !text.ends_with(')')) return std::nullopt;
    const bool is_radial = text.substr(0, open).find("radial") != text.npos;
    const auto parts = arguments(text.substr(open + 9, text.size() - open - 10));
    double angle = 90;
    Array colors;
    for (const std::string_view part : parts) {
        if (const auto direction = css_angle(part)) {
            angle = *direction;
            continue;
        }
        // `#fff 20%`: the place stands behind the colour.
        const std::size_t blank = part.ends_with('%') ? part.rfind(' ') : part.npos;
        const auto color = read_any_color(part.substr(0, blank));
        if (!color) continue;
        Value stop = Object{{"color", to_string(*color)}};
        if (blank != part.npos) stop.set("offset", neat(read_number(Value(part.substr(blank))).value_or(0)));
        colors.push_back(std::move(stop));
    }
    Value stops = spread(colors);
    if (stops.size() < 2) return std::nullopt;
    if (is_radial) return Value(Object{{"type", "radial"}, {"stops", std::move(stops)}});
    return Value(Object{{"type", "linear"}, {"angle", neat(angle)}, {"stops", std::move(stops)}});
}

std::optional<Value> from_object(const Value& in) {
    std::string type = snake_case(in["type"].as_string());
    const Value* colors = nullptr;
    for (const char* key : {"stops", "colors", "color_stops"})
        if (in[key].size() > 0 && in[key].is_array()) colors = &in[key];
    const bool is_radial =
        type.find("radial") != type.npos || type.find("circular") != type.npos || in.has("radius");
    const bool is_gradient =
        colors || type.find("linear") != type.npos || type.find("gradient") != type.npos || is_radial;
    if (is_gradient) {
        Value out = Object{{"type", is_radial ? "radial" : "linear"}};
        for (const char* key : {"angle", "center", "radius"})
            if (in.has(key) && (is_radial != (std::string_view(key) == "angle"))) out.set(key, in[key]);
        if (in.has("rotation") && !is_radial) out.set("angle", in["rotation"]);
        if (in.has("from") && in.has("to")) {
            out.set("stops", spread({in["from"], in["to"]}));
        } else if (colors) {
            out.set("stops", spread(colors->array()));
        }
        if (out["stops"].size() < 2) out.make_object().erase("stops");
        return out;
    }
    auto color = read_any_color(in);
    for (const char* key : {"color", "colour", "fill", "solid"})
        if (!color) color = read_any_color(in[key]);
    if (!color) return std::nullopt;
    if (const auto opacity = read_number(in["opacity"]); opacity && *opacity >= 0 && *opacity < 1)
        color->a = static_cast<std::uint8_t>(std::lround(color->a * *opacity));
    return solid(*color);
}

}  // namespace

std::optional<double> read_number(const Value& value) {
    if (value.is_number()) return value.as_double();
    const std::string_view text = trimmed(value.as_string());
    const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
    double number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || !std::isfinite(number)) return std::nullopt;
    const std::string_view unit = trimmed(digits.substr(static_cast<std::size_t>(end - digits.data())));
    constexpr std::string_view kUnits[] = {"", "px", "pt", "em", "rem", "deg", "°", "dp", "x"};
    if (unit == "%") return number / 100;
    for (const std::string_view known : kUnits)
        if (unit == known) return number;
    return std::nullopt;
}

bool is_percent(const Value& value) {
    return trimmed(value.as_string()).ends_with('%');
}

std::optional<double> read_weight(const Value& value) {
    if (const auto number = read_number(value)) return number;
    constexpr std::pair<std::string_view, double> kWords[] = {
        {"thin", 100},      {"hairline", 100}, {"extra_light", 200}, {"extralight", 200}, {"light", 300},
        {"normal", 400},    {"regular", 400},  {"book", 400},        {"medium", 500},     {"semi_bold", 600},
        {"semibold", 600},  {"demi", 600},     {"bold", 700},        {"bolder", 700},     {"extra_bold", 800},
        {"extrabold", 800}, {"heavy", 800},    {"black", 900}};
    const std::string word = snake_case(trimmed(value.as_string()));
    for (const auto& [name, weight] : kWords)
        if (word == name) return weight;
    return std::nullopt;
}

std::optional<bool> read_flag(const Value& value) {
    if (value.is_bool()) return value.as_bool();
    if (value.is_number()) return value.as_double() != 0;
    const std::string word = snake_case(trimmed(value.as_string()));
    for (const std::string_view yes : {"true", "yes", "on", "1", "y"})
        if (word == yes) return true;
    for (const std::string_view no : {"false", "no", "off", "0", "n", "none"})
        if (word == no) return false;
    return std::nullopt;
}

Value neat(double number) {
    constexpr double kLargest = 1e12;
    if (std::abs(number) > kLargest) return number;
    const double rounded = std::round(number * 1000) / 1000;
    if (rounded == std::floor(rounded)) return static_cast<std::int64_t>(rounded);
    return rounded;
}

std::optional<Value> read_paint_meant(const Value& value) {
    if (value.is_string()) {
        if (auto gradient = from_css(trimmed(value.as_string()))) return gradient;
    } else if (value.is_object()) {
        return from_object(value);
    } else if (value.is_array() && !value.at(0).is_number()) {
        Value stops = spread(value.array());
        if (stops.size() < 2) return std::nullopt;
        return Value(Object{{"type", "linear"}, {"stops", std::move(stops)}});
    }
    const auto color = read_any_color(value);
    return color ? std::optional(solid(*color)) : std::nullopt;
}

std::optional<Value> read_point_meant(const Value& value) {
    if (value.is_array() && value.size() == 2) return Value(Object{{"x", value.at(0)}, {"y", value.at(1)}});
    if (!value.is_string()) return std::nullopt;
    const std::string word = snake_case(value.as_string());
    const auto has = [&](std::string_view part) { return word.find(part) != word.npos; };
    if (!has("left") && !has("right") && !has("top") && !has("bottom") && !has("cent")) return std::nullopt;
    return Value(Object{{"x", has("left")    ? neat(0)
                              : has("right") ? neat(1)
                                             : neat(0.5)},
                        {"y", has("top")      ? neat(0)
                              : has("bottom") ? neat(1)
                                              : neat(0.5)}});
}

std::optional<Value> read_radii_meant(const Value& value) {
    if (const auto radius = read_number(value)) return Value(Array(4, neat(*radius)));
    if (value.is_object()) {
        const auto corner = [&](const char* a, const char* b) { return value[value.has(a) ? a : b]; };
        return Value(Array{corner("top_left", "tl"), corner("top_right", "tr"), corner("bottom_right", "br"),
                           corner("bottom_left", "bl")});
    }
    if (!value.is_array() || value.size() == 0 || value.size() == 4) return std::nullopt;
    // As in CSS: missing corners are as the one opposite.
    const std::size_t n = value.size();
    return Value(
        Array{value.at(0), value.at(n > 1 ? 1 : 0), value.at(n > 2 ? 2 : 0), value.at(n > 1 ? 1 : 0)});
}

}  // namespace atelier::design
