// What the multi handle brings: many transfers together, shared connections, an end at once.
#include <doctest/doctest.h>

#include <barrier>
#include <ctime>
#include <thread>

#include "common/http_client/client.hpp"
#include "h2_server.hpp"
#include "loopback_server.hpp"

using namespace atelier;
using namespace std::chrono_literals;

namespace {

std::string reply(const std::string& body, const std::string& headers = "") {
    return "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           body;
}

/// `{"hello": "again and again and …"}`, 413 bytes, by gzip.
const std::string kGzip(
    "\037\213\010\000\000\000\000\000\002\003\253\126\312\110\315\311\311\127\262\122\120\112\114\117\314\314"
    "\123\110\314\113\121\030\145\015\006\226\122\055\000\334\126\171\160\235\001\000\000",
    47);

/// zlib's format: many zeros as runs of 258, each 13 bits of the fixed Huffman code.
std::string bomb(int runs) {
    std::string bytes = "\x78\x01";
    int filled = 0, value = 0;
    const auto put = [&](int bits, int count) {
        for (int i = 0; i < count; ++i) {
            value |= (bits >> i & 1) << filled;
            if (++filled < 8) continue;
            bytes += static_cast<char>(value);
            filled = value = 0;
        }
    };
    put(0b011, 3);       // the last block, fixed codes
    put(0b00001100, 8);  // literal 0, whose code is 00110000 from the highest bit on
    for (int i = 0; i < runs; ++i) {
        put(0b10100011, 8);  // length 258: 11000101 from the highest bit on
        put(0, 5);           // distance 1
    }
    put(0, 7);  // the end
    put(0, 8);
    return bytes;
}

}  // namespace

TEST_CASE("transfers of many threads run together in one client") {
    constexpr int kThreads = 24;
    std::barrier all(kThreads);
    LoopbackServer server([&](const std::string&) {
        all.arrive_and_wait();  // nobody is answered before everybody has asked
        return reply("x");
    });
    const http_client::Client client;
    std::atomic<int> answered = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < kThreads; ++i)
            threads.emplace_back([&] { answered += client.send({.url = server.url("/")}).has_value(); });
    }
    CHECK(answered == kThreads);
}

TEST_CASE("over TLS many requests share one HTTP/2 connection") {
    constexpr int kThreads = 6;
    H2Server server(kThreads);  // answers none before all of one connection are there
    const http_client::Client client({.ca_file = server.certificate()});
    std::atomic<int> answered = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < kThreads; ++i)
            threads.emplace_back([&] {
                const auto response =
                    client.send({.method = "POST", .url = server.url("/"), .body = "asked"});
                answered += response && response->body == "h2";
            });
    }
    CHECK(answered == kThreads);
    CHECK(server.connections() == 1);
}

TEST_CASE("a peer with a certificate that nobody vouches for is not talked to") {
    H2Server server(1);
    CHECK(http_client::Client().send({.url = server.url("/")}).error().code == ErrorCode::unavailable);
}

TEST_CASE("a request to stop ends a silent transfer long before its time") {
    std::atomic<int> asked = 0;
    LoopbackServer server([&](const std::string&) {
        ++asked;
        return std::string();
    });
    const http_client::Client client;
    async::StopSource source;
    std::jthread stopper([&] {
        while (asked == 0)
            std::this_thread::sleep_for(1ms);
        source.request_stop();
    });
    const auto began = std::chrono::steady_clock::now();
    const auto stopped = client.send({.url = server.url("/"), .stop = source.get_token()});
    REQUIRE_FALSE(stopped.has_value());
    CHECK(stopped.error().code == ErrorCode::conflict);
    CHECK(std::chrono::steady_clock::now() - began < 30s);
    CHECK(client.send({.url = server.url("/"), .stop = source.get_token()}).error().code ==
          ErrorCode::conflict);
}

TEST_CASE("stopping some transfers leaves the others of the client alone") {
    LoopbackServer server([](const std::string& request) {
        return request.find(" /silent ") != std::string::npos ? std::string() : reply("x");
    });
    const http_client::Client client;
    async::StopSource source;
    std::atomic<int> answered = 0, stopped = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                const auto silent = client.send({.url = server.url("/silent"), .stop = source.get_token()});
                stopped += !silent && silent.error().code == ErrorCode::conflict;
            });
        for (int i = 0; i < 200; ++i) {
            answered += client.send({.url = server.url("/")}).has_value();
            if (i == 100) source.request_stop();
        }
    }
    CHECK(answered == 200);
    CHECK(stopped == 8);
}

TEST_CASE("compressed answers are unpacked where that is asked for, and capped by what comes out") {
    std::string seen;
    LoopbackServer server([&](const std::string& request) {
        seen = request;
        if (request.find(" /bomb ") != std::string::npos)
            return reply(bomb(400'000), "Content-Encoding: deflate\r\n");  // 103 MB in 650 KB
        return reply(kGzip, "Content-Encoding: gzip\r\n");
    });
    const http_client::Client client;
    const auto unpacked = client.send({.url = server.url("/"), .takes_compressed = true});
    REQUIRE(unpacked.has_value());
    CHECK(seen.find("Accept-Encoding: gzip, deflate") != std::string::npos);
    CHECK(unpacked->body.size() == 413);
    CHECK(unpacked->body.starts_with("{\"hello\": \"again and again"));
    CHECK(client.send({.url = server.url("/")})->body == kGzip);
    CHECK(client.send({.url = server.url("/bomb"), .max_response_bytes = 20 << 20, .takes_compressed = true})
              .error()
              .code == ErrorCode::too_large);
    CHECK(client.send({.url = server.url("/"), .max_response_bytes = 412, .takes_compressed = true})
              .error()
              .code == ErrorCode::too_large);
}

TEST_CASE("Retry-After is understood as seconds and as a date") {
    const auto asked = [](const std::string& value) {
        LoopbackServer server(
            [&](const std::string&) { return reply("", "Retry-After: " + value + "\r\n"); });
        return http_client::Client().send({.url = server.url("/")})->retry_after_s();
    };
    const auto date = [](std::time_t at) {
        char text[64];
        std::tm parts{};
        std::strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&at, &parts));
        return std::string(text);
    };
    CHECK(asked("120") == 120);
    const auto later = asked(date(std::time(nullptr) + 3600));
    REQUIRE(later.has_value());
    CHECK(*later > 3000);
    CHECK(*later <= 3600);
    CHECK(asked("Wed, 21 Oct 2015 07:28:00 GMT") == 0);
    CHECK(asked(date(std::time(nullptr) + 10'000'000)) == 86'400);
    CHECK_FALSE(asked("-5").has_value());
    CHECK_FALSE(asked("soon").has_value());
}
