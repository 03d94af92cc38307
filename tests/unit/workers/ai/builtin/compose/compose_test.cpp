#include "workers/ai/builtin/compose/compose.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "common/design/model/boxes.hpp"
#include "common/design/model/walk.hpp"
#include "common/design/pipeline/validate.hpp"
#include "common/design/typeset/typeset.hpp"
#include "tests/unit/workers/ai/builtin/compose/briefs.hpp"
#include "workers/ai/builtin/compose/draft.hpp"
#include "workers/ai/builtin/compose/scheme.hpp"

namespace atelier::ai::builtin {
namespace {

struct Size {
    int width, height;
};
constexpr std::array kSizes{Size{1080, 1080}, Size{1080, 1920}, Size{1200, 628}, Size{728, 90},
                            Size{320, 50},    Size{160, 600},   Size{970, 250},  Size{300, 250},
                            Size{1280, 720},  Size{64, 384},    Size{64, 64},    Size{2480, 3508},
                            Size{8192, 1024}, Size{1500, 500}};

std::vector<Composed> composed(const Brief& brief, Size size, int variants = 4, std::uint64_t seed = 1,
                               std::optional<design::Brand> brand = {}) {
    auto got = compose({brief, std::move(brand), size.width, size.height, variants, seed, {}},
                       design::pango_measurer());
    REQUIRE(got.has_value());
    return std::move(*got);
}

const design::Layer* layer_of(const design::Design& design, design::Role role) {
    for (const design::Layer& layer : design.layers)
        if (layer.role == role) return &layer;
    return nullptr;
}

std::string written(const design::Layer& layer) {
    std::string out;
    for (const design::Run& run : std::get<design::TextContent>(layer.content).runs)
        out += run.text;
    return out;
}

TEST_CASE("every brief in every size gives valid designs, which validation leaves as they are") {
    const auto briefs = sample_briefs();
    for (std::size_t i = 0; i < kSizes.size(); ++i)
        for (std::size_t k = 0; k < briefs.size(); k += i < 3 ? 2 : 5) {
            const Brief& brief = briefs[(k + i) % briefs.size()];
            CAPTURE(brief.title);
            CAPTURE(kSizes[i].width);
            CAPTURE(kSizes[i].height);
            const auto designs = composed(brief, kSizes[i], 4, k);
            CHECK(designs.size() == 4);
            for (const Composed& one : designs) {
                CAPTURE(one.scheme);
                CHECK(one.design.canvas.width == kSizes[i].width);
                CHECK(one.design.canvas.height == kSizes[i].height);
                const json::Value document = design::to_json(one.design);
                const auto again = design::validate_document(document, design::pango_measurer());
                REQUIRE(again.has_value());
                CHECK(again->is_valid());
                CHECK(again->repairs.empty());
                CHECK(again->document == document);
            }
        }
}

TEST_CASE("equal requests give equal designs, other seeds others") {
    const Brief brief = sample_briefs()[1];
    const auto a = composed(brief, {1080, 1080}), b = composed(brief, {1080, 1080});
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i)
        CHECK(a[i].design == b[i].design);
    int different = 0;
    const auto c = composed(brief, {1080, 1080}, 4, 2);
    for (std::size_t i = 0; i < a.size(); ++i)
        different += a[i].design != c[i].design;
    CHECK(different >= 3);
}

TEST_CASE("variants differ in scheme, and in colour, type or words") {
    for (const Brief& brief : sample_briefs())
        for (const Size size : {Size{1080, 1080}, Size{1200, 628}}) {
            CAPTURE(brief.title);
            const auto designs = composed(brief, size, 8);
            REQUIRE(designs.size() == 8);
            std::set<std::string> schemes, looks;
            for (const Composed& one : designs) {
                schemes.insert(one.scheme);
                const auto* headline = layer_of(one.design, design::Role::headline);
                REQUIRE(headline);
                looks.insert(std::get<design::TextContent>(headline->content).style.font_family +
                             design::to_string(one.design.brand.background) + written(*headline));
            }
            CHECK(schemes.size() == 8);
            CHECK(looks.size() >= 5);
        }
}

TEST_CASE("the best comes first, and its rules are told") {
    const auto designs = composed(sample_briefs()[0], {1080, 1080}, 6);
    for (std::size_t i = 1; i < designs.size(); ++i)
        CHECK(designs[i - 1].score >= designs[i].score);
    for (const Composed& one : designs) {
        CHECK(one.score > 0.6);
        CHECK(one.score <= 1);
        for (const std::string_view rule : layout::kRules)
            CHECK(one.scores[std::string(rule)].is_number());
    }
}

TEST_CASE("every picture is a smart image whose recipe is whole") {
    for (const Brief& brief : sample_briefs())
        for (const Composed& one : composed(brief, {1080, 1080})) {
            int pictures = 0;
            design::Design design = one.design;
            design::for_each_layer(design.layers, [&](design::Layer& layer) {
                CHECK_FALSE(std::holds_alternative<design::ImageContent>(layer.content));
                const auto* smart = std::get_if<design::SmartImageContent>(&layer.content);
                if (!smart) return;
                ++pictures;
                CHECK_FALSE(smart->recipe.prompt.empty());
                CHECK(smart->recipe.seed);
                CHECK_FALSE(smart->recipe.context.adjacent_elements.empty());
                CHECK_FALSE(smart->recipe.context.brand_colors.empty());
                const bool is_cutout = smart->image.picture.fit == design::Fit::contain;
                CHECK((smart->recipe.prompt.find("transparent background") != std::string::npos) ==
                      is_cutout);
            });
            CAPTURE(one.scheme);
            CHECK(pictures >= 1);
            CHECK(pictures <= 3);
        }
}

TEST_CASE("words of different layers lie apart") {
    for (const Brief& brief : sample_briefs())
        for (const Composed& one : composed(brief, {1200, 628})) {
            std::vector<design::Box> boxes;
            for (const design::Layer& layer : one.design.layers)
                if (design::is_critical(layer.role) && layer.rotation == 0) boxes.push_back(layer.box);
            for (std::size_t i = 0; i < boxes.size(); ++i)
                for (std::size_t j = i + 1; j < boxes.size(); ++j) {
                    CAPTURE(one.scheme);
                    CHECK(design::clipped(boxes[i], boxes[j]).area() <
                          0.05 * std::min(boxes[i].area(), boxes[j].area()));
                }
        }
}

TEST_CASE("every scheme is reached, and there are at least twenty-four") {
    CHECK(layout::schemes().size() >= 24);
    std::set<std::string_view> drawn;
    const auto briefs = sample_briefs();
    for (const Size size : {Size{1080, 1080}, Size{1200, 628}, Size{728, 90}, Size{160, 600}})
        for (std::size_t i = 0; i < briefs.size(); i += 2) {
            const auto drafts = layout::draw_drafts({briefs[i], {}, size.width, size.height, 1, 1, {}},
                                                    design::pango_measurer());
            REQUIRE(drafts.has_value());
            for (const layout::Draft& draft : *drafts)
                drawn.insert(draft.scheme->name);
        }
    for (const layout::Scheme& scheme : layout::schemes()) {
        CAPTURE(scheme.name);
        CHECK(drawn.contains(scheme.name));
    }
}

TEST_CASE("a brand's logo, fonts and colours are used") {
    design::Brand brand{"Tavola",
                        {0xd9, 0x4f, 0x2b, 255},
                        {0xf7, 0xb2, 0x67, 255},
                        {0x1e, 0x5f, 0x55, 255},
                        {0xff, 0xe9, 0xd6, 255},
                        {0x2b, 0x1a, 0x12, 255},
                        "League Spartan",
                        "Inter",
                        "Friendly",
                        "logo-1"};
    for (const Composed& one : composed(sample_briefs()[5], {1080, 1080}, 4, 1, brand)) {
        CAPTURE(one.scheme);
        CHECK(one.design.brand == brand);
        const design::Layer* logo = layer_of(one.design, design::Role::logo);
        REQUIRE(logo);
        CHECK(std::get<design::ImageContent>(logo->content).picture.asset_id == "logo-1");
        const design::Layer* headline = layer_of(one.design, design::Role::headline);
        REQUIRE(headline);
        CHECK(std::get<design::TextContent>(headline->content).style.font_family == "League Spartan");
    }
}

TEST_CASE("languages that run from right to left are set to the right") {
    Brief brief = sample_briefs()[1];
    brief.language = "ar";
    brief.brand.clear();
    brief.copies = {{"", "ليلة جاز صيفية", "أمسية موسيقية في برلين", "", "احجز مقعدك", "", ""}};
    int to_the_left = 0;
    for (const Composed& one : composed(brief, {1080, 1080})) {
        const design::Layer* headline = layer_of(one.design, design::Role::headline);
        REQUIRE(headline);
        to_the_left += std::get<design::TextContent>(headline->content).align == design::Align::left;
    }
    CHECK(to_the_left <= 1);
}

TEST_CASE("long words, long copy and bare copy still make designs") {
    Brief brief = sample_briefs()[7];
    brief.copies = {{"", "Donaudampfschifffahrtsgesellschaft", "", "", "", "", ""},
                    {std::string(80, 'k'),
                     "A headline of many words that runs on for eighty characters and then it is over",
                     "A sentence that says a little more about the thing and goes on for quite a while "
                     "before it comes to an end, as some sentences do.",
                     "And another one that nobody will read to its end because it is so long. And another "
                     "one that nobody will read to its end because it is so long. And another one.",
                     "Find out everything about it right now", "Thirty characters of an offer!",
                     "Small print, which is as long as small print is: until 31 August, while stocks last, "
                     "at all our places and online."}};
    for (const Size size : {Size{1080, 1080}, Size{320, 50}, Size{160, 600}, Size{64, 64}})
        CHECK(composed(brief, size, 3).size() == 3);
}

TEST_CASE("what cannot be composed is refused") {
    const Brief brief = sample_briefs()[0];
    const auto error = [&](ComposeRequest request) {
        return compose(request, design::pango_measurer()).error().code;
    };
    CHECK(error({brief, {}, 8, 100}) == ErrorCode::validation_failed);
    CHECK(error({brief, {}, 100, 9000}) == ErrorCode::validation_failed);
    CHECK(error({brief, {}, 100, 100, 9}) == ErrorCode::validation_failed);
    async::StopSource stop;
    stop.request_stop();
    CHECK(error({brief, {}, 1080, 1080, 4, 1, stop.get_token()}) == ErrorCode::conflict);
}

}  // namespace
}  // namespace atelier::ai::builtin
