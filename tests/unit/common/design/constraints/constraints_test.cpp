#include "common/design/constraints/constraints.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "common/design/constraints/context.hpp"
#include "common/design/constraints/scene.hpp"
#include "common/design/model/read.hpp"
#include "common/design/pipeline/validate.hpp"
#include "common/design/schema/check.hpp"

using namespace atelier;
using namespace atelier::design;

namespace {

Layer text(std::string id, Role role, Box box, double size, Color color = {0, 0, 0}) {
    Layer out;
    out.id = std::move(id);
    out.role = role;
    out.box = box;
    TextContent content;
    content.runs.push_back({"Some words", {}, {}, {}, {}, {}, {}, {}, {}});
    content.style.font_family = "Open Sans";
    content.style.font_size = size;
    content.style.fill = SolidPaint{color};
    out.content = content;
    return out;
}
Layer plate(std::string id, Box box, Paint fill, ShapeKind kind = ShapeKind::rectangle) {
    Layer out;
    out.id = std::move(id);
    out.box = box;
    out.content = ShapeContent{{kind, {}, {}}, fill, {}};
    return out;
}
Design design_of(std::vector<Layer> layers) {
    Design out;
    out.meta = {"Opening night", "", "poster", "en", {}};
    out.canvas = {1000, 1000, {SolidPaint{{255, 255, 255}}, {}}};
    out.brand.heading_font = out.brand.body_font = "Open Sans";
    out.layers = std::move(layers);
    return out;
}

struct Outcome {
    Design design;
    std::vector<Finding> findings;
    std::vector<Repair> repairs;
    bool did(std::string_view rule) const {
        for (const Repair& repair : repairs)
            if (repair.rule == rule) return true;
        return false;
    }
    bool found(std::string_view rule) const {
        for (const Finding& finding : findings)
            if (finding.rule == rule) return true;
        return false;
    }
};
Outcome constrained(const Design& design) {
    REQUIRE(check_design(to_json(design)).empty());
    Editor editor(to_json(design));
    auto findings = constrain_design(editor, estimated_measurer());
    REQUIRE(check_design(editor.document()).empty());
    Editor again(editor.document());
    CHECK(constrain_design(again, estimated_measurer()) == findings);
    CHECK(again.repairs().empty());
    return {read_valid(editor.document()), std::move(findings), editor.repairs()};
}

const Box kTop{100, 100, 800, 120};

}  // namespace

TEST_CASE("a good design is left alone") {
    const Outcome outcome = constrained(
        design_of({text("h", Role::headline, kTop, 80), text("b", Role::body, {100, 300, 800, 60}, 30)}));
    CHECK(outcome.repairs.empty());
    CHECK(outcome.findings.empty());
}

TEST_CASE("without a headline the largest text becomes it, and the title where there is no text") {
    const Outcome promoted = constrained(
        design_of({text("b", Role::body, kTop, 30), text("c", Role::subheadline, {100, 300, 800, 90}, 60)}));
    CHECK(promoted.design.layers[1].role == Role::headline);
    const Outcome titled = constrained(design_of({plate("p", kTop, SolidPaint{{1, 2, 3}})}));
    REQUIRE(titled.design.layers.size() == 2);
    CHECK(std::get<TextContent>(titled.design.layers[1].content).runs[0].text == "Opening night");
    Design untitled = design_of({});
    untitled.meta.title = "Untitled";
    CHECK(constrained(untitled).found("headline"));
}

TEST_CASE("a box grows into free room, letters shrink where there is none") {
    const Outcome grown = constrained(design_of({text("h", Role::headline, {100, 100, 800, 80}, 80)}));
    CHECK(grown.design.layers[0].box.height == 96);
    const Outcome shrunk = constrained(design_of({text("h", Role::headline, {100, 100, 800, 80}, 80),
                                                  text("b", Role::body, {100, 182, 800, 60}, 30)}));
    CHECK(shrunk.design.layers[0].box.height == 80);
    CHECK(std::get<TextContent>(shrunk.design.layers[0].content).style.font_size < 80);
}

TEST_CASE("a text beyond the canvas is moved in, one in a turned group is reported") {
    const Outcome moved = constrained(design_of({text("h", Role::headline, {900, -30, 500, 120}, 80)}));
    const Box box = moved.design.layers[0].box;
    CHECK(moved.did("bounds"));
    CHECK(box.y == 0);
    CHECK(box.x < 600);
    Layer group = plate("g", {900, 900, 300, 300}, SolidPaint{});
    group.rotation = 30;
    group.content = GroupContent{{text("t", Role::body, {100, 100, 200, 60}, 30)}};
    CHECK(constrained(design_of({text("h", Role::headline, kTop, 80), group})).found("bounds"));
}

TEST_CASE("of two critical texts that overlap the lesser steps aside, with its plate") {
    const Outcome outcome = constrained(design_of(
        {text("h", Role::headline, kTop, 80), plate("p", {100, 140, 300, 60}, SolidPaint{{240, 240, 240}}),
         text("c", Role::cta, {120, 150, 260, 40}, 30)}));
    CHECK(outcome.did("overlap"));
    CHECK(outcome.findings.empty());
    CHECK(outcome.design.layers[0].box == kTop);
    const Box before{120, 150, 260, 40}, after = outcome.design.layers[2].box,
                                         plate_box = outcome.design.layers[1].box;
    CHECK(after.y != before.y);
    CHECK(plate_box.y - 140 == doctest::Approx(after.y - 150));
}

TEST_CASE("a text is given the contrast that its size needs, keeping as much of its colour as it can") {
    const auto color_of = [](const Outcome& o, std::size_t i) {
        return std::get<SolidPaint>(std::get<TextContent>(o.design.layers[i].content).style.fill).color;
    };
    const Outcome outcome =
        constrained(design_of({text("h", Role::headline, kTop, 80, {255, 235, 150}),
                               text("b", Role::body, {100, 300, 800, 60}, 20, {150, 150, 255})}));
    CHECK(contrast(color_of(outcome, 0), {255, 255, 255}) >= 3);
    CHECK(contrast(color_of(outcome, 1), {255, 255, 255}) >= 4.5);
    CHECK(color_of(outcome, 0).r > color_of(outcome, 0).b);
    // 3.5 to 1 is enough for large letters and not for small ones.
    const Color grey{135, 135, 135};
    const Outcome sizes = constrained(design_of(
        {text("h", Role::headline, kTop, 80, grey), text("b", Role::body, {100, 300, 800, 60}, 20, grey)}));
    CHECK(color_of(sizes, 0) == grey);
    CHECK(!(color_of(sizes, 1) == grey));
}

TEST_CASE("contrast is judged against gradients, ellipses and translucent plates, not against pictures") {
    const LinearPaint fade{0, {{0, {0, 0, 0}}, {1, {255, 255, 255}}}};
    const Outcome torn =
        constrained(design_of({plate("p", {0, 0, 1000, 300}, fade),
                               text("h", Role::headline, {10, 100, 980, 200}, 150, {128, 128, 128})}));
    CHECK(torn.found("contrast"));
    Layer photo = plate("photo", {0, 0, 1000, 1000}, SolidPaint{});
    photo.content = ImageContent{};
    const Outcome open =
        constrained(design_of({photo, text("h", Role::headline, kTop, 80, {255, 255, 255})}));
    REQUIRE(open.findings.size() == 1);
    CHECK(!open.findings[0].is_error);
    const Outcome scrim =
        constrained(design_of({photo, plate("s", {0, 0, 1000, 400}, SolidPaint{{0, 0, 0, 200}}),
                               text("h", Role::headline, kTop, 80, {255, 255, 255})}));
    CHECK(scrim.findings.empty());
}

TEST_CASE("a recipe without context gets one that tells of the design") {
    Layer smart = plate("s", {0, 500, 500, 500}, SolidPaint{});
    SmartImageContent content;
    content.recipe.prompt = "a lamp";
    smart.content = content;
    const Outcome outcome = constrained(design_of({smart, text("h", Role::headline, kTop, 80)}));
    const HolisticContext& context =
        std::get<SmartImageContent>(outcome.design.layers[0].content).recipe.context;
    CHECK(context.design_purpose == "Opening night, poster");
    CHECK(context.adjacent_elements[0] == "black headline \"Some words\"");
    CHECK(context.composition_hints.find("lower left") != std::string::npos);
    CHECK(!context.brand_colors.empty());
    CHECK(context == build_context(outcome.design, "s"));
}

TEST_CASE("turned layers and layers in groups lie where they are painted") {
    Layer inner = plate("i", {10, 0, 20, 10}, SolidPaint{});
    Layer group = plate("g", {100, 100, 100, 100}, SolidPaint{});
    group.rotation = 90;
    group.content = GroupContent{{inner}};
    const Design design = design_of({group});
    const std::vector<Item> items = flatten(design);
    REQUIRE(items.size() == 2);
    const Box box = bounds_of(items[1].quad({0, 0, 20, 10}));
    CHECK(box.x == doctest::Approx(190));
    CHECK(box.y == doctest::Approx(110));
    CHECK(box.width == doctest::Approx(10));
    CHECK(box.height == doctest::Approx(20));
    const Point back = items[1].to_canvas.unapply(items[1].to_canvas.apply({3, 4}));
    CHECK(back.x == doctest::Approx(3));
    CHECK(back.y == doctest::Approx(4));
}
