#pragma once
// What analysis found on a photo, and how an organization's rules rank it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "common/json/value.hpp"

namespace atelier::elements {

/// Pixels of the upright original; x to the right, y down.
struct Box {
    double x = 0, y = 0, width = 0, height = 0;
    double right() const { return x + width; }
    double bottom() const { return y + height; }
    double area() const { return width * height; }
    bool operator==(const Box&) const = default;
};

/// The common part; width and height are 0 when the boxes do not meet.
Box intersection(const Box& a, const Box& b);

enum class Kind { face, product, text, person };
std::string_view to_string(Kind kind);
std::optional<Kind> parse_kind(std::string_view name);

struct Element {
    Kind kind = Kind::product;
    Box box;
    double confidence = 0;  ///< 0…1
    std::string text;       ///< what a text region says, where it was read
    bool operator==(const Element&) const = default;
};

/// An organization's ranking rules (`/admin/rules`).
struct Rules {
    enum class Priority { face_first, product_first, by_weight };
    Priority priority = Priority::face_first;
    double face_weight = 1.0, product_weight = 0.7, text_weight = 0.5, person_weight = 0.6;  ///< 0…10
    double minimum_confidence = 0.5;                                                         ///< 0…1
    bool protect_faces = true;     ///< a crop may not cut or lose a face
    bool protect_product = false;  ///< nor the main product
    bool protect_text = false;     ///< nor the text regions
    bool operator==(const Rules&) const = default;
};

struct Ranked {
    Element element;
    int rank = 0;       ///< 1 is the most important
    double weight = 0;  ///< share of the whole, all weights of a photo sum to 1
    bool is_protected = false;
    bool operator==(const Ranked&) const = default;
};

/// Drops what the rules find too uncertain and orders the rest: by kind as the priority says, then weight ×
/// confidence × a slowly growing function of the area. Deterministic; equal inputs give equal output.
std::vector<Ranked> rank(const std::vector<Element>& found, const Rules& rules, double photo_width,
                         double photo_height);

json::Value to_json(const Box&);
json::Value to_json(const Element&);
json::Value to_json(const Ranked&);
json::Value to_json(const Rules&);
Result<Element> parse_element(const json::Value&);
Result<Ranked> parse_ranked(const json::Value&);
/// Missing members keep their defaults.
Result<Rules> parse_rules(const json::Value&);

}  // namespace atelier::elements
