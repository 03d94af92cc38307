#include "workers/adaptation/design/relayout/order.hpp"

#include <doctest/doctest.h>

namespace atelier::adaptation::design_render {

using Order = std::vector<std::size_t>;

TEST_CASE("rows are read from the top, each from the side where its language begins") {
    const std::vector<design::Box> boxes{{0, 100, 40, 20}, {60, 0, 40, 20}, {0, 0, 40, 20}};
    CHECK(reading_order(boxes, false) == Order{2, 1, 0});
    CHECK(reading_order(boxes, true) == Order{1, 2, 0});
}

TEST_CASE("columns of several rows are read one after the other, what spans them first") {
    const std::vector<design::Box> boxes{{0, 0, 500, 40},  // the heading above both
                                         {0, 60, 200, 20},    {300, 60, 200, 20}, {0, 100, 200, 20},
                                         {300, 100, 200, 20}, {0, 140, 200, 20},  {300, 140, 200, 20}};
    CHECK(reading_order(boxes, false) == Order{0, 1, 3, 5, 2, 4, 6});
    CHECK(reading_order(boxes, true) == Order{0, 2, 4, 6, 1, 3, 5});
}

TEST_CASE("the price at the end of a line is no column") {
    std::vector<design::Box> boxes;
    for (int row = 0; row < 4; ++row) {
        boxes.push_back({0, row * 40.0, 350, 30});
        boxes.push_back({355, row * 40.0, 60, 30});
    }
    CHECK(reading_order(boxes, false) == Order{0, 1, 2, 3, 4, 5, 6, 7});
}

TEST_CASE("a tall neighbour does not turn a stack of texts around") {
    const std::vector<design::Box> boxes{
        {110, 100, 300, 36}, {106, 140, 600, 170}, {110, 320, 500, 80}, {900, 110, 200, 320}};
    CHECK(reading_order(boxes, false) == Order{0, 1, 2, 3});
}

}  // namespace atelier::adaptation::design_render
