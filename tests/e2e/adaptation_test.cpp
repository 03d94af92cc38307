// The project's main job, whole: real photographs, every format, exact and moderated.

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "common/crypto/hash.hpp"
#include "common/media/media.hpp"
#include "tests/e2e/shared_server.hpp"
#include "tests/e2e/support/geometry.hpp"

using namespace atelier;
using namespace atelier::e2e;

namespace {

std::span<const std::uint8_t> bytes_of(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// The file is what the format and the row say.
void check_file(const Client& user, const json::Value& picture, const json::Value& format) {
    const Answer file = user.fetch(picture["url"].as_string());
    REQUIRE(file.status == 200);
    const auto info = media::inspect(bytes_of(file.bytes));
    REQUIRE(info.has_value());
    CHECK(info->width == format["width"].as_int());
    CHECK(info->height == format["height"].as_int());
    CHECK(info->orientation == 1);
    CHECK(info->content_type == format["content_type"].as_string());
    CHECK(picture["width"].as_int() == format["width"].as_int());
    CHECK(picture["height"].as_int() == format["height"].as_int());
    CHECK(static_cast<std::int64_t>(file.bytes.size()) == picture["size_bytes"].as_int());
    if (!format["max_bytes"].is_null())
        CHECK(static_cast<std::int64_t>(file.bytes.size()) <= format["max_bytes"].as_int());
    CHECK(crypto::to_hex(crypto::sha256(file.bytes)) == picture["sha256"].as_string());
}

/// Never distorted, inside the canvas, and a crop fills it.
void check_layout(const json::Value& picture, const json::Value& photo) {
    const Rect crop = rect_of(picture["report"]["crop"]), placed = rect_of(picture["report"]["placement"]);
    const Rect canvas{0, 0, picture["width"].as_double(), picture["height"].as_double()};
    const Rect whole{0, 0, photo["width"].as_double(), photo["height"].as_double()};
    CHECK(share_inside(crop, whole) > 0.9999);
    CHECK(share_inside(placed, canvas) > 0.9999);
    // Placements are whole pixels: a strip of 50 may be off by half of one.
    const double x_scale = placed.width / crop.width, y_scale = placed.height / crop.height;
    CHECK(std::abs(x_scale / y_scale - 1) < 0.5 / placed.width + 0.5 / placed.height + 0.001);
    if (picture["strategy"].as_string() == "crop") {
        CHECK(placed.width == canvas.width);
        CHECK(placed.height == canvas.height);
    }
}

/// No face that a person sees is cut, and none that analysis found and the rules protect is lost.
void check_faces(const json::Value& picture, const std::vector<Rect>& faces) {
    const Rect crop = rect_of(picture["report"]["crop"]);
    for (const Rect& face : faces)
        CHECK(share_inside(face, crop) > 0.95);
    for (const json::Value& kept : picture["elements_kept"].array())
        if (kept["protected"].as_bool()) CHECK(kept["kept"].as_double() > 0.999);
}

struct Made {
    Client user;
    std::map<std::string, json::Value> photos;  ///< by id
    std::string job;
    json::Array pictures;
};

/// One job over both photographs, made once for all cases.
const Made& made() {
    static const Made all = [] {
        Made m{shared_server().user(), {}, {}, {}};
        const std::string project = m.user.analysed_project({photo("people.jpg"), photo("product.jpg")});
        const json::Value known = m.user.get_ok("/projects/" + project);
        for (const json::Value& id : known["asset_ids"].array())
            m.photos[id.as_string()] = m.user.get_ok("/assets/" + id.as_string());
        m.job = m.user.generate(project);
        m.user.completed(m.job, seconds(240));
        m.pictures = m.user.results(m.job);
        return m;
    }();
    return all;
}

}  // namespace

TEST_CASE("two photographs become all 21 formats, each exact in pixels, type, bytes and layout") {
    const Made& all = made();
    const json::Value formats = all.user.get_ok("/admin/formats?limit=100");
    REQUIRE(formats["items"].size() == 21);
    REQUIRE(all.pictures.size() == 42);
    std::set<std::string> pairs;
    for (const json::Value& picture : all.pictures) {
        const std::string slug = picture["format"]["slug"].as_string(),
                          source = picture["source_asset_id"].as_string();
        CAPTURE(slug);
        CAPTURE(all.photos.at(source)["filename"].as_string());
        pairs.insert(source + slug);
        for (const json::Value& format : formats["items"].array())
            if (format["slug"].as_string() == slug) check_file(all.user, picture, format);
        check_layout(picture, all.photos.at(source));
        CHECK(picture["moderation"].as_string() == "approved");
        CHECK_FALSE(picture["is_nsfw"].as_bool(true));
    }
    CHECK(pairs.size() == 42);
}

TEST_CASE("no format cuts a face, and the group's 28 visible faces are on every picture of it") {
    const Made& all = made();
    const std::vector<Rect> faces = labelled_faces("people.jpg");
    REQUIRE(faces.size() == 28);
    int seen = 0;
    for (const json::Value& picture : all.pictures) {
        if (all.photos.at(picture["source_asset_id"].as_string())["filename"].as_string() != "people.jpg")
            continue;
        CAPTURE(picture["format"]["slug"].as_string());
        CAPTURE(picture["report"]["why"].as_string());
        ++seen;
        check_faces(picture, faces);
    }
    CHECK(seen == 21);
}

TEST_CASE("the upload costs a credit a photo and the job one a picture, reserved and settled once") {
    const Made& all = made();
    CHECK(all.user.ledger(all.job) == std::vector<std::string>{"reserve -42", "settle 0"});
    CHECK(all.user.balance() == 1000 - 2 - 42);
}

TEST_CASE("a picture's URL needs no Authorization and fails when anything of it is changed") {
    const Made& all = made();
    const std::string url = all.pictures.front()["url"].as_string();
    CHECK(all.user.fetch(url).status == 200);
    const auto changed = [&](const std::string& part) {
        std::string other = url;
        const std::size_t at = other.find(part) + part.size();
        REQUIRE(at < other.size());
        other[at] = other[at] == 'a' ? 'b' : other[at] == '1' ? '2' : other[at] == '9' ? '8' : 'a';
        return other;
    };
    CHECK(all.user.fetch(changed("signature=")).status == 403);
    const std::size_t expiry = url.find("expires=") + 8;
    std::string later = url;
    later[expiry] = static_cast<char>(later[expiry] == '9' ? '8' : later[expiry] + 1);
    CHECK(all.user.fetch(later).status == 403);
    CHECK(all.user.fetch(url.substr(0, url.find('?'))).status >= 400);
    CHECK(all.user.fetch(changed("/objects/results/")).status == 403);
}

TEST_CASE("another organization sees nothing of it") {
    const Made& all = made();
    const Client stranger = shared_server().user();
    CHECK(stranger.get("/jobs/" + all.job).status == 404);
    CHECK(stranger.get("/generate/" + all.job + "/results").status == 404);
    CHECK(stranger.get("/generated-assets/" + all.pictures.front()["id"].as_string()).status == 404);
    CHECK(stranger.get("/assets/" + all.photos.begin()->first).status == 404);
}
