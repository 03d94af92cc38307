#pragma once
// How wide words are, measured once for each family and weight; and where a text breaks into even lines.

#include <map>
#include <string>
#include <vector>

#include "common/design/text/measure.hpp"

namespace atelier::ai::builtin::layout {

/// How letters look, but for their size and colour.
struct Face {
    std::string family;
    int weight = 400;
    bool is_italic = false;
    bool is_uppercase = false;
    double letter_spacing = 0;  ///< em
    double line_height = 1.2;
    auto operator<=>(const Face&) const = default;
};

/// A text in lines, at a size of one pixel.
struct Lines {
    std::vector<std::string> lines;
    double width = 0;  ///< of the widest
};

/// One thread at a time. Widths are kept: asking twice costs once.
class Metrics {
  public:
    explicit Metrics(const design::TextMeasurer& measurer) : measurer_(measurer) {}

    const design::TextMeasurer& measurer() const { return measurer_; }
    /// Of a stretch that does not break, in em.
    double width(const Face& face, const std::string& text);
    /// Into exactly `count` lines (or as many as there are words) with the least widest line; a line does not
    /// end with a little word, nor the text with a lone one, where that costs little.
    const Lines& balanced(const Face& face, const std::string& text, int count);
    /// How many lines it takes at a width in em.
    int lines_at(const Face& face, const std::string& text, double width);

  private:
    struct Token {
        std::string text;
        double width = 0;
        bool follows_blank = false;
    };
    double blank_in(const Face& face);
    /// What is known of a text in a face.
    struct Setting {
        std::vector<Token> words;
        double blank = 0;
        std::map<int, Lines> broken;  ///< by the number of lines
    };
    Setting& setting(const Face& face, const std::string& text);
    std::vector<Token> tokens(const Face& face, const std::string& text);
    static Lines break_evenly(const Setting& setting, const Face& face, std::size_t lines);

    const design::TextMeasurer& measurer_;
    std::map<Face, std::map<std::string, double>> widths_;
    std::map<Face, std::map<std::string, Setting>> settings_;
};

/// Chinese and Japanese, which break anywhere.
bool breaks_anywhere(const std::string& text);

}  // namespace atelier::ai::builtin::layout
