#include "common/store/tasks.hpp"

#include <algorithm>

#include "common/store/database.hpp"
#include "common/store/prepared.hpp"
#include "common/store/sql.hpp"
#include "common/store/task_columns.hpp"

namespace atelier::store {
namespace {

constexpr auto kIntoDispatchable = [](auto& prepared, Dispatchable& row) {
    prepared, soci::into(row.id), soci::into(row.job_id), soci::into(row.step), soci::into(row.stage),
        soci::into(row.lane), soci::into(row.dispatch);
};

/// (task, dispatched) of each, ordered by id: whoever locks several tasks does so in this order.
template <class Tasks>
json::Value dispatch_rows(const Tasks& tasks) {
    std::vector<std::pair<std::string_view, int>> ordered;
    for (const auto& task : tasks)
        ordered.emplace_back(task.id.value, task.dispatch);
    std::sort(ordered.begin(), ordered.end());
    json::Value rows = json::Array{};
    for (const auto& [id, dispatch] : ordered)
        rows.push(json::Object{{"task", id}, {"dispatched", dispatch}});
    return rows;
}

constexpr std::string_view kInsertTasks =
    "INSERT INTO tasks (id, job_id, organization_id, step, ordinal, stage, lane, state, input, max_attempts, "
    "not_before, dispatched_at, created_at) SELECT r.task, r.job, r.organization, r.step_name, r.place, "
    "r.stage_name, r.lane_name, r.first_state, r.given, r.most_attempts, atelier_now(), atelier_now(), "
    "atelier_now() FROM r";
constexpr std::string_view kTaskRow =
    "task text, job text, organization text, step_name text, place bigint, stage_name text, lane_name text, "
    "first_state text, given text, most_attempts bigint";

json::Value task_row(const TaskId& id, const NewTask& task) {
    return json::Object{{"task", id.value},
                        {"job", task.job.value},
                        {"organization", task.organization.value},
                        {"step_name", task.step},
                        {"place", task.ordinal},
                        {"stage_name", task.stage},
                        {"lane_name", task.lane},
                        {"first_state", task.held ? "held" : "queued"},
                        {"given", json::write(task.input)},
                        {"most_attempts", task.max_attempts}};
}

}  // namespace

std::vector<Dispatchable> insert_first_tasks(soci::session& session, std::span<const NewTask> tasks) {
    static const Prepared kInsert(kInsertTasks, kTaskRow);
    std::vector<Dispatchable> inserted;
    json::Value rows = json::Array{};
    for (const NewTask& task : tasks) {
        inserted.push_back({ids::new_id<TaskId>(), task.job, task.step, task.stage, task.lane, 1});
        rows.push(task_row(inserted.back().id, task));
    }
    if (!tasks.empty()) later(session, kInsert, rows);
    return inserted;
}

std::vector<Dispatchable> insert_tasks(soci::session& session, std::span<const NewTask> tasks) {
    static const Prepared kInsert(std::string(kInsertTasks) +
                                      " WHERE true ON CONFLICT (job_id, step, ordinal) DO NOTHING RETURNING "
                                      "id, job_id, step, stage, lane, dispatch",
                                  kTaskRow);
    if (tasks.empty()) return {};
    json::Value rows = json::Array{};
    for (const NewTask& task : tasks)
        rows.push(task_row(ids::new_id<TaskId>(), task));
    return select_all<Dispatchable>(session, kInsert, kIntoDispatchable, soci::use(rows));
}

std::vector<Dispatchable> take_ready(soci::session& session, int limit) {
    // Materialized: as a subquery PostgreSQL may run it anew for each row, and take more than the limit.
    static const Prepared kTake(
        "WITH due AS MATERIALIZED (SELECT id FROM tasks WHERE state = 'ready' AND not_before <= "
        "atelier_now() ORDER BY CASE lane WHEN 'priority' THEN 0 ELSE 1 END, not_before, id LIMIT :limit "
        "{skip locked}) UPDATE tasks SET state = 'queued', dispatched_at = atelier_now() WHERE id IN (SELECT "
        "id FROM due) RETURNING id, job_id, step, stage, lane, dispatch");
    return select_all<Dispatchable>(session, kTake, kIntoDispatchable, soci::use(limit));
}

void put_back(soci::session& session, std::span<const Dispatchable> tasks, std::int64_t delay_ms) {
    // One that is locked is being claimed or cancelled this moment.
    static const Prepared kPutBack(
        "UPDATE tasks SET state = 'ready', not_before = atelier_now() + :delay WHERE id IN (SELECT t.id FROM "
        "r JOIN tasks t ON t.id = r.task WHERE t.id {in task} AND t.dispatch = r.dispatched AND t.state = "
        "'queued' {skip "
        "locked})",
        "task text, dispatched bigint");
    if (!tasks.empty()) changed(session, kPutBack, soci::use(dispatch_rows(tasks)), soci::use(delay_ms));
}

std::vector<Claim> claim_tasks(soci::session& session, std::span<const Dispatch> tasks,
                               const std::string& worker, std::int64_t lease_ms) {
    // `ready` as well: a dispatcher that died between publishing and committing left it so, and the message
    // is as good.
    static const Prepared kClaim(
        std::string("UPDATE tasks SET state = 'running', fence = fence + 1, attempt = attempt + 1, "
                    "lease_until = atelier_now() + :lease, worker = :worker, progress = 0, "
                    "started_at = COALESCE(started_at, atelier_now()) FROM r "
                    "WHERE id = r.task AND id {in task} AND dispatch = r.dispatched AND state IN ('queued', "
                    "'ready') RETURNING ") +
            std::string(kClaimColumns),
        "task text, dispatched bigint");
    if (tasks.empty()) return {};
    return select_all<Claim>(session, kClaim, kIntoClaim, soci::use(dispatch_rows(tasks)),
                             soci::use(lease_ms), soci::use(worker));
}

std::vector<TaskId> heartbeat_tasks(soci::session& session, std::vector<Beat> beats, std::int64_t lease_ms) {
    static const Prepared kBeat(
        "UPDATE tasks SET lease_until = atelier_now() + :lease, progress = r.reached FROM r "
        "WHERE id = r.task AND id {in task} AND fence = r.fenced AND state = 'running' RETURNING id",
        "task text, fenced bigint, reached double precision");
    std::sort(beats.begin(), beats.end(),
              [](const Beat& a, const Beat& b) { return a.id.value < b.id.value; });
    json::Value rows = json::Array{};
    for (const Beat& beat : beats)
        rows.push(json::Object{{"task", beat.id.value}, {"fenced", beat.fence}, {"reached", beat.progress}});
    return select_all<TaskId>(
        session, kBeat, [](auto& prepared, TaskId& id) { prepared, soci::into(id); }, soci::use(rows),
        soci::use(lease_ms));
}

std::vector<Finished> finish_tasks(soci::session& session, std::span<const NewlyDone> tasks) {
    static const Prepared kFinish(
        "UPDATE tasks SET state = 'done', output = r.result, progress = 1, error = NULL, lease_until = NULL, "
        "finished_at = atelier_now() FROM r WHERE id = r.task AND id {in task} AND fence = r.fenced AND "
        "state = "
        "'running' "
        "RETURNING id, finished_at",
        "task text, fenced bigint, result text");
    json::Value rows = json::Array{};
    for (const NewlyDone& task : tasks)
        rows.push(json::Object{
            {"task", task.id.value}, {"fenced", task.fence}, {"result", json::write(task.output)}});
    return select_all<Finished>(
        session, kFinish,
        [](auto& prepared, Finished& row) { prepared, soci::into(row.id), soci::into(row.finished_at); },
        soci::use(rows));
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

std::vector<StepTally> tally_steps(soci::session& session, std::span<const JobId> jobs) {
    static const Prepared kTally(
        "SELECT job_id, step, COUNT(*), SUM(CASE state WHEN 'done' THEN 1 ELSE 0 END), SUM(progress) FROM "
        "tasks WHERE job_id {in job} GROUP BY job_id, step",
        "job text");
    return select_all<StepTally>(
        session, kTally,
        [](auto& prepared, StepTally& row) {
            prepared, soci::into(row.job), soci::into(row.step), soci::into(row.total), soci::into(row.done),
                soci::into(row.progress);
        },
        soci::use(job_rows(jobs)));
}

std::map<std::string, std::vector<json::Value>> step_outputs(soci::session& session,
                                                             std::span<const StepOf> steps) {
    static const Prepared kOutputs(
        "SELECT job_id, output FROM r JOIN tasks ON tasks.job_id = r.job AND tasks.step = r.step_name "
        "WHERE job_id {in job} AND state = 'done' ORDER BY job_id, ordinal",
        "job text, step_name text");
    std::map<std::string, std::vector<json::Value>> outputs;
    if (steps.empty()) return outputs;
    json::Value rows = json::Array{};
    for (const StepOf& step : steps)
        rows.push(json::Object{{"job", step.job.value}, {"step_name", step.step}});
    struct Row {
        std::string job;
        json::Value output;
    };
    for (Row& row : select_all<Row>(
             session, kOutputs,
             [](auto&prepared, Row&row) { prepared, soci::into(row.job), soci::into(row.output); },
             soci::use(rows)))
        outputs[row.job].push_back(std::move(row.output));
    return outputs;
}

std::optional<std::vector<json::Value>> outputs_when_done(soci::session& session, const JobId& job,
                                                          const std::string& step, int first, int last) {
    struct Row {
        std::string state;
        json::Value output;
    };
    const auto rows = select_all<Row>(
        session.prepare << "SELECT state, output FROM tasks WHERE job_id = :job AND step = :step"
                           " AND ordinal >= :first AND ordinal < :last ORDER BY ordinal",
        [](auto& prepared, Row& row) { prepared, soci::into(row.state), soci::into(row.output); },
        soci::use(job), soci::use(step), soci::use(first), soci::use(last));
    std::vector<json::Value> outputs;
    for (const Row& row : rows) {
        if (row.state != "done") return std::nullopt;
        outputs.push_back(row.output);
    }
    return outputs;
}

bool is_claimed(soci::session& session, const TaskId& id, std::int64_t fence) {
    int found = 0;
    session << "SELECT count(*) FROM tasks WHERE id = :id AND fence = :fence AND state = 'running'"
               " AND lease_until > atelier_now()",
        soci::use(id), soci::use(fence), soci::into(found);
    return found > 0;
}

}  // namespace atelier::store
