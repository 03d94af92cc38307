#include "common/design/repair/repair.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "common/design/repair/color_names.hpp"
#include "common/design/repair/color_words.hpp"
#include "common/design/schema/check.hpp"
#include "common/json/pointer.hpp"
#include "tests/unit/common/design/support/examples.hpp"

using namespace atelier;
using namespace atelier::design;
using json::Value;

namespace {

Value repaired(std::string_view text) {
    auto parsed = json::parse(text);
    REQUIRE(parsed.has_value());
    Editor editor(*parsed);
    repair_design(editor);
    const auto errors = check_design(editor.document());
    if (!errors.empty()) FAIL(errors[0].pointer << " " << errors[0].message);
    Value applied = *parsed;
    REQUIRE(json::apply(applied, patch_of(editor.repairs())));
    CHECK(applied == editor.document());
    return editor.take_document();
}
/// The one layer of a design that holds nothing else.
Value layer(std::string_view text) {
    return repaired(std::string(R"({"canvas":{"width":1000,"height":800},"layers":[)") + std::string(text) +
                    "]}")["layers"]
        .at(0);
}

}  // namespace

TEST_CASE("nothing at all becomes an empty design") {
    for (const char* text :
         {"{}", "[]", "null", "7", "\"x\"", R"({"layers":7})", R"({"canvas":[],"meta":3,"brand":null})"})
        CHECK(repaired(text)["layers"].size() == 0);
}

TEST_CASE("the examples need no repair") {
    for (const test::Example& sample : test::examples()) {
        Editor editor(sample.value);
        repair_design(editor);
        CAPTURE(sample.name);
        CHECK(editor.repairs().empty());
    }
}

TEST_CASE("numbers are clamped, read from texts and turned into range") {
    const Value l = layer(
        R"({"type":"shape","x":"10%","y":"20px","width":300,"height":1e9,"opacity":80,"rotation":-90})");
    CHECK(l["x"] == Value(100));
    CHECK(l["y"] == Value(20));
    CHECK(l["height"] == Value(16384));
    CHECK(l["opacity"] == Value(0.8));
    CHECK(l["rotation"] == Value(270));
}

TEST_CASE("a text's least length counts characters, not bytes") {
    CHECK(repaired(R"({"meta":{"language":"\u65e5"}})")["meta"]["language"] == Value("en"));
}

TEST_CASE("a colour is read however it is written") {
    for (const char* text :
         {"red", "RED", "#f00", "#F00F", "#ff0000", "ff0000", "0xff0000", "rgb(255,0,0)", "rgb(255 0 0)",
          "rgb(100%, 0%, 0%)", "hsl(0, 100%, 50%)", "hsla(360deg 100% 50% / 1)"}) {
        CAPTURE(text);
        CHECK(read_any_color(std::string_view(text)) == Color{255, 0, 0});
    }
    CHECK(read_any_color(std::string_view("dark slate blue")) == Color{72, 61, 139});
    CHECK(read_any_color(std::string_view("rgba(1,2,3,.5)")) == Color{1, 2, 3, 128});
    CHECK(read_any_color(std::string_view("transparent")) == Color{0, 0, 0, 0});
    CHECK(read_any_color(*json::parse("[1,2,3]")) == Color{1, 2, 3});
    CHECK(read_any_color(*json::parse("[0.5,0,1.0]")) == Color{128, 0, 255});
    CHECK(read_any_color(*json::parse(R"({"r":1,"g":2,"b":3,"a":0.5})")) == Color{1, 2, 3, 128});
    for (const char* text : {"", "reddish", "#12345", "rgb(1,2)", "12"})
        CHECK(!read_any_color(std::string_view(text)));
    CHECK(std::is_sorted(kNamedColors.begin(), kNamedColors.end(),
                         [](const auto& a, const auto& b) { return a.name < b.name; }));
}

TEST_CASE("paints are read from colours, lists, CSS and other names") {
    const auto fill = [](std::string_view paint) {
        return json::write(layer(R"({"type":"shape","fill":)" + std::string(paint) + "}")["fill"]);
    };
    CHECK(fill(R"("gold")") == R"({"type":"solid","color":"#ffd700"})");
    CHECK(fill(R"({"color":"#FFF","opacity":0.5})") == R"({"type":"solid","color":"#ffffff80"})");
    CHECK(
        fill(R"~("linear-gradient(to right, #000, white 80%)")~") ==
        R"({"type":"linear","angle":0,"stops":[{"offset":0,"color":"#000000"},{"offset":0.8,"color":"#ffffff"}]})");
    CHECK(
        fill(R"(["#000000","#ffffff"])") ==
        R"({"type":"linear","stops":[{"offset":0,"color":"#000000"},{"offset":1,"color":"#ffffff"}],"angle":90})");
    CHECK(fill(R"({"type":"radialGradient","colors":["red","blue"]})").starts_with(R"({"type":"radial")"));
}

TEST_CASE("layers get one of the five types; what no renderer knows is kept aside") {
    CHECK(layer(R"({"type":"Headline","text":"Hi"})")["role"] == Value("headline"));
    CHECK(layer(R"({"type":"circle","radius":20})")["shape"] == Value("ellipse"));
    CHECK(layer(R"({"type":"circle","radius":20})")["width"] == Value(40));
    CHECK(layer(R"({"type":"triangle"})")["points"].size() == 3);
    CHECK(layer(R"({"content":"no type"})")["type"] == Value("text"));
    CHECK(layer(R"({"type":"image","prompt":"a cat"})")["type"] == Value("smart_image"));
    const Value design =
        repaired(R"({"layers":[{"type":"video","src":"a.mp4","camelCase":1},{"type":"text","text":"x"}]})");
    CHECK(design["layers"].size() == 1);
    CHECK(design["isolated"].at(0)["layer"]["src"] == Value("a.mp4"));
    CHECK(design["isolated"].at(0)["layer"].has("camelCase"));
}

TEST_CASE("what is kept aside never makes a document deeper than it may be") {
    for (const std::size_t levels : {28u, 29u, 30u}) {
        const std::string lists = std::string(levels - 1, '[') + std::string(levels - 1, ']');
        const Value design = repaired(R"({"layers":[{"type":"hologram","x":)" + lists + "}]}");
        CAPTURE(levels);
        CHECK(design.has("isolated") == (levels <= kMaxDocumentDepth - 3));
        CHECK_FALSE(is_nested_deeper(design, kMaxDocumentDepth));
    }
}

TEST_CASE("ids become unique and z_index follows the wish of the model") {
    const Value layers =
        repaired(R"({"layers":[{"type":"shape","id":"a","z_index":9},{"type":"shape","id":"a","z_index":-3},
        {"type":"group","id":"g","z_index":2,"layers":[{"type":"shape","id":"a"}]}]})")["layers"];
    CHECK(layers.at(0)["id"] == Value("a"));
    CHECK(layers.at(1)["layers"].at(0)["id"] == Value("a-2"));
    CHECK(layers.at(2)["id"] == Value("a-3"));
    for (std::size_t i = 0; i < layers.size(); ++i)
        CHECK(layers.at(i)["z_index"] == Value(i));
}

TEST_CASE("text in a picture's field or prompt becomes a text layer above the picture") {
    const Value layers = repaired(
        R"({"layers":[{"type":"image","src":"https://example.com/a.jpg","x":0,"y":0,"width":800,"height":600,
        "headline":"Grand opening","subtitle":"Saturday"},{"type":"shape"}]})")["layers"];
    REQUIRE(layers.size() == 4);
    CHECK(layers.at(1)["runs"].at(0)["text"] == Value("Grand opening"));
    CHECK(layers.at(1)["role"] == Value("headline"));
    CHECK(layers.at(2)["role"] == Value("subheadline"));
    const Value smart = repaired(
        R"({"layers":[{"type":"smart_image","prompt":"a shop window with the text \"Grand opening\" at dusk"}]})")
        ["layers"];
    REQUIRE(smart.size() == 2);
    CHECK(smart.at(1)["runs"].at(0)["text"] == Value("Grand opening"));
    CHECK(smart.at(0)["recipe"]["prompt"].as_string().find("Grand") == std::string::npos);
}

TEST_CASE("a design in Fabric's or CSS's words is understood") {
    const Value l = layer(
        R"({"type":"i-text","left":40,"top":50,"width":500,"height":90,"text":"Hello","fontFamily":"'Lato', serif",
        "fontSize":"48px","fontWeight":"bold","textAlign":"centre","color":"navy","lineHeight":"120%","zIndex":3,
        "textDecoration":"underline","fontStyle":"italic"})");
    CHECK(l["x"] == Value(40));
    CHECK(l["style"]["font_family"] == Value("Lato"));
    CHECK(l["style"]["font_size"] == Value(48));
    CHECK(l["style"]["font_weight"] == Value(700));
    CHECK(l["style"]["italic"] == Value(true));
    CHECK(l["style"]["underline"] == Value(true));
    CHECK(l["style"]["fill"]["color"] == Value("#000080"));
    CHECK(l["align"] == Value("center"));
    CHECK(l["line_height"] == Value(1.2));
}
