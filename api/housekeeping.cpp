#include "api/housekeeping.hpp"

#include "common/log/log.hpp"
#include "common/objects/local/local_store.hpp"
#include "common/store/idempotency.hpp"
#include "common/store/refresh_tokens.hpp"
#include "queues/leftovers.hpp"

namespace atelier::api {
namespace {

constexpr std::int64_t kWeekMs = 7 * 24 * 3'600'000LL;
constexpr std::chrono::hours kBrokenUpload{6};  // longer than any upload that still runs

}  // namespace

void sweep_once(ApiServices& services) {
    auto swept = services.db.write([](soci::session& session) -> Result<long long> {
        return store::sweep_idempotency_keys(session) + store::sweep_refresh_tokens(session, kWeekMs);
    });
    if (!swept) log::warning("Housekeeping failed: {}", swept.error().message);
    if (services.local_objects) (void)services.local_objects->sweep_temporary(kBrokenUpload);
}

Housekeeping start_housekeeping(ApiServices& services) {
    using async::PeriodicTask;
    const std::chrono::milliseconds lease = std::chrono::seconds(services.settings.workers.lease_s);
    return {std::make_unique<PeriodicTask>(
                PeriodicTask::Options{.name = "housekeeping", .interval = std::chrono::minutes(10)},
                [&services] { sweep_once(services); }),
            std::make_unique<PeriodicTask>(
                PeriodicTask::Options{.name = "leftovers",
                                      .interval = std::min(lease / 2, std::chrono::milliseconds(15'000))},
                [&services, lease, mark = store::LeftoverMark()]() mutable {
                    auto swept = queues::sweep_leftovers(services.db, services.objects, lease, mark);
                    if (!swept) log::warning("Sweeping leftover results failed: {}", swept.error().message);
                })};
}

}  // namespace atelier::api
