// What holds for every design and every instruction.

#include <doctest/doctest.h>

#include "common/design/model/walk.hpp"
#include "common/design/pipeline/validate.hpp"
#include "tests/unit/common/design/support/examples.hpp"
#include "tests/unit/workers/ai/builtin/instructions/support.hpp"

using namespace atelier;
using namespace atelier::design;
using namespace atelier::test;
using ai::builtin::follow;

namespace {

bool was_good(const Design& design) {
    const auto validated = validate_document(to_json(design));
    return validated && validated->repairs.empty() && validated->is_valid();
}

/// A small generator of its own: equal on every machine.
std::uint32_t next(std::uint32_t& state) {
    state = state * 1664525u + 1013904223u;
    return state >> 8;
}

}  // namespace

TEST_CASE("the forms leave the other examples valid too, or refuse with a reason") {
    const auto forms = documented_forms();
    std::size_t turn = 0;  // each form on every third example, each example by every third form
    for (const Example& example : examples()) {
        const Design before = parse_design(example.value).value();
        ++turn;
        for (std::size_t i = turn % 3; i < forms.size(); i += 3) {
            const DocumentedForm& row = forms[i];
            CAPTURE(example.name);
            CAPTURE(row.instruction);
            const auto followed = follow(before, row.instruction, strange_kit(), estimated_measurer());
            if (!followed) {
                CHECK(followed.error().code == ErrorCode::validation_failed);
                continue;
            }
            json::Value document = to_json(before);
            REQUIRE(json::apply(document, followed->patch).has_value());
            const auto validated = validate_document(document);
            REQUIRE(validated.has_value());
            CHECK(validated->repairs.empty());
            CHECK((validated->is_valid() || !was_good(before)));
        }
    }
}

TEST_CASE("locked layers stay as they are, to the last digit, and the summary says so") {
    for (const char* name : {"summer_sale_banner", "gallery_opening"}) {
        Design before = example_design(name);
        std::size_t index = 0;
        for_each_layer(before.layers, [&](Layer& layer) { layer.locked = index++ % 3 == 0; });
        for (const DocumentedForm& row : documented_forms()) {
            if (row.instruction.starts_with("lock")) continue;
            CAPTURE(name);
            CAPTURE(row.instruction);
            const auto followed = follow(before, row.instruction, strange_kit(), estimated_measurer());
            if (!followed) continue;
            json::Value document = to_json(before);
            REQUIRE(json::apply(document, followed->patch).has_value());
            const Design after = parse_design(document).value();
            for_each_layer(before.layers, [&](Layer& layer) {
                if (layer.locked) CHECK(layer_of(after, layer.id) == layer);
            });
        }
    }
    Design design = example_design("summer_sale_banner");
    for_each_layer(design.layers, [](Layer& layer) { layer.locked = layer.id == "headline"; });
    const Edited after = edited(design, "make the headline bigger");
    CHECK(after.followed.patch.empty());
    CHECK(after.said == "“Headline” is locked and stays as it is.");
}

TEST_CASE("what no form fits is refused at /instruction, by the rule understood, saying what can be asked") {
    const Design design = example_design("summer_sale_banner");
    for (const char* nonsense :
         {"asdf qwer", "make it", "the", "what is the weather like", "42", "\"\"", "...", ""}) {
        CAPTURE(nonsense);
        const auto refused = follow(design, nonsense, std::nullopt, estimated_measurer());
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == ErrorCode::validation_failed);
        REQUIRE(refused.error().details.size() == 1);
        CHECK(refused.error().details[0].pointer == "/instruction");
        CHECK(refused.error().details[0].rule == "understood");
        CHECK(refused.error().details[0].message.find("make the headline bigger") != std::string::npos);
    }
}

TEST_CASE("a clause that is not understood is named as it was written, and the others are followed") {
    const Edited after =
        edited("summer_sale_banner", "Make the headline blue, then Frobnicate the Button. Hide the badge!");
    CHECK(after.followed.not_understood == std::vector<std::string>{"Frobnicate the Button"});
    CHECK(fill_of(after.design, "headline") == Color{0x1f, 0x5f, 0xd0, 255});
    CHECK_FALSE(layer_of(after.design, "badge").visible);
}

TEST_CASE("random bytes and random words do no harm") {
    const Design design = example_design("summer_sale_banner");
    const std::vector<std::string> words{"make", "the",    "headline", "bigger", "and",  ",",  "to",
                                         "\"",   "button", "red",      "move",   "left", "of", "all",
                                         "20%",  "except", "'s",       "change", "text", "in", "with",
                                         "at",   "from",   "#ff0",     "below",  "it",   "“"};
    std::uint32_t state = 7;
    for (int round = 0; round < 60; ++round) {
        std::string text;
        if (round % 2) {
            for (int i = 0; i < 60; ++i)
                text += words[next(state) % words.size()] + " ";
        } else {
            for (int i = 0; i < 2000; ++i)
                text += char(next(state) & 255);
        }
        const auto followed = follow(design, text, strange_kit(), estimated_measurer());
        if (!followed) continue;
        json::Value document = to_json(design);
        REQUIRE(json::apply(document, followed->patch).has_value());
        CHECK(validate_document(document)->repairs.empty());
        CHECK(json::parse(json::write(document)).has_value());
    }
    const std::string many(2000, ',');
    CHECK_FALSE(follow(design, many, std::nullopt, estimated_measurer()).has_value());
    std::string chain;
    while (chain.size() < 1900)
        chain += "make the headline and the button and ";
    follow(design, chain, std::nullopt, estimated_measurer());
}

TEST_CASE("an instruction of more than 4,000 bytes is too long") {
    const auto refused =
        follow(example_design("quote_card"), std::string(4001, 'a'), std::nullopt, estimated_measurer());
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().details[0].rule == "maxLength");
}
