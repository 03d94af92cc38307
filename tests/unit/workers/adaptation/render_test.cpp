#include "workers/adaptation/render/render.hpp"

#include "tests/unit/workers/imaging/picture.hpp"
#include "workers/adaptation/edits/apply.hpp"
#include "workers/imaging/decode.hpp"

namespace atelier::adaptation {
using namespace imaging::testing;

namespace {

json::Value parsed(std::string_view text) {
    auto value = json::parse(text);
    REQUIRE(value.has_value());
    return *value;
}

AdaptRequest request(const imaging::Image& photo, int width, int height) {
    AdaptRequest r;
    r.target.width = width;
    r.target.height = height;
    r.original = photo.size();
    return r;
}

imaging::Size size_of(const std::string& bytes) {
    auto header = imaging::read_header(bytes);
    REQUIRE(header.has_value());
    return header->size;
}

constexpr std::string_view kEdits =
    R"({"crop":{"x":0.1,"y":0.1,"width":0.8,"height":0.7},"rotate":4,"flip":"horizontal",
    "brightness":1.1,"contrast":0.9,"saturation":1.4,"logo_overlay":{"asset_id":"a1","width":0.15,"opacity":0.8},
    "text_overlays":[{"text":"Sale ends today","y":0.5,"shadow":true,"align":"center"}]})";

}  // namespace

TEST_CASE("every format comes out in exactly its pixels and type") {
    const imaging::Image photo = busy(640, 480);
    constexpr std::pair<int, int> kFormats[] = {{1080, 1920}, {728, 90},  {160, 600},
                                                {320, 50},    {820, 312}, {333, 333}};
    for (const auto& [width, height] : kFormats)
        for (const char* type : {"image/jpeg", "image/webp", "image/png"}) {
            AdaptRequest r = request(photo, width, height);
            r.target.content_type = type;
            auto out = render(photo, r);
            REQUIRE(out.has_value());
            CHECK(size_of(out->bytes) == imaging::Size{width, height});
            CHECK(out->content_type == type);
        }
}

TEST_CASE("a photo decoded smaller gives the same plan as the whole one") {
    const imaging::Image whole = busy(1600, 1200);
    AdaptRequest r = request(whole, 300, 250);
    CHECK(needed_size(r).width < 1600);
    auto small = imaging::resize(whole, {800, 600});
    auto from_small = render(*small, r), from_whole = render(whole, r);
    REQUIRE(from_small.has_value());
    CHECK(from_small->plan.crop == from_whole->plan.crop);
    CHECK(size_of(from_small->bytes) == imaging::Size{300, 250});
}

TEST_CASE("a format's byte limit holds, and the lower quality is flagged") {
    const imaging::Image photo = busy(900, 700);
    AdaptRequest r = request(photo, 728, 600);
    r.target.quality = 95;
    const std::size_t full = render(photo, r)->bytes.size();
    r.target.max_bytes = full * 3 / 4;
    auto out = render(photo, r);
    REQUIRE(out.has_value());
    CHECK(out->bytes.size() <= r.target.max_bytes);
    CHECK(out->flags == std::vector<std::string>{"quality " + std::to_string(out->quality)});
}

TEST_CASE("equal edits give equal bytes, and every edit changes the picture") {
    const imaging::Image photo = busy(800, 600), logo = flat(50, 20, {255, 0, 0});
    auto edits = parse_edits(parsed(kEdits));
    REQUIRE(edits.has_value());
    AdaptRequest r = request(photo, 500, 500);
    const std::string plain = render(photo, r)->bytes;
    r.edits = *edits;
    auto once = render(photo, r, logo), twice = render(photo, r, logo);
    REQUIRE(once.has_value());
    CHECK(once->bytes == twice->bytes);
    CHECK(once->bytes != plain);
    for (const char* one :
         {R"({"rotate":90})", R"({"flip":"vertical"})", R"({"brightness":1.2})", R"({"saturation":0})",
          R"({"text_overlays":[{"text":"x"}]})", R"({"crop":{"x":0,"y":0,"width":0.5,"height":0.5}})"}) {
        CAPTURE(one);
        r.edits = *parse_edits(parsed(one));
        CHECK(render(photo, r)->bytes != plain);
    }
    r.edits = Edits{};
    CHECK(render(photo, r)->bytes == plain);
}

TEST_CASE("elements follow the photo through crop, turn and flip") {
    Source source{
        busy(400, 200), 400, 200, {{{elements::Kind::face, {300, 50, 40, 40}, 0.9, ""}, 1, 1, true}}};
    Edits edits;
    edits.flip = imaging::Flip::horizontal;
    CHECK(edit_source(source, edits)->elements[0].element.box == Box{60, 50, 40, 40});
    edits = {};
    edits.rotate = 90;
    const Box turned = edit_source(source, edits)->elements[0].element.box;
    CHECK(turned.x == doctest::Approx(110));
    CHECK(turned.y == doctest::Approx(300));
    edits = {};
    edits.crop = FractionBox{0.5, 0, 0.5, 1};
    const Source cropped = *edit_source(source, edits);
    CHECK(cropped.elements[0].element.box == Box{100, 50, 40, 40});
    CHECK(cropped.elements[0].is_protected);
    edits.crop = FractionBox{0, 0, 0.8, 1};
    CHECK_FALSE(edit_source(source, edits)->elements[0].is_protected);
}

TEST_CASE("every wrong field of the edits is named") {
    auto edits = parse_edits(
        parsed(R"({"crop":{"x":0.6,"y":0,"width":0.6},"rotate":"left","flip":"twice","brightness":9,
        "text_overlays":[{"size":1}],"logo_overlay":{"x":0},"sharpen":1})"));
    REQUIRE_FALSE(edits.has_value());
    for (const char* pointer : {"/crop/height", "/crop/width", "/rotate", "/flip", "/brightness",
                                "/text_overlays/0/text", "/logo_overlay/asset_id", "/sharpen"}) {
        CAPTURE(pointer);
        const auto& d = edits.error().details;
        CHECK(std::any_of(d.begin(), d.end(), [&](auto& e) { return e.pointer == pointer; }));
    }
}

TEST_CASE("what cannot be rendered is refused with its reason") {
    const imaging::Image photo = busy(100, 100);
    AdaptRequest r = request(photo, 50, 50);
    r.fill = "sparkles";
    CHECK(render(photo, r).error().code == ErrorCode::validation_failed);
    r = request(photo, 50, 50);
    r.edits = *parse_edits(parsed(R"({"logo_overlay":{"asset_id":"gone"}})"));
    CHECK(render(photo, r).error().code == ErrorCode::validation_failed);
    r = request(photo, 50, 50);
    r.cancelled = [] { return true; };
    CHECK(render(photo, r).error().code == ErrorCode::conflict);
}

TEST_CASE("a preview is small, and a blurred one hides what it shows") {
    const std::string bytes = encoded(picture(1200, 800, [](int x, int) {
        return x / 40 % 2 ? imaging::kWhite : imaging::Color{0, 0, 0};
    }));
    auto clear = make_preview(bytes, false), blurred = make_preview(bytes, true);
    REQUIRE(clear.has_value());
    REQUIRE(blurred.has_value());
    CHECK(size_of(*clear) == imaging::Size{480, 320});
    CHECK(size_of(*blurred) == imaging::Size{480, 320});
    auto hidden = imaging::decode(*blurred);
    for (int x = 60; x < 420; x += 17)
        CHECK(near(pixel(hidden->image, x, 160), {128, 128, 128}, 40));
    CHECK_FALSE(make_preview("not a picture", true).has_value());
}

TEST_CASE("faces of the photographs in the repository stay whole on every format") {
    const std::string bytes = file("ops/photos/portrait.jpg");
    auto decoded = imaging::decode(bytes);
    REQUIRE(decoded.has_value());
    const Box face{180, 78, 88, 92};
    for (const auto& [width, height] :
         {std::pair{728, 90}, {320, 50}, {160, 600}, {1080, 1920}, {970, 250}}) {
        AdaptRequest r = request(decoded->image, width, height);
        r.elements = {{{elements::Kind::face, face, 0.95, ""}, 1, 1, true}};
        r.text = TextRequest{default_text_style_set(), {"Reach for it", "Applications open", ""}};
        auto out = render(decoded->image, r);
        REQUIRE(out.has_value());
        const Box shown = on_canvas(out->plan, face);
        CHECK(out->plan.kept[0].fraction == doctest::Approx(1));
        REQUIRE(out->text.has_value());
        for (const PlacedText& t : out->text->placed) {
            CHECK(intersection(t.box, shown).area() == 0);
            CHECK(t.contrast >= 4.5);
        }
    }
}

}  // namespace atelier::adaptation
