#pragma once
// Ended tasks of which a lost claim may have left result objects behind.

#include <cstdint>
#include <vector>

#include "common/ids/id.hpp"

namespace soci {
class session;
}

namespace atelier::store {

struct Leftover {
    TaskId id;
    JobId job_id;
    OrganizationId organization_id;
    bool has_result = false;  ///< done: what claim `fence` wrote is the result
    std::int64_t fence = 0;   ///< no claim had a higher one when the task ended
    std::int64_t finished_at = 0;
};

/// Where a walk through them stands: they come in the order of their end.
struct LeftoverMark {
    std::int64_t finished_at = 0;
    TaskId id = {};
};

/// What ended longer ago was swept by whoever swept then.
inline constexpr std::int64_t kLeftoverMemoryMs = 24 * 3'600'000LL;

/// The next ones behind the mark that ended at least `age_ms` ago.
std::vector<Leftover> list_leftovers(soci::session& session, const LeftoverMark& after, std::int64_t age_ms,
                                     int limit);

}  // namespace atelier::store
