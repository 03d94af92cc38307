#pragma once
// `atelier serve` on a port and a data folder of its own.

#include <memory>

#include "tests/e2e/support/client.hpp"
#include "tests/e2e/support/process.hpp"

namespace atelier::e2e {

/// Waits until the server answers /api/v1/health; throws with the log when it does not.
void wait_healthy(const std::string& url, Process& server);

class Standalone {
  public:
    /// Started; rate limits are off and leases short, unless `settings` say otherwise.
    explicit Standalone(Environment settings = {});

    const std::string& url() const { return url_; }
    Process& process() { return *process_; }
    /// On the same port and data, after it was stopped or killed.
    void start();
    /// A signed-up user.
    Client user() const;

  private:
    TempFolder folder_;
    std::string address_, url_;
    Environment settings_;
    std::unique_ptr<Process> process_;
};

}  // namespace atelier::e2e
