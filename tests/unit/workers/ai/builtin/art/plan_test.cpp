#include "workers/ai/builtin/art/plan.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

#include "workers/ai/builtin/subjects/words.hpp"

namespace atelier::ai::builtin::art {
namespace {

Plan plan_of(std::string prompt, bool transparent = false) {
    ArtRequest request;
    request.prompt = std::move(prompt);
    request.transparent = transparent;
    request.seed = 7;
    return make_plan(request);
}

bool resembles(Oklch color, std::uint8_t r, std::uint8_t g, std::uint8_t b) {
    const Oklab p = to_oklab(color), q = to_oklab(design::Color{r, g, b});
    return std::hypot(p.l - q.l, p.a - q.a, p.b - q.b) < 0.02F;
}

}  // namespace

TEST_CASE("every word of every technique reaches it") {
    for (const Technique& technique : techniques())
        for (const std::string_view word : split(technique.words, '|')) {
            CAPTURE(word);
            const Plan plan = plan_of(std::string(word) + ", #1a0f2e #d4a537, calm on the left");
            CHECK(plan.technique->name == technique.name);
            CHECK(plan.is_named);
            CHECK(plan.subjects.empty());
        }
}

TEST_CASE("without a technique's name, occasion and style choose a fitting one") {
    CHECK(plan_of("backdrop for a wedding invitation").technique->name == "botanical");
    CHECK(plan_of("texture for a birthday party").technique->name == "celebration");
    ArtRequest request;
    request.prompt = "background";
    request.context.style_keywords = {"swiss"};
    CHECK(make_plan(request).technique->name == "geometric");
    std::set<std::string_view> by_chance;
    for (request.seed = 0; request.seed < 60; ++request.seed) {
        request.context.style_keywords = {};
        by_chance.insert(make_plan(request).technique->name);
    }
    CHECK(by_chance.size() > 8);
}

TEST_CASE("colours come from the prompt, else from the brand, else from the occasion") {
    const Plan told = plan_of("bokeh lights, #1a0f2e #d4a537, calm on the left");
    CHECK(resembles(told.palette.ground, 0x1a, 0x0f, 0x2e));
    CHECK(resembles(told.palette.accents.at(0), 0xd4, 0xa5, 0x37));
    CHECK(told.palette.is_dark);
    CHECK(told.has_told_colors);

    ArtRequest request;
    request.prompt = "gradient mesh";
    request.context.brand_colors = {{0x14, 0x23, 0x4b}, {0xf2, 0xb6, 0x32}};
    const Plan brand = make_plan(request);
    CHECK((resembles(brand.palette.ground, 0x14, 0x23, 0x4b) ||
           resembles(brand.palette.ground, 0xf2, 0xb6, 0x32)));

    const Plan christmas = plan_of("gradient mesh for christmas");
    CHECK(hue_distance(christmas.palette.ground.hue, 165) < 30);
    CHECK_FALSE(christmas.has_told_colors);
}

TEST_CASE("one colour for premium dark makes a near-black ground and keeps the colour as accent") {
    const Plan plan = plan_of("headphones, premium dark with gold");
    CHECK(plan.palette.ground.l < 0.25F);
    CHECK(plan.palette.ground.chroma < 0.04F);
    CHECK(hue_distance(plan.palette.accents.at(0).hue, 85) < 12);
    CHECK(plan.treatment == Treatment::glow);
}

TEST_CASE("the calm side is read from the prompt, else from the hints") {
    CHECK(plan_of("bokeh, calm on the left").calm == Side::left);
    CHECK(plan_of("bokeh, calm at the top").calm == Side::top);
    CHECK(plan_of("bokeh with copy space on the right").calm == Side::right);
    CHECK(plan_of("bokeh, room for text at the bottom").calm == Side::bottom);
    CHECK(plan_of("bokeh, quiet in the middle").calm == Side::middle);
    CHECK(plan_of("bokeh, calm at the edges").calm == Side::edges);
    CHECK(plan_of("bokeh, the moon on the left").calm == Side::none);
    ArtRequest request;
    request.prompt = "bokeh";
    request.context.composition_hints = "Keep it calm on the right.";
    CHECK(make_plan(request).calm == Side::right);
    request.prompt = "bokeh, calm on the left";
    CHECK(make_plan(request).calm == Side::left);
}

TEST_CASE("calmness is whole on its side and nothing on the other") {
    const Plan left = plan_of("bokeh, calm on the left");
    CHECK(left.calmness(0.1F, 0.5F) == 1);
    CHECK(left.calmness(0.9F, 0.5F) == 0);
    const Plan middle = plan_of("bokeh, calm in the middle");
    CHECK(middle.calmness(0.5F, 0.5F) == 1);
    CHECK(middle.calmness(0.02F, 0.02F) == 0);
    const Plan edges = plan_of("bokeh, calm at the edges");
    CHECK(edges.calmness(0.5F, 0.5F) == 0);
    CHECK(edges.calmness(0, 0) == 1);
}

TEST_CASE("a cut-out's own colour is the first colourful one that is told") {
    for (const char* prompt :
         {"sneakers, colours #d0202e, #f9cc0d, #361715, #b8001f, on a transparent background",
          "sneakers, #0e0e10 #d0202e, on a transparent background"}) {
        const Plan plan = plan_of(prompt, true);
        CHECK(resembles(plan.palette.accents.at(0), 0xd0, 0x20, 0x2e));
    }
}

TEST_CASE("a thing beside a technique is shown, a technique's own words are no things") {
    const Plan beside = plan_of("headphones, light rays behind, colours #121014, #d4a537");
    CHECK(beside.technique->name == "rays");
    CHECK(beside.subjects == std::vector<std::string>{"headphone"});
    CHECK_FALSE(beside.is_pattern);
    CHECK(plan_of("headphones, geometric pattern behind").is_pattern == false);
    CHECK(plan_of("kids coding camp, paper cut behind").subjects == std::vector<std::string>{"robot"});
    CHECK(plan_of("paper cut for a kids coding camp").subjects.empty());
    CHECK(plan_of("snow, stars").subjects.empty());
    CHECK(plan_of("bokeh lights, orange and peach").subjects.empty());
    CHECK(plan_of("orange, on a transparent background", true).subjects ==
          std::vector<std::string>{"tangerine"});
}

TEST_CASE("patterns of things are told from patterned techniques") {
    const Plan lamps = plan_of("pattern of oil lamps and flowers, #1f0f33 #d9a53a");
    CHECK(lamps.is_pattern);
    CHECK(lamps.subjects == std::vector<std::string>{"diya-lamp", "bouquet"});
    CHECK_FALSE(plan_of("botanical pattern").is_pattern);
    CHECK_FALSE(plan_of("geometric pattern").is_pattern);
}

}  // namespace atelier::ai::builtin::art
