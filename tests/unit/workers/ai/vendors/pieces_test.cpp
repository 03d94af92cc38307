// The small shared pieces: sizes, base64, forms, judgements.
#include <doctest/doctest.h>

#include "tests/support/vendors/example.hpp"
#include "tests/support/vendors/form.hpp"
#include "workers/ai/vendors/exchange/failures.hpp"
#include "workers/ai/vendors/exchange/multipart.hpp"
#include "workers/ai/vendors/exchange/pictures.hpp"

using namespace atelier;
using namespace atelier::ai;

TEST_CASE("the nearest size is the one of the nearest shape, then the smallest that is enough") {
    constexpr PixelSize offered[] = {{256, 256}, {512, 512}, {1024, 1024}, {1536, 1024}, {1024, 1536}};
    CHECK(nearest_size({300, 300}, offered) == PixelSize{512, 512});
    CHECK(nearest_size({2000, 2000}, offered) == PixelSize{1024, 1024});
    CHECK(nearest_size({1920, 1080}, offered) == PixelSize{1536, 1024});
    CHECK(nearest_size({100, 3000}, offered) == PixelSize{1024, 1536});
    constexpr std::string_view ratios[] = {"1:1", "16:9", "9:16"};
    CHECK(nearest_ratio({1200, 1080}, ratios) == "1:1");
    CHECK(nearest_ratio({1600, 900}, ratios) == "16:9");
    CHECK(nearest_ratio({50, 900}, ratios) == "9:16");
}

TEST_CASE("sizes within a budget keep their shape and fall on the step") {
    CHECK(size_within({1000, 500}, 1 << 20, 8) == PixelSize{1000, 504});
    CHECK(size_within({4000, 2000}, 1 << 20, 64) == PixelSize{1472, 704});
    CHECK(size_within({10, 5000}, 1 << 20, 64) == PixelSize{64, 4992});
}

TEST_CASE("pictures are looked at before they are believed") {
    const std::string png = tests::example_png(5, 7, "x");
    const EncodedImage image{png, "image/png"};
    CHECK(picture_of(png, "v")->media_type == "image/png");
    CHECK(picture_of_base64(base64_of(image), "v")->bytes == png);
    CHECK(picture_of_base64(data_url_of(image), "v")->bytes == png);
    for (const char* wrong :
         {"", "data:", "data:image/png;base64,", "####", "R0lGODlhAQABAAAAACw=", "iVBORw0KGgo="}) {
        CAPTURE(wrong);
        const auto picture = picture_of_base64(wrong, "v");
        REQUIRE_FALSE(picture.has_value());
        CHECK(picture.error().kind == FailureKind::malformed_output);
    }
    CHECK_FALSE(picture_of(png + std::string(kMaxPictureBytes, 'x'), "v").has_value());
}

TEST_CASE("a form is read back as it was written, whatever its files hold") {
    Multipart form;
    const std::string bytes("a\r\n--b\0\r\n\r\n", 11);
    form.add("prompt", "two\r\nlines");
    form.add_file("image[]", "a.png", "image/png", bytes);
    form.add_file("image[]", "b.png", "image/png", "");
    const auto parts = tests::parse_form(form.content_type(), form.body());
    REQUIRE(parts.has_value());
    CHECK(parts->at("prompt") == "two\r\nlines");
    CHECK(parts->at("image[]") == bytes);
    CHECK(parts->at("image[]#2").empty());
    CHECK(Multipart().content_type() != Multipart().content_type());
}

TEST_CASE("only plain identifiers without the key reach a message") {
    CHECK(shown_code("rate_limit_exceeded", "secret") == "rate_limit_exceeded");
    CHECK(shown_code("no such thing", "secret").empty());
    CHECK(shown_code("bad_secret_key", "secret").empty());
    CHECK(shown_code(std::string(65, 'a'), "secret").empty());
}

TEST_CASE("a status is judged alone where the vendor says nothing more") {
    const auto kind = [](int status) { return failure_of_status("v", status, {}, {}).kind; };
    for (const int status : {408, 409, 425, 500, 502, 503, 504, 520, 529}) {
        CAPTURE(status);
        CHECK(kind(status) == FailureKind::transient);
    }
    for (const int status : {301, 400, 401, 402, 403, 404, 405, 413, 415, 422}) {
        CAPTURE(status);
        CHECK(kind(status) == FailureKind::permanent);
    }
    const Failure limited = failure_of_status("v", 429, {}, std::chrono::seconds(3));
    CHECK(limited.kind == FailureKind::rate_limited);
    CHECK(limited.retry_after == std::chrono::seconds(3));
    CHECK(limited.status == 429);
    CHECK_FALSE(failure_of_status("v", 400, {}, std::chrono::seconds(3)).retry_after.has_value());
}
