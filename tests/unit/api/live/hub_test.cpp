#include "api/live/hub.hpp"

#include <doctest/doctest.h>

#include <condition_variable>
#include <random>
#include <thread>

using namespace atelier;
using namespace atelier::api;
using live::Delivery;

namespace {

live::Event event(std::int64_t seq, bool terminal = false, std::size_t size = 10) {
    return {seq, terminal ? "job:completed" : "job:progress", std::string(size, 'x'), terminal};
}

/// The database's side: what was committed, and whether it answers.
struct Story {
    std::map<std::string, std::vector<live::Event>> jobs;
    std::mutex mutex;
    bool available = true;
    int reads = 0;
    std::function<void()> during_read = [] {};

    void commit(const std::string& job, live::Event e) {
        std::lock_guard lock(mutex);
        jobs[job].push_back(std::move(e));
    }
    Result<live::HistoryPage> read(const std::string& job, std::int64_t after, std::size_t limit) {
        live::HistoryPage page;
        {
            std::lock_guard lock(mutex);
            ++reads;
            if (!available) return unavailable("The database is away.");
            for (const auto& e : jobs[job]) {
                if (e.seq > after && page.events.size() < limit) page.events.push_back(e);
            }
            page.finished = !jobs[job].empty() && jobs[job].back().terminal;
        }
        during_read();
        return page;
    }
    live::HubCallbacks callbacks() {
        return {[this](const auto& job, auto after, auto limit) { return read(job, after, limit); },
                [](const http::Principal& who, const std::string&) -> Result<void> {
                    if (who.organization_id == "ours") return {};
                    return not_found("job");
                }};
    }
};

std::vector<std::int64_t> drain(live::Hub& hub, live::Reader& reader) {
    std::vector<std::int64_t> seqs;
    while (auto delivery = hub.next(reader)) {
        seqs.push_back(delivery->kind == Delivery::Kind::finished ? -1
                       : delivery->event                          ? delivery->event->seq
                                                                  : 0);
    }
    return seqs;
}

using Seqs = std::vector<std::int64_t>;

auto make_reader(
    std::size_t limit = 256 * 1024, std::function<void()> wake = [] {}) {
    return std::make_shared<live::Reader>(std::move(wake), limit);
}

}  // namespace

TEST_CASE("a subscription replays what came after its seq and then follows") {
    Story story;
    for (int seq : {1, 2, 3})
        story.commit("j", event(seq));
    live::Hub hub(story.callbacks());
    auto reader = make_reader();
    REQUIRE(hub.subscribe(reader, "j", 1).has_value());
    CHECK(drain(hub, *reader) == Seqs{2, 3});
    hub.publish("j", event(4));
    CHECK(drain(hub, *reader) == Seqs{4});
}

TEST_CASE("an event that is committed and published while history is read arrives once") {
    Story story;
    story.commit("j", event(1));
    live::Hub hub(story.callbacks());
    bool told = false;
    story.during_read = [&] {
        if (std::exchange(told, true)) return;
        story.commit("j", event(2));
        hub.publish("j", event(2));
    };
    auto reader = make_reader();
    REQUIRE(hub.subscribe(reader, "j", 0).has_value());
    hub.catch_up(false);
    CHECK(drain(hub, *reader) == Seqs{1, 2});
    hub.catch_up(true);
    CHECK(drain(hub, *reader).empty());
}

TEST_CASE("repeated and reordered live events are put right by history") {
    Story story;
    live::Hub hub(story.callbacks());
    auto reader = make_reader();
    REQUIRE(hub.subscribe(reader, "j", 0).has_value());
    for (int seq : {1, 2, 3, 4})
        story.commit("j", event(seq));
    hub.publish("j", event(1));
    hub.publish("j", event(3));
    hub.publish("j", event(3));
    hub.publish("j", event(1));
    CHECK(drain(hub, *reader) == Seqs{1});
    hub.catch_up(false);
    CHECK(drain(hub, *reader) == Seqs{2, 3, 4});
    hub.publish("j", event(2));
    hub.publish("j", event(4));
    CHECK(drain(hub, *reader).empty());
}

TEST_CASE("an event that the bus lost arrives with the periodic round") {
    Story story;
    live::Hub hub(story.callbacks());
    auto reader = make_reader();
    REQUIRE(hub.subscribe(reader, "j", 0).has_value());
    story.commit("j", event(1));
    hub.catch_up(false);
    CHECK(drain(hub, *reader).empty());
    hub.catch_up(true);
    CHECK(drain(hub, *reader) == Seqs{1});
}

TEST_CASE("the hub's own thread closes gaps without being asked") {
    Story story;
    std::mutex mutex;
    std::condition_variable woken;
    bool awake = false;
    live::Hub hub(story.callbacks(), {.catch_up_every = std::chrono::milliseconds(20)});
    hub.start();
    auto reader = make_reader(1024, [&] {
        std::lock_guard lock(mutex);
        awake = true;
        woken.notify_all();
    });
    REQUIRE(hub.subscribe(reader, "j", 0).has_value());
    story.commit("j", event(1));
    std::unique_lock lock(mutex);
    CHECK(woken.wait_for(lock, std::chrono::seconds(5), [&] { return awake; }));
    lock.unlock();
    CHECK(drain(hub, *reader) == Seqs{1});
    hub.stop();
}

TEST_CASE("a database that is away at subscribe delays the replay and loses nothing") {
    Story story;
    for (int seq : {1, 2})
        story.commit("j", event(seq));
    story.available = false;
    live::Hub hub(story.callbacks());
    auto reader = make_reader();
    REQUIRE(hub.subscribe(reader, "j", 0).has_value());
    story.commit("j", event(3));
    hub.publish("j", event(3));
    hub.catch_up(false);
    CHECK(drain(hub, *reader).empty());
    story.available = true;
    hub.catch_up(true);
    CHECK(drain(hub, *reader) == Seqs{1, 2, 3});
}

TEST_CASE("the terminal event ends the subscription") {
    Story story;
    live::Hub hub(story.callbacks());
    auto live_reader = make_reader(), late = make_reader(), done = make_reader();
    REQUIRE(hub.subscribe(live_reader, "j", 0).has_value());
    story.commit("j", event(1, true));
    hub.publish("j", event(1, true));
    CHECK(drain(hub, *live_reader) == Seqs{1, -1});
    REQUIRE(hub.subscribe(late, "j", 0).has_value());
    CHECK(drain(hub, *late) == Seqs{1, -1});
    REQUIRE(hub.subscribe(done, "j", 1).has_value());
    CHECK(drain(hub, *done) == Seqs{-1});
    CHECK(hub.watched_jobs() == 0);
}

TEST_CASE("a reader that does not take live events is cut off at its limit, the others go on") {
    Story story;
    live::Hub hub(story.callbacks());
    auto slow = make_reader(4096), quick = make_reader(4096);
    int wakes = 0;
    auto woken = make_reader(4096, [&] { ++wakes; });
    for (auto& reader : {slow, quick, woken})
        REQUIRE(hub.subscribe(reader, "j", 0).has_value());
    for (int seq = 1; seq <= 10; ++seq) {
        hub.publish("j", event(seq, false, 1000));
        CHECK(drain(hub, *quick) == Seqs{seq});
    }
    CHECK(hub.too_slow(*slow));
    CHECK(drain(hub, *slow).empty());
    CHECK(hub.too_slow(*woken));
    CHECK(wakes == 4);  // three events fit; the fourth tells that it is over
    CHECK_FALSE(hub.too_slow(*quick));
}

TEST_CASE("a replay larger than the limit waits for its reader and cuts nobody off") {
    Story story;
    for (int seq = 1; seq <= 100; ++seq)
        story.commit("j", event(seq, seq == 100, 1000));
    live::Hub hub(story.callbacks(), {.page = 7});
    auto reader = make_reader(8192);
    REQUIRE(hub.subscribe(reader, "j", 0).has_value());
    Seqs got;
    for (int rounds = 0; rounds < 200; ++rounds) {
        hub.publish("j", event(100, true, 1000));  // live news during the replay must not count against it
        for (auto seq : drain(hub, *reader))
            got.push_back(seq);
        hub.catch_up(false);
    }
    CHECK_FALSE(hub.too_slow(*reader));
    REQUIRE(got.size() == 101);
    for (int i = 0; i < 100; ++i)
        CHECK(got[i] == i + 1);
    CHECK(got.back() == -1);
}

TEST_CASE("a connection watches each job once and not too many") {
    Story story;
    live::Hub hub(story.callbacks(), {.jobs_per_reader = 2});
    auto reader = make_reader();
    REQUIRE(hub.subscribe(reader, "a", 0).has_value());
    CHECK(hub.subscribe(reader, "a", 0).error().code == ErrorCode::conflict);
    REQUIRE(hub.subscribe(reader, "b", 0).has_value());
    CHECK(hub.subscribe(reader, "c", 0).error().code == ErrorCode::conflict);
    CHECK(hub.unsubscribe(*reader, "a"));
    CHECK_FALSE(hub.unsubscribe(*reader, "a"));
    CHECK(hub.subscribe(reader, "c", 0).has_value());
    hub.leave(*reader);
    CHECK(hub.watched_jobs() == 0);
    hub.publish("b", event(1));
    CHECK_FALSE(hub.next(*reader).has_value());
}

TEST_CASE("another organization's job cannot be watched") {
    Story story;
    live::Hub hub(story.callbacks());
    CHECK(hub.allow({"u", "ours", http::Role::user}, "j").has_value());
    CHECK(hub.allow({"u", "theirs", http::Role::admin}, "j").error().code == ErrorCode::not_found);
}

TEST_CASE("whatever the bus does, every reader sees every event once and in order") {
    std::mt19937 random(7);
    for (int round = 0; round < 30; ++round) {
        Story story;
        live::Hub hub(story.callbacks(), {.page = 3});
        std::vector<std::shared_ptr<live::Reader>> readers;
        std::vector<std::int64_t> expected;
        for (int seq = 1; seq <= 60; ++seq) {
            story.commit("j", event(seq));
            if (random() % 8 == 0) {
                readers.push_back(make_reader(600));
                const std::int64_t after = random() % seq;
                expected.push_back(after);
                REQUIRE(hub.subscribe(readers.back(), "j", after).has_value());
            }
            for (int hints = random() % 3; hints > 0; --hints)
                hub.publish("j", event(1 + random() % seq));
            for (std::size_t i = 0; i < readers.size(); ++i) {
                for (auto got : drain(hub, *readers[i]))
                    CHECK(got == ++expected[i]);
            }
            if (random() % 5 == 0) hub.catch_up(false);
        }
        for (int i = 0; i < 60; ++i) {
            hub.catch_up(true);
            for (std::size_t r = 0; r < readers.size(); ++r) {
                for (auto got : drain(hub, *readers[r]))
                    CHECK(got == ++expected[r]);
            }
        }
        for (auto last : expected)
            CHECK(last == 60);
    }
}

TEST_CASE("publishers, readers and rounds may run at the same time") {
    Story story;
    live::Hub hub(story.callbacks(), {.catch_up_every = std::chrono::milliseconds(1), .page = 5});
    hub.start();
    constexpr int kLast = 300;
    std::vector<std::thread> threads;
    for (int r = 0; r < 3; ++r) {
        threads.emplace_back([&] {
            auto reader = make_reader();
            CHECK(hub.subscribe(reader, "j", 0).has_value());
            std::int64_t last = 0;
            while (last >= 0) {
                const auto delivery = hub.next(*reader);
                if (!delivery) {
                    std::this_thread::yield();
                } else if (delivery->kind == Delivery::Kind::finished) {
                    CHECK(last == kLast);
                    last = -1;
                } else {
                    CHECK(delivery->event->seq == ++last);
                }
            }
            hub.leave(*reader);
        });
    }
    for (int seq = 1; seq <= kLast; ++seq) {
        story.commit("j", event(seq, seq == kLast));
        if (seq % 3 != 0) hub.publish("j", event(seq, seq == kLast));
    }
    for (auto& thread : threads)
        thread.join();
    hub.stop();
}
