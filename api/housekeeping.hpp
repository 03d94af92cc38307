#pragma once
// What grows and nobody asks for any more: old idempotency keys, expired refresh tokens, temporary files of
// uploads that broke, results of workers that
// were killed.

#include <memory>

#include "api/services.hpp"
#include "common/async/periodic_task.hpp"

namespace atelier::api {

struct Housekeeping {
    std::unique_ptr<async::PeriodicTask> sweeping;   ///< every ten minutes
    std::unique_ptr<async::PeriodicTask> leftovers;  ///< twice a lease, at most every 15 s
};
/// Sweeps until destroyed. Several API processes may do so at once.
Housekeeping start_housekeeping(ApiServices& services);

/// One round.
void sweep_once(ApiServices& services);

}  // namespace atelier::api
