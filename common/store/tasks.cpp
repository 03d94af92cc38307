#include "common/store/tasks.hpp"

#include <algorithm>

#include "common/store/database.hpp"
#include "common/store/sql.hpp"

namespace atelier::store {

int insert_tasks(soci::session& session, const JobId& job, const OrganizationId& organization,
                 const std::vector<NewTask>& tasks, bool held) {
    int inserted = 0;
    for (const NewTask& task : tasks) {
        const std::string id = ids::new_uuid(), state = held ? "held" : "ready";
        inserted +=
            changed(session.prepare << "INSERT INTO tasks (id, job_id, organization_id, step, ordinal, "
                                       "stage, lane, state, input, "
                                       "max_attempts, not_before, created_at) VALUES (:id, :job, :org, "
                                       ":step, :ordinal, :stage, :lane, "
                                       ":state, :input, :max, atelier_now(), atelier_now()) ON CONFLICT "
                                       "(job_id, step, ordinal) DO NOTHING",
                    soci::use(id), soci::use(job.value), soci::use(organization.value), soci::use(task.step),
                    soci::use(task.ordinal), soci::use(task.stage), soci::use(task.lane), soci::use(state),
                    soci::use(task.input), soci::use(task.max_attempts));
    }
    return inserted;
}

std::vector<Dispatchable> take_ready(soci::session& session, int limit, std::int64_t reserve_ms) {
    std::vector<Dispatchable> taken;
    Dispatchable row;
    const std::string sql =
        "SELECT id, job_id, step, stage, lane, dispatch FROM tasks WHERE state = 'ready' AND not_before <= "
        "atelier_now() "
        "ORDER BY CASE lane WHEN 'priority' THEN 0 ELSE 1 END, not_before, id LIMIT :limit" +
        std::string(for_update_skip_locked(session));
    soci::statement st =
        (session.prepare << sql, soci::use(limit), soci::into(row.id.value), soci::into(row.job_id.value),
         soci::into(row.step), soci::into(row.stage), soci::into(row.lane), soci::into(row.dispatch));
    st.execute();
    while (st.fetch())
        taken.push_back(row);
    for (const Dispatchable& task : taken)
        postpone(session, task.id, task.dispatch, reserve_ms);
    return taken;
}

bool mark_queued(soci::session& session, const TaskId& id, int dispatch) {
    return changed(session.prepare << "UPDATE tasks SET state = 'queued', dispatched_at = atelier_now() "
                                      "WHERE id = :id AND dispatch = :dispatch AND state = 'ready'",
                   soci::use(id.value), soci::use(dispatch));
}

void postpone(soci::session& session, const TaskId& id, int dispatch, std::int64_t delay_ms) {
    changed(session.prepare << "UPDATE tasks SET not_before = atelier_now() + :delay WHERE id = :id AND "
                               "dispatch = :dispatch AND state = 'ready'",
            soci::use(delay_ms), soci::use(id.value), soci::use(dispatch));
}

namespace {

constexpr const char* kClaimColumns =
    "id, job_id, organization_id, (SELECT kind FROM jobs WHERE jobs.id = tasks.job_id), step, ordinal, "
    "stage, lane, "
    "attempt, max_attempts, dispatch, fence, input";

template <class... Uses>
std::optional<Claim> fetch_claim(soci::session& session, const std::string& sql, Uses&&... uses) {
    return select_one<Claim>(
        session.prepare << sql,
        [](auto& prepared, Claim& c) {
            prepared, soci::into(c.id), soci::into(c.job_id), soci::into(c.organization_id),
                soci::into(c.job_kind), soci::into(c.step), soci::into(c.ordinal), soci::into(c.stage),
                soci::into(c.lane), soci::into(c.attempt), soci::into(c.max_attempts), soci::into(c.dispatch),
                soci::into(c.fence), soci::into(c.input);
        },
        std::forward<Uses>(uses)...);
}

}  // namespace

std::optional<Claim> claim_task(soci::session& session, const TaskId& id, int dispatch,
                                const std::string& worker, std::int64_t lease_ms) {
    // `ready` as well: a dispatcher that died between publishing and committing left it so, and the message
    // is as good.
    return fetch_claim(
        session,
        std::string("UPDATE tasks SET state = 'running', fence = fence + 1, attempt = attempt + 1, "
                    "lease_until = atelier_now() + :lease, worker = :worker, progress = 0, "
                    "started_at = COALESCE(started_at, atelier_now()) "
                    "WHERE id = :id AND dispatch = :dispatch AND state IN ('queued', 'ready') RETURNING ") +
            kClaimColumns,
        soci::use(lease_ms), soci::use(worker), soci::use(id.value), soci::use(dispatch));
}

bool heartbeat_task(soci::session& session, const TaskId& id, std::int64_t fence, std::int64_t lease_ms,
                    double progress) {
    return changed(
        session.prepare << "UPDATE tasks SET lease_until = atelier_now() + :lease, progress = :progress "
                           "WHERE id = :id AND fence = :fence AND state = 'running'",
        soci::use(lease_ms), soci::use(progress), soci::use(id.value), soci::use(fence));
}

bool finish_task(soci::session& session, const TaskId& id, std::int64_t fence, const json::Value& output) {
    return changed(
        session.prepare
            << "UPDATE tasks SET state = 'done', output = :output, progress = 1, error = NULL, lease_until = "
               "NULL, "
               "finished_at = atelier_now() WHERE id = :id AND fence = :fence AND state = 'running'",
        soci::use(output), soci::use(id.value), soci::use(fence));
}

bool was_finished_by(soci::session& session, const TaskId& id, std::int64_t fence) {
    int finished = 0;
    session << "SELECT count(*) FROM tasks WHERE id = :id AND fence = :fence AND state = 'done'",
        soci::use(id.value), soci::use(fence), soci::into(finished);
    return finished > 0;
}

bool retry_task(soci::session& session, const TaskId& id, std::int64_t fence, std::int64_t delay_ms,
                const json::Value& error) {
    return changed(
        session.prepare
            << "UPDATE tasks SET state = 'ready', not_before = atelier_now() + :delay, dispatch = dispatch + "
               "1, "
               "lease_until = NULL, error = :error WHERE id = :id AND fence = :fence AND state = 'running'",
        soci::use(delay_ms), soci::use(error), soci::use(id.value), soci::use(fence));
}

bool return_task(soci::session& session, const TaskId& id, std::int64_t fence) {
    return changed(
        session.prepare
            << "UPDATE tasks SET state = 'ready', not_before = atelier_now(), dispatch = dispatch + 1, "
               "attempt = attempt - 1, lease_until = NULL WHERE id = :id AND fence = :fence AND state = "
               "'running'",
        soci::use(id.value), soci::use(fence));
}

bool bury_task(soci::session& session, const TaskId& id, std::int64_t fence, const json::Value& error) {
    return changed(session.prepare << "UPDATE tasks SET state = 'dead', error = :error, lease_until = NULL, "
                                      "finished_at = atelier_now() "
                                      "WHERE id = :id AND fence = :fence AND state = 'running'",
                   soci::use(error), soci::use(id.value), soci::use(fence));
}

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
    return fetch_claim(session,
                       std::string("SELECT ") + kClaimColumns +
                           " FROM tasks WHERE id = :id AND fence = :fence AND state = 'running' AND "
                           "lease_until < atelier_now()",
                       soci::use(id.value), soci::use(fence));
}

int resend_forgotten(soci::session& session, const std::string& stage, const std::string& lane,
                     std::int64_t age_ms) {
    return static_cast<int>(
        changed(session.prepare << "UPDATE tasks SET state = 'ready', dispatch = dispatch + 1, "
                                   "not_before = atelier_now() WHERE state = 'queued' AND stage = :stage AND "
                                   "lane = :lane AND dispatched_at < atelier_now() - :age",
                soci::use(stage), soci::use(lane), soci::use(age_ms)));
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

std::vector<StepTally> tally_steps(soci::session& session, const JobId& job) {
    std::vector<StepTally> tallies;
    StepTally row;
    soci::statement st =
        (session.prepare << "SELECT step, COUNT(*), SUM(CASE state WHEN 'done' THEN 1 ELSE 0 END), "
                            "SUM(progress) FROM tasks WHERE job_id = :job GROUP BY step",
         soci::use(job.value), soci::into(row.step), soci::into(row.total), soci::into(row.done),
         soci::into(row.progress));
    st.execute();
    while (st.fetch())
        tallies.push_back(row);
    return tallies;
}

std::vector<json::Value> step_outputs(soci::session& session, const JobId& job, const std::string& step) {
    std::vector<json::Value> outputs;
    json::Value output;
    soci::statement st =
        (session.prepare << "SELECT output FROM tasks WHERE job_id = :job AND step = :step AND "
                            "state = 'done' ORDER BY ordinal",
         soci::use(job.value), soci::use(step), soci::into(output));
    st.execute();
    while (st.fetch())
        outputs.push_back(output);
    return outputs;
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
