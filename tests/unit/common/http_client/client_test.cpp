#include "common/http_client/client.hpp"

#include <doctest/doctest.h>

#include <unistd.h>
#include <filesystem>
#include <fstream>

#include "loopback_server.hpp"

using namespace atelier;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

std::string reply(const std::string& body, const std::string& headers = "") {
    return "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           body;
}

bool asks_for(const std::string& request, const std::string& path) {
    return request.find(" " + path + " HTTP/1.1") != std::string::npos;
}

std::string rule_of(const Result<http_client::Response>& result) {
    if (result) return "answered";
    return result.error().details.empty() ? std::string(to_string(result.error().code))
                                          : result.error().details[0].rule;
}

fs::path temporary(const std::string& name) {
    return fs::temp_directory_path() / ("client-test-" + std::to_string(::getpid()) + "-" + name);
}

}  // namespace

TEST_CASE("a request arrives whole and its answer comes back") {
    std::string seen;
    LoopbackServer server([&](const std::string& request) {
        seen = request;
        return reply("hello", "X-Thing: a\r\nRetry-After: 7\r\n");
    });
    const http_client::Client client;
    auto response = client.send({.method = "POST",
                                 .url = server.url("/path?q=1"),
                                 .headers = {{"X-Mine", "yes"}, {"X-Empty", ""}},
                                 .body = std::string("payload")});
    REQUIRE(response.has_value());
    CHECK(response->status == 200);
    CHECK(response->body == "hello");
    CHECK(response->header("x-thing") == "a");
    CHECK(response->retry_after_s() == 7);
    CHECK(seen.starts_with("POST /path?q=1 HTTP/1.1\r\n"));
    CHECK(seen.find("X-Mine: yes\r\n") != std::string::npos);
    CHECK(seen.find("X-Empty:\r\n") != std::string::npos);
    CHECK(seen.ends_with("\r\n\r\npayload"));
}

TEST_CASE("files are sent and received as streams") {
    std::string seen;
    const std::string large(300'000, 'L');
    LoopbackServer server([&](const std::string& request) {
        seen = request;
        return reply(large);
    });
    const auto in = temporary("in"), out = temporary("out");
    std::ofstream(in, std::ios::binary) << std::string(200'000, 'I');
    const http_client::Client client;
    auto response = client.send(
        {.method = "PUT", .url = server.url("/"), .body = http_client::FileBody{in}, .save_to = out});
    REQUIRE(response.has_value());
    CHECK(response->body.empty());
    CHECK(response->body_bytes == 300'000);
    CHECK(fs::file_size(out) == 300'000);
    CHECK(seen.find("Content-Length: 200000\r\n") != std::string::npos);
    CHECK(seen.ends_with(std::string(200'000, 'I')));
    CHECK(
        client.send({.method = "PUT", .url = server.url("/"), .body = http_client::FileBody{temporary("no")}})
            .error()
            .code == ErrorCode::not_found);
    fs::remove(in);
    fs::remove(out);
}

TEST_CASE("a response over the cap is cut off, announced or not, and leaves no file") {
    LoopbackServer server([](const std::string& request) {
        if (asks_for(request, "/announced")) return reply(std::string(1000, 'x'));
        return "HTTP/1.1 200 OK\r\n\r\n" + std::string(1000, 'x');
    });
    const http_client::Client client;
    const auto out = temporary("capped");
    for (const char* path : {"/announced", "/endless"}) {
        CAPTURE(path);
        CHECK(client.send({.url = server.url(path), .max_response_bytes = 1000}).has_value());
        CHECK(client.send({.url = server.url(path), .max_response_bytes = 999}).error().code ==
              ErrorCode::too_large);
        CHECK(
            client.send({.url = server.url(path), .save_to = out, .max_response_bytes = 999}).error().code ==
            ErrorCode::too_large);
        CHECK_FALSE(fs::exists(out));
    }
}

TEST_CASE("a body that breaks off is an error and leaves no file") {
    LoopbackServer server(
        [](const std::string&) { return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"; });
    const auto out = temporary("broken");
    const http_client::Client client;
    auto response = client.send({.url = server.url("/"), .save_to = out});
    REQUIRE_FALSE(response.has_value());
    CHECK(response.error().code == ErrorCode::unavailable);
    CHECK_FALSE(fs::exists(out));
}

TEST_CASE("silence ends by time, and a cancelled transfer ends at once") {
    LoopbackServer server([](const std::string&) { return std::string(); });
    const http_client::Client client;
    auto late = client.send({.url = server.url("/?secret=1"), .total_timeout = 100ms});
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().code == ErrorCode::request_timeout);
    CHECK(late.error().message.find("secret") == std::string::npos);
    auto cancelled = client.send({.url = server.url("/"), .cancelled = [] { return true; }});
    REQUIRE_FALSE(cancelled.has_value());
    CHECK(cancelled.error().code == ErrorCode::conflict);
}

TEST_CASE("a server that is not there is unavailable") {
    unsigned short port = 0;
    {
        const LoopbackServer gone([](const std::string&) { return std::string(); });
        port = gone.port();
    }
    const http_client::Client client;
    CHECK(client.send({.url = "http://127.0.0.1:" + std::to_string(port)}).error().code ==
          ErrorCode::unavailable);
}

TEST_CASE("connections are reused") {
    LoopbackServer server([](const std::string&) { return reply("x", "Connection: keep-alive\r\n"); });
    const http_client::Client client;
    for (int i = 0; i < 5; ++i)
        REQUIRE(client.send({.url = server.url("/")}).has_value());
    CHECK(server.connections() == 1);
}

TEST_CASE("URLs that are none, or of another scheme, or with a password, are refused") {
    const http_client::Client client;
    const std::pair<std::string, std::string> wrong[] = {{"", "url"},
                                                         {"no url", "url"},
                                                         {"/relative", "url"},
                                                         {"http://", "url"},
                                                         {"file:///etc/passwd", "scheme"},
                                                         {"ftp://example.com/", "scheme"},
                                                         {"gopher://example.com/", "scheme"},
                                                         {"http://u:p@example.com/", "userinfo"},
                                                         {"http://example.com@10.0.0.1/", "userinfo"},
                                                         {"http://example.com/\r\nX: y", "url"},
                                                         {"http://example.com:99999/", "port"}};
    for (const auto& [url, rule] : wrong) {
        CAPTURE(url);
        CHECK(rule_of(client.send({.url = url, .guard = http_client::Guard{}})) == rule);
    }
    CHECK(rule_of(client.send({.url = "http://example.com", .headers = {{"X", "a\r\nY: b"}}})) ==
          "characters");
}

TEST_CASE("the guard refuses inner addresses however they are spelled, and ports of other services") {
    const http_client::Client client;
    for (const char* url :
         {"http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/",
          "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://10.0.0.1/",
          "http://169.254.169.254/latest/meta-data/", "http://[64:ff9b::7f00:1]/", "http://0/"}) {
        CAPTURE(url);
        CHECK(rule_of(client.send({.url = url, .connect_timeout = 2000ms, .guard = http_client::Guard{}})) ==
              "address");
    }
    CHECK(rule_of(client.send({.url = "http://127.0.0.1:6379/", .guard = http_client::Guard{}})) == "port");
}

TEST_CASE("the guard follows three redirects and looks at every address on the way") {
    unsigned short port = 0;
    LoopbackServer server([&](const std::string& request) {
        const auto to = [](const std::string& url) {
            return "HTTP/1.1 302 Found\r\nLocation: " + url + "\r\nContent-Length: 0\r\n\r\n";
        };
        if (asks_for(request, "/inner")) return to("http://127.0.0.2:" + std::to_string(port) + "/end");
        if (asks_for(request, "/port")) return to("http://127.0.0.1:6379/");
        if (asks_for(request, "/file")) return to("file:///etc/passwd");
        if (asks_for(request, "/user")) return to("http://user@127.0.0.1:" + std::to_string(port) + "/end");
        if (asks_for(request, "/4")) return to("/3");
        if (asks_for(request, "/3")) return to("/2");
        if (asks_for(request, "/2")) return to("/1");
        if (asks_for(request, "/1")) return to("/end");
        return reply("end");
    });
    port = server.port();
    const http_client::Client client;
    const http_client::Guard guard{.ports = {port}, .allowed_addresses = {"127.0.0.1"}};
    const auto fetch = [&](const std::string& path) {
        return client.send({.url = server.url(path), .max_redirects = 10, .guard = guard});
    };
    auto three = fetch("/3");
    REQUIRE(three.has_value());
    CHECK(three->body == "end");
    CHECK(three->url == server.url("/end"));
    CHECK(rule_of(fetch("/4")) == "redirects");
    CHECK(rule_of(fetch("/inner")) == "address");
    CHECK(rule_of(fetch("/port")) == "port");
    CHECK(rule_of(fetch("/file")) == "scheme");
    CHECK(rule_of(fetch("/user")) == "userinfo");
}

TEST_CASE("a connection of a plain request is never lent to a guarded one") {
    LoopbackServer server([](const std::string&) { return reply("x", "Connection: keep-alive\r\n"); });
    const http_client::Client client;
    const http_client::Guard strict{.ports = {server.port()}};
    http_client::Guard lenient = strict;
    lenient.allowed_addresses = {"127.0.0.1"};
    REQUIRE(client.send({.url = server.url("/")}).has_value());
    CHECK(rule_of(client.send({.url = server.url("/"), .guard = strict})) == "address");
    REQUIRE(client.send({.url = server.url("/"), .guard = lenient}).has_value());
    CHECK(rule_of(client.send({.url = server.url("/"), .guard = strict})) == "address");
}
