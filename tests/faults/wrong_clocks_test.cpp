#include <doctest/doctest.h>
#include <stdlib.h>

#include <chrono>
#include <filesystem>
#include <iomanip>
#include <sstream>

#include "tests/faults/report.hpp"
#include "tests/support/drill/submit.hpp"

using namespace atelier;
using namespace atelier::faults;
using std::chrono::seconds;

namespace {

/// Of the package faketime; empty when it is not installed.
std::string faketime_library() {
    for (const auto& folder : std::filesystem::directory_iterator("/usr/lib")) {
        const std::filesystem::path library = folder.path() / "faketime/libfaketimeMT.so.1";
        std::error_code none;
        if (std::filesystem::exists(library, none)) return library;
    }
    return "";
}

/// Only the wall clock is wrong: waits keep their length, as on a machine whose clock was set badly.
e2e::Environment clock_off_by(const std::string& offset, const std::string& library) {
    return {{"LD_PRELOAD", library}, {"FAKETIME", offset}, {"FAKETIME_DONT_FAKE_MONOTONIC", "1"}};
}

/// By how many seconds the clock that wrote the worker's first line was ahead of ours.
long ahead(const e2e::Process& worker) {
    std::tm time{};
    std::istringstream line(worker.log());
    line >> std::get_time(&time, "%Y-%m-%dT%H:%M:%S");
    return line.fail() ? 0 : timegm(&time) - std::time(nullptr);
}

}  // namespace

TEST_CASE("workers whose clocks are ten minutes off neither steal a lease nor lose one") {
    const int brief = scaled(600, 60), longer = scaled(24, 6);
    Scenario scenario("workers whose clock is 10 min ahead and behind", "0 stolen leases");
    const std::string library = faketime_library();
    if (library.empty()) {
        MESSAGE("skipped: the package faketime is not installed");
        return;
    }
    if (e2e::slowness() > 1) {
        MESSAGE("skipped: the sanitizers do not suffer another library before theirs");
        return;
    }
    const auto fleet = start_fleet({.workers = 0, .slots = 4});
    if (!fleet) return;
    e2e::Process& early = fleet->add_worker(clock_off_by("+600s", library));
    e2e::Process& late = fleet->add_worker(clock_off_by("-600s", library));
    fleet->add_worker();
    // The longer ones live through two leases of 3 s.
    const auto orders = drill::submit(
        fleet->customer(), {.jobs = brief + longer, .input = [&](int index) {
                                const bool is_long = index % (brief / longer + 1) == 0;
                                return json::Object{{"sleep_ms", is_long ? 7'000 : 30}, {"write", 100}};
                            }});
    CHECK(orders.odd.empty());
    REQUIRE(fleet->all_ended(seconds(90)));
    CHECK(ahead(early) > 500);
    CHECK(ahead(late) < -500);
    for (const e2e::Process* worker : {&early, &late}) {
        const long long done = fleet->count(
            "SELECT count(*) FROM tasks WHERE worker LIKE '%:" + std::to_string(worker->pid()) + "'");
        CHECK(done > 0);
        scenario.figure("tasks", done);
    }
    const long long stolen = fleet->count("SELECT count(*) FROM tasks WHERE fence <> 1 OR attempt <> 1");
    CHECK(stolen == 0);
    scenario.figure("stolen", stolen);
    check_at_rest(scenario, *fleet, orders.jobs);
}
