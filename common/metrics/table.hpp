#pragma once
// Every metric of Atelier: a row here and an enumerator of the same position. Names follow Prometheus'
// conventions.
//
// Labels must come from small fixed sets (a route's pattern, never its path; a stage; a kind), because each
// combination is a time series. What exceeds `kMaxSeries` combinations of one metric is counted under
// "other".

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace atelier::metrics {

inline constexpr std::size_t kMaxSeries = 500;

enum class Counter {
    http_requests,        ///< method, route, status
    rate_limited,         ///< class
    refused_framing,      ///< reason
    live_slow_readers,    ///< transport
    jobs_accepted,        ///< kind
    jobs_finished,        ///< kind, outcome
    tasks_dispatched,     ///< stage, lane
    publish_refused,      ///< stage, lane
    tasks_claimed,        ///< stage, lane
    tasks_finished,       ///< step, outcome
    tasks_reaped,         ///< reason
    dead_letters,         ///< stage
    broker_reconnects,    ///< connection
    events_published,     ///< type
    object_bytes,         ///< operation
    moderation_verdicts,  ///< verdict
    design_validations,   ///< outcome
    provider_calls,       ///< provider, model, outcome
    provider_cost,        ///< provider, model
    credits_moved,        ///< reason
};
enum class Gauge {
    http_connections,          ///< (none)
    live_subscribers,          ///< transport
    queue_messages,            ///< stage, lane
    queue_consumers,           ///< stage, lane
    tasks_ready,               ///< stage
    slots_total,               ///< (none)
    slots_busy,                ///< (none)
    pool_waiting,              ///< pool
    database_sessions_in_use,  ///< (none)
};
enum class Histogram {
    http_seconds,           ///< route
    job_seconds,            ///< kind
    task_seconds,           ///< step
    task_wait_seconds,      ///< stage, lane
    database_wait_seconds,  ///< (none)
    object_seconds,         ///< operation
    provider_seconds,       ///< provider, model
};

struct Row {
    std::string_view name;
    std::string_view meaning;
    std::vector<std::string_view> labels;
    std::vector<double> buckets;  ///< upper bounds in seconds, for histograms
};

std::span<const Row> counters();
std::span<const Row> gauges();
std::span<const Row> histograms();

}  // namespace atelier::metrics
