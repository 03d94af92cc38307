// Event streams and WebSockets over real sockets; their logic is tested in tests/unit/api/live.

#include <doctest/doctest.h>

#include <thread>

#include "common/json/value.hpp"
#include "tests/unit/api/http/server_fixture.hpp"

using namespace atelier;
using namespace atelier::api::http;
using namespace std::chrono_literals;
using tests::RawClient;

namespace {

const std::string kUser = "Authorization: Bearer user\r\n";

std::string stream(std::string_view target, std::string_view token = "user") {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " +
           std::string(token) + "\r\n\r\n";
}

json::Value next(RawClient& client) {
    const std::string text = client.text();
    const auto value = json::parse(text);
    return value ? *value : json::Value(text);
}

}  // namespace

TEST_CASE("an event stream replays, follows and ends with the job") {
    TestServer server;
    for (int seq : {1, 2, 3})
        server.commit("j", seq);
    RawClient client(server.server->port());
    client.send(stream("/jobs/j/stream?after=1"));
    REQUIRE(client.wait_for("\"seq\":3}\n\n"));
    CHECK(client.received().find("Content-Type: text/event-stream\r\n") != std::string::npos);
    CHECK(client.received().find("id: 1\n") == std::string::npos);
    CHECK(client.received().find("id: 2\nevent: job:progress\ndata: {\"type\":\"job:progress\"") !=
          std::string::npos);
    server.commit("j", 4, true);
    const auto rest = client.rest();
    CHECK(rest->ends_with(
        "id: 4\nevent: job:completed\ndata: {\"type\":\"job:completed\",\"job_id\":\"j\",\"seq\":4}\n\n"));
}

TEST_CASE("a quiet event stream sends heartbeats") {
    TestServer server([](auto& s) { s.heartbeat_time = 10ms; });
    RawClient client(server.server->port());
    client.send(stream("/jobs/j/stream"));
    CHECK(client.wait_for("\n: still here\n\n"));
}

TEST_CASE("an ended job's stream with nothing new is 204; a stranger's job is 404") {
    TestServer server;
    server.commit("j", 1, true);
    CHECK(RawClient(server.server->port()).request(stream("/jobs/j/stream?after=1")).status == 204);
    CHECK(RawClient(server.server->port()).request(stream("/jobs/j/stream", "stranger")).status == 404);
    CHECK(server.hub->watched_jobs() == 0);
}

TEST_CASE("a client that leaves its stream is forgotten") {
    TestServer server;
    {
        RawClient client(server.server->port());
        client.send(stream("/jobs/j/stream"));
        REQUIRE(client.wait_for("retry:"));
        CHECK(server.hub->watched_jobs() == 1);
    }
    while (server.server->connections() > 0)
        std::this_thread::yield();
    CHECK(server.hub->watched_jobs() == 0);
}

TEST_CASE("a WebSocket subscribes from a seq, follows and learns of the end") {
    TestServer server;
    for (int seq : {1, 2})
        server.commit("j", seq);
    RawClient client(server.server->port());
    const auto upgraded = client.upgrade("/api/v1/ws", kUser);
    REQUIRE(upgraded.status == 101);
    CHECK(upgraded.header("sec-websocket-accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    CHECK(upgraded.header("x-request-id").size() == 36);
    client.send_text(R"({"type":"subscribe","job_id":"j","after":1})");
    CHECK(next(client)["type"].as_string() == "subscribed");
    CHECK(next(client)["seq"].as_int() == 2);
    server.commit("j", 3, true);
    const auto last = next(client);
    CHECK(last["type"].as_string() == "job:completed");
    CHECK(last["seq"].as_int() == 3);
    const auto over = next(client);
    CHECK(over["type"].as_string() == "unsubscribed");
    CHECK(over["reason"].as_string() == "finished");
}

TEST_CASE("the token may come in the query or the first message, and must come") {
    TestServer server([](auto& s) { s.websocket_auth_time = 100ms; });
    RawClient by_query(server.server->port());
    REQUIRE(by_query.upgrade("/api/v1/ws?access_token=user").status == 101);
    by_query.send_text(R"({"type":"subscribe","job_id":"j"})");
    CHECK(next(by_query)["type"].as_string() == "subscribed");

    RawClient by_message(server.server->port());
    REQUIRE(by_message.upgrade("/api/v1/ws").status == 101);
    by_message.send_text(R"({"type":"subscribe","job_id":"j"})");
    CHECK(next(by_message)["error"]["code"].as_string() == "UNAUTHENTICATED");
    by_message.send_text(R"({"type":"auth","token":"wrong"})");
    CHECK(next(by_message)["error"]["code"].as_string() == "UNAUTHENTICATED");
    by_message.send_text(R"({"type":"auth","token":"user"})");
    CHECK(next(by_message)["type"].as_string() == "authenticated");
    by_message.send_text(R"({"type":"subscribe","job_id":"j"})");
    CHECK(next(by_message)["type"].as_string() == "subscribed");

    RawClient never(server.server->port());
    REQUIRE(never.upgrade("/api/v1/ws").status == 101);
    CHECK(never.text() == "(close 1008)");
    CHECK(RawClient(server.server->port()).upgrade("/api/v1/ws", "Authorization: Bearer wrong\r\n").status ==
          401);
    CHECK(RawClient(server.server->port()).upgrade("/api/v1/ws?access_token=wrong").status == 401);
}

TEST_CASE("messages that make no sense are answered, not punished") {
    TestServer server;
    RawClient client(server.server->port());
    REQUIRE(client.upgrade("/api/v1/ws", kUser).status == 101);
    const auto refused = [&](std::string_view text) {
        client.send_text(text);
        const auto reply = next(client);
        CHECK(reply["type"].as_string() == "error");
        return reply["error"]["code"].as_string();
    };
    CHECK(refused("no json") == "BAD_REQUEST");
    CHECK(refused("[]") == "BAD_REQUEST");
    CHECK(refused(R"({"type":"dance"})") == "VALIDATION_FAILED");
    CHECK(refused(R"({"type":"subscribe"})") == "VALIDATION_FAILED");
    CHECK(refused(R"({"type":"subscribe","job_id":"j","after":-1})") == "VALIDATION_FAILED");
    CHECK(refused(R"({"type":"subscribe","job_id":"j","after":"1"})") == "VALIDATION_FAILED");
    CHECK(refused(R"({"type":"unsubscribe","job_id":"j"})") == "NOT_FOUND");
    CHECK(refused(R"({"type":"auth","token":"user"})") == "CONFLICT");
    client.send_frame(2, "binary");
    CHECK(next(client)["error"]["code"].as_string() == "BAD_REQUEST");
    client.send_text(R"({"type":"subscribe","job_id":"j"})");
    CHECK(next(client)["type"].as_string() == "subscribed");
    client.send_text(R"({"type":"unsubscribe","job_id":"j"})");
    CHECK(next(client)["reason"].as_string() == "asked");
    CHECK(server.hub->watched_jobs() == 0);
}

TEST_CASE("a stranger cannot watch the job") {
    TestServer server;
    RawClient client(server.server->port());
    REQUIRE(client.upgrade("/api/v1/ws", "Authorization: Bearer stranger\r\n").status == 101);
    client.send_text(R"({"type":"subscribe","job_id":"j"})");
    const auto reply = next(client);
    CHECK(reply["error"]["code"].as_string() == "NOT_FOUND");
    CHECK(reply["job_id"].as_string() == "j");
}

TEST_CASE("a message over the limit closes with 1009, plain HTTP on the endpoint is 400") {
    TestServer server;
    RawClient client(server.server->port());
    REQUIRE(client.upgrade("/api/v1/ws", kUser).status == 101);
    client.send_frame(1, std::string(64 * 1024 + 1, ' '));
    CHECK(client.text() == "(close 1009)");
    CHECK(RawClient(server.server->port()).request(stream("/api/v1/ws")).status == 400);
}

TEST_CASE("a reader that does not take its events is closed with 1013") {
    TestServer server([](auto& s) { s.reader_limit = 64 * 1024; });
    RawClient client(server.server->port(), 4096);
    REQUIRE(client.upgrade("/api/v1/ws", kUser).status == 101);
    client.send_text(R"({"type":"subscribe","job_id":"j"})");
    CHECK(next(client)["type"].as_string() == "subscribed");
    while (server.hub->watched_jobs() == 0)
        std::this_thread::yield();  // it follows the answer
    int seq = 0;
    while (server.hub->watched_jobs() > 0)
        server.commit("j", ++seq, false, 30'000);
    CHECK(seq < 1000);  // what the sockets' own buffers take, and the queue
    std::string text = client.text();
    for (; text.starts_with("{"); text = client.text()) {
    }
    CHECK(text == "(close 1013)");
}

TEST_CASE("a reader that sleeps past its cut-off is let go, and finds 1013 when it wakes up") {
    TestServer server;
    RawClient client(server.server->port(), 4096);
    REQUIRE(client.upgrade("/api/v1/ws", kUser).status == 101);
    client.send_text(R"({"type":"subscribe","job_id":"j"})");
    CHECK(next(client)["type"].as_string() == "subscribed");
    while (server.hub->watched_jobs() == 0)
        std::this_thread::yield();
    int seq = 0;
    while (server.hub->watched_jobs() > 0)
        server.commit("j", ++seq, false, 700);
    CHECK(seq * 700 < 256 * 1024);
    while (server.server->connections() > 0)
        std::this_thread::sleep_for(20ms);
    int last = 0;
    std::string text = client.text();
    for (; text.starts_with("{"); text = client.text())
        CHECK((*json::parse(text))["seq"].as_int() == ++last);
    CHECK(text == "(close 1013)");
    CHECK(last < seq);
}

TEST_CASE("a quiet WebSocket is pinged, and stopping says goodbye with 1001") {
    TestServer server([](auto& s) { s.websocket_idle_time = 200ms; });
    RawClient client(server.server->port());
    REQUIRE(client.upgrade("/api/v1/ws", kUser).status == 101);
    const auto ping = client.frame();
    REQUIRE(ping.has_value());
    CHECK(ping->opcode == 9);
    client.send_frame(10, ping->payload);
    std::thread stopper([&] { server.server->stop(); });
    const std::string goodbye = client.text();
    CHECK(goodbye == "(close 1001)");
    client.send_frame(8, std::string("\x03\xe9", 2));
    stopper.join();
    CHECK(server.server->connections() == 0);
}
