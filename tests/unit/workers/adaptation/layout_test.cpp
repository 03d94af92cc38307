#include <doctest/doctest.h>
#include <cmath>
#include <random>

#include "workers/adaptation/layout/plan.hpp"

namespace atelier::adaptation {
namespace {

using elements::Kind;

constexpr std::pair<int, int> kFormats[] = {
    {1080, 1080}, {1080, 1350}, {1080, 1920}, {820, 312}, {1200, 630}, {1500, 500}, {1584, 396}, {1280, 720},
    {1000, 1500}, {300, 250},   {728, 90},    {970, 250}, {160, 600},  {320, 50},   {2480, 3508}};

Ranked ranked(Kind kind, Box box, double weight, bool is_protected) {
    return {{kind, box, 0.9, ""}, 1, weight, is_protected};
}

LayoutRequest request(double photo_width, double photo_height, int width, int height,
                      std::vector<Ranked> found) {
    LayoutRequest r;
    r.photo_width = photo_width;
    r.photo_height = photo_height;
    r.width = width;
    r.height = height;
    r.elements = std::move(found);
    return r;
}

bool inside(const Box& outer, const Box& inner) {
    return inner.x >= outer.x - 0.01 && inner.y >= outer.y - 0.01 && inner.right() <= outer.right() + 0.01 &&
           inner.bottom() <= outer.bottom() + 0.01;
}

/// What holds for every plan.
void check_sound(const Plan& p, const LayoutRequest& r) {
    CHECK(inside({0, 0, r.photo_width, r.photo_height}, p.crop));
    CHECK(inside({0, 0, double(r.width), double(r.height)}, p.placement));
    // Both axes have one scale: nothing is distorted by more than the rounding to a whole pixel.
    CHECK(std::abs(p.crop.width * p.scale - p.placement.width) <= 1.0);
    CHECK(std::abs(p.crop.height * p.scale - p.placement.height) <= 1.0);
    const bool covers = p.placement == Box{0, 0, double(r.width), double(r.height)};
    CHECK(covers == (p.strategy == Strategy::crop));
    CHECK(p.is_upscaled == (p.scale > 1.001));
    CHECK(p.kept.size() == r.elements.size());
    CHECK_FALSE(p.why.empty());
}

}  // namespace

TEST_CASE("whatever is found where, protected faces stay whole on every format") {
    std::mt19937 random(20240607);
    const auto between = [&](double a, double b) {
        return std::uniform_real_distribution<double>(a, b)(random);
    };
    for (int round = 0; round < 25; ++round) {
        const double w = std::floor(between(300, 5000)), h = std::floor(between(300, 5000));
        std::vector<Ranked> found;
        const int faces = int(between(0, 4));
        for (int i = 0; i < faces; ++i) {
            const double size = between(0.02, 0.4) * std::min(w, h);
            found.push_back(ranked(Kind::face, {between(0, w - size), between(0, h - size), size, size},
                                   0.8 / faces, true));
        }
        found.push_back(
            ranked(Kind::product, {between(0, w / 2), between(0, h / 2), w / 3, h / 3}, 0.2, false));
        for (const auto& [width, height] : kFormats) {
            const LayoutRequest r = request(w, h, width, height, found);
            const Plan p = plan(r);
            CAPTURE(w);
            CAPTURE(h);
            CAPTURE(width);
            CAPTURE(height);
            check_sound(p, r);
            for (int i = 0; i < faces; ++i) {
                CHECK(p.kept[i].fraction == doctest::Approx(1));
                CHECK(inside({0, 0, double(width), double(height)}, on_canvas(p, found[i].element.box)));
            }
        }
    }
}

TEST_CASE("a photo without anything found is cropped around its middle") {
    const LayoutRequest r = request(3000, 2000, 1080, 1080, {});
    const Plan p = plan(r);
    check_sound(p, r);
    CHECK(p.strategy == Strategy::crop);
    CHECK(p.crop.width == doctest::Approx(2000));
    CHECK(p.crop.x + p.crop.width / 2 == doctest::Approx(1500).epsilon(0.03));
    CHECK(p.kept_weight == 1);
}

TEST_CASE("the crop follows a face to the border of the photo") {
    const LayoutRequest r =
        request(3000, 2000, 1080, 1080, {ranked(Kind::face, {2400, 700, 300, 360}, 1, true)});
    const Plan p = plan(r);
    CHECK(p.strategy == Strategy::crop);
    const Box face = on_canvas(p, r.elements[0].element.box);
    CHECK(face.x > 200);
    CHECK(face.right() < 1000);
    CHECK_MESSAGE(face.y > 0.3 * face.height, "the hair needs room");
}

TEST_CASE("two faces too far apart for a crop are kept on an extended canvas") {
    const LayoutRequest r = request(4000, 3000, 1080, 1920,
                                    {ranked(Kind::face, {300, 1000, 400, 500}, 0.5, true),
                                     ranked(Kind::face, {3300, 1100, 400, 500}, 0.5, true)});
    const Plan p = plan(r);
    check_sound(p, r);
    CHECK(p.strategy == Strategy::extend);
    CHECK(p.placement.width == 1080);
    CHECK(p.kept_weight == doctest::Approx(1));
}

TEST_CASE("a face that is not protected is still never cut through when there is a choice") {
    const LayoutRequest r = request(3000, 1000, 1000, 1000,
                                    {ranked(Kind::product, {300, 200, 600, 600}, 0.7, false),
                                     ranked(Kind::face, {1150, 400, 150, 180}, 0.3, false)});
    const Plan p = plan(r);
    CHECK((p.kept[1].fraction > 0.999 || p.kept[1].fraction < 0.02));
}

TEST_CASE("a line of text is kept whole rather than cut through") {
    const LayoutRequest r = request(2400, 1800, 1080, 1920,
                                    {ranked(Kind::text, {600, 100, 1400, 120}, 0.6, false),
                                     ranked(Kind::product, {900, 600, 600, 600}, 0.4, false)});
    const Plan p = plan(r);
    CHECK(p.kept[0].fraction == doctest::Approx(1));
}

TEST_CASE("kept text and products stand off the border of the canvas") {
    std::mt19937 random(20240611);
    const auto between = [&](double a, double b) {
        return std::uniform_real_distribution<double>(a, b)(random);
    };
    const double w = 2400, h = 1800;
    for (int round = 0; round < 60; ++round) {
        const Kind kind = round % 2 ? Kind::text : Kind::product;
        const double width = between(0.1, 0.7) * w, height = kind == Kind::text ? width / 14 : width * 0.6;
        const Box box{between(0, w - width), between(0, h - height), width, height};
        for (const auto& [canvas_width, canvas_height] : kFormats) {
            const LayoutRequest r =
                request(w, h, canvas_width, canvas_height, {ranked(kind, box, 1, round % 3 == 0)});
            const Plan p = plan(r);
            check_sound(p, r);
            if (p.kept[0].fraction < 0.999) continue;
            const double margin = kEdgeMargin * std::min(canvas_width, canvas_height) - 1;
            const Box shown = on_canvas(p, box);
            const auto due = [&](double in_photo) { return std::min(margin, in_photo * p.scale - 1); };
            CAPTURE(p.why);
            CAPTURE(canvas_width);
            CAPTURE(canvas_height);
            CHECK(shown.x >= due(box.x));
            CHECK(shown.y >= due(box.y));
            CHECK(canvas_width - shown.right() >= due(w - box.right()));
            CHECK(canvas_height - shown.bottom() >= due(h - box.bottom()));
        }
    }
}

TEST_CASE("a caption that a crop could only show from border to border gets a larger canvas") {
    const Box caption{500, 112, 1430, 98};
    const LayoutRequest r = request(2400, 1800, 1080, 1350, {ranked(Kind::text, caption, 1, false)});
    const Plan p = plan(r);
    CHECK(p.strategy == Strategy::extend);
    CHECK(on_canvas(p, caption).x >= 0.03 * 1080);
    CHECK(on_canvas(p, caption).right() <= 0.97 * 1080);
}

TEST_CASE("a photo that a crop would enlarge beyond twice is extended instead") {
    const LayoutRequest r = request(1000, 400, 1080, 1080, {});
    const Plan p = plan(r);
    CHECK(p.strategy == Strategy::extend);
    CHECK(p.scale <= kMaxUpscale + 1e-9);
    CHECK(p.is_upscaled);
}

TEST_CASE("a photo that is much too small is enlarged, and the plan says so") {
    const Plan p = plan(request(200, 200, 1080, 1080, {}));
    CHECK(p.is_upscaled);
    CHECK(p.scale == doctest::Approx(5.4));
}

TEST_CASE("the subject makes room on the side where text will stand") {
    LayoutRequest r =
        request(3000, 2000, 1080, 1350, {ranked(Kind::product, {1300, 800, 500, 500}, 1, false)});
    r.text_side = TextSide::bottom;
    const Box low = on_canvas(plan(r), r.elements[0].element.box);
    CHECK(low.bottom() < 1350 * 0.75);
    r.elements[0].element.box = {1300, 500, 900, 1000};
    r.width = 728, r.height = 90;
    r.text_side = TextSide::left;
    const Plan banner = plan(r);
    CHECK(banner.strategy == Strategy::extend);
    CHECK(banner.placement.right() == 728);
}

TEST_CASE("equal requests give equal plans") {
    const LayoutRequest r =
        request(3000, 2000, 820, 312, {ranked(Kind::face, {1200, 500, 200, 240}, 1, true)});
    const Plan a = plan(r), b = plan(r);
    CHECK(a.crop == b.crop);
    CHECK(a.score == b.score);
}

}  // namespace atelier::adaptation
