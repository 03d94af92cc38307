#include "tests/faults/report.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "tests/faults/audit.hpp"

namespace atelier::faults {
namespace {

/// What the scenario of the running test case has told; doctest runs one at a time.
struct Told {
    std::string name, goal, figures;
} told;

void append(const std::string& text) {
    told.figures += (told.figures.empty() ? "" : ", ") + text;
}

/// Prints the line once doctest knows how the case went.
struct Table : doctest::IReporter {
    explicit Table(const doctest::ContextOptions&) {}
    void test_case_start(const doctest::TestCaseData&) override { told = {}; }
    void test_case_end(const doctest::CurrentTestCaseStats& stats) override {
        if (told.name.empty()) return;
        const char* outcome = stats.failure_flags != 0 ? "FAIL" : told.figures.empty() ? "skip" : "ok";
        std::printf("fault | %s | %s | %s | %s | %.1f s\n", outcome,
                    told.name.c_str(), told.goal.c_str(),
                    told.figures.empty() ? "not run" : told.figures.c_str(), stats.seconds);
        std::fflush(stdout);
    }
    void report_query(const doctest::QueryData&) override {}
    void test_run_start() override {}
    void test_run_end(const doctest::TestRunStats&) override {}
    void test_case_reenter(const doctest::TestCaseData&) override {}
    void test_case_exception(const doctest::TestCaseException&) override {}
    void subcase_start(const doctest::SubcaseSignature&) override {}
    void subcase_end() override {}
    void log_assert(const doctest::AssertData&) override {}
    void log_message(const doctest::MessageData&) override {}
    void test_case_skipped(const doctest::TestCaseData&) override {}
};

REGISTER_LISTENER("faults", 1, Table);

}  // namespace

bool is_full() {
    const char* form = std::getenv("ATELIER_FAULTS");
    return form && std::strcmp(form, "full") == 0;
}

Scenario::Scenario(const std::string& name, const std::string& goal) {
    told = {name, goal, ""};
}

void Scenario::figure(const std::string& what, long long value) {
    append(what + " " + std::to_string(value));
}

void Scenario::figure(const std::string& what, double seconds) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f s", seconds);
    append(what + " " + text);
}

std::unique_ptr<drill::Fleet> start_fleet(drill::FleetSettings settings) {
    auto fleet = drill::Fleet::start(std::move(settings));
    if (!fleet)
        MESSAGE(
            "skipped: ATELIER_TEST_AMQP_URL and ATELIER_TEST_POSTGRESQL_URL name no servers (ops/test starts "
            "them)");
    return fleet;
}

void check_at_rest(Scenario& scenario, drill::Fleet& fleet, const std::vector<std::string>& accepted,
                   int strangers) {
    CHECK_MESSAGE(fleet.all_ended(std::chrono::seconds(60)), "jobs are left over");
    CHECK_MESSAGE(fleet.queues_drained(std::chrono::seconds(30)), "messages are left over");
    fleet.stop_workers();
    const System system{.database_url = fleet.database_url(),
                        .broker_url = fleet.broker_url(),
                        .objects_url = "file://" + fleet.objects_folder(),
                        .strangers = strangers};
    Findings found;
    // What killed workers left behind is swept some seconds after their tasks ended.
    (void)e2e::eventually(std::chrono::seconds(20), [&] {
        found = audit(system, accepted);
        return found.breaches.empty();
    });
    CHECK(found.text() == "");
    CHECK(found.lost == 0);
    CHECK(found.twice == 0);
    scenario.figure("jobs", static_cast<long long>(found.jobs));
    scenario.figure("lost", static_cast<long long>(found.lost));
    scenario.figure("twice", static_cast<long long>(found.twice));
}

}  // namespace atelier::faults
