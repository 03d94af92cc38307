#include "tests/contract/broker_contract.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

using namespace atelier;
using namespace atelier::queues;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 10s;  // for what must happen
constexpr auto kMoment = 150ms;  // to see that something does not

OutgoingTask task(const std::string& id, Lane lane = Lane::primary, Stage stage = Stage::adaptation) {
    return {stage, lane, id, "{\"id\":\"" + id + "\"}"};
}

struct Opened {
    BrokerSettings settings;
    std::unique_ptr<Broker> broker;

    explicit Opened(BrokerSettings wanted) : settings(std::move(wanted)) {
        auto result = open_broker(settings);
        REQUIRE_MESSAGE(result.has_value(), result.error());
        broker = std::move(*result);
    }
    ~Opened() {
        broker.reset();
        tests::remove_leftovers(settings);
    }
    Broker* operator->() const { return broker.get(); }

    void publish(std::vector<OutgoingTask> tasks) const {
        for (PublishOutcome outcome : broker->publish(tasks))
            REQUIRE(outcome == PublishOutcome::confirmed);
    }
    StageDepth depth(Stage stage = Stage::adaptation) const {
        auto depths = broker->depths();
        REQUIRE(depths.has_value());
        return depths->at(static_cast<std::size_t>(stage));
    }
    /// Settlements and dead-lettering take effect a moment later.
    template <class Condition>
    bool eventually(Condition holds) const {
        const auto end = std::chrono::steady_clock::now() + kPatience;
        while (!holds(depth())) {
            if (std::chrono::steady_clock::now() > end) return false;
            std::this_thread::sleep_for(20ms);
        }
        return true;
    }
};

Delivery take(Consumer& consumer) {
    auto delivery = consumer.next(kPatience);
    REQUIRE(delivery.has_value());
    return *delivery;
}

/// Collects what callbacks say, for another thread to wait for.
class Inbox {
  public:
    void put(std::string text) {
        std::lock_guard lock(mutex_);
        texts_.push_back(std::move(text));
        changed_.notify_all();
    }
    bool holds(const std::string& text) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, kPatience, [&] { return std::ranges::count(texts_, text) > 0; });
    }
    std::size_t size() {
        std::lock_guard lock(mutex_);
        return texts_.size();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> texts_;
};

}  // namespace

#define OPEN_BROKER_OR_RETURN(name)                          \
    const auto name##_settings = tests::contract_settings(); \
    if (!name##_settings) return;                            \
    Opened name(*name##_settings)

TEST_CASE("a confirmed task is delivered once, whole, and is gone when acked") {
    OPEN_BROKER_OR_RETURN(broker);
    broker.publish({task("t1:0")});
    auto consumer = broker->consume(Stage::adaptation, 2);
    const Delivery delivery = take(*consumer);
    CHECK(delivery.message_id == "t1:0");
    CHECK(delivery.body == task("t1:0").body);
    CHECK(delivery.stage == Stage::adaptation);
    CHECK(delivery.lane == Lane::primary);
    CHECK(delivery.redeliveries == 0);
    CHECK(!consumer->next(kMoment).has_value());
    consumer->ack(delivery);
    consumer->ack(delivery);
    consumer->reject(delivery, "too late");
    CHECK(!consumer->next(kMoment).has_value());
    consumer.reset();
    CHECK(broker.depth().primary == 0);
    CHECK(broker.depth().dead == 0);
}

TEST_CASE("stages and lanes do not mix") {
    OPEN_BROKER_OR_RETURN(broker);
    std::vector<OutgoingTask> tasks;
    for (Stage stage : kStages)
        for (Lane lane : kLanes)
            tasks.push_back(
                task(std::string(to_string(stage)) + "/" + std::string(to_string(lane)), lane, stage));
    broker.publish(tasks);
    for (Stage stage : kStages) {
        CAPTURE(to_string(stage));
        CHECK(broker.depth(stage).primary == 1);
        CHECK(broker.depth(stage).priority == 1);
        auto consumer = broker->consume(stage, 2);
        for (int i = 0; i < 2; ++i) {
            const Delivery got = take(*consumer);
            CHECK(got.stage == stage);
            CHECK(got.message_id == std::string(to_string(stage)) + "/" + std::string(to_string(got.lane)));
            consumer->ack(got);
        }
    }
}

TEST_CASE("a released task comes again and says so") {
    OPEN_BROKER_OR_RETURN(broker);
    broker.publish({task("t1:0")});
    auto consumer = broker->consume(Stage::adaptation, 1);
    consumer->release(take(*consumer));
    const Delivery again = take(*consumer);
    CHECK(again.message_id == "t1:0");
    CHECK(again.redeliveries == 1);
    consumer->ack(again);
}

TEST_CASE("a rejected task lies among the dead letters with its reason") {
    OPEN_BROKER_OR_RETURN(broker);
    broker.publish({task("t1:0"), task("t2:0", Lane::priority)});
    auto consumer = broker->consume(Stage::adaptation, 1);
    for (int i = 0; i < 2; ++i) {
        const Delivery got = take(*consumer);
        consumer->reject(got, got.lane == Lane::priority ? "the photo is no photo" : "");
    }
    REQUIRE(broker.eventually([](const StageDepth& depth) { return depth.dead == 2; }));
    auto letters = broker->browse_dead(Stage::adaptation, 10);
    REQUIRE(letters.has_value());
    REQUIRE(letters->size() == 2);
    std::ranges::sort(*letters, {}, &DeadLetter::message_id);
    CHECK(letters->at(0).message_id == "t1:0");
    CHECK(letters->at(0).body == task("t1:0").body);
    CHECK(letters->at(0).reason == "rejected");
    CHECK(letters->at(0).queue == broker.settings.prefix + ".adaptation.primary");
    CHECK(letters->at(0).died_at_ms.value_or(0) > 1'600'000'000'000);
    CHECK(letters->at(1).reason == "the photo is no photo");
    CHECK(letters->at(1).queue == broker.settings.prefix + ".adaptation.priority");
    CHECK(letters->at(1).died_at_ms.value_or(0) > 1'600'000'000'000);
}

TEST_CASE("browsing leaves dead letters where they are, taking removes only the wanted ones") {
    OPEN_BROKER_OR_RETURN(broker);
    for (const char* id : {"a", "b", "c", "d"})
        REQUIRE(broker->publish_dead(Stage::moderation, id, "body", "not a task message") ==
                PublishOutcome::confirmed);
    const auto ids = [&] {
        std::string all;
        for (const DeadLetter& letter : broker->browse_dead(Stage::moderation, 10).value())
            all += letter.message_id;
        std::ranges::sort(all);
        return all;
    };
    CHECK(broker->browse_dead(Stage::moderation, 2).value().size() == 2);
    CHECK(ids() == "abcd");
    CHECK(ids() == "abcd");
    CHECK(broker->browse_dead(Stage::moderation, 1).value().at(0).reason == "not a task message");

    const auto is_b = [](const DeadLetter& letter) { return letter.message_id == "b"; };
    const auto is_any = [](const DeadLetter&) { return true; };
    CHECK(broker->take_dead(Stage::moderation, is_b, 10).value() == 1);
    CHECK(ids() == "acd");
    CHECK(broker->take_dead(Stage::moderation, is_b, 10).value() == 0);
    CHECK(broker->take_dead(Stage::moderation, is_any, 0).value() == 0);
    CHECK(broker->take_dead(Stage::moderation, is_any, 2).value() == 2);
    CHECK(broker.depth(Stage::moderation).dead == 1);
}

TEST_CASE("hundreds of dead letters that were taken do not come back") {
    OPEN_BROKER_OR_RETURN(broker);
    for (int i = 0; i < 300; ++i)
        broker->publish_dead(Stage::moderation, std::to_string(i), "body", "why");
    int seen = 0;
    const auto every_other = [&](const DeadLetter&) { return ++seen % 2 == 0; };
    CHECK(broker->take_dead(Stage::moderation, every_other, 1000).value() == 150);
    CHECK(seen == 300);
    std::set<std::string> rest;
    for (const DeadLetter& letter : broker->browse_dead(Stage::moderation, 1000).value())
        rest.insert(letter.message_id);
    CHECK(rest.size() == 150);
}

TEST_CASE("a callback that throws while dead letters are taken loses none") {
    OPEN_BROKER_OR_RETURN(broker);
    for (const char* id : {"a", "b"})
        broker->publish_dead(Stage::analysis, id, "body", "why");
    const auto fail = [](const DeadLetter&) -> bool { throw std::runtime_error("the database is away"); };
    CHECK_THROWS(broker->take_dead(Stage::analysis, fail, 10).value());
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (broker.depth(Stage::analysis).dead < 2 && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(20ms);
    CHECK(broker.depth(Stage::analysis).dead == 2);
}

TEST_CASE("priority goes first, yet primary is not starved") {
    OPEN_BROKER_OR_RETURN(broker);
    std::vector<OutgoingTask> tasks;
    for (int i = 0; i < 4; ++i)
        tasks.push_back(task("p" + std::to_string(i)));
    for (int i = 0; i < 18; ++i)
        tasks.push_back(task("q" + std::to_string(i), Lane::priority));
    broker.publish(tasks);
    auto consumer = broker->consume(Stage::adaptation, 20);
    // The order can be told only of tasks that all wait: a fetching consumer needs a while for that.
    const auto end = std::chrono::steady_clock::now() + 1s;
    while (broker.depth().primary + broker.depth().priority > 0 && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(20ms);
    std::this_thread::sleep_for(2 * kMoment);
    std::string order;
    for (int i = 0; i < 22; ++i) {
        const Delivery got = take(*consumer);
        order += got.lane == Lane::priority ? 'q' : 'p';
        consumer->ack(got);
    }
    CHECK(order == "qqqqqqqqpqqqqqqqqpqqpp");
}

TEST_CASE("a consumer holds at most its slots per lane") {
    OPEN_BROKER_OR_RETURN(broker);
    std::vector<OutgoingTask> tasks;
    for (int i = 0; i < 6; ++i)
        tasks.push_back(task(std::to_string(i)));
    broker.publish(tasks);
    auto consumer = broker->consume(Stage::adaptation, 2);
    const Delivery first = take(*consumer), second = take(*consumer);
    CHECK(!consumer->next(kMoment).has_value());
    CHECK(broker.depth().primary == 4);
    consumer->ack(second);
    const Delivery third = take(*consumer);
    CHECK(third.message_id == "2");
    auto other = broker->consume(Stage::adaptation, 2);
    CHECK(take(*other).message_id == "3");
    consumer->ack(first);
    consumer->ack(third);
}

TEST_CASE("a full queue refuses, and takes again when there is room") {
    OPEN_BROKER_OR_RETURN(broker);
    const auto publish = [&](int n) { return broker->publish(std::array{task(std::to_string(n))}).front(); };
    int accepted = 0;
    while (accepted < 200 && publish(accepted) == PublishOutcome::confirmed)
        ++accepted;
    CHECK(accepted >= broker.settings.max_length);
    CHECK(accepted < broker.settings.max_length + 50);  // a quorum queue learns a little late that it is full
    CHECK(publish(1000) == PublishOutcome::refused);
    auto consumer = broker->consume(Stage::adaptation, 50);
    for (int i = 0; i < accepted; ++i)
        consumer->ack(take(*consumer));
    const auto end = std::chrono::steady_clock::now() + kPatience;
    auto outcome = publish(1001);
    while (outcome != PublishOutcome::confirmed && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(20ms);
        outcome = publish(1001);
    }
    CHECK(outcome == PublishOutcome::confirmed);
}

TEST_CASE("what a consumer held goes to others when it ends") {
    OPEN_BROKER_OR_RETURN(broker);
    broker.publish({task("acked"), task("held")});
    auto dying = broker->consume(Stage::adaptation, 2);
    for (int i = 0; i < 2; ++i)
        if (auto got = take(*dying); got.message_id == "acked") dying->ack(got);
    dying.reset();
    auto consumer = broker->consume(Stage::adaptation, 2);
    const Delivery again = take(*consumer);
    CHECK(again.message_id == "held");
    CHECK(again.redeliveries == 1);
    consumer->ack(again);
}

TEST_CASE("draining hands back what was not started and still settles what was") {
    OPEN_BROKER_OR_RETURN(broker);
    broker.publish({task("1"), task("2"), task("3")});
    auto draining = broker->consume(Stage::adaptation, 3);
    const Delivery started = take(*draining);
    draining->stop_fetching();
    CHECK(!draining->next(kPatience).has_value());
    REQUIRE(broker.eventually([](const StageDepth& d) { return d.primary == 2; }));
    draining->ack(started);
    draining.reset();
    auto consumer = broker->consume(Stage::adaptation, 3);
    std::set<std::string> rest{take(*consumer).message_id, take(*consumer).message_id};
    CHECK(rest == std::set<std::string>{"2", "3"});
    CHECK(!consumer->next(kMoment).has_value());
}

TEST_CASE("a task that keeps coming back is buried at the delivery limit") {
    OPEN_BROKER_OR_RETURN(broker);
    broker.publish({task("killer")});
    auto consumer = broker->consume(Stage::adaptation, 1);
    for (int i = 0; i <= broker.settings.delivery_limit; ++i) {
        const Delivery got = take(*consumer);
        CHECK(got.redeliveries == i);
        consumer->release(got);
    }
    REQUIRE(broker.eventually([](const StageDepth& depth) { return depth.dead == 1; }));
    CHECK(!consumer->next(kMoment).has_value());
    auto letters = broker->browse_dead(Stage::adaptation, 10);
    REQUIRE(letters.has_value());
    REQUIRE(letters->size() == 1);
    CHECK(letters->front().reason == "delivery_limit");
}

TEST_CASE("many consumers, threads and settlements lose and repeat nothing") {
    const auto settings = tests::contract_settings();
    if (!settings) return;
    BrokerSettings roomy = *settings;
    roomy.max_length = 1000;
    Opened broker(roomy);
    std::vector<OutgoingTask> tasks;
    for (int i = 0; i < 300; ++i)
        tasks.push_back(task(std::to_string(i), i % 3 ? Lane::primary : Lane::priority));
    std::thread publisher([&] { broker.publish({tasks.begin(), tasks.begin() + 150}); });
    broker.publish({tasks.begin() + 150, tasks.end()});
    publisher.join();
    auto one = broker->consume(Stage::adaptation, 8), two = broker->consume(Stage::adaptation, 8);
    Inbox done;
    const auto work = [&](Consumer& consumer) {
        while (done.size() < tasks.size())
            if (auto got = consumer.next(50ms)) {
                consumer.ack(*got);
                done.put(got->message_id);
            }
    };
    std::vector<std::thread> workers;
    for (Consumer* consumer : {one.get(), one.get(), two.get()})
        workers.emplace_back(work, std::ref(*consumer));
    for (std::thread& worker : workers)
        worker.join();
    CHECK(done.size() == tasks.size());
    for (const OutgoingTask& each : tasks)
        REQUIRE(done.holds(each.message_id));
    CHECK(!one->next(kMoment).has_value());
}

TEST_CASE("an event reaches every subscriber, and none after its subscription ended") {
    OPEN_BROKER_OR_RETURN(broker);
    Inbox first, second;
    const auto into = [](Inbox& inbox) {
        return EventHandlers{[&](std::string_view job, std::string_view text) {
                                 inbox.put(std::string(job) + "=" + std::string(text));
                             },
                             {}};
    };
    auto one = broker->subscribe_events(into(first));
    auto two = broker->subscribe_events(into(second));
    broker->publish_event("job-1", "{\"progress\":50}");
    CHECK(first.holds("job-1={\"progress\":50}"));
    CHECK(second.holds("job-1={\"progress\":50}"));
    one.reset();
    broker->publish_event("job-1", "late");
    CHECK(second.holds("job-1=late"));
    CHECK(first.size() == 1);
}

TEST_CASE("orders reach every worker and are no events") {
    OPEN_BROKER_OR_RETURN(broker);
    Inbox events, first, second;
    auto watching =
        broker->subscribe_events({[&](auto, auto payload) { events.put(std::string(payload)); }, {}});
    auto one = broker->subscribe_control([&](auto payload) { first.put(std::string(payload)); });
    auto two = broker->subscribe_control([&](auto payload) { second.put(std::string(payload)); });
    broker->broadcast_control("cancel job-1");
    broker->publish_event("job-1", "ping");
    CHECK(first.holds("cancel job-1"));
    CHECK(second.holds("cancel job-1"));
    CHECK(events.holds("ping"));
    CHECK(events.size() == 1);
}

TEST_CASE("closing ends waiting calls and refuses new work") {
    OPEN_BROKER_OR_RETURN(broker);
    CHECK(broker->health().connected);
    auto consumer = broker->consume(Stage::adaptation, 1);
    std::thread closer([&] {
        std::this_thread::sleep_for(50ms);
        broker->close();
    });
    CHECK(!consumer->next(kPatience).has_value());
    closer.join();
    CHECK(broker->publish(std::array{task("t")}).front() == PublishOutcome::unavailable);
    CHECK(broker->publish_dead(Stage::analysis, "t", "", "why") == PublishOutcome::unavailable);
    CHECK(!broker->health().connected);
    consumer.reset();
}
