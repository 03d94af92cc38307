#include "common/metrics/table.hpp"

namespace atelier::metrics {
namespace {

const std::vector<double> kRequest{0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
const std::vector<double> kWork{0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900};

const std::vector<Row> kCounters{
    {"atelier_http_requests_total", "Answered HTTP requests.", {"method", "route", "status"}, {}},
    {"atelier_http_rate_limited_total", "Requests refused with 429.", {"class"}, {}},
    {"atelier_http_refused_framing_total", "Requests refused at the header stage.", {"reason"}, {}},
    {"atelier_live_slow_readers_total", "Watchers closed because they read too slowly.", {"transport"}, {}},
    {"atelier_jobs_accepted_total", "Jobs accepted.", {"kind"}, {}},
    {"atelier_jobs_finished_total", "Jobs that reached their end.", {"kind", "outcome"}, {}},
    {"atelier_tasks_dispatched_total", "Tasks handed to the broker and confirmed.", {"stage", "lane"}, {}},
    {"atelier_publish_refused_total", "Messages that the broker did not confirm.", {"stage", "lane"}, {}},
    {"atelier_tasks_claimed_total", "Tasks claimed by a worker.", {"stage", "lane"}, {}},
    {"atelier_tasks_finished_total", "Attempts at tasks, by what came of them.", {"step", "outcome"}, {}},
    {"atelier_tasks_reaped_total", "Tasks that the reaper took back.", {"reason"}, {}},
    {"atelier_dead_letters_total", "Tasks given up.", {"stage"}, {}},
    {"atelier_broker_reconnects_total", "Connections to the broker made again.", {"connection"}, {}},
    {"atelier_events_published_total", "Progress events handed to the bus.", {"type"}, {}},
    {"atelier_object_bytes_total", "Bytes moved to and from the object store.", {"operation"}, {}},
    {"atelier_moderation_verdicts_total", "Pictures judged by moderation.", {"verdict"}, {}},
    {"atelier_design_validations_total",
     "Designs validated on their way in: clean, repaired or invalid.",
     {"outcome"},
     {}},
    {"atelier_provider_calls_total", "Calls of AI providers.", {"provider", "model", "outcome"}, {}},
    {"atelier_provider_cost_usd_total",
     "US dollars that calls of AI providers cost, where their prices are known.",
     {"provider", "model"},
     {}},
    {"atelier_credits_total", "Credits moved in the ledger.", {"reason"}, {}},
};

const std::vector<Row> kGauges{
    {"atelier_http_connections", "Open connections of the API.", {}, {}},
    {"atelier_live_subscribers", "Open progress subscriptions.", {"transport"}, {}},
    {"atelier_queue_messages", "Messages that wait in a queue.", {"stage", "lane"}, {}},
    {"atelier_queue_consumers", "Consumers of a queue.", {"stage", "lane"}, {}},
    {"atelier_tasks_ready", "Tasks that are due and not yet with the broker.", {"stage"}, {}},
    {"atelier_slots", "Tasks this process may run at once.", {}, {}},
    {"atelier_slots_busy", "Tasks this process runs now.", {}, {}},
    {"atelier_pool_waiting", "Pieces of work that wait for a thread.", {"pool"}, {}},
    {"atelier_database_sessions_in_use", "Database sessions lent out.", {}, {}},
};

const std::vector<Row> kHistograms{
    {"atelier_http_seconds", "From a request's header to the end of its answer.", {"route"}, kRequest},
    {"atelier_job_seconds", "From accepting a job to its end.", {"kind"}, kWork},
    {"atelier_task_seconds", "One attempt at a task, from claim to outcome.", {"step"}, kWork},
    {"atelier_task_wait_seconds", "From a task being due to its claim.", {"stage", "lane"}, kWork},
    {"atelier_database_wait_seconds", "Waiting for a database session.", {}, kRequest},
    {"atelier_object_seconds", "One operation of the object store.", {"operation"}, kRequest},
    {"atelier_provider_seconds", "One call of an AI provider.", {"provider", "model"}, kWork},
};

}  // namespace

std::span<const Row> counters() {
    return kCounters;
}
std::span<const Row> gauges() {
    return kGauges;
}
std::span<const Row> histograms() {
    return kHistograms;
}

}  // namespace atelier::metrics
