#include <chrono>
#include <stdexcept>
#include <vector>

#include "ops/benchmarks/load/caller.hpp"
#include "ops/benchmarks/load/figures.hpp"
#include "ops/benchmarks/load/live.hpp"
#include "ops/benchmarks/load/watcher.hpp"

namespace atelier::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kWarmUp = 20;

void wait_for_completion(Watcher& watcher, const std::string& job_id) {
    for (;;) {
        const std::string text = *watcher.next();
        if (text.find(job_id) == std::string::npos) continue;
        if (text.find("\"job:completed\"") != std::string::npos) return;
        if (text.find("\"error\"") != std::string::npos || text.find("\"job:failed\"") != std::string::npos)
            throw std::runtime_error("a job did not complete: " + text);
    }
}

}  // namespace

void measure_round_trips(const LiveSettings& settings) {
    Caller caller(settings.port, settings.token);
    Watcher watcher(settings.port, settings.token);
    std::vector<double> milliseconds;
    for (int i = 0; i < kWarmUp + settings.times; ++i) {
        const auto begun = Clock::now();
        const std::string job = caller.create_job(settings.body);
        watcher.subscribe(job, 0);
        wait_for_completion(watcher, job);
        if (i >= kWarmUp)
            milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
    }
    report("p50_ms", percentile(milliseconds, 0.5));
    report("p99_ms", percentile(milliseconds, 0.99));
    report("max_ms", percentile(milliseconds, 1));
}

}  // namespace atelier::bench
