#include "common/design/text/remembering.hpp"

#include <doctest/doctest.h>

using namespace atelier::design;

namespace {

class Counting final : public TextMeasurer {
  public:
    TextExtent measure(const TextContent& text, double width, double scale) const override {
        ++asked;
        return estimated_measurer().measure(text, width, scale);
    }
    mutable int asked = 0;
};

TextContent words(const std::string& text, double size = 32) {
    TextContent content;
    content.runs = {{.text = text}};
    content.style.font_size = size;
    return content;
}

bool is_equal(const TextExtent& a, const TextExtent& b) {
    return a.width == b.width && a.height == b.height && a.widest_word == b.widest_word && a.lines == b.lines;
}

}  // namespace

TEST_CASE("a text is measured once for each width and scale, and the answers are the measurer's own") {
    const Counting inner;
    const RememberingMeasurer measurer(inner);
    for (int round = 0; round < 3; ++round)
        for (const double width : {100.0, 300.0})
            for (const double scale : {1.0, 0.5})
                for (const TextContent& text :
                     {words("Open all summer"), words("Open all summer", 12), words("")})
                    CHECK(is_equal(measurer.measure(text, width, scale),
                                   estimated_measurer().measure(text, width, scale)));
    CHECK(inner.asked == 2 * 2 * 3);
}
