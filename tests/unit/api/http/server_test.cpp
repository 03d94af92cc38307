#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "common/json/value.hpp"
#include "tests/unit/api/http/server_fixture.hpp"

using namespace atelier;
using namespace atelier::api::http;
using namespace std::chrono_literals;
using tests::RawClient;

namespace {

std::string message(std::string_view line, std::string_view headers = "", std::string_view body = "") {
    return std::string(line) + " HTTP/1.1\r\nHost: test\r\n" + std::string(headers) + "\r\n" +
           std::string(body);
}

std::string with_body(std::string_view line, std::string_view headers, std::string_view body) {
    return message(line, std::string(headers) + "Content-Length: " + std::to_string(body.size()) + "\r\n",
                   body);
}

const std::string kUser = "Authorization: Bearer user\r\n";
const std::string kJson = "Content-Type: application/json\r\n";

tests::HttpResponse ask(TestServer& server, const std::string& bytes) {
    return RawClient(server.server->port()).request(bytes);
}

std::string code_of(const tests::HttpResponse& response) {
    const auto envelope = json::parse(response.body);
    return envelope ? (*envelope)["error"]["code"].as_string() : "(no envelope)";
}

bool uploads_empty(const TestServer& server) {
    return std::filesystem::is_empty(server.folder / "uploads");
}

}  // namespace

TEST_CASE("a handler sees the request and every answer carries its id and security headers") {
    TestServer server;
    const auto response = ask(server, with_body("POST /items?a=1&b=x%20y+z&a=2", kUser + kJson, "{\"n\":1}"));
    CHECK(response.status == 200);
    const auto seen = *json::parse(response.body);
    CHECK(seen["user"].as_string() == "ann");
    CHECK(seen["body"].as_string() == "{\"n\":1}");
    CHECK(json::write(seen["query"]) == R"(["a=1","b=x y z","a=2"])");
    CHECK(response.header("x-request-id").size() == 36);
    CHECK(response.header("x-content-type-options") == "nosniff");
    CHECK(response.header("x-frame-options") == "DENY");
    CHECK(response.header("referrer-policy") == "no-referrer");
    CHECK(response.header("content-security-policy").starts_with("default-src 'none'"));
    while (server.requests().empty())
        std::this_thread::yield();  // it is told after the answer went out
    CHECK(server.requests() == std::vector<std::string>{"POST /items 200"});
}

TEST_CASE("who may not come in hears why") {
    TestServer server;
    CHECK(code_of(ask(server, message("GET /items/1"))) == "UNAUTHENTICATED");
    CHECK(ask(server, message("GET /items/1", "Authorization: Basic user\r\n")).status == 401);
    CHECK(ask(server, message("GET /items/1")).header("www-authenticate") == "Bearer");
    CHECK(code_of(ask(server, message("GET /admin", kUser))) == "FORBIDDEN");
    CHECK(ask(server, message("GET /admin", "Authorization: bearer admin\r\n")).status == 200);
    CHECK(code_of(ask(server, message("GET /nowhere"))) == "NOT_FOUND");
    const auto wrong_method = ask(server, message("PUT /items"));
    CHECK(code_of(wrong_method) == "METHOD_NOT_ALLOWED");
    CHECK(wrong_method.header("allow") == "POST, OPTIONS");
    CHECK(code_of(ask(server, message("BREW /items"))) == "METHOD_NOT_ALLOWED");
}

TEST_CASE("HEAD is GET without the body, and a pipeline is answered in order") {
    TestServer server;
    RawClient client(server.server->port());
    client.send(message("HEAD /open") + message("GET /open?n=1") + with_body("POST /open", kJson, "{}") +
                message("GET /open?n=2", "Connection: close\r\n") + message("GET /open?n=3"));
    const auto head = client.response(true);
    CHECK(head->status == 200);
    CHECK(std::stoi(head->header("content-length")) > 0);
    CHECK((*json::parse(client.response()->body))["query"].at(0).as_string() == "n=1");
    CHECK((*json::parse(client.response()->body))["method"].as_string() == "POST");
    const auto last = client.response();
    CHECK((*json::parse(last->body))["query"].at(0).as_string() == "n=2");
    CHECK(last->header("connection") == "close");
    CHECK(client.rest() == "");
}

TEST_CASE("other origins are told what they may do, and only the listed ones") {
    TestServer server([](auto& s) { s.cors_origins = {"https://app.example"}; });
    const auto preflight = ask(server, message("OPTIONS /items", "Origin: https://app.example\r\n"));
    CHECK(preflight.status == 204);
    CHECK(preflight.header("access-control-allow-origin") == "https://app.example");
    CHECK(preflight.header("access-control-allow-methods") == "POST, OPTIONS");
    const auto foreign = ask(server, message("GET /open", "Origin: https://evil.example\r\n"));
    CHECK(foreign.header("access-control-allow-origin") == "");
    CHECK(foreign.header("vary") == "Origin");
}

TEST_CASE("bodies that an endpoint does not take are refused before they are read") {
    TestServer server([](auto& s) { s.json_limit = 2048; });
    const auto refused = [&](const std::string& bytes, int status, const std::string& code) {
        CAPTURE(bytes.substr(0, 100));
        RawClient client(server.server->port());
        const auto response = client.request(bytes);
        CHECK(response.status == status);
        CHECK(code_of(response) == code);
        CHECK(client.rest() == "");
    };
    refused(with_body("POST /open", "Content-Type: text/plain\r\n", "{}"), 415, "UNSUPPORTED_MEDIA_TYPE");
    refused(with_body("POST /open", "", "{}"), 415, "UNSUPPORTED_MEDIA_TYPE");
    refused(with_body("POST /open", kJson + "Content-Encoding: gzip\r\n", "{}"), 415,
            "UNSUPPORTED_MEDIA_TYPE");
    refused(message("POST /open", kJson + "Content-Length: 2049\r\n"), 413, "TOO_LARGE");
    refused(
        message("POST /open", kJson + "Transfer-Encoding: chunked\r\n", "801\r\n" + std::string(2049, 'x')),
        413, "TOO_LARGE");
    refused(with_body("DELETE /items/1", kUser + kJson, "{}"), 400, "BAD_REQUEST");
    refused(message("POST /items", kJson + "Content-Length: 2000\r\n"), 401, "UNAUTHENTICATED");
    refused(message("GET /open", "X-Long: " + std::string(9000, 'x') + "\r\n"), 431, "HEADER_TOO_LARGE");
    std::string many;
    for (int i = 0; i < 70; ++i)
        many += "A: b\r\n";
    refused(message("GET /open", many), 431, "HEADER_TOO_LARGE");
    CHECK(server.calls() == 0);
}

TEST_CASE("a request that does not arrive in time gets 408, an idle connection just ends") {
    TestServer server([](auto& s) {
        s.request_time = 50ms;
        s.keep_alive_time = 50ms;
    });
    CHECK(RawClient(server.server->port()).rest() == "");
    RawClient in_head(server.server->port());
    CHECK(code_of(in_head.request("GET /open HTTP/1.1\r\nHost")) == "REQUEST_TIMEOUT");
    CHECK(in_head.rest() == "");
    RawClient in_body(server.server->port());
    CHECK(in_body.request(message("POST /open", kJson + "Content-Length: 9\r\n", "{")).status == 408);
    CHECK(in_body.rest() == "");
}

TEST_CASE("an upload streams to a file that is gone after the handler") {
    TestServer server;
    const std::string body(1'000'000, 'a');
    RawClient client(server.server->port());
    client.send(message("PUT /upload?signature=good", "Expect: 100-continue\r\nContent-Length: 1000000\r\n"));
    CHECK(client.response()->status == 100);
    client.send(body + message("GET /open"));
    const auto response = client.response();
    CHECK(response->status == 201);
    const auto seen = *json::parse(response->body);
    CHECK(seen["size"].as_int() == 1'000'000);
    CHECK(seen["sha256"].as_string() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    CHECK(client.response()->status == 200);
    CHECK(uploads_empty(server));
}

TEST_CASE("an upload that may not come is refused without 100 Continue") {
    TestServer server([](auto& s) {
        s.request_time = 100ms;
        s.upload_bytes_per_second = 1'000'000'000;
    });
    const std::string expect = "Expect: 100-continue\r\n";
    CHECK(ask(server, message("PUT /upload?signature=bad", expect + "Content-Length: 5\r\n")).status == 403);
    CHECK(ask(server, message("PUT /upload?signature=good", expect + "Content-Length: 5000000\r\n")).status ==
          413);
    CHECK(ask(server, message("PUT /upload?signature=good", expect + "Transfer-Encoding: chunked\r\n"))
              .status == 400);
    CHECK(ask(server, message("PUT /upload?signature=good")).status == 400);
    CHECK(ask(server, message("PUT /upload?signature=good", "Content-Length: 500\r\n", "part")).status ==
          408);
    CHECK(server.calls() == 0);
    CHECK(uploads_empty(server));
}

TEST_CASE("a disk that refuses an upload is 503, and the client that vanishes leaves no file") {
    TestServer server;
    {
        RawClient client(server.server->port());
        client.send(message("PUT /upload?signature=good", "Content-Length: 500\r\n", "part"));
    }
    while (server.server->connections() > 0)
        std::this_thread::yield();
    CHECK(uploads_empty(server));
    std::filesystem::remove(server.folder / "uploads");
    const auto response = ask(server, with_body("PUT /upload?signature=good", "", "bytes"));
    CHECK(response.status == 503);
    CHECK(response.header("retry-after") == "30");
    std::filesystem::create_directory(server.folder / "uploads");
}

TEST_CASE("files are sent whole, in part, or not at all when the client has them") {
    TestServer server;
    std::string content;
    for (int i = 0; i < 100'000; ++i)
        content += std::to_string(i);
    std::ofstream(server.folder / "file.bin", std::ios::binary) << content;
    RawClient client(server.server->port());
    const auto whole = client.request(message("GET /file"));
    CHECK(whole.status == 200);
    CHECK(whole.body == content);
    const auto part = client.request(message("GET /file", "Range: bytes=1000-300000\r\n"));
    CHECK(part.status == 206);
    CHECK(part.body == content.substr(1000, 299'001));
    CHECK(part.header("content-range") == "bytes 1000-300000/" + std::to_string(content.size()));
    const auto beyond = client.request(message("GET /file", "Range: bytes=9999999-\r\n"));
    CHECK(beyond.status == 416);
    CHECK(beyond.header("content-range") == "bytes */" + std::to_string(content.size()));
    const std::string etag = whole.header("etag");
    CHECK(client.request(message("GET /file", "If-None-Match: " + etag + "\r\n")).status == 304);
    CHECK(client.request(message("GET /file", "Range: bytes=0-1\r\nIf-Range: \"old\"\r\n")).status == 200);
    client.send(message("HEAD /file"));
    CHECK(client.response(true)->header("content-length") == std::to_string(content.size()));
    CHECK(code_of(client.request(message("GET /missing"))) == "NOT_FOUND");
}

TEST_CASE("a handler that throws is a 500 that tells nothing, and the server goes on") {
    TestServer server;
    RawClient client(server.server->port());
    const auto response = client.request(message("GET /throw"));
    CHECK(code_of(response) == "INTERNAL");
    CHECK(response.body.find("secret") == std::string::npos);
    CHECK(client.request(message("GET /open")).status == 200);
}

TEST_CASE("an echoed value cannot start a header of its own") {
    TestServer server;
    const auto response = ask(server, message("GET /inject?value=a"));
    CHECK(response.status == 204);
    CHECK(response.header("x-evil") == "");
}

TEST_CASE("a caller over the rate gets 429 with the time to wait, others do not") {
    TestServer server([](auto& s) {
        s.rate_rules = {{RateClass::read, 2, 3600}, {RateClass::auth, 1, 3600}};
    });
    const std::string admin = "Authorization: Bearer admin\r\n";
    for (int i = 0; i < 2; ++i)
        CHECK(ask(server, message("GET /items/1", kUser)).status == 200);
    const auto refused = ask(server, message("GET /items/1", kUser));
    CHECK(code_of(refused) == "RATE_LIMITED");
    CHECK(std::stoi(refused.header("retry-after")) > 1000);
    CHECK(ask(server, message("GET /items/1", admin)).status == 200);
    CHECK(ask(server, message("GET /items/1", "Authorization: Bearer guess1\r\n")).status == 401);
    CHECK(ask(server, message("GET /items/1", "Authorization: Bearer guess2\r\n")).status == 429);
}

TEST_CASE("connections and waiting requests beyond the limits are answered 503") {
    TestServer server([](auto& s) {
        s.max_connections = 3;
        s.handler_threads = 1;
        s.handler_queue = 1;
    });
    server.services.blocked = true;
    RawClient running(server.server->port()), one(server.server->port()), other(server.server->port());
    running.send(message("GET /block"));
    server.wait_inside(1);
    one.send(message("GET /open"));
    other.send(message("GET /open"));
    while (server.requests() != std::vector<std::string>{"GET /open 503"})
        std::this_thread::yield();
    const auto refused = ask(server, "");
    CHECK(refused.status == 503);
    CHECK(code_of(refused) == "UNAVAILABLE");
    CHECK(refused.header("retry-after") == "1");
    server.unblock();
    CHECK(running.response()->status == 200);
    CHECK(one.response()->status + other.response()->status == 200 + 503);
}

TEST_CASE("stopping answers what is in flight and closes what is idle") {
    TestServer server;
    server.services.blocked = true;
    RawClient idle(server.server->port()), busy(server.server->port());
    CHECK(idle.request(message("GET /open")).status == 200);
    busy.send(message("GET /block"));
    server.wait_inside(1);
    std::thread stopper([&] { server.server->stop(); });
    CHECK(idle.rest() == "");
    server.unblock();
    const auto response = busy.response();
    CHECK(response->status == 200);
    CHECK(response->header("connection") == "close");
    stopper.join();
    CHECK_THROWS(RawClient(server.server->port()));
}

TEST_CASE("stopping gives up on what does not end") {
    TestServer server([](auto& s) { s.drain_time = 20ms; });
    RawClient stalled(server.server->port());
    stalled.send("GET /open HTTP/1.1\r\n");
    while (server.server->connections() == 0)
        std::this_thread::yield();
    server.server->stop();
    CHECK(server.server->connections() == 0);
}

TEST_CASE("an address that is taken is a clear error") {
    TestServer first;
    try {
        TestServer second([&](auto& s) { s.port = first.server->port(); });
        FAIL("both listen");
    } catch (const std::runtime_error& e) {
        CHECK(std::string(e.what()).find(std::to_string(first.server->port())) != std::string::npos);
    }
}
