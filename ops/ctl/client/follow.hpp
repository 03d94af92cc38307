#pragma once
// A job's events from the first to the last, each once and in order, whatever happens to the connection.

#include <functional>

#include "ops/ctl/client/api.hpp"

namespace atelier::ctl {

using OnEvent = std::function<void(const json::Value& event)>;

/// Over the WebSocket, resumed with `after` when it drops, and by polling while there is none. Returns the
/// last event: job:completed, job:failed or job:cancelled. Error: unavailable when the server has been away
/// for a minute; else what the server says.
Result<json::Value> follow_job(Api& api, const std::string& job_id, const OnEvent& on_event);

}  // namespace atelier::ctl
