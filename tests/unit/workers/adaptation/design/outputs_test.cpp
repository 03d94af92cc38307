#include <doctest/doctest.h>

#include <array>
#include <thread>

#include "tests/unit/workers/adaptation/design/support/designs.hpp"
#include "tests/unit/workers/adaptation/design/support/distance.hpp"
#include "workers/imaging/decode.hpp"

namespace atelier::adaptation::design_render {
using namespace testing;
using design::Design;

namespace {

ErrorCode error_of(const Design& design, const RenderRequest& request) {
    Photos photos;
    auto out = render(design, request, photos);
    REQUIRE(!out.has_value());
    return out.error().code;
}

class BrokenSource final : public PictureSource {
  public:
    explicit BrokenSource(Result<std::string> answer) : answer_(std::move(answer)) {}
    Result<std::string> fetch(const design::Picture&) override { return answer_; }

  private:
    Result<std::string> answer_;
};

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string_view::npos; at += part.size())
        ++found;
    return found;
}

}  // namespace

TEST_CASE("a picture has the canvas' pixels times the scale, in every format") {
    const Design design = example("quote_card");
    for (const double scale : {1.0, 1.5, 4.0})
        for (const Output output : {Output::png, Output::jpeg, Output::webp}) {
            const Rendered out = rendered(design, {output, scale, 80, {}});
            auto header = imaging::read_header(out.bytes);
            REQUIRE(header.has_value());
            CHECK(header->size == imaging::Size{int(1080 * scale), int(1080 * scale)});
            CHECK(out.width == int(1080 * scale));
        }
}

TEST_CASE("a picture at four times the size shows the same") {
    const Design design = drawn_test("shapes");
    const imaging::Image one = picture(rendered(design, {Output::png, 1, 80, {}}).bytes);
    const imaging::Image four = picture(rendered(design, {Output::png, 4, 80, {}}).bytes);
    const Distance found = distance(one, four);
    CHECK(found.mean < 0.6);
    CHECK(found.worst < 4);
}

TEST_CASE("the quality falls as little as the byte limit asks") {
    const Design design = example("coffee_story");
    for (const Output output : {Output::jpeg, Output::webp}) {
        const Rendered free = rendered(design, {output, 1, 90, {}});
        CHECK(free.quality == 90);
        const std::size_t limit = free.bytes.size() / 2;
        const Rendered limited = rendered(design, {output, 1, 90, limit});
        CHECK(limited.bytes.size() <= limit);
        CHECK(limited.quality < 90);
        CHECK(rendered(design, {output, 1, limited.quality + 1, {}}).bytes.size() > limit);
    }
}

TEST_CASE("what cannot be small enough is too large") {
    const Design design = example("hiking_thumbnail");
    for (const Output output : {Output::png, Output::jpeg, Output::webp, Output::svg, Output::pdf})
        CHECK(error_of(design, {output, 1, 80, 500}) == ErrorCode::too_large);
    Design huge = design;
    huge.canvas.width = huge.canvas.height = 8192;
    CHECK(error_of(huge, {Output::png, 2, 80, {}}) == ErrorCode::too_large);
}

TEST_CASE("scale and quality have their ranges") {
    const Design design = example("quote_card");
    CHECK(error_of(design, {Output::png, 0.5, 80, {}}) == ErrorCode::validation_failed);
    CHECK(error_of(design, {Output::png, 4.5, 80, {}}) == ErrorCode::validation_failed);
    CHECK(error_of(design, {Output::jpeg, 1, 0, {}}) == ErrorCode::validation_failed);
    CHECK(error_of(design, {Output::jpeg, 1, 101, {}}) == ErrorCode::validation_failed);
}

TEST_CASE("a picture that is not there leaves a placeholder, one that is broken ends the rendering") {
    const Design design = example("coffee_story");
    BrokenSource missing(not_found("asset"));
    CHECK(render(design, {}, missing).has_value());
    BrokenSource away(unavailable("The store is away."));
    CHECK(render(design, {}, away).error().code == ErrorCode::unavailable);
    BrokenSource damaged(std::string("no picture"));
    CHECK(render(design, {}, damaged).error().code == ErrorCode::unsupported_media);
}

TEST_CASE("what is see-through stays so where the file can say it") {
    Design design = example("quote_card");
    design.canvas.background.fill = design::SolidPaint{{0, 0, 0, 0}};
    CHECK(picture(rendered(design, {Output::png, 1, 80, {}}).bytes).has_alpha());
    CHECK(picture(rendered(design, {Output::webp, 1, 80, {}}).bytes).has_alpha());
    CHECK(!picture(rendered(design, {Output::jpeg, 1, 80, {}}).bytes).has_alpha());
    CHECK(!picture(rendered(example("quote_card"), {Output::png, 1, 80, {}}).bytes).has_alpha());
}

TEST_CASE("equal designs are equal pictures") {
    const Design design = example("space_talk");
    for (const Output output : {Output::png, Output::webp, Output::svg})
        CHECK(rendered(design, {output, 1, 80, {}}).bytes == rendered(design, {output, 1, 80, {}}).bytes);
}

TEST_CASE("several threads render at once") {
    const Design design = example("arabic_music_night");
    const std::string alone = rendered(design, {Output::png, 1, 80, {}}).bytes;
    std::array<std::string, 3> together;
    {
        std::vector<std::jthread> threads;
        for (std::string& bytes : together)
            threads.emplace_back([&] {
                Photos photos;
                if (auto out = render(design, {Output::png, 1, 80, {}}, photos))
                    bytes = std::move(out->bytes);
            });
    }
    for (const std::string& bytes : together)
        CHECK(bytes == alone);
}

TEST_CASE("an SVG holds its texts as text, escaped, and its pictures inside") {
    Design design = example("coffee_story");
    auto& headline = std::get<design::TextContent>(design.layers[4].content);
    headline.runs.front().text = "Fish & <chips>\"";
    const std::string svg = rendered(design, {Output::svg, 1, 80, {}}).bytes;
    CHECK(count(svg, "Fish &amp; &lt;chips&gt;&quot;") == 1);
    CHECK(count(svg, ">Find your café<") == 1);
    CHECK(count(svg, "<image") == 1);
    CHECK(count(svg, "href=\"data:image/jpeg;base64,") == 1);
    CHECK(count(svg, "http") == 1);  // the namespace
}

TEST_CASE("librsvg shows the SVG as we draw the pixels") {
    const Folder folder;
    for (const std::string& name : example_names()) {
        CAPTURE(name);
        const Design design = example(name);
        write(folder / "design.svg", rendered(design, {Output::svg, 1, 80, {}}).bytes);
        run("rsvg-convert " + (folder / "design.svg").string() + " -o " + (folder / "design.png").string());
        const Distance found = distance(picture(rendered(design, {Output::png, 1, 80, {}}).bytes),
                                        picture(read(folder / "design.png")));
        CAPTURE(found.mean);
        CAPTURE(found.worst);
        CHECK(found.mean < 0.7);
        CHECK(found.worst < 10);  // letters whose edges are smoothed differently
    }
}

TEST_CASE("a PDF shows the same, its texts can be read, its fonts are inside") {
    const Folder folder;
    const std::string pdf = (folder / "design.pdf").string(), png = (folder / "design").string();
    for (const std::string& name : example_names()) {
        CAPTURE(name);
        const Design design = example(name);
        write(pdf, rendered(design, {Output::pdf, 1, 80, {}}).bytes);
        run("pdftoppm -r 96 -png -singlefile " + pdf + " " + png);
        const Distance found =
            distance(picture(rendered(design, {Output::png, 1, 80, {}}).bytes), picture(read(png + ".png")));
        CAPTURE(found.mean);
        CAPTURE(found.worst);
        CHECK(found.mean < 2.5);  // poppler takes the nearest pixel of photographs
        CHECK(found.worst < 18);
        const std::string fonts = run("pdffonts " + pdf + " | tail -n +3");
        CHECK(count(fonts, "\n") > 0);
        CHECK(count(fonts, "\n") == count(fonts, " yes yes "));  // embedded, a subset
        CHECK(count(fonts, "Type 3") == 0);
    }
    write(pdf, rendered(example("job_advert"), {Output::pdf, 1, 80, {}}).bytes);
    const std::string text = run("pdftotext -layout " + pdf + " -");
    CHECK(count(text, "Graph algorithms you have shipped, not only read") == 1);
    CHECK(count(text, "Staff Engineer,") == 1);
}

TEST_CASE("a PDF keeps each of several equal blends, and gradients that fade in letters") {
    Design design = example("gallery_opening");
    for (design::Layer& layer : design.layers) {
        layer.blend = design::Blend::multiply;
        if (auto* text = std::get_if<design::TextContent>(&layer.content))
            text->style.fill = design::LinearPaint{0, {{0, {120, 20, 40, 255}}, {1, {120, 20, 40, 60}}}};
    }
    const Folder folder;
    write(folder / "design.pdf", rendered(design, {Output::pdf, 1, 80, {}}).bytes);
    run("pdftoppm -r 96 -png -singlefile " + (folder / "design.pdf").string() + " " +
        (folder / "design").string());
    const Distance found = distance(picture(rendered(design, {Output::png, 1, 80, {}}).bytes),
                                    picture(read(folder / "design.png")));
    CHECK(found.mean < 1);
    CHECK(found.worst < 12);
}

}  // namespace atelier::adaptation::design_render
