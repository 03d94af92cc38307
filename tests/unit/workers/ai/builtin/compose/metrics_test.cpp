#include "workers/ai/builtin/compose/metrics.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "common/design/typeset/typeset.hpp"
#include "workers/ai/builtin/compose/figure.hpp"

namespace atelier::ai::builtin::layout {
namespace {

const Face kFace{"Inter", 700};

std::vector<std::string> lines(const std::string& text, int count) {
    Metrics metrics(design::pango_measurer());
    return metrics.balanced(kFace, text, count).lines;
}

TEST_CASE("lines are even") {
    CHECK(lines("Sound that shines this Diwali", 2) ==
          std::vector<std::string>{"Sound that", "shines this Diwali"});
    CHECK(lines("Never run out of good mornings", 3) ==
          std::vector<std::string>{"Never run", "out of good", "mornings"});
}

TEST_CASE("a line does not end with a little word") {
    for (const std::string& line : lines("Jazz under the summer sky", 3))
        CHECK(line != "the");
    CHECK(lines("Wedding of the year", 2).front() != "Wedding of the");
}

TEST_CASE("a sentence that ends takes its line with it") {
    CHECK(lines("Half the price. All the speed.", 2) ==
          std::vector<std::string>{"Half the price.", "All the speed."});
}

TEST_CASE("there are never more lines than words, and no word is lost") {
    for (int count = 1; count < 9; ++count) {
        std::string all;
        const auto found = lines("One night of summer jazz", count);
        for (const std::string& line : found)
            all += (all.empty() ? "" : " ") + line;
        CHECK(all == "One night of summer jazz");
        CHECK(int(found.size()) == std::min(count, 5));
    }
}

TEST_CASE(
    "Japanese breaks between phrases, Chinese between any two letters, and neither before a full stop") {
    CHECK(lines("夏のジャズナイト、ベルリンにて", 2) ==
          std::vector<std::string>{"夏のジャズナイト、", "ベルリンにて"});
    const auto found = lines("夏夜爵士音乐会。", 2);
    REQUIRE(found.size() == 2);
    CHECK(found[0] + found[1] == "夏夜爵士音乐会。");
    CHECK(found[1] != "。");
}

TEST_CASE("the widest line is as wide as it is set") {
    Metrics metrics(design::pango_measurer());
    Face face{"Quattrocento", 400, false, true, 0.06};
    const Lines& broken = metrics.balanced(face, "Light up your sound", 2);
    for (const std::string& line : broken.lines)
        CHECK(metrics.width(face, line) <= broken.width * 1.01);
}

TEST_CASE("a figure is a day with its month, a price or a percentage") {
    const auto figure = [](const std::string& badge, const std::string& caption) {
        Copy copy;
        copy.headline = "Run for it";
        copy.badge = badge;
        copy.caption = caption;
        const auto found = figure_of(copy);
        return found ? found->number + "|" + found->unit : std::string("none");
    };
    CHECK(figure("50% off", "12 July") == "50%|off");
    CHECK(figure("", "12 July, 8 pm · Berlin") == "12|July");
    CHECK(figure("", "September 14") == "14|September");
    CHECK(figure("Only $199", "") == "$199|");
    CHECK(figure("", "Saturday 9 am") == "none");
    CHECK(figure("New", "Tavola") == "none");
}

}  // namespace
}  // namespace atelier::ai::builtin::layout
