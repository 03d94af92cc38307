#include <doctest/doctest.h>

#include "../http_client/loopback_server.hpp"
#include "common/objects/s3/s3_store.hpp"

using namespace atelier;
using namespace std::chrono_literals;

namespace {

std::unique_ptr<objects::S3Store> store_at(const LoopbackServer& server) {
    auto store = objects::S3Store::open({.bucket = "bucket",
                                         .endpoint = server.url(""),
                                         .path_style = true,
                                         .credentials = {.access_key = "a", .secret_key = "s"},
                                         .first_pause = 1ms});
    REQUIRE(store.has_value());
    return std::move(*store);
}

std::string answer(const std::string& status, const std::string& body = "") {
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

TEST_CASE("an operation is tried again while the store is down, four times at most") {
    std::atomic<int> asked = 0;
    LoopbackServer server(
        [&](const std::string&) { return ++asked < 3 ? answer("503 Busy") : answer("200 OK", "bytes"); });
    auto got = store_at(server)->get("key");
    REQUIRE(got.has_value());
    CHECK(*got == "bytes");
    CHECK(asked == 3);

    std::atomic<int> refused = 0;
    LoopbackServer down([&](const std::string&) { return ++refused, answer("500 Broken"); });
    CHECK(store_at(down)->get("key").error().code == ErrorCode::unavailable);
    CHECK(refused == 4);
}

TEST_CASE("a refusal is not tried again, and its code is told") {
    std::atomic<int> asked = 0;
    LoopbackServer server([&](const std::string&) {
        ++asked;
        return answer("403 Forbidden", "<Error><Code>SignatureDoesNotMatch</Code></Error>");
    });
    auto got = store_at(server)->get("key");
    REQUIRE_FALSE(got.has_value());
    CHECK(got.error().code == ErrorCode::internal);
    CHECK(got.error().message == "the object store answered 403 SignatureDoesNotMatch");
    CHECK(asked == 1);
}

TEST_CASE("a copy that fails late is a failure though its status is 200") {
    LoopbackServer server(
        [](const std::string&) { return answer("200 OK", "<Error><Code>InternalError</Code></Error>"); });
    CHECK(store_at(server)->copy("from", "to").error().code == ErrorCode::unavailable);
}

TEST_CASE("a presigned upload lives a second to a week") {
    LoopbackServer server([](const std::string&) { return std::string(); });
    const auto store = store_at(server);
    CHECK_FALSE(store->presign_put("k", "image/png", 1, 0s).has_value());
    CHECK_FALSE(store->presign_get("k", 604'801s).has_value());
    CHECK(store->presign_get("k", 604'800s).has_value());
}
