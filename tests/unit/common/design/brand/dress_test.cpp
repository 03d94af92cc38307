#include "common/design/brand/dress.hpp"

#include <doctest/doctest.h>

#include "common/design/model/walk.hpp"
#include "common/design/schema/check.hpp"
#include "tests/unit/common/design/support/examples.hpp"

using namespace atelier;
using namespace atelier::design;

namespace {

Design design_of(const json::Value& value) {
    return parse_design(value).value();
}

Brand strange_brand() {
    Brand brand;
    brand.name = "Strange";
    brand.primary = {1, 2, 3, 255};
    brand.secondary = {11, 12, 13, 255};
    brand.accent = {21, 22, 23, 255};
    brand.background = {31, 32, 33, 255};
    brand.text = {41, 42, 43, 255};
    brand.heading_font = "Strange Heading";
    brand.body_font = "Strange Body";
    return brand;
}

Layer text_layer(Role role, const std::string& font, Color color) {
    Layer layer;
    layer.role = role;
    TextContent text;
    text.runs = {{.text = "Words"}};
    text.style.font_family = font;
    text.style.fill = SolidPaint{color};
    layer.content = text;
    return layer;
}

const TextStyle& style_of(const Layer& layer) {
    return std::get<TextContent>(layer.content).style;
}

}  // namespace

TEST_CASE("a design that takes its own brand stays as it is") {
    for (const test::Example& example : test::examples()) {
        CAPTURE(example.name);
        const Design design = design_of(example.value);
        CHECK(dress(design, design.brand) == design);
    }
}

TEST_CASE("every example takes a strange brand, fits the schema and wears none of the old brand's colours") {
    const Brand brand = strange_brand();
    for (const test::Example& example : test::examples()) {
        CAPTURE(example.name);
        const Design before = design_of(example.value);
        Design after = dress(before, brand);
        CHECK(check_design(to_json(after)).empty());
        CHECK(after.brand == brand);
        for_each_color(after, [&](Color& color) {
            Color opaque = color;
            opaque.a = 255;
            for (const Color old : {before.brand.primary, before.brand.secondary, before.brand.accent,
                                    before.brand.background, before.brand.text})
                CHECK(opaque != old);
        });
        for_each_layer(after.layers, [&](Layer& layer) {
            if (const auto* text = std::get_if<TextContent>(&layer.content)) {
                CHECK(text->style.font_family != before.brand.heading_font);
                CHECK(text->style.font_family != before.brand.body_font);
            }
        });
    }
}

TEST_CASE("transparency stays, and foreign colours and fonts stay") {
    Design design;
    design.brand = strange_brand();
    Color faint = design.brand.accent;
    faint.a = 77;
    design.layers = {text_layer(Role::body, "Strange Body", faint),
                     text_layer(Role::body, "Comic", {200, 1, 1, 255})};
    Brand next = strange_brand();
    next.accent = {9, 9, 9, 255};
    next.body_font = "Inter";
    const Design dressed = dress(design, next);
    CHECK(std::get<SolidPaint>(style_of(dressed.layers[0]).fill).color == Color{9, 9, 9, 77});
    CHECK(style_of(dressed.layers[0]).font_family == "Inter");
    CHECK(dressed.layers[1] == design.layers[1]);
}

TEST_CASE("where a brand had one font for all, what is set large takes the new heading font") {
    Design design;
    design.brand = strange_brand();
    design.brand.heading_font = design.brand.body_font = "Open Sans";
    design.layers = {text_layer(Role::headline, "Open Sans", {}), text_layer(Role::body, "Open Sans", {})};
    const Design dressed = dress(design, strange_brand());
    CHECK(style_of(dressed.layers[0]).font_family == "Strange Heading");
    CHECK(style_of(dressed.layers[1]).font_family == "Strange Body");
}

TEST_CASE("the new logo takes the place of the old one and every place that is empty") {
    const auto logo_layer = [](Role role, std::optional<std::string> asset) {
        Layer layer;
        layer.role = role;
        ImageContent image;
        image.picture.asset_id = std::move(asset);
        layer.content = image;
        return layer;
    };
    Design design;
    design.brand = strange_brand();
    design.brand.logo_asset_id = "old";
    design.layers = {logo_layer(Role::decoration, "old"), logo_layer(Role::logo, std::nullopt),
                     logo_layer(Role::logo, "other"), logo_layer(Role::hero, std::nullopt)};
    Brand next = strange_brand();
    next.logo_asset_id = "new";
    CHECK(assets_shown(dress(design, next)) == std::vector<std::string>{"new", "other"});
    next.logo_asset_id.reset();
    CHECK(assets_shown(dress(design, next)) == std::vector<std::string>{"old", "other"});
}

TEST_CASE("assets are found in the background, in groups and in smart images, each once") {
    const auto image = [](const std::string& asset) {
        ImageContent content;
        content.picture.asset_id = asset;
        return content;
    };
    Design design;
    design.canvas.background.image = Picture{.asset_id = "ground"};
    Layer smart, inner, group;
    smart.content = SmartImageContent{image("smart"), {}};
    inner.content = image("inner");
    group.content = GroupContent{{inner, smart}};
    design.layers = {inner, group};
    CHECK(assets_shown(design) == std::vector<std::string>{"ground", "inner", "smart"});
}
