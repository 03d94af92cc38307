#include "tests/unit/workers/imaging/picture.hpp"
#include "workers/adaptation/text_layout/compose.hpp"
#include "workers/adaptation/text_layout/legibility.hpp"

namespace atelier::adaptation {
using namespace imaging::testing;

namespace {

const Texts kTexts{"Wake up slowly", "Freshly roasted, brewed by hand",
                   "Every morning from seven in the old harbour."};

json::Value parsed(std::string_view text) {
    auto value = json::parse(text);
    REQUIRE(value.has_value());
    return *value;
}

bool names(const Error& error, std::string_view pointer) {
    return std::any_of(error.details.begin(), error.details.end(),
                       [&](auto& d) { return d.pointer == pointer; });
}

}  // namespace

TEST_CASE("text reads on every picture: the contrast measured behind it is at least 4.5") {
    const imaging::Image grounds[] = {flat(800, 800, imaging::kWhite), flat(800, 800, {128, 128, 128}),
                                      busy(800, 800), flat(800, 800, {250, 220, 40})};
    for (const imaging::Image& ground : grounds)
        for (const ScrimUse scrim : {ScrimUse::automatic, ScrimUse::always, ScrimUse::never})
            for (const auto& color :
                 {std::optional<imaging::Color>(), std::optional(imaging::Color{230, 60, 60})}) {
                TextStyleSet set = default_text_style_set();
                set.scrim = scrim;
                set.title.color = color;
                auto composed = compose_texts(ground, kTexts, set, {800, 800, {}, {}});
                REQUIRE(composed.has_value());
                CHECK(composed->report.placed.size() == 3);
                for (const PlacedText& t : composed->report.placed)
                    CHECK(t.contrast >= kMinimumContrast);
            }
}

TEST_CASE("white text on a dark picture needs neither scrim nor another colour") {
    auto composed =
        compose_texts(flat(600, 600, {20, 25, 40}), kTexts, default_text_style_set(), {600, 600, {}, {}});
    REQUIRE(composed.has_value());
    CHECK(composed->report.scrim_opacity == 0);
    CHECK(composed->report.placed[0].color == imaging::kWhite);
}

TEST_CASE("text keeps off faces wherever they are, and blocks off each other") {
    for (const Box& face : {Box{350, 500, 300, 300}, Box{50, 600, 300, 350}, Box{300, 80, 400, 400}})
        for (const TextPlacement placement :
             {TextPlacement::automatic, TextPlacement::bottom, TextPlacement::top, TextPlacement::center}) {
            TextStyleSet set = default_text_style_set();
            set.placement = placement;
            const Typeset out = typeset(kTexts, set, {1000, 1000, {{face, true, 0}}, {}});
            REQUIRE_FALSE(out.groups.empty());
            std::vector<Box> inks;
            for (const Group& g : out.groups)
                for (const Block& b : g.blocks)
                    inks.push_back(b.ink);
            for (std::size_t i = 0; i < inks.size(); ++i) {
                CHECK(intersection(inks[i], face).area() == 0);
                CHECK(inks[i].x >= 0);
                CHECK(inks[i].right() <= 1000);
                CHECK(inks[i].bottom() <= 1000);
                for (std::size_t k = 0; k < i; ++k)
                    CHECK(intersection(inks[i], inks[k]).area() == 0);
            }
        }
}

TEST_CASE("a tiny banner drops content, then the subtitle, rather than print what nobody can read") {
    const Typeset banner = typeset(kTexts, default_text_style_set(), {320, 50, {}, {}});
    REQUIRE(banner.groups.size() == 1);
    CHECK(std::find(banner.dropped.begin(), banner.dropped.end(), Role::content) != banner.dropped.end());
    for (const Block& b : banner.groups[0].blocks)
        CHECK(b.fitted.style.size_px >= kReadablePx);
    const Typeset sliver = typeset(kTexts, default_text_style_set(), {60, 8, {}, {}});
    CHECK(sliver.groups.empty());
    CHECK(sliver.dropped == std::vector{Role::title, Role::subtitle, Role::content});
}

TEST_CASE("blocks may have places of their own") {
    TextStyleSet set = default_text_style_set();
    set.title.placement = TextPlacement::top;
    set.content.placement = TextPlacement::bottom;
    set.subtitle.placement = TextPlacement::bottom;
    const Typeset out = typeset(kTexts, set, {1080, 1350, {}, {}});
    REQUIRE(out.groups.size() == 2);
    CHECK(out.groups[0].blocks[0].ink.bottom() < 700);
    CHECK(out.groups[1].blocks[0].ink.y > 650);
}

TEST_CASE("empty ground beside an extended picture is where text goes first") {
    const Typeset out = typeset(kTexts, default_text_style_set(), {970, 250, {}, {{0, 0, 500, 250}}});
    REQUIRE(out.groups.size() == 1);
    CHECK(out.groups[0].is_on_ground);
    for (const Block& b : out.groups[0].blocks)
        CHECK(b.ink.right() <= 500);
}

TEST_CASE("an unknown font is replaced and reported") {
    TextStyleSet set = default_text_style_set();
    set.title.font_family = "No Such Family";
    const Typeset out = typeset(kTexts, set, {800, 800, {}, {}});
    REQUIRE(out.warnings.size() == 1);
    CHECK(out.warnings[0].find("No Such Family") != std::string::npos);
}

TEST_CASE("a style set survives writing and reading") {
    TextStyleSet set = default_text_style_set();
    set.title.color = imaging::Color{1, 2, 3};
    set.title.align = imaging::Align::right;
    set.placement = TextPlacement::left;
    set.scrim = ScrimUse::never;
    auto again = parse_text_style_set(to_json(set));
    REQUIRE(again.has_value());
    CHECK(to_json(*again) == to_json(set));
}

TEST_CASE("every wrong field of a style set is named") {
    auto set = parse_text_style_set(
        parsed(R"({"title":{"size_min":0.5,"size_max":0.1,"weight":1000,"color":"red","oops":1},
        "subtitle":7,"placement":"nowhere","scrim":true,"content":{"shadow":{"blur":9},"align":"justify"}})"));
    REQUIRE_FALSE(set.has_value());
    CHECK(set.error().code == ErrorCode::validation_failed);
    for (const char* pointer :
         {"/title/size_min", "/title/weight", "/title/color", "/title/oops", "/subtitle", "/placement",
          "/scrim", "/content/shadow/blur", "/content/align"}) {
        CAPTURE(pointer);
        CHECK(names(set.error(), pointer));
    }
    CHECK_FALSE(parse_texts(parsed(R"({"title":5})")).has_value());
    CHECK_FALSE(parse_texts(parsed(R"({"titel":"x"})")).has_value());
}

}  // namespace atelier::adaptation
