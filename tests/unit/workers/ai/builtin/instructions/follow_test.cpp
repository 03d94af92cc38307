// How instructions are read: clauses, what is carried on, what is spoken of, slips and languages.

#include <doctest/doctest.h>

#include "tests/unit/workers/ai/builtin/instructions/support.hpp"

using namespace atelier;
using namespace atelier::design;
using namespace atelier::test;

namespace {

constexpr const char* kSale = "summer_sale_banner";
constexpr Color kRed{0xd9, 0x2d, 0x20, 255}, kBlue{0x1f, 0x5f, 0xd0, 255};

}  // namespace

TEST_CASE("the verb is carried on, and so is the layer") {
    const Design before = example_design(kSale);
    const Design moved = edited(kSale, "move the button left and the badge right").design;
    CHECK(layer_of(moved, "button").box.x < layer_of(before, "button").box.x);
    CHECK(layer_of(moved, "badge").box.x > layer_of(before, "badge").box.x);
    const Design both = edited(kSale, "make the terms bigger and blue").design;
    CHECK(fill_of(both, "terms") == kBlue);
    CHECK(text_in(both, "terms").style.font_size > text_in(before, "terms").style.font_size);
    const Design lists = edited(kSale, "make the headline and the terms blue, and the button red").design;
    CHECK(fill_of(lists, "headline") == kBlue);
    CHECK(fill_of(lists, "terms") == kBlue);
    CHECK(fill_of(lists, "button-plate") == kRed);
}

TEST_CASE("it and them are what was spoken of last") {
    const Design design =
        edited(kSale, "Make the button red. Move it to the bottom right, then hide the badge").design;
    CHECK(fill_of(design, "button-plate") == kRed);
    CHECK(layer_of(design, "button").box.x > 1000);
    const Design them = edited(kSale, "underline the kicker and the terms. Make them blue").design;
    CHECK(fill_of(them, "kicker") == kBlue);
    CHECK(fill_of(them, "terms") == kBlue);
}

TEST_CASE("layers are found by role, name, words, kind, colour, place, number and owner") {
    CHECK(fill_of(edited("jazz_poster", "make the sun outer blue").design, "sun-outer") == kBlue);
    CHECK(fill_of(edited("jazz_poster", "make the second circle blue").design, "sun-middle") == kBlue);
    CHECK(fill_of(edited("jazz_poster", "make the biggest circle blue").design, "sun-outer") == kBlue);
    CHECK(fill_of(edited("bakery_voucher", "make the text \"valid until\" blue").design, "valid") == kBlue);
    CHECK(fill_of(edited(kSale, "make the text at the bottom blue").design, "terms") == kBlue);
    CHECK(fill_of(edited("arabic_music_night", "make the moon blue").design, "moon") == kBlue);
    CHECK(fill_of(edited(kSale, "make the text of the button blue").design, "button-label") !=
          Color{255, 255, 255, 255});
    CHECK(fill_of(edited("job_advert", "make the fact 2 blue").design, "fact-2") == kBlue);
    CHECK(fill_of(edited(kSale, "make the red circle blue").design, "badge-plate") == kBlue);
    const Design all = edited("gallery_opening", "make everything except the headline hidden").design;
    CHECK(layer_of(all, "headline").visible);
    CHECK_FALSE(layer_of(all, "kicker").visible);
}

TEST_CASE("politeness and slips of the pen are heard over") {
    const Design plain = edited(kSale, "make the headline smaller").design;
    for (const char* polite :
         {"Could you please make the headline smaller?", "I would like the headline to be smaller",
          "hey, make the hedline smaler please", "The headline should be smaller.",
          "MAKE THE HEADLINE SMALLER!!!", "pls, please just make the headlnie smaller, thanks"}) {
        CAPTURE(polite);
        CHECK(edited(kSale, polite).design == plain);
    }
}

TEST_CASE("German and Spanish say the same as English") {
    const auto same = [](const char* a, const char* b) {
        CHECK(edited(kSale, a).design == edited(kSale, b).design);
    };
    same("mach die Überschrift kleiner", "make the headline smaller");
    same("Verschiebe den Knopf nach unten rechts", "move the button to the bottom right");
    same("ändere die Überschrift zu \"Alles muss raus\"", "change the headline to \"Alles muss raus\"");
    same("lösche das Abzeichen", "delete the badge");
    same("haz el titular más pequeño", "make the headline smaller");
    same("mueve el botón a la esquina inferior derecha", "move the button to the bottom right corner");
    same("cambia el titular a \"Todo\"", "change the headline to \"Todo\"");
    same("oculta la insignia", "hide the badge");
}

TEST_CASE("the patch names what changed and no more") {
    const auto patch = edited(kSale, "make the headline blue").followed.patch;
    REQUIRE(patch.size() == 1);
    CHECK(patch[0].path == "/layers/3/style/fill/color");
    const auto moved = edited("ceramics_launch", "bring the photo to the front").followed.patch;
    CHECK(moved[0].kind == json::PatchKind::move);
    for (const auto& operation : moved)
        CHECK((operation.kind == json::PatchKind::move || operation.path.ends_with("z_index")));
    const auto added = edited("quote_card", "add a red circle in the top right corner").followed.patch;
    CHECK(added[0].kind == json::PatchKind::add);
}
