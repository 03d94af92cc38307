// What people add to pictures: texts when they are made, edits afterwards.

#include <doctest/doctest.h>

#include "tests/e2e/shared_server.hpp"
#include "tests/e2e/support/geometry.hpp"

using namespace atelier;
using namespace atelier::e2e;

namespace {

json::Value picture_of(const Client& user, const std::string& job) {
    const json::Array pictures = user.results(job);
    REQUIRE(pictures.size() == 1);
    return pictures.front();
}

json::Value edited(const Client& user, const std::string& picture, const json::Value& edits) {
    const json::Value accepted =
        user.patch_ok(202, "/generated-assets/" + picture, json::Object{{"manual_edits", edits}});
    user.completed(accepted["job_id"].as_string());
    return user.get_ok("/generated-assets/" + picture);
}

}  // namespace

TEST_CASE("texts are set on the picture, inside it, off the face and with enough contrast") {
    const Client user = shared_server().user();
    const std::string project = user.analysed_project({photo("portrait.jpg")});
    const std::string bare = user.generate(project, {"facebook-link"});
    user.completed(bare);
    json::Value request = json::Object{};
    request.set("texts", json::Object{{"title", "Open all summer"}, {"subtitle", "Coffee until ten"}});
    const std::string job = user.generate(project, {"facebook-link"}, request);
    user.completed(job);
    const json::Value picture = picture_of(user, job);

    CHECK(picture["sha256"] != picture_of(user, bare)["sha256"]);
    const json::Value& report = picture["report"];
    REQUIRE(report["text"]["placed"].size() == 2);
    const Rect face = labelled_faces("portrait.jpg").at(0), crop = rect_of(report["crop"]),
               placed = rect_of(report["placement"]);
    const double scale = placed.width / crop.width;
    const Rect on_canvas{placed.x + (face.x - crop.x) * scale, placed.y + (face.y - crop.y) * scale,
                         face.width * scale, face.height * scale};
    for (const json::Value& text : report["text"]["placed"].array()) {
        const Rect box = rect_of(text["box"]);
        CHECK(share_inside(box, {0, 0, 1200, 630}) > 0.999);
        CHECK(share_inside(on_canvas, box) == 0);
        CHECK(text["contrast"].as_double() >= 4.5);
    }
}

TEST_CASE("edits render a picture again from its source: equal edits give equal bytes, and each a version") {
    const Client user = shared_server().user();
    const std::string job = user.generate(user.analysed_project({photo("cup.jpg")}), {"email-header"});
    user.completed(job);
    const json::Value first = picture_of(user, job);
    const std::string id = first["id"].as_string();
    json::Value edits = json::Object{{"rotate", 90}, {"flip", "horizontal"}, {"brightness", 1.2}};
    json::Value overlays = json::Array{};
    overlays.push(
        json::Object{{"text", "Fresh"}, {"x", 0.1}, {"y", 0.1}, {"size", 0.08}, {"color", "#ffffff"}});
    edits.set("crop", json::Object{{"x", 0.1}, {"y", 0.1}, {"width", 0.7}, {"height", 0.8}});
    edits.set("text_overlays", overlays);

    const json::Value second = edited(user, id, edits), third = edited(user, id, edits);
    CHECK(first["version"].as_int() == 1);
    CHECK(second["version"].as_int() == 2);
    CHECK(third["version"].as_int() == 3);
    CHECK(second["sha256"] != first["sha256"]);
    CHECK(second["sha256"] == third["sha256"]);
    CHECK(second["manual_edits"]["rotate"].as_double() == 90);
    CHECK(second["width"].as_int() == 600);
    CHECK(second["height"].as_int() == 200);
    CHECK(second["moderation"].as_string() == "approved");
    CHECK(user.fetch(third["url"].as_string()).status == 200);
    // Undone: nothing of the edits is in the source.
    CHECK(edited(user, id, json::Object{})["sha256"] == first["sha256"]);
}

TEST_CASE("an edit that cannot be is refused with the place where it is wrong") {
    const Client user = shared_server().user();
    const std::string job = user.generate(user.analysed_project({photo("cup.jpg")}), {"display-320x50"});
    user.completed(job);
    const json::Value body =
        json::Object{{"manual_edits", json::Object{{"brightness", 99}, {"flip", "sideways"}}}};
    const Answer answer =
        user.send("PATCH", "/generated-assets/" + picture_of(user, job)["id"].as_string(), &body);
    CHECK(answer.status == 422);
    CHECK(answer.body["error"]["details"].size() == 2);
    CHECK(answer.bytes.find("/manual_edits/brightness") != std::string::npos);
    CHECK(answer.bytes.find("/manual_edits/flip") != std::string::npos);
}
