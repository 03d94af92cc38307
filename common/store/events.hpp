#pragma once
// A job's events: numbered per job without gaps, so that poll, SSE and WebSocket can resume after any of
// them.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/json/value.hpp"

namespace soci {
class session;
}

namespace atelier::store {

struct JobEvent {
    JobId job_id;
    std::int64_t seq = 0;  ///< from 1
    std::string type;      ///< `job:progress`, `job:completed`, `job:failed`, `job:cancelled`
    json::Value data;
    std::int64_t created_at = 0;  ///< epoch milliseconds
};

/// The next event of the job. Call with the job's row locked; it shares that transaction's fate.
JobEvent append_event(soci::session& session, const JobId& job, std::string_view type, json::Value data);

/// Events that the caller has numbered, with their jobs' rows locked and last_seq moved on (change_jobs,
/// insert_jobs). A created_at of 0 means now.
void insert_events(soci::session& session, std::span<const JobEvent> events);

/// Events with seq > `after`, in order.
std::vector<JobEvent> list_events(soci::session& session, const JobId& job, std::int64_t after, int limit);

/// What clients receive, and what travels on the bus: {"type", "job_id", "seq", "at", …data}.
json::Value to_json(const JobEvent& event);

}  // namespace atelier::store
