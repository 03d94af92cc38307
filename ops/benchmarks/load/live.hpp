#pragma once
// What a client of a live job sees: how long until it is done, and how news reaches many.

#include <cstdint>
#include <string>
#include <string_view>

namespace atelier::bench {

struct LiveSettings {
    std::uint16_t port = 0;
    std::string token;
    std::string body;  ///< of POST /jobs
    int times = 300;
    int clients = 5'000;      ///< connected
    int subscribers = 1'000;  ///< of them, told of one event
    int api_process = 0;      ///< whose memory is measured
};

/// One job after the other: from POST /jobs, through its 202 and a subscription, to its `job:completed`.
/// Reports p50_ms and p99_ms.
void measure_round_trips(const LiveSettings& settings);

/// Connects all clients, then cancels `times` jobs that the subscribers watch. Reports kib_per_client
/// (resident), pss_kib_per_client and p99_ms from sending the cancellation to the arrival of `job:cancelled`.
void measure_fan_out(const LiveSettings& settings);

}  // namespace atelier::bench
