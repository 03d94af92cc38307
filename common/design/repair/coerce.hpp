#pragma once
// Private to repair/: one value made into another kind, where it is clear what was meant. Pure functions.

#include <optional>

#include "common/json/value.hpp"

namespace atelier::design {

/// `"24px"`, `"50%"` (0.5), `"1.5em"`, `"45deg"`, `" 12 "`. Nothing for a text that does not begin with a
/// number.
std::optional<double> read_number(const json::Value& value);

/// Whether it is a text that ends with `%`.
bool is_percent(const json::Value& value);

/// The same for a font's weight, with its words: `bold` is 700.
std::optional<double> read_weight(const json::Value& value);

/// `"yes"`, `"off"`, `1`, …
std::optional<bool> read_flag(const json::Value& value);

/// Whole numbers without a fraction; rounded to a thousandth.
json::Value neat(double number);

/// A paint from a colour, a list of colours, a CSS gradient or an object that names its parts in another way.
/// The result has a known type; its parts may still need repair.
std::optional<json::Value> read_paint_meant(const json::Value& value);

/// A point from `[x, y]` or a word (`top left`); fractions.
std::optional<json::Value> read_point_meant(const json::Value& value);

/// Four corner radii from a number or a shorter list.
std::optional<json::Value> read_radii_meant(const json::Value& value);

}  // namespace atelier::design
