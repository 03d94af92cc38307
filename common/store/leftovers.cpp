#include "common/store/leftovers.hpp"

#include "common/store/sql.hpp"

namespace atelier::store {

std::vector<Leftover> list_leftovers(soci::session& session, const LeftoverMark& after, std::int64_t age_ms,
                                     int limit) {
    // The condition is the index's own, word for word, so that both databases use it.
    return select_all<Leftover>(
        session.prepare << "SELECT id, job_id, organization_id, CASE state WHEN 'done' THEN 1 ELSE 0 END, "
                           "fence, finished_at FROM"
                           " tasks WHERE ((state IN ('cancelled', 'dead', 'discarded') AND started_at IS NOT "
                           "NULL) OR (state ="
                           " 'done' AND fence > 1)) AND (finished_at, id) > (:ended, :id) AND finished_at "
                           "BETWEEN atelier_now() - :oldest AND atelier_now() - :age"
                           " ORDER BY finished_at, id LIMIT :limit",
        [](auto& prepared, Leftover& row) {
            prepared, soci::into(row.id), soci::into(row.job_id), soci::into(row.organization_id),
                soci::into(row.has_result), soci::into(row.fence), soci::into(row.finished_at);
        },
        soci::use(after.finished_at), soci::use(after.id), soci::use(kLeftoverMemoryMs), soci::use(age_ms),
        soci::use(limit));
}

}  // namespace atelier::store
