#pragma once
// Setting and drawing text with Pango: shaping, bidirectional text and line breaking are its work.
//
// Lengths are pixels. Glyphs are placed without hinting, so equal text gives equal pixels at every size. Safe
// from any thread: every thread has its own font map.

#include <optional>
#include <string>
#include <string_view>

#include "common/errors/error.hpp"
#include "workers/imaging/color.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::imaging {

enum class Align { left, center, right };

/// Lengths in ems of the text, so that a shadow scales with it.
struct Shadow {
    Color color = {0, 0, 0};
    double dx = 0, dy = 0.04, blur = 0.12;
    double opacity = 0.5;
    bool operator==(const Shadow&) const = default;
};

struct TextStyle {
    std::string font_family = "Open Sans";
    int weight = 400;     ///< 100…900
    double size_px = 32;  ///< em
    Color color = kWhite;
    Align align = Align::left;  ///< left and right change sides for right-to-left paragraphs
    std::optional<Shadow> shadow;
    double letter_spacing = 0;  ///< ems
    double line_height = 1.2;   ///< ems from baseline to baseline
};

struct TextMetrics {
    double width = 0, height = 0;  ///< logical: what the lines take, without the empty part of the box
    double ink_x = 0, ink_y = 0, ink_width = 0, ink_height = 0;  ///< painted, from the box's corner
    int lines = 0;
    bool is_rtl = false;          ///< the first paragraph runs from right to left
    bool is_within_width = true;  ///< false when a single word is wider than the box
};

/// `max_width` is where lines break (only between words).
TextMetrics measure_text(const std::string& text, const TextStyle& style, double max_width);

/// Paints with the corner of the text's box at (x, y); shadow first. A word that is wider than the box is
/// broken. `base` must have no alpha.
Result<Image> draw_text(const Image& base, const std::string& text, const TextStyle& style, double max_width,
                        double x, double y, double opacity = 1);

/// Whether the machine has the family (case-insensitive). Pango falls back to another when not.
bool has_font(std::string_view family);

}  // namespace atelier::imaging
