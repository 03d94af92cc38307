#include "common/metrics/registry.hpp"

#include <doctest/doctest.h>

#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace atelier;
using namespace atelier::metrics;

namespace {
bool shows(const Registry& registry, std::string_view line) {
    return registry.expose().find(std::string(line) + "\n") != std::string::npos;
}
}  // namespace

TEST_CASE("every enumerator has its row, and names are unique") {
    CHECK(counters().size() == static_cast<std::size_t>(Counter::credits_moved) + 1);
    CHECK(gauges().size() == static_cast<std::size_t>(Gauge::database_sessions_in_use) + 1);
    CHECK(histograms().size() == static_cast<std::size_t>(Histogram::provider_seconds) + 1);
    std::set<std::string_view> names;
    for (const auto rows : {counters(), gauges(), histograms()})
        for (const Row& row : rows)
            CHECK(names.insert(row.name).second);
}

TEST_CASE("counters, gauges and histograms appear in the text format") {
    Registry registry("atelier-api");
    registry.add(Counter::http_requests, {"GET", "/jobs", "200"});
    registry.add(Counter::http_requests, {"GET", "/jobs", "200"}, 2);
    registry.set(Gauge::slots_total, 4);
    registry.change(Gauge::slots_busy, {}, 1);
    registry.change(Gauge::slots_busy, {}, -1);
    registry.observe(Histogram::task_seconds, {"render"}, 0.3);
    CHECK(shows(
        registry,
        R"(atelier_http_requests_total{service="atelier-api",method="GET",route="/jobs",status="200"} 3)"));
    CHECK(shows(registry, R"(atelier_slots{service="atelier-api"} 4)"));
    CHECK(shows(registry, R"(atelier_slots_busy{service="atelier-api"} 0)"));
    CHECK(shows(registry, R"(atelier_task_seconds_bucket{service="atelier-api",step="render",le="0.25"} 0)"));
    CHECK(shows(registry, R"(atelier_task_seconds_bucket{service="atelier-api",step="render",le="0.5"} 1)"));
    CHECK(shows(registry, "# TYPE atelier_http_requests_total counter"));
}

TEST_CASE("the wrong number of labels is a bug that shows itself") {
    Registry registry("test");
    CHECK_THROWS_AS(registry.add(Counter::http_requests, {"GET"}), std::invalid_argument);
}

TEST_CASE("label values without end are counted together") {
    Registry registry("test");
    for (std::size_t i = 0; i < kMaxSeries + 7; ++i)
        registry.add(Counter::jobs_accepted, {std::to_string(i)});
    CHECK(shows(registry, R"(atelier_jobs_accepted_total{service="test",kind="other"} 7)"));
}

TEST_CASE("threads may count at the same time") {
    Registry registry("test");
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 500; ++n)
                registry.add(Counter::tasks_reaped, {"lease"});
        });
    for (std::thread& thread : threads)
        thread.join();
    CHECK(shows(registry, R"(atelier_tasks_reaped_total{service="test",reason="lease"} 2000)"));
}

TEST_CASE("the process tells its memory") {
    Registry registry("test");
    CHECK(registry.expose().find("process_resident_memory_bytes{service=\"test\"} ") != std::string::npos);
}
