#include "common/design/typeset/typeset.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "common/design/pipeline/validate.hpp"

namespace atelier::design {
namespace {

TextContent text(std::string letters, double size = 40) {
    TextContent out;
    out.runs.push_back({std::move(letters), {}, {}, {}, {}, {}, {}, {}, {}});
    out.style.font_family = "Open Sans";
    out.style.font_size = size;
    return out;
}

constexpr double kWide = 1000, kHigh = 400;

}  // namespace

TEST_CASE("lines stand line_height times the size apart") {
    TextContent lines = text("one\ntwo\nthree");
    lines.line_height = 1.5;
    const SetText set = set_text(lines, kWide, kHigh);
    REQUIRE(set.lines().size() == 3);
    CHECK(set.lines()[1].baseline - set.lines()[0].baseline == doctest::Approx(60));
    CHECK(set.lines()[2].baseline - set.lines()[1].baseline == doctest::Approx(60));
    CHECK(set.lines()[0].height == doctest::Approx(60));
}

TEST_CASE("half of what the line height adds stands above a line") {
    TextContent close = text("x"), open = text("x");
    close.line_height = 1;
    open.line_height = 2;
    const double moved =
        set_text(open, kWide, kHigh).lines()[0].baseline - set_text(close, kWide, kHigh).lines()[0].baseline;
    CHECK(moved == doctest::Approx(20));
}

TEST_CASE("the largest text of a line makes its height") {
    TextContent mixed = text("small ");
    mixed.runs.push_back({"large", {}, 80.0, {}, {}, {}, {}, {}, {}});
    mixed.line_height = 1;
    CHECK(set_text(mixed, kWide, kHigh).lines()[0].height == doctest::Approx(80));
}

TEST_CASE("lines are aligned to the sides of the page, whatever their direction") {
    for (const char* letters : {"left to right", "من اليمين"}) {
        TextContent aligned = text(letters);
        aligned.align = Align::left;
        CHECK(set_text(aligned, kWide, kHigh).lines()[0].x == doctest::Approx(0));
        aligned.align = Align::right;
        const Line right = set_text(aligned, kWide, kHigh).lines()[0];
        CHECK(right.x + right.width == doctest::Approx(kWide));
        aligned.align = Align::center;
        const Line middle = set_text(aligned, kWide, kHigh).lines()[0];
        CHECK(middle.x + middle.width / 2 == doctest::Approx(kWide / 2));
    }
    CHECK(set_text(text("من اليمين"), kWide, kHigh).lines()[0].is_rtl);
}

TEST_CASE("a justified line is as wide as its box, the last one of its paragraph is not") {
    TextContent justified = text("several words that take more than one line of this box and go on", 30);
    justified.align = Align::justify;
    const SetText set = set_text(justified, 400, kHigh);
    REQUIRE(set.lines().size() > 1);
    CHECK(set.lines().front().is_justified);
    CHECK(set.lines().front().width == doctest::Approx(400).epsilon(0.001));
    CHECK(set.lines().front().text.size() > 2);
    CHECK(!set.lines().back().is_justified);
    CHECK(set.lines().back().width < 400);
}

TEST_CASE("a text stands at the top, in the middle or at the bottom of its box") {
    TextContent placed = text("x");
    CHECK(set_text(placed, kWide, kHigh).lines()[0].top == doctest::Approx(0));
    placed.vertical_align = VerticalAlign::middle;
    CHECK(set_text(placed, kWide, kHigh).lines()[0].top == doctest::Approx((kHigh - 48) / 2));
    placed.vertical_align = VerticalAlign::bottom;
    CHECK(set_text(placed, kWide, kHigh).lines()[0].top == doctest::Approx(kHigh - 48));
}

TEST_CASE("letter spacing stands between letters, not before the first or after the last") {
    TextContent plain = text("HHHHH"), spaced = plain;
    spaced.style.letter_spacing = 0.5;
    const double more =
        set_text(spaced, kWide, kHigh).lines()[0].width - set_text(plain, kWide, kHigh).lines()[0].width;
    CHECK(more == doctest::Approx(4 * 20).epsilon(0.01));
    CHECK(set_text(spaced, kWide, kHigh).lines()[0].glyphs[0].x == doctest::Approx(0));
}

TEST_CASE("blanks at the ends of paragraphs take no room") {
    TextContent plain = text("word\nword"), blank = text("word   \nword  ");
    for (int line = 0; line < 2; ++line)
        CHECK(set_text(blank, kWide, kHigh).lines()[line].width ==
              doctest::Approx(set_text(plain, kWide, kHigh).lines()[line].width));
}

TEST_CASE("uppercase is more than ASCII") {
    TextContent upper = text("straße é я");
    upper.letters = Letters::uppercase;
    CHECK(set_text(upper, kWide, kHigh).lines()[0].text[0].text == "STRASSE É Я");
}

TEST_CASE("a text that shrinks fits its box, but never below half its size") {
    TextContent shrinking = text("a text that is too wide");
    shrinking.fit = TextFit::shrink;
    const SetText fitted = set_text(shrinking, 300, 48);
    CHECK(fitted.scale() < 1);
    CHECK(fitted.scale() >= 0.5);
    CHECK(set_text(shrinking, 20, 10).scale() == doctest::Approx(0.5));
    shrinking.fit = TextFit::fixed;
    CHECK(set_text(shrinking, 300, 48).scale() == 1);
}

TEST_CASE("every run keeps its letters, in order, on every line") {
    TextContent runs = text("one two ");
    runs.runs.push_back({"three four five six seven", {}, {}, 700, {}, {}, {}, {}, {}});
    std::string all;
    const SetText set = set_text(runs, 220, kHigh);
    for (const Line& line : set.lines())
        for (const TextStretch& stretch : line.text) {
            CHECK((stretch.run == 1) == (stretch.text.find("one") == std::string::npos));
            all += stretch.text + "|";
        }
    CHECK(all.find("seven") != std::string::npos);
    CHECK(all.find("one two") == 0);
}

TEST_CASE("measuring in proportion gives proportional lengths") {
    const TextContent sample = text("Measured twice, set once, in two or three lines");
    const TextExtent one = pango_measurer().measure(sample, 400, 1),
                     two = pango_measurer().measure(sample, 800, 2);
    CHECK(two.width == doctest::Approx(2 * one.width));
    CHECK(two.height == doctest::Approx(2 * one.height));
    CHECK(two.widest_word == doctest::Approx(2 * one.widest_word));
    CHECK(two.lines == one.lines);
}

TEST_CASE("the widest word is what no line break can divide") {
    const TextExtent all = pango_measurer().measure(text("a incomprehensible b"), kWide);
    CHECK(all.widest_word ==
          doctest::Approx(pango_measurer().measure(text("incomprehensible"), kWide).width));
    const TextExtent han = pango_measurer().measure(text("改行はどこでも"), kWide);
    CHECK(han.widest_word < han.width / 3);
}

TEST_CASE("no text and strange text are set without harm") {
    CHECK(set_text(TextContent{}, kWide, kHigh).lines().empty());
    CHECK(set_text(text("\n\n"), kWide, kHigh).lines().size() == 3);
    CHECK(set_text(text(std::string("a\0b", 3)), kWide, kHigh).lines().size() == 1);
    CHECK(!set_text(text("\xff\xfe"), kWide, kHigh).lines().empty());
    CHECK(set_text(text("wide"), 1e9, kHigh).lines().size() == 1);
}

TEST_CASE("the examples, measured with their fonts, need no repair") {
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(ATELIER_SOURCE_DIR) /
                                                                 "schemas/design/examples")) {
        CAPTURE(entry.path().string());
        std::ifstream file(entry.path());
        std::ostringstream letters;
        letters << file.rdbuf();
        auto checked = validate_text(letters.str(), pango_measurer());
        REQUIRE(checked.has_value());
        CHECK(checked->is_valid());
        CHECK(checked->repairs.empty());
    }
}

}  // namespace atelier::design
