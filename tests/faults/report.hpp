#pragma once
// How long a scenario runs and what it tells. ops/test runs the suite in its short form, ops/test --faults in
// full.

#include <string>

#include "tests/support/drill/fleet.hpp"

namespace atelier::faults {

/// ATELIER_FAULTS=full: the counts of the goals. Otherwise a short form of everything.
bool is_full();
inline int scaled(int full, int brief) {
    return is_full() ? full : brief;
}

/// One line of the table, printed when the test case ends, with its outcome and its seconds:
/// `fault | ok | NAME | GOAL | FIGURES | 12.3 s`. Make one per test case, in its first line.
class Scenario {
  public:
    Scenario(const std::string& name, const std::string& goal);
    /// `jobs 3000`, appended in the order of the calls.
    void figure(const std::string& what, long long value);
    void figure(const std::string& what, double seconds);
};

/// The fleet, or nothing and a message (the test case should return) when the environment names no servers.
std::unique_ptr<drill::Fleet> start_fleet(drill::FleetSettings settings = {});

/// Called when all jobs have ended: waits for the queues to drain, stops the workers, audits, and checks
/// (doctest) that there is no breach, nothing lost and nothing completed twice. Adds the figures `jobs`,
/// `lost`, `twice`.
void check_at_rest(Scenario& scenario, drill::Fleet& fleet, const std::vector<std::string>& accepted,
                   int strangers = 0);

}  // namespace atelier::faults
