#pragma once
// A closed loop of HTTP requests: every connection sends its next request when the answer to the last one is
// complete. One thread, requests laid out beforehand and answers barely read, because the generator shares
// the cores with what it measures.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace atelier::bench {

/// Gives out requests in turn. With `fresh_keys` each carries an Idempotency-Key that was never used before.
class Requests {
  public:
    struct Shape {
        std::string method = "GET";
        std::vector<std::string> paths{"/"};
        std::string token;  ///< bearer; empty: none
        std::string body;
        bool fresh_keys = false;
    };
    explicit Requests(const Shape& shape);
    /// Valid until the next call.
    const std::string& next();

  private:
    std::vector<std::string> ready_;
    std::vector<std::size_t> counter_at_;  ///< in each request, where the key's last digit is; 0: no key
    std::uint64_t sent_ = 0;
};

struct LoadSettings {
    std::uint16_t port = 0;
    int connections = 64;
    std::chrono::milliseconds warm_up{500};  ///< not counted
    std::chrono::milliseconds measured{3000};
    std::size_t count = 0;  ///< stops after so many answers instead, all counted
    int status = 200;       ///< any other answer ends the benchmark
};

struct LoadRound {
    double per_s = 0;
    double p50_ms = 0, p99_ms = 0;
};

LoadRound run_round(const LoadSettings& settings, Requests& requests);

}  // namespace atelier::bench
