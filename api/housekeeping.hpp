#pragma once
// What grows and nobody asks for any more: old idempotency keys, expired refresh tokens, temporary files of
// uploads that broke.

#include <memory>

#include "api/services.hpp"
#include "common/async/periodic_task.hpp"

namespace atelier::api {

/// Sweeps every ten minutes until destroyed. Several API processes may do so at once.
std::unique_ptr<async::PeriodicTask> start_housekeeping(ApiServices& services);

/// One round.
void sweep_once(ApiServices& services);

}  // namespace atelier::api
