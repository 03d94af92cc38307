#pragma once
// How a claim is read from its row. Private to common/store.

#include "common/store/sql.hpp"
#include "common/store/tasks.hpp"

namespace atelier::store {

inline constexpr std::string_view kClaimColumns =
    "id, job_id, organization_id, (SELECT kind FROM jobs WHERE jobs.id = tasks.job_id), step, ordinal, "
    "stage, lane, attempt, max_attempts, dispatch, fence, input, atelier_now()";

inline constexpr auto kIntoClaim = [](auto& prepared, Claim& c) {
    prepared, soci::into(c.id), soci::into(c.job_id), soci::into(c.organization_id), soci::into(c.job_kind),
        soci::into(c.step), soci::into(c.ordinal), soci::into(c.stage), soci::into(c.lane),
        soci::into(c.attempt), soci::into(c.max_attempts), soci::into(c.dispatch), soci::into(c.fence),
        soci::into(c.input), soci::into(c.claimed_at);
};

}  // namespace atelier::store
