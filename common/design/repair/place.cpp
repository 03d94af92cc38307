#include <algorithm>
#include <cmath>

#include "common/design/repair/coerce.hpp"
#include "common/design/repair/passes.hpp"
#include "common/design/text/utf8.hpp"
#include "common/json/pointer.hpp"

namespace atelier::design {
namespace {

using json::Value;

constexpr double kDefaultSide = 1080;

struct Room {
    double width = 0, height = 0;
};

double length_of(const Value& layer, const char* key) {
    return read_number(layer[key]).value_or(0);
}

class Placer {
  public:
    explicit Placer(Editor& editor) : editor_(editor) {}

    void place() {
        const Room canvas{side("width", "x"), side("height", "y")};
        enlarge_fractions(canvas);
        place_list("/layers", canvas, 0);
    }

  private:
    void set(const std::string& at, double value, std::string rule, std::string reason) {
        editor_.has(at) ? editor_.replace(at, neat(value), std::move(rule), std::move(reason))
                        : editor_.add(at, neat(value), std::move(rule), std::move(reason));
    }

    /// The canvas's side; where it says none, as far as its layers reach.
    double side(const char* key, const char* corner) {
        const std::string at = std::string("/canvas/") + key;
        const auto said = read_number(editor_.at(at));
        if (said && *said <= -1) set(at, -*said, "clamp", "A length is not negative.");
        if (said && std::abs(*said) >= 1) return std::clamp(std::abs(*said), 16.0, 8192.0);
        double reach = 0;
        for (const Value& layer : editor_.at("/layers").array())
            reach = std::max(reach, length_of(layer, corner) + length_of(layer, key));
        reach = reach < 16 ? kDefaultSide : std::min(reach, 8192.0);
        set(at, static_cast<double>(static_cast<int>(reach)), "default", "The canvas had no such side.");
        return reach;
    }

    /// All boxes within one pixel: the model thought in fractions of the canvas.
    void enlarge_fractions(Room canvas) {
        const auto& layers = editor_.at("/layers").array();
        std::size_t boxes = 0;
        for (const Value& layer : layers) {
            if (!layer["width"].is_number() || !layer["height"].is_number()) continue;
            const double width = layer["width"].as_double(), height = layer["height"].as_double();
            if (width <= 0 || height <= 0 || width > 1 || height > 1) return;
            boxes += width < 1 || height < 1;
        }
        if (boxes < 2) return;
        for (std::size_t i = 0; i < editor_.at("/layers").size(); ++i)
            for (const char* key : {"x", "y", "width", "height"}) {
                const std::string at = json::pointer_to("/layers", i) + "/" + key;
                const double whole = *key == 'x' || *key == 'w' ? canvas.width : canvas.height;
                if (const auto share = read_number(editor_.at(at)); share && !is_percent(editor_.at(at)))
                    set(at, *share * whole, "unit", "Fractions of the canvas became pixels.");
            }
    }

    void place_list(const std::string& list, Room room, std::size_t depth) {
        double below = room.height * 0.08;  // where the next text without a place goes
        for (std::size_t i = 0; i < editor_.at(list).size(); ++i) {
            const std::string at = json::pointer_to(list, i);
            if (!editor_.at(at).is_object()) continue;
            for (const char* key : {"x", "y", "width", "height"})
                from_percent(at + "/" + key, *key == 'x' || *key == 'w' ? room.width : room.height);
            unflip(at + "/width");
            unflip(at + "/height");
            give_box(at, room, below);
            const Value& layer = editor_.at(at);
            if (layer["type"] == Value("text"))
                below = std::max(below, length_of(layer, "y") + length_of(layer, "height"));
            if (depth < 8 && layer["layers"].is_array())
                place_list(at + "/layers", {length_of(layer, "width"), length_of(layer, "height")},
                           depth + 1);
        }
    }

    void from_percent(const std::string& at, double whole) {
        if (!is_percent(editor_.at(at))) return;
        if (const auto share = read_number(editor_.at(at)))
            set(at, *share * whole, "unit", "A share of the canvas became pixels.");
    }

    void unflip(const std::string& at) {
        const auto length = read_number(editor_.at(at));
        if (length && *length <= -1) set(at, -*length, "clamp", "A length is not negative.");
    }

    void give_box(const std::string& at, Room room, double below) {
        const Value layer = editor_.at(at);
        const std::string role = layer["role"].as_string();
        const bool is_text = layer["type"] == Value("text");
        const bool is_ground =
            role == "background" || (role == "hero" && !layer.has("x") && !layer.has("width"));
        const double margin = is_ground ? 0 : room.width * 0.08;
        const auto missing = [&](const char* key) { return !read_number(layer[key]); };
        const auto give = [&](const char* key, double value) {
            if (missing(key)) set(at + "/" + key, value, "default", "The layer had no such measure.");
        };
        give("x", margin);
        const double x = read_number(editor_.at(at)["x"]).value_or(margin);
        const double other = missing("height") ? room.width * 0.3 : length_of(layer, "height");
        const double right = room.width - std::max(0.0, std::min(x, room.width * 0.9)) - margin;
        give("width", std::max(1.0, is_ground ? room.width : is_text ? right : other));
        const double width = read_number(editor_.at(at)["width"]).value_or(1);
        give("height", std::max(1.0, is_ground ? room.height : is_text ? text_height(layer, width) : width));
        give("y", is_ground ? 0 : is_text ? below : room.height * 0.08);
    }

    static double text_height(const Value& layer, double width) {
        const double size = read_number(layer["style"]["font_size"]).value_or(32);
        double letters = 0;
        for (const Value& run : layer["runs"].array())
            for (std::size_t at = 0; at < run["text"].as_string().size(); ++letters)
                next_character(run["text"].as_string(), at);
        const double lines = std::max(1.0, std::ceil(letters * size * 0.6 / std::max(1.0, width)));
        return std::min(lines, 40.0) * size * read_number(layer["line_height"]).value_or(1.2);
    }

    Editor& editor_;
};

}  // namespace

void place_layers(Editor& editor) {
    Placer(editor).place();
}

}  // namespace atelier::design
