// Designs through the real server and its workers: exported, moderated, delivered; brands proposed.

#include <doctest/doctest.h>

#include "common/ids/id.hpp"
#include "common/media/media.hpp"
#include "tests/e2e/shared_server.hpp"
#include "tests/unit/common/design/support/examples.hpp"

using namespace atelier;
using namespace atelier::e2e;
using test::example;

namespace {

json::Value stored(const Client& user, const json::Value& design) {
    return user.post_ok(201, "/designs", json::Object{{"design", design}});
}

/// The finished picture of an export.
json::Value exported(const Client& user, const json::Value& design, json::Value body) {
    body.set("design_id", design["id"]);
    const std::string job = user.post_ok(202, "/export", body)["job_id"].as_string();
    const json::Value result = user.completed(job)["result"];
    CHECK(result["design_id"] == design["id"]);
    CHECK(result["pictures"].as_int() == 1);
    const json::Array pictures = user.results(job);
    REQUIRE(pictures.size() == 1);
    CHECK(pictures.front()["id"] == result["generated_asset_ids"].at(0));
    return pictures.front();
}

json::Value as(const std::string& format) {
    return json::Object{{"format", format}};
}

std::string bytes_of(const Client& user, const json::Value& picture) {
    const Answer answer = user.fetch(picture["url"].as_string());
    REQUIRE(answer.status == 200);
    CHECK(static_cast<std::int64_t>(answer.bytes.size()) == picture["size_bytes"].as_int());
    return answer.bytes;
}

media::MediaInfo look_at(const std::string& bytes) {
    return media::inspect({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}).value();
}

}  // namespace

TEST_CASE("a design is exported in every output, at the size that was asked for") {
    const Client user = shared_server().user();
    const json::Value design = stored(user, example("jazz_poster"));
    const int width = int(design["width"].as_int()), height = int(design["height"].as_int());
    for (const std::string format : {"png", "jpeg", "webp"}) {
        CAPTURE(format);
        const json::Value picture = exported(user, design, as(format));
        const media::MediaInfo info = look_at(bytes_of(user, picture));
        CHECK(info.content_type == "image/" + format);
        CHECK(picture["content_type"].as_string() == info.content_type);
        CHECK(info.upright_width == width);
        CHECK(info.upright_height == height);
        CHECK(picture["moderation"].as_string() == "approved");
        CHECK(picture["strategy"].as_string() == "render");
        CHECK(picture["design_version"].as_int() == 1);
    }
    const json::Value svg = exported(user, design, as("svg")), pdf = exported(user, design, as("pdf"));
    CHECK(svg["content_type"].as_string() == "image/svg+xml");
    const std::string markup = bytes_of(user, svg);
    CHECK(markup.find("<svg") < 200);
    CHECK(markup.find("<text") != std::string::npos);
    CHECK(svg["is_nsfw"].is_bool());
    CHECK(svg["preview_url"].is_string());
    CHECK(bytes_of(user, pdf).starts_with("%PDF-"));

    json::Value twice = as("jpeg");
    twice.set("scale", 2).set("max_bytes", 400'000);
    const json::Value large = exported(user, design, twice);
    CHECK(large["width"].as_int() == 2 * width);
    CHECK(bytes_of(user, large).size() <= 400'000);
}

TEST_CASE("a design shows the organization's own pictures, and a placeholder for what it does not have") {
    const Client ada = shared_server().user(), eve = shared_server().user();
    const std::string cup = ada.upload(photo("cup.jpg"))["id"].as_string();
    const auto showing = [](const std::string& asset) {
        return json::Object{
            {"canvas", json::Object{{"width", 400}, {"height", 300}}},
            {"layers", json::Array{json::Object{{"type", "image"},
                                                {"picture", json::Object{{"asset_id", asset}}},
                                                {"x", 0},
                                                {"y", 0},
                                                {"width", 400},
                                                {"height", 300}}}}};
    };
    const json::Value mine = stored(ada, showing(cup)), foreign = stored(eve, showing(cup)),
                      empty = stored(eve, showing(ids::new_uuid()));
    CHECK(mine["missing_assets"].size() == 0);
    CHECK(foreign["missing_assets"].size() == 1);
    const auto preview = [](const Client& user, const json::Value& design) {
        return user.get("/designs/" + design["id"].as_string() + "?as=svg").bytes;
    };
    CHECK(preview(ada, mine).find("href=\"data:image/jpeg") != std::string::npos);
    CHECK(preview(eve, foreign).find("data:image/jpeg") == std::string::npos);
    const json::Value shown = exported(ada, mine, as("png")), hidden = exported(eve, foreign, as("png")),
                      placeholder = exported(eve, empty, as("png"));
    CHECK(shown["sha256"] != hidden["sha256"]);
    CHECK(hidden["sha256"] == placeholder["sha256"]);
}

TEST_CASE("a design is laid out for a format, not cropped") {
    const Client user = shared_server().user();
    const json::Value design = stored(user, example("summer_sale_banner"));
    const json::Array formats = user.get_ok("/admin/formats?limit=100")["items"].array();
    const json::Value* story = nullptr;
    for (const json::Value& format : formats)
        if (format["slug"].as_string() == "instagram-story") story = &format;
    REQUIRE(story);
    json::Value body = as("svg");
    body.set("asset_format_id", (*story)["id"]);
    const json::Value picture = exported(user, design, body);
    CHECK(picture["strategy"].as_string() == "relayout");
    CHECK(picture["format"]["slug"].as_string() == "instagram-story");
    CHECK(picture["width"] == (*story)["width"]);
    CHECK(picture["height"] == (*story)["height"]);
}

TEST_CASE("a flagged export is held back until an admin lets it go, whatever its kind") {
    const Client user = shared_server().user();
    const json::Value design = stored(user, example("quote_card"));
    json::Value thresholds = json::Object{{"porn", 0.0}};
    user.post_ok(201, "/admin/rules",
                 json::Object{{"kind", "moderation"},
                              {"name", "Everything"},
                              {"is_active", true},
                              {"definition", json::Object{{"thresholds", thresholds}}}});
    for (const std::string format : {"png", "pdf"}) {
        CAPTURE(format);
        const json::Value picture = exported(user, design, as(format));
        CHECK(picture["moderation"].as_string() == "flagged");
        CHECK(picture["url"].is_null());
        CHECK(picture["preview_url"].is_string());
        const std::string id = picture["id"].as_string();
        user.post_ok(200, "/admin/moderation/" + id + "/release");
        const json::Value released = user.get_ok("/generated-assets/" + id);
        CHECK_FALSE(bytes_of(user, released).empty());
    }
}

TEST_CASE("what cannot fit its limit fails and costs nothing") {
    const Client user = shared_server().user();
    const json::Value design = stored(user, example("jazz_poster"));
    const std::int64_t before = user.balance();
    json::Value body = as("svg");
    body.set("design_id", design["id"]).set("max_bytes", 1000);
    const json::Value job = user.ended(user.post_ok(202, "/export", body)["job_id"].as_string());
    CHECK(job["state"].as_string() == "failed");
    CHECK(job["error"]["code"].as_string() == "TOO_LARGE");
    CHECK(user.balance() == before);
}

TEST_CASE("an edit of an exported picture is sent back to the design") {
    const Client user = shared_server().user();
    const json::Value picture = exported(user, stored(user, example("quote_card")), as("png"));
    const json::Value body = json::Object{{"manual_edits", json::Object{{"brightness", 1.2}}}};
    CHECK(user.send("PATCH", "/generated-assets/" + picture["id"].as_string(), &body).status == 409);
}

TEST_CASE("a brand is proposed from a picture and can be stored and worn as it is") {
    const Client user = shared_server().user();
    const std::string logo = user.upload(photo("cup.jpg"))["id"].as_string();
    const std::string job =
        user.post_ok(202, "/brands/propose", json::Object{{"asset_id", logo}})["job_id"].as_string();
    const json::Value result = user.completed(job)["result"];
    CHECK(result["palette"].size() >= 2);
    CHECK(result["brand"]["name"].as_string() == "cup");
    const json::Value brand = user.post_ok(201, "/brands", result["brand"]);
    CHECK(brand["logos"].at(0)["asset_id"].as_string() == logo);
    const json::Value design = user.post_ok(
        201, "/designs", json::Object{{"design", example("summer_sale_banner")}, {"brand_id", brand["id"]}});
    CHECK(design["design"]["brand"]["colors"] == brand["colors"]);
}
