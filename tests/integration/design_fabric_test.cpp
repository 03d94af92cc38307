// The editor adapter against the real Fabric.js.

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "common/design/typeset/typeset.hpp"
#include "tests/support/fabric/alikeness.hpp"
#include "tests/support/fabric/editor.hpp"
#include "tests/unit/common/design/support/differences.hpp"
#include "tests/unit/common/design/support/examples.hpp"
#include "tests/unit/common/design/support/random_design.hpp"
#include "workers/adaptation/design/render.hpp"
#include "workers/imaging/start.hpp"

using namespace atelier;
using namespace atelier::design;

namespace {

/// ops/photos by their names, as the renderer wants them.
class Photographs final : public adaptation::design_render::PictureSource {
  public:
    Result<std::string> fetch(const Picture& picture) override {
        const std::filesystem::path path =
            ATELIER_SOURCE_DIR "/ops/photos/" + picture.asset_id.value_or("none") + ".jpg";
        if (!std::filesystem::exists(path)) return not_found("photograph");
        std::stringstream out;
        out << std::ifstream(path, std::ios::binary).rdbuf();
        return out.str();
    }
};

/// Kept for people when ATELIER_FABRIC_PICTURES names a folder.
void keep(const std::string& name, const std::string& png) {
    if (const char* folder = std::getenv("ATELIER_FABRIC_PICTURES"))
        std::ofstream(std::filesystem::path(folder) / name, std::ios::binary) << png;
}

/// Measured 0.4 to 1.5 and 0.98 to 0.998; centred Arabic of two lines 4.2 and 0.94.
constexpr double kMeanDistance = 6, kStructure = 0.9;

test::Alikeness alikeness(const Design& design, const std::string& fabric_png, const std::string& name) {
    Photographs photographs;
    const auto ours = adaptation::design_render::render(design, {}, photographs);
    REQUIRE(ours.has_value());
    keep(name + ".fabric.png", fabric_png);
    keep(name + ".ours.png", ours->bytes);
    const auto out = test::compare(ours->bytes, fabric_png);
    REQUIRE(out.has_value());
    return *out;
}

bool cannot_run() {
    static const bool has_node = test::has_node();
    if (!has_node) MESSAGE("skipped: there is no Node or no npm");
    return !has_node;
}

}  // namespace

TEST_CASE(
    "every example is loaded, painted and exported by Fabric, comes back as it was, and looks like ours") {
    if (cannot_run()) return;
    REQUIRE(imaging::init().has_value());
    std::vector<test::Sitting> sittings;
    for (const test::Example& sample : test::examples())
        sittings.push_back(
            {sample.name, to_fabric(*parse_design(sample.value), test::photographs(), pango_measurer()), {}});
    const auto saved = test::edit_in_fabric(sittings);
    for (const test::Example& sample : test::examples()) {
        CAPTURE(sample.name);
        const test::Saved& theirs = saved.at(sample.name);
        const auto back = from_fabric(theirs.canvas);
        REQUIRE(back.has_value());
        CHECK(test::first_difference(to_json(*back), sample.value) == "");

        const test::Alikeness alike = alikeness(*parse_design(sample.value), theirs.png, sample.name);
        MESSAGE(sample.name << ": mean distance " << alike.mean_distance << ", structure "
                            << alike.structure);
        CHECK(alike.mean_distance < kMeanDistance);
        CHECK(alike.structure > kStructure);
    }
}

TEST_CASE("any design comes back from Fabric as it was") {
    if (cannot_run()) return;
    REQUIRE(imaging::init().has_value());
    std::vector<test::Sitting> sittings;
    for (std::uint32_t seed = 0; seed < 60; ++seed)
        sittings.push_back({"random-" + std::to_string(seed),
                            to_fabric(test::random_design(seed), test::photographs()),
                            {}});
    const auto saved = test::edit_in_fabric(sittings);
    for (std::uint32_t seed = 0; seed < 60; ++seed) {
        CAPTURE(seed);
        const auto back = from_fabric(saved.at("random-" + std::to_string(seed)).canvas);
        REQUIRE(back.has_value());
        CHECK(test::first_difference(to_json(*back), to_json(test::random_design(seed))) == "");
    }
}

namespace {

json::Value call(const char* object, const char* method, json::Array arguments) {
    return json::Object{{"object", object}, {"call", method}, {"arguments", std::move(arguments)}};
}

/// The design that comes back after these edits. What Fabric shows of it and what we do must look alike.
Design edited(const json::Value& example, json::Array edits) {
    const auto saved = test::edit_in_fabric(
        {{"edited", to_fabric(*parse_design(example), test::photographs(), pango_measurer()),
          std::move(edits)}});
    const Design design = *from_fabric(saved.at("edited").canvas);
    const test::Alikeness alike = alikeness(design, saved.at("edited").png, "edited");
    CHECK(alike.mean_distance < kMeanDistance);
    CHECK(alike.structure > kStructure);
    return design;
}

const Layer& layer(const std::vector<Layer>& layers, const std::string& id) {
    for (const Layer& candidate : layers)
        if (candidate.id == id) return candidate;
    throw std::runtime_error("there is no layer " + id);
}
const std::vector<Layer>& layers_of(const Layer& group) {
    return std::get<GroupContent>(group.content).layers;
}
doctest::Approx close_to(double value) {
    return doctest::Approx(value).epsilon(1e-5);
}

}  // namespace

TEST_CASE(
    "what an editor's user does to places, sizes, colours and texts comes back, and nothing else changes") {
    if (cannot_run()) return;
    REQUIRE(imaging::init().has_value());
    const json::Value& banner = test::example("summer_sale_banner");
    const Design before = *parse_design(banner);
    const Design after =
        edited(banner, {call("headline", "set", {json::Object{{"left", 132}, {"top", 170}}}),
                        call("photo-ground", "set", {json::Object{{"fill", "#00ff80"}, {"opacity", 0.5}}}),
                        call("photo-ground", "scale", {0.5}), call("photo", "rotate", {30}),
                        call("kicker", "set", {json::Object{{"text", "Winter sale at Tavola"}}}),
                        call("kicker", "setSelectionStyles",
                             {json::Object{{"fill", "#ff0000"}, {"fontWeight", "bold"}}, 0, 6}),
                        call("button", "scale", {1.5}),
                        call("badge-note", "set", {json::Object{{"text", "all of it"}, {"fontSize", 20}}}),
                        json::Object{{"remove", "terms"}}});

    const Layer& headline = layer(after.layers, "headline");
    const Layer& headline_before = layer(before.layers, "headline");
    CHECK(headline.box.x == close_to(132));
    CHECK(headline.box.width == headline_before.box.width);
    CHECK(headline.box.height == headline_before.box.height);
    CHECK(headline.content == headline_before.content);

    const Layer& ground = layer(after.layers, "photo-ground");
    CHECK(ground.box.x == close_to(900 + 175));
    CHECK(ground.box.y == close_to(160));
    CHECK(ground.box.width == close_to(350));
    CHECK(ground.box.height == close_to(320));
    CHECK(ground.opacity == 0.5);
    CHECK(std::get<ShapeContent>(ground.content).fill == Paint(SolidPaint{{0, 255, 128}}));

    const Layer& photo = layer(after.layers, "photo");
    const Layer& photo_before = layer(before.layers, "photo");
    CHECK(photo.rotation == 30);
    CHECK(photo.box.x == close_to(photo_before.box.x));
    CHECK(photo.box.y == close_to(photo_before.box.y));
    CHECK(photo.content == photo_before.content);

    const auto& kicker = std::get<TextContent>(layer(after.layers, "kicker").content);
    REQUIRE(kicker.runs.size() == 2);
    CHECK(kicker.runs[0].text == "Winter");
    CHECK(kicker.runs[0].font_weight == 700);
    CHECK(kicker.runs[0].fill == std::optional<Paint>(SolidPaint{{255, 0, 0}}));
    CHECK(kicker.runs[1].text == " sale at Tavola");
    CHECK(!kicker.runs[1].fill);
    CHECK(kicker.style == std::get<TextContent>(layer(before.layers, "kicker").content).style);

    const Layer& button = layer(after.layers, "button");
    CHECK(button.box.width == close_to(420));
    CHECK(button.box.height == close_to(114));
    CHECK(button.box.x == close_to(96 - 70));
    const Layer& plate = layer(layers_of(button), "button-plate");
    CHECK(plate.box == Box{0, 0, 420, 114});
    CHECK(std::get<ShapeContent>(plate.content).outline.corner_radii[0] == close_to(57));
    const Layer& label = layer(layers_of(button), "button-label");
    CHECK(label.box == Box{30, 0, 360, 114});
    CHECK(std::get<TextContent>(label.content).style.font_size == close_to(42));

    const Layer& badge = layer(after.layers, "badge");
    CHECK(badge.box == layer(before.layers, "badge").box);
    CHECK(badge.rotation == 350);
    const auto& note = std::get<TextContent>(layer(layers_of(badge), "badge-note").content);
    CHECK(note.runs.size() == 1);
    CHECK(note.runs[0].text == "all of it");
    CHECK(note.style.font_size == 20);

    CHECK(after.layers.size() == before.layers.size() - 1);
    CHECK(after.isolated.empty());
    CHECK(after.meta == before.meta);
    CHECK(after.brand == before.brand);
    CHECK(after.canvas == before.canvas);
}

TEST_CASE("objects that an editor's user adds become layers, and what a design cannot say is kept aside") {
    if (cannot_run()) return;
    REQUIRE(imaging::init().has_value());
    const auto add = [](json::Object object) {
        return json::Value(json::Object{{"add", std::move(object)}});
    };
    const Design after =
        edited(test::example("quote_card"),
               {add({{"type", "Rect"},
                     {"left", 200},
                     {"top", 100},
                     {"width", 100},
                     {"height", 50},
                     {"rx", 8},
                     {"ry", 8},
                     {"angle", 15},
                     {"fill", "tomato"},
                     {"stroke", "#000"},
                     {"strokeWidth", 4}}),
                add({{"type", "Circle"},
                     {"left", 300},
                     {"top", 300},
                     {"radius", 40},
                     {"scaleX", 2},
                     {"fill", "rgba(0,0,0,0.5)"}}),
                add({{"type", "Triangle"},
                     {"left", 300},
                     {"top", 300},
                     {"width", 80},
                     {"height", 60},
                     {"fill", "#123456"}}),
                add({{"type", "Line"},
                     {"x1", 0},
                     {"y1", 0},
                     {"x2", 100},
                     {"y2", 100},
                     {"stroke", "#fe0000"},
                     {"strokeWidth", 6}}),
                add({{"type", "IText"},
                     {"text", "Hello"},
                     {"left", 500},
                     {"top", 500},
                     {"fontFamily", "Lato"},
                     {"fontSize", 50},
                     {"scaleX", 2},
                     {"scaleY", 2},
                     {"fill", "#00f"}}),
                add({{"type", "Path"},
                     {"path", "M 0 0 L 100 0 L 100 80 Z"},
                     {"left", 100},
                     {"top", 100},
                     {"fill", "#0f0"}}),
                add({{"type", "Path"},
                     {"path", "M 0 0 Q 50 80 100 0"},
                     {"left", 100},
                     {"top", 100},
                     {"fill", ""},
                     {"stroke", "#0f0"}}),
                add({{"type", "Group"},
                     {"left", 400},
                     {"top", 400},
                     {"width", 200},
                     {"height", 100},
                     {"objects", json::Array{json::Object{{"type", "Rect"},
                                                          {"left", -50},
                                                          {"top", 0},
                                                          {"width", 100},
                                                          {"height", 100},
                                                          {"strokeWidth", 0},
                                                          {"fill", "#aaa"}}}}})});
    const std::size_t before = parse_design(test::example("quote_card"))->layers.size();
    REQUIRE(after.layers.size() == before + 7);
    const Layer* added = &after.layers[before];

    CHECK(added[0].box == Box{150, 75, 100, 50});
    CHECK(added[0].rotation == 15);
    const auto& rectangle = std::get<ShapeContent>(added[0].content);
    CHECK(rectangle.outline.corner_radii == CornerRadii{8, 8, 8, 8});
    CHECK(rectangle.fill == Paint(SolidPaint{{0xff, 0x63, 0x47}}));
    CHECK(rectangle.stroke == std::optional<Stroke>({{0, 0, 0}, 4, 0}));

    CHECK(added[1].box == Box{220, 260, 160, 80});
    CHECK(std::get<ShapeContent>(added[1].content).outline.kind == ShapeKind::ellipse);
    CHECK(std::get<ShapeContent>(added[2].content).outline.points.size() == 3);

    CHECK(added[3].rotation == 45);
    CHECK(added[3].box.width == close_to(141.421));
    CHECK(added[3].box.height == 6);
    CHECK(added[3].box.middle().x == close_to(50));

    const auto& hello = std::get<TextContent>(added[4].content);
    CHECK(hello.runs[0].text == "Hello");
    CHECK(hello.style.font_size == 100);
    CHECK(hello.style.font_family == "Lato");
    CHECK(std::abs(added[4].box.middle().x - 500) < 20);
    CHECK(added[4].box.width > 200);

    CHECK(std::get<ShapeContent>(added[5].content).outline.kind == ShapeKind::polygon);
    CHECK(added[6].box == Box{300, 350, 200, 100});
    CHECK(layers_of(added[6])[0].box == Box{0, 0, 100, 100});

    REQUIRE(after.isolated.size() == 1);
    CHECK(after.isolated[0].layer["type"].as_string() == "Path");
    for (std::size_t i = before; i < after.layers.size(); ++i)
        CHECK(!after.layers[i].id.empty());
}
