// A job's events, whole and in order by every road, from any place; and a job that is called off.

#include <doctest/doctest.h>

#include "tests/e2e/shared_server.hpp"
#include "tests/support/http/client.hpp"

using namespace atelier;
using namespace atelier::e2e;

namespace {

std::vector<std::int64_t> seqs_of(const json::Array& events) {
    std::vector<std::int64_t> seqs;
    for (const json::Value& event : events)
        seqs.push_back(event["seq"].as_int());
    return seqs;
}

std::vector<std::int64_t> numbers(std::int64_t from, std::int64_t to) {
    std::vector<std::int64_t> all;
    for (std::int64_t i = from; i <= to; ++i)
        all.push_back(i);
    return all;
}

/// What the WebSocket tells of a job after `after`, to its end.
std::vector<std::int64_t> over_websocket(const Client& user, const std::string& job, std::int64_t after) {
    tests::RawClient socket(static_cast<std::uint16_t>(user.port()));
    const auto upgraded = socket.upgrade("/api/v1/ws", "Authorization: Bearer " + user.token() + "\r\n");
    REQUIRE(upgraded.status == 101);
    socket.send_text(json::write(json::Object{{"type", "subscribe"}, {"job_id", job}, {"after", after}}));
    std::vector<std::int64_t> seqs;
    for (;;) {
        const auto message = json::parse(socket.text());
        REQUIRE(message.has_value());
        const std::string& type = (*message)["type"].as_string();
        if (type.starts_with("job:")) seqs.push_back((*message)["seq"].as_int());
        if (type == "unsubscribed") return seqs;
        REQUIRE(type != "error");
    }
}

/// The `id` lines of the event stream, to its end.
std::vector<std::int64_t> over_stream(const Client& user, const std::string& job, const std::string& query,
                                      const std::string& header = "") {
    tests::RawClient socket(static_cast<std::uint16_t>(user.port()));
    socket.send("GET /api/v1/jobs/" + job + "/stream" + query +
                " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n" + "Authorization: Bearer " + user.token() +
                "\r\n" + header + "\r\n");
    const std::string text = socket.rest().value_or("");
    std::vector<std::int64_t> seqs;
    for (std::size_t at = text.find("\nid: "); at != text.npos; at = text.find("\nid: ", at + 1))
        seqs.push_back(std::stoll(text.substr(at + 5)));
    return seqs;
}

}  // namespace

TEST_CASE("poll, stream and WebSocket tell the same events, live and again from any place") {
    const Client user = shared_server().user();
    const std::string job = user.generate(user.analysed_project({photo("cup.jpg")}),
                                          {"email-header", "display-300x250", "x-header"});
    const std::vector<std::int64_t> live = over_websocket(user, job, 0);
    const json::Array polled = user.events(job);
    const auto last = static_cast<std::int64_t>(polled.size());
    REQUIRE(last > 5);
    CHECK(polled.back()["type"].as_string() == "job:completed");
    CHECK(user.completed(job)["last_seq"].as_int() == last);
    CHECK(seqs_of(polled) == numbers(1, last));
    CHECK(live == numbers(1, last));
    CHECK(seqs_of(user.events(job, 3)) == numbers(4, last));
    CHECK(over_websocket(user, job, 3) == numbers(4, last));
    CHECK(over_stream(user, job, "?after=3") == numbers(4, last));
    CHECK(over_stream(user, job, "", "Last-Event-ID: 4\r\n") == numbers(5, last));
}

TEST_CASE("a job's progress never goes back") {
    const Client user = shared_server().user();
    const std::string job =
        user.generate(user.analysed_project({photo("cup.jpg")}), {"email-header", "x-header"});
    user.completed(job);
    std::int64_t reached = 0;
    for (const json::Value& event : user.events(job)) {
        const std::int64_t now = event["progress"].as_int(reached);
        CHECK(now >= reached);
        reached = now;
    }
    CHECK(reached == 100);
}

TEST_CASE("a job that is cancelled at work ends at once, gives its credits back and makes no more") {
    const Client user = shared_server().user();
    const std::string project = user.analysed_project({photo("people.jpg")});
    const std::int64_t before = user.balance();
    const std::string job = user.generate(project);
    REQUIRE(eventually(seconds(60), [&] { return user.get_ok("/jobs/" + job)["progress"].as_int() > 10; }));
    const json::Value cancelled = user.post_ok(200, "/jobs/" + job + "/cancel");
    CHECK(cancelled["state"].as_string() == "cancelled");
    CHECK(user.balance() == before);
    CHECK(user.ledger(job) == std::vector<std::string>{"reserve -21", "refund 21"});
    CHECK(user.post("/jobs/" + job + "/cancel").status == 409);
    const std::size_t made = user.results(job).size();
    CHECK(made < 21);
    // The next job works: nothing of the cancelled one holds a slot.
    user.completed(user.generate(project, {"display-320x50"}));
    CHECK(user.results(job).size() == made);
    const json::Array events = user.events(job);
    CHECK(events.back()["type"].as_string() == "job:cancelled");
}
