#pragma once
// Someone who goes on ordering while something breaks: ten jobs a second, each repeated with its
// Idempotency-Key until it is accepted.

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "tests/faults/report.hpp"
#include "tests/support/drill/submit.hpp"

namespace atelier::faults {

class SteadyCustomer {
  public:
    explicit SteadyCustomer(const e2e::Client& customer);

    void stop();
    int accepted() const { return accepted_; }
    int busy() const { return busy_; }  ///< answers 503, each with a Retry-After

    // Read these after stop():
    const std::vector<std::string>& jobs() const { return jobs_; }
    const std::vector<std::string>& odd() const { return odd_; }  ///< answers that the contract does not have
    double slowest() const { return slowest_; }                   ///< seconds

  private:
    void run(const std::stop_token& stop);
    /// True when the order needs no repetition.
    bool place(const std::string& body, const std::string& key);

    drill::ApiConnection connection_;
    std::atomic<int> accepted_ = 0, busy_ = 0;
    std::vector<std::string> jobs_, odd_;
    double slowest_ = 0;
    std::jthread thread_;
};

/// Adds what was accepted by an answer that never came: the database's word counts for it.
std::vector<std::string> with_unanswered(const drill::Fleet& fleet, std::vector<std::string> jobs);

}  // namespace atelier::faults
