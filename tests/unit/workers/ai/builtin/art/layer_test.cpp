#include "workers/ai/builtin/art/layer.hpp"

#include <doctest/doctest.h>

#include "workers/ai/builtin/art/soft_plane.hpp"

namespace atelier::ai::builtin::art {
namespace {

Layer square(int side, int from, int to) {
    Layer layer(side, side);
    set_color(layer.cairo(), {1, 0, 0});
    cairo_rectangle(layer.cairo(), from, from, to - from, to - from);
    cairo_fill(layer.cairo());
    return layer;
}

double alpha_sum(const Layer& layer) {
    double sum = 0;
    for (int y = 0; y < layer.height(); ++y)
        for (int x = 0; x < layer.width(); ++x)
            sum += layer.pixels()[std::size_t(y) * layer.stride() + std::size_t(x)] >> 24;
    return sum / 255;
}

}  // namespace

TEST_CASE("a blur spreads what is there and loses nothing of it") {
    for (const float deviation : {0.8F, 2.0F, 5.0F, 9.0F}) {
        Layer layer = square(120, 40, 80);
        const double before = alpha_sum(layer);
        layer.blur(deviation);
        CHECK(alpha_sum(layer) == doctest::Approx(before).epsilon(0.02));
        CHECK((layer.pixels()[60 * layer.stride() + 60] >> 24) > 200);
        CHECK((layer.pixels()[60 * layer.stride() + 39] >> 24) < 140);
    }
}

TEST_CASE("a shadow falls where it is moved to, in its colour and strength") {
    const Layer layer = square(120, 40, 80);
    const Layer shadow = layer.shadow(20, 0, 2, {0, 0, 0}, 0.5F);
    const auto alpha = [&](int x, int y) {
        return shadow.pixels()[std::size_t(y) * shadow.stride() + std::size_t(x)] >> 24;
    };
    CHECK(alpha(80, 60) > 120);
    CHECK(alpha(80, 60) < 132);
    CHECK(alpha(45, 60) < 4);
    CHECK((shadow.pixels()[60 * shadow.stride() + 80] & 0xffffffU) == 0);
}

TEST_CASE("beyond a layer its edge goes on") {
    const Layer layer = square(60, 0, 60);
    const SoftPlane plane(layer.pixels(), 60, 60, layer.stride(), 24, 6);
    CHECK(plane.in_row(plane.row(-50), -50) == doctest::Approx(1).epsilon(0.001));
    CHECK(plane.in_row(plane.row(500), 30) == doctest::Approx(1).epsilon(0.001));
}

}  // namespace atelier::ai::builtin::art
