#include <doctest/doctest.h>

#include <set>
#include <stdexcept>

#include "ops/benchmarks/load/answer.hpp"
#include "ops/benchmarks/load/figures.hpp"
#include "ops/benchmarks/load/http_load.hpp"

using namespace atelier::bench;

TEST_CASE("a percentile is a sample that the share of all does not exceed") {
    CHECK(percentile({}, 0.99) == 0);
    CHECK(percentile({7}, 0.5) == 7);
    std::vector<double> samples;
    for (int i = 200; i >= 1; --i)
        samples.push_back(i);
    CHECK(percentile(samples, 0.5) == 100);
    CHECK(percentile(samples, 0.99) == 198);
    CHECK(percentile(samples, 1) == 200);
}

TEST_CASE("a median is the middle, or the mean of the middle two") {
    CHECK(median({}) == 0);
    CHECK(median({3, 1, 2}) == 2);
    CHECK(median({4, 1, 2, 3}) == 2.5);
}

TEST_CASE("an answer is complete with the last byte of its body") {
    const std::string text = "HTTP/1.1 202 Accepted\r\nServer: x\r\nContent-Length: 5\r\n\r\nhello";
    for (std::size_t length = 0; length < text.size(); ++length)
        CHECK(complete_answer(text.substr(0, length)).length == 0);
    const Answer answer = complete_answer(text + "HTTP/1.1 200 OK");
    CHECK(answer.length == text.size());
    CHECK(answer.status == 202);
    CHECK(text.substr(answer.body_at) == "hello");
    CHECK_THROWS_AS(complete_answer("HTTP/1.1 200 OK\r\n\r\n"), std::runtime_error);
}

TEST_CASE("every request carries a key of its own when asked for") {
    Requests requests({.method = "POST", .paths = {"/a", "/b"}, .body = "{}", .fresh_keys = true});
    std::set<std::string> seen;
    std::size_t length = 0;
    for (int i = 0; i < 1000; ++i) {
        const std::string& request = requests.next();
        CHECK(request.starts_with(i % 2 == 0 ? "POST /a HTTP/1.1\r\n" : "POST /b HTTP/1.1\r\n"));
        CHECK(request.ends_with("Content-Length: 2\r\n\r\n{}"));
        if (length == 0) length = request.size();
        CHECK(request.size() == length);
        const std::size_t key = request.find("Idempotency-Key: ");
        seen.insert(request.substr(key, request.find('\r', key) - key));
    }
    CHECK(seen.size() == 1000);
}

TEST_CASE("requests without keys are the same each time") {
    Requests requests({.paths = {"/a"}, .token = "t"});
    const std::string first = requests.next();
    CHECK(first == "GET /a HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer t\r\n\r\n");
    CHECK(requests.next() == first);
}
