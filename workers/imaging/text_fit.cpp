#include "workers/imaging/text_fit.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::imaging {
namespace {

constexpr double kSizeStep = 0.5;

bool fits(const TextMetrics& m, const FitBox& box) {
    return m.is_within_width && m.ink_height <= box.height &&
           (box.max_lines == 0 || m.lines <= box.max_lines);
}

/// Narrowing the box until one more line would be needed evens the lines out and leaves no lone last word.
FittedText balanced(const std::string& text, const TextStyle& style, double width) {
    const TextMetrics widest = measure_text(text, style, width);
    double low = width / std::max(1, widest.lines) / 2, high = width;
    while (widest.lines > 1 && high - low > std::max(1.0, style.size_px * 0.1)) {
        const double middle = (low + high) / 2;
        const TextMetrics m = measure_text(text, style, middle);
        (m.lines <= widest.lines && m.is_within_width ? high : low) = middle;
    }
    if (widest.lines == 1) high = std::min(width, std::ceil(widest.width) + 1);
    return {style, high, measure_text(text, style, high)};
}

}  // namespace

std::optional<FittedText> fit_text(const std::string& text, TextStyle style, const FitBox& box) {
    const auto fits_at = [&](double size) {
        style.size_px = size;
        return fits(measure_text(text, style, box.width), box);
    };
    if (!fits_at(box.size_min)) return std::nullopt;
    // Steps above size_min: `low` fits, `high` does not.
    int low = 0, high = std::max(0, int((box.size_max - box.size_min) / kSizeStep)) + 1;
    while (high - low > 1) {
        const int middle = (low + high) / 2;
        (fits_at(box.size_min + middle * kSizeStep) ? low : high) = middle;
    }
    style.size_px = box.size_min + low * kSizeStep;
    return balanced(text, style, box.width);
}

}  // namespace atelier::imaging
