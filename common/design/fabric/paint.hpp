#pragma once
// Private to fabric/: colours, gradients, strokes, shadows and blending, both ways.

#include <optional>
#include <string>

#include "common/design/model/design.hpp"

namespace atelier::design::fabric {

/// `#rrggbb`, or `rgba(r,g,b,a)` where it lets something through.
std::string color_text(Color color);
/// Nothing for what is no colour.
std::optional<Color> read_color(const json::Value& value);

/// `box` is what the paint fills, measured from the corner of the object that it is written into.
json::Value paint_json(const Paint& paint, const Box& box);
/// Nothing for a pattern and for what is no paint. `box` as above; the paint of no colour at all is
/// transparent.
std::optional<Paint> read_paint(const json::Value& fill, const Box& box);
/// The one colour that says most of a paint: of a gradient the one in its middle.
Color main_color(const Paint& paint);

/// Sets stroke, width, dashes and joins; without a stroke its width is 0.
void set_stroke(json::Value& object, const std::optional<Stroke>& stroke);
/// `scale` is what the object is scaled by. A stroke that is a gradient gives its first colour.
std::optional<Stroke> read_stroke(const json::Value& object, double scale);

json::Value shadow_json(const std::optional<Shadow>& shadow);
std::optional<Shadow> read_shadow(const json::Value& shadow, double scale);

std::string_view composite_of(Blend blend);
/// Nothing for an operation that designs do not know (`destination-out`, …).
std::optional<Blend> read_blend(const json::Value& operation);

/// Whether what was written says the same as what came back: members that were written are compared, numbers
/// to a thousandth, colours as colours; absent, null and empty are one.
bool agree(const json::Value& written, const json::Value& read);

}  // namespace atelier::design::fabric
