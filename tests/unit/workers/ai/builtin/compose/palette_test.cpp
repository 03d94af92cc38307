#include "workers/ai/builtin/compose/palette.hpp"

#include <doctest/doctest.h>

#include "tests/unit/workers/ai/builtin/compose/briefs.hpp"
#include "workers/ai/builtin/compose/readable.hpp"

namespace atelier::ai::builtin::layout {
namespace {

std::vector<Palette> palettes(const Brief& brief, std::uint64_t seed = 1) {
    Dice dice(seed);
    return palettes_for(brief, {}, dice);
}

Brief plain(std::vector<std::string> tone, Mood mood = Mood::any) {
    Brief brief;
    brief.title = "Something new";
    brief.tone = std::move(tone);
    brief.mood = mood;
    return brief;
}

void check_readable(const Palette& p) {
    CAPTURE(p.name);
    CHECK(design::contrast(p.ink, p.ground) >= (p.ground_kind == Ground::vivid ? 4.5 : 7));
    CHECK(design::contrast(p.soft_ink, p.ground) >= 4.5);
    CHECK(design::contrast(p.on_primary, p.primary) >= 4.5);
    CHECK(design::contrast(p.on_accent, p.accent) >= 4.5);
    CHECK(design::contrast(p.accent_ink, p.ground) >= 4.5);
    CHECK(p.art.size() >= 3);
}

TEST_CASE("whatever the brief, letters read on their grounds") {
    for (const Brief& brief : sample_briefs())
        for (std::uint64_t seed = 0; seed < 20; ++seed)
            for (const Palette& palette : palettes(brief, seed))
                check_readable(palette);
    for (std::uint64_t seed = 0; seed < 200; ++seed)
        for (const Palette& palette : palettes(plain({"plain"}), seed))
            check_readable(palette);
}

TEST_CASE("premium, dark and gold is a near black with a gradient of gold") {
    const Palette first = palettes(sample_briefs().front()).front();
    CHECK(to_oklch(first.ground).l < 0.25);
    REQUIRE(first.metal.size() >= 3);
    for (const design::Stop& stop : first.metal)
        CHECK(design::contrast(stop.color, first.ground) >= 4.5);
}

TEST_CASE("pastel is pale and gently coloured") {
    for (const Palette& palette : palettes(plain({"pastel", "calm"}))) {
        CHECK(to_oklch(palette.ground).l > 0.88);
        CHECK(to_oklch(palette.ground).chroma < 0.1);
    }
}

TEST_CASE("a mood decides how light the ground is") {
    for (const Palette& palette : palettes(plain({"modern"}, Mood::dark)))
        CHECK(to_oklch(palette.ground).l < 0.4);
    CHECK(to_oklch(palettes(plain({"modern"}, Mood::light)).front().ground).l > 0.9);
}

TEST_CASE("the colours that a brief names are there to be seen") {
    Brief brief = plain({"friendly"});
    brief.colors = {{0x2e, 0x8b, 0x57, 255}};
    for (const Palette& palette : palettes(brief)) {
        CAPTURE(palette.name);
        float nearest = 180;
        for (const design::Color color : {palette.ground, palette.primary, palette.accent})
            if (to_oklch(color).chroma > 0.02F)
                nearest = std::min(nearest, hue_distance(to_oklch(color).hue, to_oklch(brief.colors[0]).hue));
        CHECK(nearest < 12);
    }
}

TEST_CASE("a brand's colours hold") {
    design::Brand brand;
    brand.primary = {0xd9, 0x4f, 0x2b, 255};
    brand.secondary = {0xf7, 0xb2, 0x67, 255};
    brand.accent = {0x1e, 0x5f, 0x55, 255};
    brand.background = {0xff, 0xe9, 0xd6, 255};
    brand.text = {0x2b, 0x1a, 0x12, 255};
    Dice dice(1);
    const auto found = palettes_for(sample_briefs()[2], brand, dice);
    CHECK(found.front().ground == brand.background);
    CHECK(found.front().accent == brand.accent);
    for (const Palette& palette : found)
        CHECK(design::contrast(palette.ink, palette.ground) >= 4.5);
}

}  // namespace
}  // namespace atelier::ai::builtin::layout
