#include "api/housekeeping.hpp"

#include "common/log/log.hpp"
#include "common/objects/local/local_store.hpp"
#include "common/store/idempotency.hpp"
#include "common/store/refresh_tokens.hpp"

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

std::unique_ptr<async::PeriodicTask> start_housekeeping(ApiServices& services) {
    return std::make_unique<async::PeriodicTask>(
        async::PeriodicTask::Options{.name = "housekeeping", .interval = std::chrono::minutes(10)},
        [&services] { sweep_once(services); });
}

}  // namespace atelier::api
