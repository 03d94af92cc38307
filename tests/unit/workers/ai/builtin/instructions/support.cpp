#include "tests/unit/workers/ai/builtin/instructions/support.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <regex>

#include "common/design/model/walk.hpp"
#include "common/design/pipeline/validate.hpp"
#include "tests/unit/common/design/support/examples.hpp"

namespace atelier::test {

using namespace design;

Design example_design(const std::string& name) {
    return parse_design(example(name)).value();
}

Brand strange_kit() {
    Brand brand;
    brand.name = "Strange";
    brand.primary = {20, 90, 70, 255};
    brand.secondary = {200, 210, 220, 255};
    brand.accent = {190, 40, 110, 255};
    brand.background = {250, 248, 240, 255};
    brand.text = {24, 26, 30, 255};
    brand.heading_font = "Lato";
    brand.body_font = "Open Sans";
    brand.logo_asset_id = "strange-logo";
    return brand;
}

Edited edited(const Design& design, std::string_view instruction) {
    auto followed = ai::builtin::follow(design, instruction, strange_kit(), estimated_measurer());
    REQUIRE_MESSAGE(followed.has_value(), std::string(instruction));
    json::Value document = to_json(design);
    REQUIRE(json::apply(document, followed->patch).has_value());
    auto validated = validate_document(document);
    REQUIRE(validated.has_value());
    CHECK(validated->repairs.empty());
    CHECK(validated->is_valid());
    Edited out{validated->design, std::move(*followed), {}};
    for (const std::string& sentence : out.followed.summary)
        out.said += (out.said.empty() ? "" : " ") + sentence;
    return out;
}

Edited edited(const std::string& example, std::string_view instruction) {
    return edited(example_design(example), instruction);
}

const Layer* find_layer(const Design& design, std::string_view id) {
    const Layer* found = nullptr;
    for_each_layer(const_cast<Design&>(design).layers, [&](Layer& layer) {
        if (layer.id == id) found = &layer;
    });
    return found;
}

const Layer& layer_of(const Design& design, std::string_view id) {
    const Layer* layer = find_layer(design, id);
    REQUIRE_MESSAGE(layer != nullptr, std::string(id));
    return *layer;
}

const TextContent& text_in(const Design& design, std::string_view id) {
    return std::get<TextContent>(layer_of(design, id).content);
}

Color fill_of(const Design& design, std::string_view id) {
    const Layer& layer = layer_of(design, id);
    const auto* shape = std::get_if<ShapeContent>(&layer.content);
    return std::get<SolidPaint>(shape ? shape->fill : text_in(design, id).style.fill).color;
}

std::string words_in(const Design& design, std::string_view id) {
    std::string out;
    for (const Run& run : text_in(design, id).runs)
        out += run.text;
    return out;
}

std::size_t count_of(const Design& design) {
    std::size_t count = 0;
    for_each_layer(const_cast<Design&>(design).layers, [&](Layer&) { ++count; });
    return count;
}

std::vector<DocumentedForm> documented_forms() {
    std::ifstream file(std::string(ATELIER_SOURCE_DIR) + "/workers/ai/builtin/instructions/README.md");
    REQUIRE(file.is_open());
    const std::regex row(R"(\| (.*) \| `(.*)` \| (\w+) \|)");
    std::vector<DocumentedForm> out;
    std::smatch parts;
    for (std::string line; std::getline(file, line);)
        if (std::regex_match(line, parts, row)) out.push_back({parts[1], parts[2], parts[3]});
    return out;
}

}  // namespace atelier::test
