// How the RabbitMQ side bears a broken network. Needs ATELIER_TEST_AMQP_URL.

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <set>
#include <thread>

#include "queues/broker.hpp"
#include "queues/rabbitmq/connection.hpp"
#include "queues/rabbitmq/rabbitmq_broker.hpp"
#include "queues/topology.hpp"
#include "tests/support/tcp_proxy.hpp"

using namespace atelier;
using namespace atelier::queues;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 20s;

template <class Condition>
bool eventually(Condition holds, std::chrono::milliseconds patience = kPatience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(10ms);
    }
    return true;
}

OutgoingTask task(const std::string& id) {
    return {Stage::analysis, Lane::primary, id, "{}"};
}

/// A RabbitMQ seen through a proxy, and directly.
struct Scene {
    rabbitmq::Endpoint endpoint;
    tests::TcpProxy proxy;
    BrokerSettings direct, proxied;

    explicit Scene(const char* url)
        : endpoint(rabbitmq::parse_endpoint(url).value()), proxy(endpoint.host, endpoint.port) {
        static int count = 0;
        direct.url = url;
        direct.prefix = fmt::format("fault-{}-{}", getpid(), ++count);
        direct.heartbeat_s = 1;
        proxied = direct;
        proxied.url = fmt::format("amqp://{}:{}@127.0.0.1:{}/{}", endpoint.user, endpoint.password,
                                  proxy.port(), endpoint.vhost == "/" ? "%2F" : endpoint.vhost);
    }
    ~Scene() { CHECK(rabbitmq::remove_topology(direct).has_value()); }

    static std::unique_ptr<Broker> open(const BrokerSettings& settings) {
        auto broker = open_broker(settings);
        REQUIRE_MESSAGE(broker.has_value(), broker.error());
        return std::move(*broker);
    }
};

const char* rabbitmq_url() {
    const char* url = std::getenv("ATELIER_TEST_AMQP_URL");
    if (!url || !*url) MESSAGE("skipped: ATELIER_TEST_AMQP_URL names no RabbitMQ (ops/test starts one)");
    return url && *url ? url : nullptr;
}

}  // namespace

TEST_CASE("nothing that was confirmed is lost when the connection breaks while publishing") {
    const char* url = rabbitmq_url();
    if (!url) return;
    Scene scene(url);
    auto broker = Scene::open(scene.proxied);
    std::set<std::string> confirmed;
    std::atomic<int> round = 0;
    std::thread publisher([&] {
        for (; round < 30; ++round) {
            std::vector<OutgoingTask> tasks;
            for (int i = 0; i < 50; ++i)
                tasks.push_back(task(fmt::format("{}-{}", round.load(), i)));
            const auto outcomes = broker->publish(tasks);
            for (std::size_t i = 0; i < tasks.size(); ++i)
                if (outcomes[i] == PublishOutcome::confirmed) confirmed.insert(tasks[i].message_id);
        }
    });
    for (int cut_at : {5, 15}) {
        while (round < cut_at)
            std::this_thread::sleep_for(1ms);
        scene.proxy.cut();
        std::this_thread::sleep_for(100ms);
        scene.proxy.restore();
    }
    publisher.join();
    CHECK(confirmed.size() >= 1000);
    CHECK(eventually([&] { return broker->health().connected; }));

    auto other = Scene::open(scene.direct);
    auto consumer = other->consume(Stage::analysis, 100);
    std::set<std::string> delivered;
    while (auto got = consumer->next(delivered.size() < confirmed.size() ? 5000ms : 200ms)) {
        delivered.insert(got->message_id);
        consumer->ack(*got);
    }
    for (const std::string& id : confirmed)
        REQUIRE(delivered.contains(id));
    consumer.reset();
}

TEST_CASE("deliveries of a lost connection settle as nothing and come again") {
    const char* url = rabbitmq_url();
    if (!url) return;
    Scene scene(url);
    auto publisher = Scene::open(scene.direct), broker = Scene::open(scene.proxied);
    REQUIRE(publisher->publish(std::array{task("a"), task("b")}).front() == PublishOutcome::confirmed);
    auto consumer = broker->consume(Stage::analysis, 2);
    const auto first = consumer->next(kPatience), second = consumer->next(kPatience);
    REQUIRE(first.has_value());
    REQUIRE(second.has_value());
    scene.proxy.cut();
    REQUIRE(eventually([&] { return !consumer->connected(); }));
    consumer->ack(*first);
    scene.proxy.restore();
    const auto again = consumer->next(kPatience), other = consumer->next(kPatience);
    REQUIRE(again.has_value());
    REQUIRE(other.has_value());
    CHECK(std::set{again->message_id, other->message_id} == std::set<std::string>{"a", "b"});
    consumer->reject(*second, "of the old connection");
    consumer->ack(*first);
    consumer->release(*second);
    CHECK(!consumer->next(200ms).has_value());
    consumer->ack(*again);
    consumer->ack(*other);
    consumer.reset();
    const auto depth = publisher->depths().value().at(static_cast<std::size_t>(Stage::analysis));
    CHECK(depth.primary == 0);
    CHECK(depth.dead == 0);
}

TEST_CASE("a black hole is noticed within two heartbeats and five seconds, and left again") {
    const char* url = rabbitmq_url();
    if (!url) return;
    Scene scene(url);
    scene.proxied.publish_timeout = 500ms;
    auto broker = Scene::open(scene.proxied);
    auto consumer = broker->consume(Stage::analysis, 1);
    REQUIRE(eventually([&] { return consumer->connected(); }));
    scene.proxy.swallow();
    const auto start = std::chrono::steady_clock::now();
    CHECK(broker->publish(std::array{task("lost")}).front() == PublishOutcome::unavailable);
    CHECK(std::chrono::steady_clock::now() - start < 3s);
    CHECK(eventually([&] { return !broker->health().connected && !consumer->connected(); }, 7s));
    CHECK(!broker->health().last_error.empty());
    scene.proxy.restore();
    CHECK(eventually([&] { return broker->health().connected && consumer->connected(); }));
    CHECK(eventually(
        [&] { return broker->publish(std::array{task("t")}).front() == PublishOutcome::confirmed; }));
    CHECK(consumer->next(kPatience).has_value());
    consumer.reset();
}

TEST_CASE("closing inside a black hole takes seconds, not forever") {
    const char* url = rabbitmq_url();
    if (!url) return;
    Scene scene(url);
    scene.proxied.heartbeat_s = 60;
    auto broker = Scene::open(scene.proxied);
    auto consumer = broker->consume(Stage::analysis, 1);
    REQUIRE(eventually([&] { return consumer->connected(); }));
    scene.proxy.swallow();
    const auto start = std::chrono::steady_clock::now();
    consumer.reset();
    broker.reset();
    CHECK(std::chrono::steady_clock::now() - start < 15s);
    scene.proxy.restore();
}

TEST_CASE("subscribers listen again after a break and are told of the gap") {
    const char* url = rabbitmq_url();
    if (!url) return;
    Scene scene(url);
    auto publisher = Scene::open(scene.direct), broker = Scene::open(scene.proxied);
    std::atomic<int> events = 0, gaps = 0;
    auto watching = broker->subscribe_events({[&](auto, auto) { ++events; }, [&] { ++gaps; }});
    publisher->publish_event("job", "1");
    CHECK(eventually([&] { return events == 1; }));
    CHECK(gaps == 0);
    scene.proxy.cut();
    publisher->publish_event("job", "2");
    scene.proxy.restore();
    REQUIRE(eventually([&] { return gaps == 1; }));
    publisher->publish_event("job", "3");
    CHECK(eventually([&] { return events == 2; }));
}

TEST_CASE("a task that no queue takes is unroutable, and the topology comes back with the next connection") {
    const char* url = rabbitmq_url();
    if (!url) return;
    Scene scene(url);
    auto broker = Scene::open(scene.proxied);
    {
        auto connection = rabbitmq::Connection::open(scene.endpoint, 10, 5s);
        REQUIRE(connection.has_value());
        REQUIRE(connection->open_channel(1).has_value());
        const std::string queue = work_queue(scene.direct.prefix, Stage::analysis, Lane::primary);
        amqp_queue_delete(connection->raw(), 1, rabbitmq::bytes(queue), false, false);
        REQUIRE(connection->answered("delete").has_value());
        connection->close();
    }
    OutgoingTask routable = task("b");
    routable.lane = Lane::priority;
    const auto outcomes = broker->publish(std::array{task("a"), routable, task("c")});
    CHECK(outcomes ==
          std::vector{PublishOutcome::unroutable, PublishOutcome::confirmed, PublishOutcome::unroutable});
    scene.proxy.cut();
    scene.proxy.restore();
    CHECK(eventually(
        [&] { return broker->publish(std::array{task("a")}).front() == PublishOutcome::confirmed; }));
}

TEST_CASE("a queue that exists with other arguments stops the start and is named") {
    const char* url = rabbitmq_url();
    if (!url) return;
    Scene scene(url);
    auto broker = Scene::open(scene.direct);
    BrokerSettings other = scene.direct;
    other.max_length = 5;
    const auto start = std::chrono::steady_clock::now();
    const auto opened = open_broker(other);
    REQUIRE(opened.has_error());
    CHECK(opened.error().code == ErrorCode::conflict);
    CHECK(opened.error().message.find(scene.direct.prefix + ".analysis.primary") != std::string::npos);
    CHECK(std::chrono::steady_clock::now() - start < 5s);
}

TEST_CASE("wrong credentials stop the start at once and are not repeated") {
    const char* url = rabbitmq_url();
    if (!url) return;
    Scene scene(url);
    auto broker = Scene::open(scene.direct);
    BrokerSettings other = scene.direct;
    other.url = fmt::format("amqp://nobody:hunter2@{}:{}/", scene.endpoint.host, scene.endpoint.port);
    const auto opened = open_broker(other);
    REQUIRE(opened.has_error());
    CHECK(opened.error().code == ErrorCode::forbidden);
    CHECK(opened.error().message.find("hunter2") == std::string::npos);
}
