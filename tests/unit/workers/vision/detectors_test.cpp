#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include "tests/unit/workers/vision/photos.hpp"

namespace atelier::vision::tests {
namespace {

std::vector<elements::Element> faces_on(const imaging::Pixels& picture) {
    auto faces = models().find_faces(picture);
    REQUIRE(faces.has_value());
    return std::move(*faces);
}

/// What a rule with the default minimum confidence would see.
std::vector<elements::Element> certain_texts_on(const imaging::Pixels& picture) {
    auto texts = models().find_text(picture);
    REQUIRE(texts.has_value());
    std::erase_if(*texts, [](const auto& text) { return text.confidence < 0.5; });
    return std::move(*texts);
}

/// The upper left part of a photo.
imaging::Pixels corner(const imaging::Pixels& from, int width, int height) {
    imaging::Pixels part = plain(width, height, 0, 0, 0);
    for (int y = 0; y < height; ++y) {
        const auto start = from.rgb.begin() + static_cast<std::ptrdiff_t>(y) * from.width * 3;
        std::copy(start, start + width * 3, part.rgb.begin() + static_cast<std::ptrdiff_t>(y) * width * 3);
    }
    return part;
}

}  // namespace

TEST_CASE("every clearly visible face of a crowd and of a portrait is found once") {
    for (const char* name : {"people.jpg", "portrait.jpg"}) {
        CAPTURE(name);
        const Photo& picture = photo(name);
        const auto found = faces_on(picture.pixels);
        for (const auto& face : picture.faces) {
            CAPTURE(face.box.x);
            CAPTURE(face.box.y);
            if (face.visible) CHECK(best_overlap(found, face.box) > 0.5);
        }
        for (const auto& element : found) {
            CHECK(element.kind == elements::Kind::face);
            CHECK(std::any_of(picture.faces.begin(), picture.faces.end(),
                              [&](const auto& face) { return overlap(face.box, element.box) > 0.5; }));
        }
        CHECK(found.size() <= picture.faces.size());
    }
}

TEST_CASE("no face is seen where there is none") {
    for (const char* name : {"landscape.jpg", "product.jpg", "cup.jpg", "sign.jpg", "rotated.jpg"}) {
        CAPTURE(name);
        CHECK(faces_on(photo(name).pixels).empty());
    }
}

TEST_CASE("a photo that is cut does not lose or double the faces that stay") {
    const Photo& picture = photo("people.jpg");
    const int width = 1003, height = 1201;
    const auto found = faces_on(corner(picture.pixels, width, height));
    std::size_t inside = 0;
    for (const auto& face : picture.faces) {
        if (!face.visible || face.box.right() > width - 10) continue;
        ++inside;
        CHECK(std::count_if(found.begin(), found.end(),
                            [&](const auto& f) { return overlap(f.box, face.box) > 0.3; }) == 1);
    }
    CHECK(inside == 12);
}

TEST_CASE("writing is found and read on a landscape and on a road sign") {
    for (const char* name : {"landscape.jpg", "sign.jpg"}) {
        CAPTURE(name);
        const Photo& picture = photo(name);
        const auto found = certain_texts_on(picture.pixels);
        CHECK(found.size() == picture.texts.size());
        for (const auto& label : picture.texts) {
            CAPTURE(label.text);
            CHECK(std::any_of(found.begin(), found.end(), [&](const auto& text) {
                return text.text == label.text && overlap(text.box, label.box) > 0.5;
            }));
        }
    }
}

TEST_CASE("textures are not taken for writing") {
    for (const char* name : {"product.jpg", "people.jpg", "rotated.jpg", "cup.jpg"}) {
        CAPTURE(name);
        CHECK(certain_texts_on(photo(name).pixels).empty());
    }
}

TEST_CASE("the subject of a product photo is boxed, a landscape has none") {
    for (const char* name : {"product.jpg", "cup.jpg"}) {
        CAPTURE(name);
        const Photo& picture = photo(name);
        auto subject = models().find_subject(picture.pixels, {});
        REQUIRE(subject.has_value());
        REQUIRE(subject->has_value());
        CHECK((*subject)->kind == elements::Kind::product);
        CHECK((*subject)->confidence >= 0.5);
        CHECK(overlap((*subject)->box, picture.subjects.front()) > 0.6);
    }
    for (const char* name : {"landscape.jpg", "sign.jpg"}) {
        CAPTURE(name);
        auto subject = models().find_subject(photo(name).pixels, {});
        REQUIRE(subject.has_value());
        if (*subject) CHECK((*subject)->confidence < 0.4);
    }
}

TEST_CASE("a box on a plain ground is a certain subject with exact edges") {
    auto picture = plain(600, 400, 235, 235, 230);
    const elements::Box box{180, 120, 200, 160};
    fill(picture, box, 30, 90, 160);
    auto subject = models().find_subject(picture, {});
    REQUIRE(subject.has_value());
    REQUIRE(subject->has_value());
    CHECK((*subject)->confidence > 0.9);
    CHECK(overlap((*subject)->box, box) > 0.9);
}

TEST_CASE("a plain picture has no subject") {
    auto subject = models().find_subject(plain(300, 200, 120, 120, 120), {});
    REQUIRE(subject.has_value());
    CHECK_FALSE(subject->has_value());
}

TEST_CASE("a person needs a face") {
    const Photo& portrait = photo("portrait.jpg");
    const auto faces = faces_on(portrait.pixels);
    auto person = models().find_person(portrait.pixels, faces);
    REQUIRE(person.has_value());
    REQUIRE(person->has_value());
    CHECK(elements::intersection((*person)->box, portrait.faces.front().box).area() > 0);
    CHECK_FALSE(models().find_person(portrait.pixels, {}).value().has_value());
    CHECK_FALSE(models().find_person(photo("cup.jpg").pixels, {}).value().has_value());
}

TEST_CASE("the whole analysis names a portrait's face and person but no product") {
    auto analysis = models().analyze(photo("portrait.jpg").pixels);
    REQUIRE(analysis.has_value());
    const auto count = [&](elements::Kind kind) {
        return std::count_if(analysis->elements.begin(), analysis->elements.end(),
                             [&](const auto& element) { return element.kind == kind; });
    };
    CHECK(count(elements::Kind::face) == 1);
    CHECK(count(elements::Kind::person) == 1);
    CHECK(count(elements::Kind::product) == 0);
    CHECK_FALSE(analysis->palette.empty());
    CHECK(analysis->sharpness > 0.5);
}

TEST_CASE("tiny and odd pictures are answered, not refused") {
    for (const auto& [width, height] : {std::pair{1, 1}, {3, 500}, {900, 2}}) {
        CAPTURE(width);
        CHECK(models().analyze(plain(width, height, 200, 10, 10)).has_value());
        CHECK(models().classify_nsfw(plain(width, height, 200, 10, 10)).has_value());
    }
}

TEST_CASE("pixels that do not fit their size are an error everywhere") {
    imaging::Pixels broken = plain(100, 100, 1, 2, 3);
    broken.rgb.pop_back();
    CHECK(models().find_faces(broken).has_error());
    CHECK(models().find_text(broken).has_error());
    CHECK(models().find_subject(broken, {}).has_error());
    CHECK(models().analyze(broken).has_error());
    CHECK(models().analyze(imaging::Pixels{}).has_error());
}

TEST_CASE("two threads that share the models get the same answers as one") {
    const auto& picture = photo("portrait.jpg").pixels;
    const auto expected = faces_on(picture);
    std::vector<elements::Element> answers[2];
    {
        std::jthread first([&] { answers[0] = models().find_faces(picture).value(); });
        std::jthread second([&] { answers[1] = models().find_faces(picture).value(); });
    }
    CHECK((answers[0] == expected));
    CHECK((answers[1] == expected));
}

}  // namespace atelier::vision::tests
