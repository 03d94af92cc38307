#include <doctest/doctest.h>

#include "common/design/model/design.hpp"
#include "common/design/schema/check.hpp"
#include "tests/unit/common/design/support/examples.hpp"

using namespace atelier;
using namespace atelier::design;

TEST_CASE("every example becomes the same JSON again, and the same design") {
    REQUIRE(test::examples().size() >= 12);
    for (const test::Example& sample : test::examples()) {
        CAPTURE(sample.name);
        const auto read = parse_design(sample.value);
        if (!read) FAIL(read.error());
        CHECK(to_json(*read) == sample.value);
        CHECK(*parse_design(to_json(*read)) == *read);
        // Equal designs are equal texts: the examples are written the one canonical way.
        CHECK(json::write_pretty(to_json(*read)) + "\n" == sample.text);
    }
}

TEST_CASE("everything that a layer can have is read and written") {
    Layer layer;
    layer.id = "a";
    layer.role = Role::badge;
    layer.box = {1.5, -2, 3, 4};
    layer.rotation = 359.5;
    layer.opacity = 0.25;
    layer.blend = Blend::soft_light;
    layer.locked = true;
    layer.visible = false;
    layer.shadow = Shadow{{1, 2, 3, 4}, -5, 6, 7};
    layer.mask = Mask{{0, 0, 10, 20}, {ShapeKind::polygon, {1, 2, 3, 4}, {{0, 0}, {1, 0}, {0.5, 1}}}};
    TextContent text;
    text.runs = {{"a\nb", "Lato", 12.5, 700, true, false, true, -0.1,
                  RadialPaint{{0.1, 0.2}, 0.3, {{0, {}}, {1, {}}}}},
                 {"c", {}, {}, {}, {}, {}, {}, {}, {}}};
    text.style.font_family = "Lato";
    text.style.fill = LinearPaint{45, {{0, {1, 2, 3}}, {0.5, {4, 5, 6, 7}}}};
    text.align = Align::justify;
    text.vertical_align = VerticalAlign::bottom;
    text.direction = Direction::rtl;
    text.letters = Letters::uppercase;
    text.fit = TextFit::shrink;
    text.stroke = Stroke{{9, 9, 9}, 2, 3};
    layer.content = text;
    Design design;
    design.meta = {"Title", "d", "p", "en", {"x"}};
    design.brand.heading_font = design.brand.body_font = "Lato";
    design.brand.logo_asset_id = "logo";
    design.canvas.background.image = Picture{"id", "https://example.com/a.png", Fit::contain, {0, 1}};
    Layer smart = layer;
    smart.id = "b";
    SmartImageContent content;
    content.image = {{{}, {}, Fit::stretch, {0.5, 0.5}}, "alt", Flip::both, {1, 2, 3, 4}, Stroke{{}, 1, 0}};
    content.recipe = {"prompt", "no", 42, {"p", "t", {"a"}, {{1, 2, 3}}, "c", {"s"}}};
    smart.content = content;
    Layer group = layer;
    group.id = "g";
    group.content = GroupContent{{layer, smart}};
    design.layers = {group};
    design.isolated = {{json::Object{{"type", "video"}}, "unknown"}};
    const auto again = parse_design(to_json(design));
    if (!again) FAIL(again.error());
    CHECK(*again == design);
}

TEST_CASE("a design that is none is refused with every wrong place") {
    json::Value value = test::example("quote_card");
    value.set("schema_version", 2).set("colour", 1);
    value.make_object().find("canvas")->set("width", 9000);
    const auto read = parse_design(value);
    REQUIRE(!read);
    CHECK(read.error().code == ErrorCode::validation_failed);
    CHECK(read.error().details.size() == 3);
}

TEST_CASE("each colour has one way to be written") {
    CHECK(to_string(Color{1, 171, 255}) == "#01abff");
    CHECK(to_string(Color{1, 171, 255, 128}) == "#01abff80");
    CHECK(parse_color("#01abff80") == Color{1, 171, 255, 128});
    for (const char* other : {"#01ABFF", "#01abffff", "#fff", "01abff", "#01abf", "white", ""})
        CHECK(!parse_color(other));
    CHECK(contrast({0, 0, 0}, {255, 255, 255}) == doctest::Approx(21));
    CHECK(contrast({119, 119, 119}, {255, 255, 255}) == doctest::Approx(4.48).epsilon(0.01));
    CHECK(over({255, 0, 0, 128}, {0, 0, 255}) == Color{128, 0, 127});
}
