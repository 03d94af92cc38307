#include <limits>

#include "common/store/tasks.hpp"

#include "common/store/database.hpp"
#include "common/store/sql.hpp"
#include "common/store/task_columns.hpp"

namespace atelier::store {

std::vector<Expired> expired_leases(soci::session& session, int limit) {
    std::vector<Expired> expired;
    Expired row;
    soci::statement st =
        (session.prepare << "SELECT id, job_id, fence FROM tasks WHERE state = 'running' AND "
                            "lease_until < atelier_now() ORDER BY lease_until LIMIT :limit",
         soci::use(limit), soci::into(row.id.value), soci::into(row.job_id.value), soci::into(row.fence));
    st.execute();
    while (st.fetch())
        expired.push_back(row);
    return expired;
}

std::optional<Claim> find_expired_claim(soci::session& session, const TaskId& id, std::int64_t fence) {
    return select_one<Claim>(session.prepare
                                 << "SELECT " << kClaimColumns
                                 << " FROM tasks WHERE id = :id AND fence = :fence AND state = 'running' AND "
                                    "lease_until < atelier_now()",
                             kIntoClaim, soci::use(id.value), soci::use(fence));
}

int resend_forgotten(soci::session& session, const std::string& stage, const std::string& lane, bool is_empty,
                     std::int64_t age_ms) {
    std::optional<std::int64_t> newest_begun;
    if (!is_empty)
        session << "SELECT max(dispatched_at) FROM tasks WHERE state = 'running' AND stage = :stage AND "
                   "lane = :lane",
            soci::use(stage), soci::use(lane), soci::into(newest_begun);
    if (!is_empty && !newest_begun) return 0;
    const std::int64_t bound =
        newest_begun ? *newest_begun - age_ms : std::numeric_limits<std::int64_t>::max();
    return static_cast<int>(changed(
        session.prepare << "UPDATE tasks SET state = 'ready', dispatch = dispatch + 1, "
                           "not_before = atelier_now() WHERE state = 'queued' AND stage = :stage AND "
                           "lane = :lane AND dispatched_at < atelier_now() - :age AND dispatched_at < :bound",
        soci::use(stage), soci::use(lane), soci::use(age_ms), soci::use(bound)));
}

int resend_all_queued(soci::session& session) {
    return static_cast<int>(changed(session.prepare
                                    << "UPDATE tasks SET state = 'ready', dispatch = dispatch + 1, "
                                       "not_before = atelier_now() WHERE state = 'queued'"));
}

void hold_tasks(soci::session& session, const JobId& job) {
    changed(session.prepare
                << "UPDATE tasks SET state = 'held' WHERE job_id = :job AND state IN ('ready', 'queued')",
            soci::use(job.value));
}

void release_held(soci::session& session, const JobId& job) {
    changed(session.prepare
                << "UPDATE tasks SET state = 'ready', dispatch = dispatch + 1, not_before = atelier_now() "
                   "WHERE job_id = :job AND state = 'held'",
            soci::use(job.value));
}

int cancel_tasks(soci::session& session, const JobId& job) {
    return changed(
        session.prepare << "UPDATE tasks SET state = 'cancelled', fence = fence + 1, lease_until = NULL, "
                           "finished_at = atelier_now() WHERE job_id = :job AND state IN ('ready', 'queued', "
                           "'running', 'held')",
        soci::use(job.value));
}

int revive_dead(soci::session& session, const JobId& job, const std::string& lane) {
    return static_cast<int>(
        changed(session.prepare << "UPDATE tasks SET state = 'ready', lane = :lane, attempt = 0, "
                                   "dispatch = dispatch + 1, not_before = atelier_now(), finished_at = NULL "
                                   "WHERE job_id = :job AND state = 'dead'",
                soci::use(lane), soci::use(job.value)));
}

bool discard_dead(soci::session& session, const TaskId& id) {
    return changed(
        session.prepare << "UPDATE tasks SET state = 'discarded' WHERE id = :id AND state = 'dead'",
        soci::use(id.value));
}

bool has_discarded(soci::session& session, const JobId& job) {
    int discarded = 0;
    session << "SELECT count(*) FROM tasks WHERE job_id = :job AND state = 'discarded'", soci::use(job.value),
        soci::into(discarded);
    return discarded > 0;
}

std::vector<DeadTask> list_dead(soci::session& session, const DeadFilter& filter, int limit) {
    std::string sql =
        "SELECT t.id, t.job_id, t.organization_id, j.kind, t.step, t.stage, t.lane, t.attempt, t.dispatch, "
        "t.error, t.input, t.finished_at FROM tasks t JOIN jobs j ON j.id = t.job_id WHERE t.state = 'dead'";
    std::vector<std::string> texts;
    const auto narrow = [&](const char* column, const std::string& value) {
        sql += std::string(" AND ") + column + " = :v" + std::to_string(texts.size());
        texts.push_back(value);
    };
    if (filter.organization) narrow("t.organization_id", filter.organization->value);
    if (!filter.stage.empty()) narrow("t.stage", filter.stage);
    if (!filter.step.empty()) narrow("t.step", filter.step);
    if (filter.job) narrow("t.job_id", filter.job->value);
    if (!filter.ids.empty()) sql += " AND t.id IN (" + placeholders(filter.ids.size()) + ")";
    for (const TaskId& id : filter.ids)
        texts.push_back(id.value);
    if (filter.older_than_ms)
        sql += " AND t.finished_at <= atelier_now() - " + std::to_string(*filter.older_than_ms);
    sql += " ORDER BY t.finished_at DESC, t.id LIMIT " + std::to_string(limit);

    std::vector<DeadTask> dead;
    DeadTask row;
    soci::statement st(session);
    st.exchange(soci::into(row.id));
    st.exchange(soci::into(row.job_id));
    st.exchange(soci::into(row.organization_id));
    for (std::string* text : {&row.job_kind, &row.step, &row.stage, &row.lane})
        st.exchange(soci::into(*text));
    for (int* number : {&row.attempt, &row.dispatch})
        st.exchange(soci::into(*number));
    for (json::Value* value : {&row.error, &row.input})
        st.exchange(soci::into(*value));
    st.exchange(soci::into(row.finished_at));
    for (const std::string& text : texts)
        st.exchange(soci::use(text));
    st.alloc();
    st.prepare(sql);
    st.define_and_bind();
    st.execute();
    while (st.fetch())
        dead.push_back(row);
    return dead;
}

}  // namespace atelier::store
