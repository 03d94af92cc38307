#include "common/store/jobs.hpp"

#include <algorithm>

#include "common/store/database.hpp"
#include "common/store/prepared.hpp"
#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

constexpr std::pair<JobState, std::string_view> kStates[] = {{JobState::queued, "queued"},
                                                             {JobState::running, "running"},
                                                             {JobState::completed, "completed"},
                                                             {JobState::failed, "failed"},
                                                             {JobState::cancelled, "cancelled"}};

constexpr const char* kColumns =
    "id, organization_id, user_id, project_id, kind, lane, state, phase, progress, input, result, error, "
    "price, round, "
    "last_seq, created_at, started_at, finished_at";

/// One row of kColumns is fetched into `job` and `state`.
struct Row {
    Job job;
    std::string state;
};

constexpr auto kIntoRow = [](auto& prepared, Row& row) {
    Job& job = row.job;
    prepared, soci::into(job.id), soci::into(job.organization_id), soci::into(job.user_id),
        soci::into(job.project_id), soci::into(job.kind), soci::into(job.lane), soci::into(row.state),
        soci::into(job.phase), soci::into(job.progress), soci::into(job.input), soci::into(job.result),
        soci::into(job.error), soci::into(job.price), soci::into(job.round), soci::into(job.last_seq),
        soci::into(job.created_at), soci::into(job.started_at), soci::into(job.finished_at);
};

std::vector<Job> jobs_of(std::vector<Row> rows) {
    std::vector<Job> jobs;
    for (Row& row : rows) {
        row.job.state = parse_job_state(row.state).value_or(JobState::failed);
        jobs.push_back(std::move(row.job));
    }
    return jobs;
}

/// The jobs that `tail` (WHERE, ORDER, LIMIT) selects with these texts bound in order.
std::vector<Job> select_jobs(soci::session& session, const std::string& tail,
                             const std::vector<std::string>& texts) {
    soci::details::prepare_temp_type prepared = session.prepare << "SELECT " << kColumns << " FROM jobs "
                                                                << tail;
    for (const std::string& text : texts)
        prepared, soci::use(text);
    return jobs_of(select_all<Row>(std::move(prepared), kIntoRow));
}

json::Value project_of(const Job& job) {
    if (!job.project_id) return {};
    return job.project_id->value;
}

json::Value result_of(const Job& job) {
    if (job.result.is_null()) return {};
    return json::write(job.result);
}

}  // namespace

std::string_view to_string(JobState state) {
    for (auto [s, name] : kStates)
        if (s == state) return name;
    return "failed";
}

std::optional<JobState> parse_job_state(std::string_view name) {
    for (auto [s, n] : kStates)
        if (n == name) return s;
    return std::nullopt;
}

bool is_terminal(JobState state) {
    return state != JobState::queued && state != JobState::running;
}

void insert_jobs(soci::session& session, std::span<const Job> jobs) {
    static const Prepared kInsert(
        "INSERT INTO jobs (id, organization_id, user_id, project_id, kind, lane, state, phase, input, price, "
        "round, last_seq, created_at) SELECT r.job, r.organization, r.requester, r.project, r.job_kind, "
        "r.job_lane, r.job_state, r.job_phase, r.given, r.credits, r.credit_round, r.newest, atelier_now() "
        "FROM r",
        "job text, organization text, requester text, project text, job_kind text, job_lane text, job_state "
        "text, job_phase text, given text, credits bigint, credit_round bigint, newest bigint");
    json::Value rows = json::Array{};
    for (const Job& job : jobs)
        rows.push(json::Object{{"job", job.id.value},
                               {"organization", job.organization_id.value},
                               {"requester", job.user_id.value},
                               {"project", project_of(job)},
                               {"job_kind", job.kind},
                               {"job_lane", job.lane},
                               {"job_state", to_string(job.state)},
                               {"job_phase", job.phase},
                               {"given", json::write(job.input)},
                               {"credits", job.price},
                               {"credit_round", job.round},
                               {"newest", job.last_seq}});
    later(session, kInsert, rows);
}

Result<Job> find_job(soci::session& session, const OrganizationId& organization, const JobId& id) {
    auto found = find_jobs(session, {&id, 1});
    if (found.empty() || found.front().organization_id != organization) return not_found("job");
    return std::move(found.front());
}

std::vector<Job> find_jobs(soci::session& session, std::span<const JobId> ids) {
    static const Prepared kFind("SELECT " + std::string(kColumns) + " FROM jobs WHERE id {in job}",
                                "job text");
    return jobs_of(select_all<Row>(session, kFind, kIntoRow, soci::use(job_rows(ids))));
}

bool job_has_ended(soci::session& session, const JobId& id) {
    static const Prepared kActive("SELECT id FROM jobs WHERE id = :id AND state IN ('queued', 'running')");
    return select_all<JobId>(
               session, kActive, [](auto& prepared, JobId& row) { prepared, soci::into(row); },
               soci::use(id.value))
        .empty();
}

Result<Job> lock_job(soci::session& session, const JobId& id) {
    auto found = lock_jobs(session, {&id, 1});
    if (found.empty()) return not_found("job");
    return std::move(found.front());
}

std::vector<Job> lock_jobs(soci::session& session, std::span<const JobId> ids) {
    static const Prepared kLock(
        "SELECT " + std::string(kColumns) + " FROM jobs WHERE id {in job} ORDER BY id {for update}",
        "job text");
    return jobs_of(select_all<Row>(session, kLock, kIntoRow, soci::use(job_rows(ids))));
}

std::vector<Job> lock_queued_jobs(soci::session& session, std::span<const JobId> ids) {
    static const Prepared kLock("SELECT " + std::string(kColumns) +
                                    " FROM jobs WHERE id {in job} AND state = 'queued' "
                                    "ORDER BY id {for update}",
                                "job text");
    return jobs_of(select_all<Row>(session, kLock, kIntoRow, soci::use(job_rows(ids))));
}

Result<Page<Job>> list_jobs(soci::session& session, const OrganizationId& organization,
                            const JobFilter& filter, const PageRequest& page) {
    std::string tail = "WHERE organization_id = :org";
    std::vector<std::string> texts{organization.value};
    const auto narrow = [&](const char* condition, std::string_view value) {
        tail += condition;
        texts.emplace_back(value);
    };
    if (filter.project) narrow(" AND project_id = :project", filter.project->value);
    if (filter.state) narrow(" AND state = :state", to_string(*filter.state));
    if (!filter.kind.empty()) narrow(" AND kind = :kind", filter.kind);
    auto bound = page_bound(page);
    if (!bound) return bound.error();
    narrow(" AND id < :bound", *bound);
    tail += " ORDER BY id DESC LIMIT " + std::to_string(page.limit + 1);
    return to_page(select_jobs(session, tail, texts), page, [](const Job& job) { return job.id.value; });
}

std::optional<Job> newest_job(soci::session& session, const OrganizationId& organization,
                              const ProjectId& project) {
    auto found = select_jobs(
        session, "WHERE organization_id = :org AND project_id = :project ORDER BY id DESC LIMIT 1",
        {organization.value, project.value});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<JobId> active_jobs(soci::session& session, const ProjectId& project) {
    return select_all<JobId>(
        session.prepare
            << "SELECT id FROM jobs WHERE project_id = :project AND state IN ('queued', 'running')",
        [](auto& prepared, JobId& id) { prepared, soci::into(id); }, soci::use(project.value));
}

void change_jobs(soci::session& session, std::span<const Job> jobs) {
    static const Prepared kChange(
        "UPDATE jobs SET state = r.new_state, phase = r.new_phase, progress = r.reached, result = r.outcome, "
        "last_seq = r.newest, started_at = COALESCE(started_at, atelier_now()), "
        "finished_at = CASE WHEN r.new_state IN ('queued', 'running') THEN finished_at ELSE atelier_now() "
        "END "
        "FROM r WHERE id = r.job AND id {in job}",
        "job text, new_state text, new_phase text, reached bigint, outcome text, newest bigint");
    if (jobs.empty()) return;
    json::Value rows = json::Array{};
    for (const Job& job : jobs)
        rows.push(json::Object{{"job", job.id.value},
                               {"new_state", to_string(job.state)},
                               {"new_phase", job.phase},
                               {"reached", job.progress},
                               {"outcome", result_of(job)},
                               {"newest", job.last_seq}});
    later(session, kChange, rows);
}

bool end_job(soci::session& session, const JobId& id, JobState state, const json::Value& result,
             const json::Value& error) {
    const std::string name(to_string(state));
    return changed(session.prepare
                       << "UPDATE jobs SET state = :state, phase = :phase, result = :result, error = :error, "
                          "progress = CASE WHEN :done = 'completed' THEN 100 ELSE progress END, "
                          "finished_at = atelier_now() WHERE id = :id AND state IN ('queued', 'running')",
                   soci::use(name), soci::use(name), soci::use(result), soci::use(error), soci::use(name),
                   soci::use(id.value)) > 0;
}

int revive_job(soci::session& session, const JobId& id) {
    int round = 0;
    session << "UPDATE jobs SET state = 'running', phase = 'queued', round = round + 1, error = NULL, "
               "finished_at = NULL "
               "WHERE id = :id AND state = 'failed' RETURNING round",
        soci::use(id.value), soci::into(round);
    return session.got_data() ? round : 0;
}

}  // namespace atelier::store
