// That each form does the right thing, not only something.

#include <doctest/doctest.h>

#include <cmath>

#include "common/design/model/walk.hpp"
#include "tests/unit/workers/ai/builtin/instructions/support.hpp"

using namespace atelier;
using namespace atelier::design;
using namespace atelier::test;

namespace {

double size_of(const Design& design, std::string_view id) {
    return text_in(design, id).style.font_size;
}

constexpr const char* kSale = "summer_sale_banner";

}  // namespace

TEST_CASE("bigger and smaller change the letters by what was said, and the badge's parts with it") {
    const Design before = example_design(kSale);
    CHECK(size_of(edited(kSale, "make the terms 20% bigger").design, "terms") ==
          doctest::Approx(size_of(before, "terms") * 1.2).epsilon(0.01));
    CHECK(size_of(edited(kSale, "make the headline half as big").design, "headline") == doctest::Approx(64));
    CHECK(size_of(edited(kSale, "set the font size of the terms to 30px").design, "terms") ==
          doctest::Approx(30));
    const Design badge = edited(kSale, "make the badge twice as big").design;
    CHECK(layer_of(badge, "badge").box.width == doctest::Approx(416));
    CHECK(layer_of(badge, "badge-plate").box.width == doctest::Approx(416));
    CHECK(size_of(badge, "badge-value") == doctest::Approx(116));
    const double slightly = size_of(edited(kSale, "make the terms a bit bigger").design, "terms");
    const double much = size_of(edited(kSale, "make the terms much bigger").design, "terms");
    CHECK(slightly > size_of(before, "terms"));
    CHECK(much > slightly * 1.2);
}

TEST_CASE("a text that outgrows its place moves what stands below, or grows less and says so") {
    const Design before = example_design("gallery_opening");
    const Edited after = edited("gallery_opening", "make the headline 30% bigger");
    CHECK(layer_of(after.design, "artist").box.y > layer_of(before, "artist").box.y);
    const Edited crowded =
        edited("job_advert", "make the headline four times bigger, make the headline 300% bigger");
    CHECK(crowded.said.find("there is no room for more") != std::string::npos);
    CHECK(size_of(crowded.design, "headline") < 108 * 4);
}

TEST_CASE("layers go to corners, edges and the centre, and stay on the canvas") {
    const Design corner = edited(kSale, "move the button to the bottom right corner").design;
    const Box button = layer_of(corner, "button").box;
    CHECK(button.right() > 1600 * 0.9);
    CHECK(button.right() <= 1600);
    CHECK(button.bottom() > 640 * 0.85);
    CHECK(button.bottom() <= 640);
    const Box centred =
        layer_of(edited("quote_card", "move the author to the center bottom").design, "author").box;
    CHECK(centred.middle().x == doctest::Approx(540).epsilon(0.01));
    const Design up = edited(kSale, "move the button up by 20 px").design;
    CHECK(layer_of(up, "button").box.y == doctest::Approx(480));
    const Design right = edited(kSale, "move the button 5% to the right").design;
    CHECK(layer_of(right, "button").box.x == doctest::Approx(96 + 80));
    const Design text = edited("quote_card", "move the source to the right").design;
    CHECK(text_in(text, "source").align == Align::right);
}

TEST_CASE("layers stand above, below and beside others") {
    const Design beside = edited(kSale, "put the button next to the terms").design;
    CHECK(layer_of(beside, "button").box.x >= layer_of(beside, "terms").box.x + 500);
    CHECK(layer_of(beside, "button").box.middle().y ==
          doctest::Approx(layer_of(beside, "terms").box.middle().y).epsilon(0.05));
    const Design below = edited("quote_card", "move the author below the source").design;
    CHECK(layer_of(below, "author").box.y > layer_of(below, "source").box.y);
}

TEST_CASE("aligning, distributing, centring and swapping are exact") {
    const Design aligned =
        edited("ceramics_launch", "align the kicker, the headline and the price to the left").design;
    CHECK(layer_of(aligned, "kicker").box.x == layer_of(aligned, "headline").box.x);
    CHECK(layer_of(aligned, "price").box.x == layer_of(aligned, "headline").box.x);
    const Design swapped = edited("gallery_opening", "swap when and where").design;
    CHECK(layer_of(swapped, "when").box.x == 540);
    CHECK(layer_of(swapped, "where").box.x == 120);
    CHECK(text_in(swapped, "when").align == Align::right);
    const Design centred = edited("quote_card", "center the author horizontally").design;
    CHECK(layer_of(centred, "author").box.middle().x == doctest::Approx(540).epsilon(0.001));
}

TEST_CASE("colours: words, codes, shades, the brand's, gradients, like another layer") {
    CHECK(fill_of(edited(kSale, "make the headline #7b2d26").design, "headline") ==
          Color{0x7b, 0x2d, 0x26, 255});
    const Color green = fill_of(edited(kSale, "make the button dark green").design, "button-plate");
    CHECK(green.g > green.r);
    CHECK(luminance(green) < 0.15);
    CHECK(fill_of(edited(kSale, "make the button rose gold").design, "button-plate") ==
          Color{0xb7, 0x6e, 0x79, 255});
    CHECK(fill_of(edited(kSale, "make the button our accent colour").design, "button-plate") ==
          strange_kit().accent);
    CHECK(fill_of(edited(kSale, "change the text color of the button to yellow").design, "button-label").b <
          100);
    CHECK(fill_of(edited(kSale, "make the terms the same color as the button").design, "terms") ==
          fill_of(example_design(kSale), "button-plate"));
    const Design mixed =
        edited("gallery_opening", "fill the circle with a gradient from orange to pink").design;
    const auto& paint = std::get<ShapeContent>(layer_of(mixed, "circle").content).fill;
    REQUIRE(std::holds_alternative<LinearPaint>(paint));
    CHECK(std::get<LinearPaint>(paint).stops.size() == 2);
    const Design plain = edited("quote_card", "make the background white").design;
    CHECK(std::get<SolidPaint>(plain.canvas.background.fill).color == Color{255, 255, 255, 255});
    // What was light on dark is readable again, and that is said.
    CHECK(contrast(fill_of(plain, "quote"), {255, 255, 255, 255}) >= 3);
}

TEST_CASE("lighter, darker and more contrast go that way") {
    const Design before = example_design("gallery_opening");
    const auto ground = [](const Design& d) { return std::get<SolidPaint>(d.canvas.background.fill).color; };
    CHECK(luminance(ground(edited("gallery_opening", "make the background darker").design)) <
          luminance(ground(before)));
    CHECK(luminance(ground(edited("gallery_opening", "make the background a bit lighter").design)) >
          luminance(ground(before)));
    const Design strong = edited("gallery_opening", "increase the contrast").design;
    CHECK(contrast(fill_of(strong, "artist"), ground(strong)) >
          contrast(fill_of(before, "artist"), ground(before)));
}

TEST_CASE("the brand's colours, fonts and logo are taken one by one or all together") {
    const Design colors = edited(kSale, "use our brand colours").design;
    CHECK(colors.brand.primary == strange_kit().primary);
    CHECK(colors.brand.heading_font == "League Spartan");
    CHECK(fill_of(colors, "button-plate") == strange_kit().accent);
    const Design fonts = edited(kSale, "use our brand fonts").design;
    CHECK(text_in(fonts, "headline").style.font_family == "Lato");
    CHECK(fonts.brand.primary == example_design(kSale).brand.primary);
    const Design logo = edited("gallery_opening", "add our logo in the top right corner").design;
    const auto& image = std::get<ImageContent>(layer_of(logo, "logo").content);
    CHECK(image.picture.asset_id == "strange-logo");
    CHECK(layer_of(logo, "logo").box.middle().x > 700);
    CHECK_FALSE(ai::builtin::follow(example_design(kSale), "use our brand colours", std::nullopt,
                                    estimated_measurer())
                    .has_value());
}

TEST_CASE("texts change as quoted, as written, by words, and in their letters' case") {
    CHECK(words_in(edited(kSale, "change the headline to \"Half price plates\"").design, "headline") ==
          "Half price plates");
    CHECK(words_in(edited(kSale, "change the headline to: Fish and chips").design, "headline") ==
          "Fish and chips");
    CHECK(words_in(edited(kSale, "change the button to Shop now").design, "button-label") == "Shop now");
    CHECK(words_in(edited(kSale, "the button should say “Book a table”").design, "button-label") ==
          "Book a table");
    CHECK(words_in(edited(kSale, "replace \"bowls\" with \"cups\"").design, "terms")
              .starts_with("All cups, plates"));
    CHECK(text_in(edited("quote_card", "make the quote uppercase").design, "quote").letters ==
          Letters::uppercase);
    CHECK(words_in(edited(kSale, "put the kicker in title case").design, "kicker") ==
          "Summer Sale At Tavola");
    CHECK(words_in(edited(kSale, "make the kicker lowercase").design, "kicker") == "summer sale at tavola");
    const Edited two =
        edited(kSale, "change the headline to Rome and the button to Go there and hide the badge");
    CHECK(words_in(two.design, "headline") == "Rome");
    CHECK(words_in(two.design, "button-label") == "Go there");
    CHECK_FALSE(layer_of(two.design, "badge").visible);
}

TEST_CASE("a translation is asked for, not made") {
    const Edited after = edited(kSale, "translate to German");
    CHECK(after.followed.translate_to == "de");
    CHECK(after.followed.patch.empty());
    CHECK(edited(kSale, "übersetze ins Spanische").followed.translate_to == "es");
}

TEST_CASE("letters: font, weight, style, spacing, line height, alignment") {
    const Design before = example_design(kSale);
    const auto style = [](const Edited& e, std::string_view id) { return text_in(e.design, id).style; };
    CHECK(style(edited(kSale, "use Lato for the headline"), "headline").font_family == "Lato");
    CHECK(style(edited(kSale, "make the headline serif"), "headline").font_family == "EB Garamond");
    CHECK(style(edited(kSale, "make the terms bold and italic"), "terms").font_weight == 700);
    CHECK(style(edited(kSale, "make the terms bold and italic"), "terms").italic);
    CHECK(style(edited(kSale, "underline the terms"), "terms").underline);
    CHECK(style(edited(kSale, "use a lighter weight for the headline"), "headline").font_weight < 800);
    CHECK(style(edited(kSale, "increase the letter spacing of the kicker"), "kicker").letter_spacing >
          text_in(before, "kicker").style.letter_spacing);
    CHECK(text_in(edited("jazz_poster", "more line spacing in the artists").design, "artists").line_height >
          text_in(example_design("jazz_poster"), "artists").line_height);
    CHECK(text_in(edited(kSale, "right-align the kicker").design, "kicker").align == Align::right);
}

TEST_CASE("looks: opacity, rotation, flip, corners, shadow, outline") {
    CHECK(layer_of(edited("ceramics_launch", "make the photo 30% transparent").design, "photo").opacity ==
          doctest::Approx(0.7));
    CHECK(
        layer_of(edited("ceramics_launch", "set the opacity of the photo to 40%").design, "photo").opacity ==
        doctest::Approx(0.4));
    CHECK(layer_of(edited(kSale, "rotate the badge by 15 degrees").design, "badge").rotation ==
          doctest::Approx(5));
    CHECK(layer_of(edited(kSale, "rotate the badge to the left by 10°").design, "badge").rotation ==
          doctest::Approx(340));
    CHECK(layer_of(edited(kSale, "straighten the badge").design, "badge").rotation == 0);
    const Design flipped = edited(kSale, "flip the photo horizontally").design;
    CHECK(std::get<ImageContent>(layer_of(flipped, "photo").content).flip == Flip::horizontal);
    const Design round = edited("job_advert", "round the corners of the panel by 30 px").design;
    CHECK(std::get<ShapeContent>(layer_of(round, "panel").content).outline.corner_radii[0] == 30);
    CHECK(layer_of(edited(kSale, "add a shadow to the button").design, "button").shadow.has_value());
    const Design outlined = edited("jazz_poster", "add a 4px white outline around the record").design;
    const auto& stroke = std::get<ShapeContent>(layer_of(outlined, "record").content).stroke;
    REQUIRE(stroke.has_value());
    CHECK(stroke->width == 4);
    CHECK(stroke->color == Color{255, 255, 255, 255});
}

TEST_CASE("layers are hidden, removed, duplicated, locked and restacked, and the headline stays") {
    CHECK_FALSE(layer_of(edited(kSale, "hide the badge").design, "badge").visible);
    CHECK(find_layer(edited(kSale, "get rid of the badge").design, "badge") == nullptr);
    const Design twice = edited(kSale, "duplicate the badge").design;
    CHECK(count_of(twice) == count_of(example_design(kSale)) + 4);
    CHECK(layer_of(edited(kSale, "lock the button").design, "button").locked);
    CHECK(edited("ceramics_launch", "bring the photo to the front").design.layers.back().id == "photo");
    CHECK(edited(kSale, "send the badge to the back").design.layers.front().id == "badge");
    const Design design = example_design(kSale);
    CHECK_FALSE(
        ai::builtin::follow(design, "delete the headline", std::nullopt, estimated_measurer()).has_value());
}

TEST_CASE("texts, buttons and badges are added where they were asked for") {
    const Edited text = edited("coffee_story", "add the text \"Free delivery\" at the bottom");
    CHECK(words_in(text.design, "text") == "Free delivery");
    CHECK(layer_of(text.design, "text").box.y > 1920 * 0.8);
    const Edited button = edited("gallery_opening", "add a button \"Get tickets\" at the bottom left");
    CHECK(layer_of(button.design, "button").role == Role::cta);
    CHECK(words_in(button.design, "button-label") == "Get tickets");
    CHECK(contrast(fill_of(button.design, "button-label"), fill_of(button.design, "button-plate")) >= 4.5);
    const Edited badge = edited("quote_card", "add a badge saying \"New\" at the top right and make it red");
    CHECK(layer_of(badge.design, "badge").box.middle().x > 540);
    CHECK(fill_of(badge.design, "badge-plate") == Color{0xd9, 0x2d, 0x20, 255});
}

TEST_CASE("another picture is a recipe that waits to be made") {
    const Design design =
        edited("coffee_story", "replace the photo with a picture of a croissant on a blue plate").design;
    const auto& smart = std::get<SmartImageContent>(layer_of(design, "photo").content);
    CHECK(smart.recipe.prompt == "a croissant on a blue plate");
    CHECK_FALSE(smart.image.picture.asset_id.has_value());
    CHECK_FALSE(smart.recipe.context.design_purpose.empty());
    const auto old =
        std::get<SmartImageContent>(layer_of(example_design("ceramics_launch"), "photo").content);
    const Design again = edited("ceramics_launch", "make a new picture").design;
    const auto& made = std::get<SmartImageContent>(layer_of(again, "photo").content);
    CHECK(made.recipe.prompt == old.recipe.prompt);
    CHECK(made.recipe.seed != old.recipe.seed);
}

TEST_CASE("a design turns dark or light and stays readable; a photo darkens under a veil") {
    const Design dark = edited("gallery_opening", "make it dark").design;
    const Color ground = std::get<SolidPaint>(dark.canvas.background.fill).color;
    CHECK(luminance(ground) < 0.05);
    CHECK(contrast(fill_of(dark, "headline"), ground) > 7);
    CHECK(luminance(
              std::get<SolidPaint>(edited("quote_card", "light mode").design.canvas.background.fill).color) >
          0.6);
    const Design veiled = edited(kSale, "make the photo darker").design;
    CHECK(layer_of(veiled, "photo-veil").box == layer_of(veiled, "photo").box);
    CHECK(fill_of(veiled, "photo-veil").a < 255);
}

TEST_CASE("a picture fills the canvas, one is put behind all, layers pass each other, and a gap grows") {
    const Design full = edited("ceramics_launch", "make the photo fill the whole canvas").design;
    CHECK(layer_of(full, "photo").box == Box{0, 0, 1080, 1080});
    const Design beach = edited("quote_card", "change the background to a photo of a beach").design;
    CHECK(std::get<SmartImageContent>(beach.layers[0].content).recipe.prompt == "a beach");
    const Design behind = edited(kSale, "send the badge behind the photo").design;
    const auto place = [&](std::string_view id) {
        std::size_t i = 0;
        while (behind.layers[i].id != id)
            ++i;
        return i;
    };
    CHECK(place("badge") < place("photo"));
    const Design before = example_design("gallery_opening");
    const Design apart =
        edited("gallery_opening", "add more space between the headline and the artist").design;
    CHECK(layer_of(apart, "artist").box.y > layer_of(before, "artist").box.y);
    CHECK(layer_of(apart, "headline").box.y == layer_of(before, "headline").box.y);
}
