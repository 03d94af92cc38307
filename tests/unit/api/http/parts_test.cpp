#include <doctest/doctest.h>

#include <array>
#include <stdexcept>

#include "api/http/byte_range.hpp"
#include "api/http/rate_limiter.hpp"
#include "api/http/router.hpp"
#include "api/http/settings.hpp"

using namespace atelier;
using namespace atelier::api::http;

namespace {

Reply nothing(const Request&, api::ApiServices&) {
    return Reply::no_content();
}
Result<std::uint64_t> any_size(const Request&, api::ApiServices&) {
    return 1;
}

constexpr Route route(Method method, std::string_view pattern) {
    return {method, pattern, Access::anonymous, RateClass::read, BodyPolicy::none, nothing};
}

constexpr std::array kTable{route(Method::get, "/a/{id}"),        route(Method::get, "/a/special"),
                            route(Method::delete_, "/a/{id}"),    route(Method::get, "/a/{id}/b/{name}"),
                            route(Method::get, "/files/{rest*}"), route(Method::post, "/only")};

std::string_view matched(const Router& router, Method method, std::string_view path) {
    const auto match = router.match(method, path);
    return match.route ? match.route->pattern
                       : to_string(match.error ? match.error->code : ErrorCode::internal);
}

}  // namespace

TEST_CASE("a path finds its route and parameters, decoded") {
    const Router router(kTable);
    CHECK(matched(router, Method::get, "/a/special") == "/a/special");
    CHECK(matched(router, Method::get, "/a/other") == "/a/{id}");
    CHECK(matched(router, Method::head, "/a/other") == "/a/{id}");
    const auto match = router.match(Method::get, "/a/x%2Fy%20z/b/n");
    CHECK(match.parameters.get("id") == "x/y z");
    CHECK(match.parameters.get("name") == "n");
    CHECK(router.match(Method::get, "/files/one/two.txt").parameters.get("rest") == "one/two.txt");
}

TEST_CASE("what is no route is 404, another method is 405 with the methods that are") {
    const Router router(kTable);
    for (const char* path : {"/", "/a", "/a/", "/a/x/", "/a//b/n", "/a/x/b", "/nothing", "/a/x/b/n/m"}) {
        CAPTURE(path);
        CHECK(matched(router, Method::get, path) == "NOT_FOUND");
    }
    CHECK(matched(router, Method::get, "/" + std::string(200, '/')) == "NOT_FOUND");
    CHECK(matched(router, Method::put, "/a/x") == "METHOD_NOT_ALLOWED");
    CHECK(router.match(Method::put, "/a/x").allow == "GET, DELETE, HEAD, OPTIONS");
    CHECK(router.match(Method::options, "/only").options);
    CHECK(router.match(Method::options, "/only").allow == "POST, OPTIONS");
}

TEST_CASE("a table that contradicts itself stops the start") {
    const std::array twice{route(Method::get, "/a/{id}"), route(Method::get, "/a/{other}")};
    CHECK_THROWS_AS(Router{twice}, std::invalid_argument);
    const std::array relative{route(Method::get, "a")};
    CHECK_THROWS_AS(Router{relative}, std::invalid_argument);
    std::array limit{route(Method::put, "/a")};
    limit[0].upload_limit = any_size;
    CHECK_THROWS_AS(Router{limit}, std::invalid_argument);
    std::array body{route(Method::get, "/a")};
    body[0].body = BodyPolicy::json;
    CHECK_THROWS_AS(Router{body}, std::invalid_argument);
}

TEST_CASE("a bucket empties, says how long to wait and fills again") {
    std::chrono::steady_clock::time_point now{};
    RateLimiter limiter({{RateClass::write, 3, 6}}, 10, [&] { return now; });
    for (int i = 0; i < 3; ++i)
        CHECK_FALSE(limiter.take(RateClass::write, "ann").has_value());
    CHECK(limiter.take(RateClass::write, "ann") == 2);
    CHECK_FALSE(limiter.take(RateClass::write, "bob").has_value());
    CHECK_FALSE(limiter.take(RateClass::read, "ann").has_value());
    now += std::chrono::milliseconds(1900);
    CHECK(limiter.take(RateClass::write, "ann") == 1);
    now += std::chrono::milliseconds(200);
    CHECK_FALSE(limiter.take(RateClass::write, "ann").has_value());
    now += std::chrono::hours(1);
    for (int i = 0; i < 3; ++i)
        CHECK_FALSE(limiter.take(RateClass::write, "ann").has_value());
    CHECK(limiter.take(RateClass::write, "ann").has_value());
}

TEST_CASE("the limiter's memory is bounded and keeps who came last") {
    RateLimiter limiter({{RateClass::write, 1, 3600}}, 3);
    for (int i = 0; i < 1000; ++i) {
        limiter.take(RateClass::write, "busy");
        limiter.take(RateClass::write, "address " + std::to_string(i));
    }
    CHECK(limiter.keys() == 3);
    CHECK(limiter.take(RateClass::write, "busy").has_value());
}

TEST_CASE("byte ranges follow RFC 9110") {
    using Kind = ByteRange::Kind;
    struct Row {
        const char* header;
        ByteRange expected;
    };
    const ByteRange whole{Kind::whole, 0, 100}, none{Kind::unsatisfiable, 0, 0};
    for (const auto& [header, expected] :
         std::initializer_list<Row>{{"", whole},
                                    {"bytes=0-9", {Kind::part, 0, 10}},
                                    {"bytes=90-", {Kind::part, 90, 10}},
                                    {"bytes=90-500", {Kind::part, 90, 10}},
                                    {"bytes=-10", {Kind::part, 90, 10}},
                                    {"bytes=-500", {Kind::part, 0, 100}},
                                    {"bytes=100-", none},
                                    {"bytes=-0", none},
                                    {"bytes=9-1", whole},
                                    {"bytes=0-1,5-6", whole},
                                    {"bytes=a-b", whole},
                                    {"lines=0-1", whole},
                                    {"bytes=99999999999999999999-", whole}}) {
        CAPTURE(header);
        CHECK(parse_byte_range(header, 100) == expected);
    }
}

TEST_CASE("settings that cannot work are all named") {
    ServerSettings settings;
    CHECK(settings.check().has_value());
    settings.io_threads = 0;
    settings.heartbeat_time = std::chrono::milliseconds(0);
    settings.rate_rules = {{RateClass::read, 0, 60}};
    REQUIRE(settings.check().has_error());
    CHECK(settings.check().error().details.size() == 3);
}
