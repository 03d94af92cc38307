#include <algorithm>
#include <array>
#include <cctype>

#include "common/design/text/measure.hpp"
#include "common/design/text/utf8.hpp"

namespace atelier::design {
namespace {

/// Advance widths of Open Sans Regular, U+0020…U+007E, in thousandths of the em.
constexpr std::array<int, 95> kAdvances{
    260, 267, 401, 646, 572, 823, 730, 221, 296, 296, 552, 572, 245, 322, 266, 367, 572, 572, 572,
    572, 572, 572, 572, 572, 572, 572, 266, 266, 572, 572, 572, 429, 899, 633, 648, 621, 729, 556,
    516, 728, 738, 279, 267, 614, 519, 903, 754, 779, 602, 779, 618, 549, 563, 728, 595, 926, 577,
    560, 571, 329, 367, 329, 542, 448, 577, 556, 613, 476, 613, 561, 339, 548, 614, 253, 253, 525,
    253, 930, 614, 604, 613, 613, 408, 477, 353, 614, 501, 778, 524, 504, 468, 379, 551, 379, 572};

/// Widths compared with Open Sans Regular: small letters, capitals, and what weight 700 adds.
struct Family {
    std::string_view name;
    double lower, upper, bold;
};
constexpr std::array<Family, 25> kFamilies{{{"Open Sans", 1, 1, 1.07},
                                            {"Lato", 0.94, 1.03, 1.01},
                                            {"Inter", 1.015, 1.055, 1.03},
                                            {"League Spartan", 0.89, 0.92, 1.06},
                                            {"Bebas Neue", 0.7, 0.6, 1.03},
                                            {"EB Garamond", 0.83, 0.96, 1.03},
                                            {"DejaVu Sans", 1.08, 1.08, 1.13},
                                            {"DejaVu Serif", 1.09, 1.18, 1.1},
                                            {"Noto Sans CJK JP", 1, 1, 1.05},
                                            {"Noto Serif CJK JP", 1.05, 1.1, 1.04},
                                            {"Amiri", 0.87, 1, 1.07},
                                            {"Manrope", 0.97, 0.97, 1.05},
                                            {"Karla", 0.98, 0.94, 1.04},
                                            {"Quicksand", 1.00, 1.01, 1.04},
                                            {"Comfortaa", 1.11, 1.11, 1.00},
                                            {"Dosis", 0.81, 0.82, 1.07},
                                            {"Yanone Kaffeesatz", 0.65, 0.63, 1.0},
                                            {"Le Murmure", 0.55, 0.48, 1.00},
                                            {"Vollkorn", 0.93, 0.98, 1.08},
                                            {"Quattrocento", 0.98, 1.00, 1.00},
                                            {"Arapey", 0.85, 0.86, 1.22},
                                            {"Roboto Slab", 1.03, 1.04, 1.01},
                                            {"Kaushan Script", 0.84, 1.01, 1.00},
                                            {"Dancing Script", 0.77, 0.93, 1.02},
                                            {"Leckerli One", 1.01, 1.13, 1.00}}};
/// An unknown family counts as a wide one: better a box too large than a text cut off.
constexpr Family kUnknown{"", 1.04, 1.06, 1.07};

struct Script {
    char32_t first, last;
    double width;  ///< em
};
/// Scripts beyond Latin by their usual advance; sorted.
constexpr std::array<Script, 17> kScripts{{{0x0300, 0x036F, 0},         // combining
                                           {0x0370, 0x052F, 0.6},       // Greek, Cyrillic
                                           {0x0590, 0x05FF, 0.55},      // Hebrew
                                           {0x0600, 0x06FF, 0.42},      // Arabic
                                           {0x0900, 0x0DFF, 0.6},       // Indic
                                           {0x0E00, 0x0EFF, 0.5},       // Thai, Lao
                                           {0x1100, 0x11FF, 0.9},       // Hangul letters
                                           {0x200B, 0x200F, 0},         // joiners and marks
                                           {0x2010, 0x2015, 0.75},      // dashes
                                           {0x2018, 0x201F, 0.35},      // quotes
                                           {0x20D0, 0x20FF, 0},         // combining for symbols
                                           {0x2600, 0x27BF, 1},         // symbols
                                           {0x2E80, 0xD7FF, 1},         // Chinese, Japanese, Korean
                                           {0xF900, 0xFAFF, 1},         // Chinese, compatible
                                           {0xFE00, 0xFE0F, 0},         // variation selectors
                                           {0xFF00, 0xFF60, 1},         // full width
                                           {0x1F000, 0x1FAFF, 1.25}}};  // emoji

bool breaks_anywhere(char32_t c) {
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFF60);
}
bool is_break(char32_t c) {
    return c == ' ' || c == '\t' || c == 0x3000 || c == 0x200B;
}
/// Closing marks that no line begins with.
bool clings(char32_t c) {
    return c == 0x3001 || c == 0x3002 || c == 0x300D || c == 0x30FC || c == 0xFF01 || c == 0xFF1F;
}

double family_factor(const Family& family, int weight, bool is_upper) {
    const double heavy = (weight - 400) / 300.0 * (family.bold - 1);
    return (is_upper ? family.upper : family.lower) * (1 + std::max(-0.05, heavy));
}

const Family& find_family(std::string_view name) {
    const auto found =
        std::find_if(kFamilies.begin(), kFamilies.end(), [&](const Family& f) { return f.name == name; });
    return found == kFamilies.end() ? kUnknown : *found;
}

double advance(char32_t c, const Family& family, int weight) {
    if (c < 0x20) return 0;
    if (c < 0x7F) {
        const bool is_lower = c >= 'a' && c <= 'z';
        return kAdvances[c - 0x20] / 1000.0 * family_factor(family, weight, !is_lower);
    }
    for (const Script& script : kScripts)
        if (c >= script.first && c <= script.last) return script.width;
    return 0.6 * family_factor(family, weight, false);
}

/// Puts words into lines.
class Setter {
  public:
    Setter(double width, double line_height) : limit_(width), line_height_(line_height) {}

    void glyph(char32_t c, double width, double size) {
        if (is_break(c)) {
            end_word();
            space_ += width;
        } else {
            if (breaks_anywhere(c) && !clings(c)) end_word();
            word_ += width;
            word_size_ = std::max(word_size_, size);
        }
        last_size_ = size;
    }
    void end_paragraph() {
        end_word();
        end_line();
    }
    TextExtent finish() {
        end_paragraph();
        return extent_;
    }

  private:
    void end_word() {
        if (word_ == 0) return;
        // A hair of tolerance: a word as wide as the line stays on it.
        if (line_ > 0 && line_ + space_ + word_ > limit_ * 1.001) end_line();
        line_ += (line_ > 0 ? space_ : 0) + word_;
        line_size_ = std::max(line_size_, word_size_);
        extent_.widest_word = std::max(extent_.widest_word, word_);
        word_ = word_size_ = space_ = 0;
    }
    void end_line() {
        const double size = line_size_ > 0 ? line_size_ : last_size_;
        extent_.width = std::max(extent_.width, line_);
        extent_.height += size * line_height_;
        ++extent_.lines;
        line_ = line_size_ = space_ = 0;
    }

    double limit_, line_height_;
    double line_ = 0, line_size_ = 0, word_ = 0, word_size_ = 0, space_ = 0, last_size_ = 0;
    TextExtent extent_;
};

class EstimatedMeasurer final : public TextMeasurer {
  public:
    TextExtent measure(const TextContent& text, double width, double scale) const override {
        Setter setter(width, text.line_height);
        for (const Run& run : text.runs) {
            const Family& family = find_family(run.font_family.value_or(text.style.font_family));
            const double size = run.font_size.value_or(text.style.font_size) * scale;
            const double spacing = run.letter_spacing.value_or(text.style.letter_spacing);
            const int weight = run.font_weight.value_or(text.style.font_weight);
            for (std::size_t at = 0; at < run.text.size();) {
                char32_t c = next_character(run.text, at);
                if (text.letters == Letters::uppercase && c >= 'a' && c <= 'z') c -= 'a' - 'A';
                if (c == '\n')
                    setter.end_paragraph();
                else
                    setter.glyph(c, std::max(0.0, advance(c, family, weight) + spacing) * size, size);
            }
        }
        return setter.finish();
    }
};

}  // namespace

constexpr double kLeastScale = 0.005;

const TextMeasurer& estimated_measurer() {
    static const EstimatedMeasurer measurer;
    return measurer;
}

bool fits_box(const TextMeasurer& measurer, const TextContent& text, double width, double height,
              double scale) {
    constexpr double kUnseen = 1.02;
    const TextExtent extent = measurer.measure(text, width, scale);
    return extent.height <= height * kUnseen && extent.widest_word <= width * kUnseen;
}

double fitting_scale(const TextMeasurer& measurer, const TextContent& text, double width, double height) {
    if (fits_box(measurer, text, width, height)) return 1;
    double low = kLeastScale, high = 1;
    for (int i = 0; i < 14; ++i) {
        const double middle = (low + high) / 2;
        (fits_box(measurer, text, width, height, middle) ? low : high) = middle;
    }
    return low;
}

double rendered_scale(const TextMeasurer& measurer, const TextContent& text, double width, double height) {
    return text.fit == TextFit::fixed ? 1 : std::max(0.5, fitting_scale(measurer, text, width, height));
}

}  // namespace atelier::design
