#include "common/design/text/measure.hpp"

#include <doctest/doctest.h>

using namespace atelier::design;

namespace {

TextContent text(std::string words, double size = 100) {
    TextContent out;
    out.runs.push_back({std::move(words), {}, {}, {}, {}, {}, {}, {}, {}});
    out.style.font_family = "Open Sans";
    out.style.font_size = size;
    out.line_height = 1;
    return out;
}
TextExtent measure(const TextContent& content, double width = 10000) {
    return estimated_measurer().measure(content, width);
}

}  // namespace

TEST_CASE("lines break at blanks and at line breaks, and nowhere else") {
    CHECK(measure(text("one two three")).lines == 1);
    CHECK(measure(text("one two three"), 300).lines == 3);
    CHECK(measure(text("one\n\ntwo")).lines == 3);
    CHECK(measure(text("incomprehensible"), 100).lines == 1);
    CHECK(measure(text("incomprehensible"), 100).widest_word > 700);
}

TEST_CASE("Chinese and Japanese break between any two characters, at an em each") {
    CHECK(measure(text("日本語の文字")).width == doctest::Approx(600));
    CHECK(measure(text("日本語の文字"), 250).lines == 3);
    CHECK(measure(text("日本語の文字"), 250).widest_word == doctest::Approx(100));
}

TEST_CASE("weight, family, spacing, capitals and run sizes count") {
    const double plain = measure(text("Hamburg")).width;
    TextContent bold = text("Hamburg"), narrow = text("Hamburg"), spaced = text("Hamburg"),
                upper = text("Hamburg"), small = text("Hamburg");
    bold.style.font_weight = 700;
    narrow.style.font_family = "Bebas Neue";
    spaced.style.letter_spacing = 0.1;
    upper.letters = Letters::uppercase;
    small.runs[0].font_size = 50;
    CHECK(measure(bold).width > plain);
    CHECK(measure(narrow).width < plain * 0.8);
    CHECK(measure(spaced).width == doctest::Approx(plain + 70));
    CHECK(measure(upper).width > plain);
    CHECK(measure(small).width == doctest::Approx(plain / 2));
    CHECK(measure(small).height == doctest::Approx(50));
}

TEST_CASE("the fitting scale makes a text just fit, and a text that shrinks stops at half") {
    TextContent content = text("A headline that is much too long for its box");
    const double scale = fitting_scale(estimated_measurer(), content, 600, 200);
    CHECK(scale < 1);
    CHECK(fits_box(estimated_measurer(), content, 600, 200, scale));
    CHECK(!fits_box(estimated_measurer(), content, 600, 200, scale * 1.05));
    CHECK(rendered_scale(estimated_measurer(), content, 60, 20) == 1);
    content.fit = TextFit::shrink;
    CHECK(rendered_scale(estimated_measurer(), content, 60, 20) == 0.5);
}
