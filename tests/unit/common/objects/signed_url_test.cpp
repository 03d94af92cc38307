#include "common/objects/local/signed_url.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace atelier;
using namespace std::chrono_literals;

namespace {

const std::chrono::sys_seconds kNow{1'800'000'000s};
const std::string kSecret(32, 's');
const objects::UrlSigner kSigner(kSecret, "http://host:8080/");
const objects::SignedObject kUpload{
    .method = "PUT", .key = "org/asset.png", .size = 5, .content_type = "image/png", .expires = kNow + 60s};
const objects::SignedObject kDownload{
    .method = "GET", .key = "org/asset.png", .filename = "a b&c.png", .expires = kNow + 60s};

struct Target {
    std::string path, query;
};

Target split(const std::string& url) {
    const std::string base = "http://host:8080";
    REQUIRE(url.starts_with(base));
    const auto question = url.find('?');
    return {url.substr(base.size(), question - base.size()), url.substr(question + 1)};
}

Result<objects::SignedObject> upload(const Target& target, std::string_view type = "image/png",
                                     std::optional<std::int64_t> length = 5,
                                     std::chrono::sys_seconds now = kNow) {
    return kSigner.verify("PUT", target.path, target.query, type, length, now);
}

ErrorCode code_of(const Result<objects::SignedObject>& result) {
    REQUIRE_FALSE(result.has_value());
    return result.error().code;
}

}  // namespace

TEST_CASE("a signed upload is taken as it was signed") {
    const auto target = split(kSigner.sign(kUpload));
    CHECK(target.path == "/api/v1/objects/org/asset.png");
    auto object = upload(target);
    REQUIRE(object.has_value());
    CHECK(object->key == "org/asset.png");
    CHECK(object->size == 5);
    CHECK(object->content_type == "image/png");
}

TEST_CASE("an upload of another length or type, or too late, is told what is wrong") {
    const auto target = split(kSigner.sign(kUpload));
    CHECK(code_of(upload(target, "image/png", 6)) == ErrorCode::too_large);
    CHECK(code_of(upload(target, "image/png", 4)) == ErrorCode::validation_failed);
    CHECK(code_of(upload(target, "image/png", std::nullopt)) == ErrorCode::bad_request);
    CHECK(code_of(upload(target, "image/jpeg")) == ErrorCode::unsupported_media);
    CHECK(upload(target, "image/png", 5, kNow + 59s).has_value());
    auto late = upload(target, "image/png", 5, kNow + 60s);
    CHECK(code_of(late) == ErrorCode::forbidden);
    CHECK(late.error().message == "this link has expired");
}

TEST_CASE("a download carries its name and serves GET and HEAD only") {
    const auto target = split(kSigner.sign(kDownload));
    for (const char* method : {"GET", "HEAD"}) {
        auto object = kSigner.verify(method, target.path, target.query, "", {}, kNow);
        REQUIRE(object.has_value());
        CHECK(object->filename == "a b&c.png");
    }
    for (const char* method : {"PUT", "POST", "DELETE", "get"})
        CHECK(code_of(kSigner.verify(method, target.path, target.query, "", 0, kNow)) ==
              ErrorCode::forbidden);
}

TEST_CASE("a link changed in any place is forged") {
    for (const auto& object : {kUpload, kDownload}) {
        const std::string url = kSigner.sign(object);
        for (std::size_t i = std::string("http://host:8080").size(); i < url.size(); ++i) {
            std::string changed = url;
            changed[i] = changed[i] == 'a' ? 'b' : 'a';
            if (changed.find('?') == std::string::npos) continue;
            CAPTURE(changed);
            const auto target = split(changed);
            REQUIRE(code_of(kSigner.verify(object.method, target.path, target.query, "image/png", 5, kNow)) ==
                    ErrorCode::forbidden);
        }
    }
}

TEST_CASE("parameters that are repeated, unknown, missing or spelled otherwise are refused") {
    const auto target = split(kSigner.sign(kUpload));
    const auto query = target.query;
    for (const std::string& wrong :
         {query + "&size=5", query + "&extra=1", query.substr(0, query.find("&signature")), std::string(),
          "size=05&" + query, query + "&filename=x", query + "&signature=x", std::string("op=put&size=5"),
          query + "&%73ize=5"}) {
        CAPTURE(wrong);
        CHECK(code_of(upload({target.path, wrong})) == ErrorCode::forbidden);
    }
    for (const char* path : {"/api/v1/objects/", "/api/v1/objects/../secret", "/api/v1/objects/org/%2e%2e/x",
                             "/api/v1/objects/org/asset.png/", "/api/v1/other/org/asset.png",
                             "/api/v1/objects/org/asset.png%00"})
        CHECK(code_of(upload({path, query})) == ErrorCode::forbidden);
}

TEST_CASE("another secret's signature is worthless") {
    const objects::UrlSigner other(std::string(32, 't'), "http://host:8080");
    CHECK(code_of(upload(split(other.sign(kUpload)))) == ErrorCode::forbidden);
}
