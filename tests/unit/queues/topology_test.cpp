#include "queues/topology.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "queues/lane_turn.hpp"

using namespace atelier::queues;

namespace {

const Queue& find(const Topology& table, const std::string& name) {
    const auto found = std::ranges::find(table.queues, name, &Queue::name);
    REQUIRE(found != table.queues.end());
    return *found;
}

}  // namespace

TEST_CASE("stages and lanes are known by their names, both ways") {
    for (Stage stage : kStages)
        CHECK(parse_stage(to_string(stage)) == stage);
    for (Lane lane : kLanes)
        CHECK(parse_lane(to_string(lane)) == lane);
    CHECK(!parse_stage("Analysis").has_value());
    CHECK(!parse_stage("").has_value());
    CHECK(!parse_lane("secondary").has_value());
}

TEST_CASE("every stage has two work queues and one for its dead letters") {
    const Topology table = topology(BrokerSettings{});
    CHECK(table.exchanges.size() == 4);
    CHECK(table.queues.size() == 12);
    for (const Queue& queue : table.queues)
        CHECK(std::ranges::count(table.exchanges, queue.exchange, &Exchange::name) == 1);
    CHECK(find(table, "atelier.analysis.dead").exchange == "atelier.dead");
    CHECK(find(table, "atelier.analysis.dead").routing_key == "analysis");
    CHECK(find(table, "atelier.moderation.priority").exchange == "atelier.tasks");
    CHECK(find(table, "atelier.moderation.priority").routing_key == "moderation.priority");
}

TEST_CASE("work queues carry exactly the arguments of the design, dead-letter queues only their type") {
    const Topology table = topology(BrokerSettings{});
    const std::vector<Argument> work{{"x-queue-type", "quorum"},
                                     {"x-overflow", "reject-publish"},
                                     {"x-max-length", 100'000},
                                     {"x-dead-letter-exchange", "atelier.dead"},
                                     {"x-dead-letter-routing-key", "adaptation"},
                                     {"x-dead-letter-strategy", "at-least-once"},
                                     {"x-delivery-limit", 20}};
    CHECK((find(table, "atelier.adaptation.primary").arguments == work));
    CHECK((find(table, "atelier.adaptation.priority").arguments == work));
    CHECK((find(table, "atelier.adaptation.dead").arguments ==
           std::vector<Argument>{{"x-queue-type", "quorum"}}));
}

TEST_CASE("another prefix and other limits reach every name and argument") {
    BrokerSettings settings;
    settings.prefix = "second";
    settings.max_length = 7;
    const Topology table = topology(settings);
    for (const Queue& queue : table.queues)
        CHECK(queue.name.starts_with("second."));
    for (const Exchange& exchange : table.exchanges)
        CHECK(exchange.name.starts_with("second."));
    const Queue& work = find(table, "second.analysis.primary");
    CHECK(std::ranges::count(work.arguments, Argument{"x-max-length", 7}) == 1);
    CHECK(std::ranges::count(work.arguments, Argument{"x-dead-letter-exchange", "second.dead"}) == 1);
}

TEST_CASE("of nine tasks one is primary while both lanes wait") {
    LaneTurn turn;
    int primary = 0;
    for (int i = 0; i < 90; ++i)
        primary += turn.choose(true, true) == Lane::primary;
    CHECK(primary == 10);
}

TEST_CASE("a run of priority counts only while primary waits") {
    LaneTurn turn;
    for (int i = 0; i < 50; ++i)
        CHECK(turn.choose(false, true) == Lane::priority);
    CHECK(turn.choose(true, true) == Lane::priority);
    CHECK(turn.choose(true, false) == Lane::primary);
}
