#include "common/store/jobs.hpp"

#include <algorithm>

#include "common/store/database.hpp"
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

    void exchange_into(soci::statement& st) {
        st.exchange(soci::into(job.id));
        st.exchange(soci::into(job.organization_id));
        st.exchange(soci::into(job.user_id));
        st.exchange(soci::into(job.project_id));
        for (std::string* text : {&job.kind, &job.lane, &state, &job.phase})
            st.exchange(soci::into(*text));
        st.exchange(soci::into(job.progress));
        for (json::Value* value : {&job.input, &job.result, &job.error})
            st.exchange(soci::into(*value));
        st.exchange(soci::into(job.price));
        st.exchange(soci::into(job.round));
        st.exchange(soci::into(job.last_seq));
        st.exchange(soci::into(job.created_at));
        for (auto* time : {&job.started_at, &job.finished_at})
            st.exchange(soci::into(*time));
    }
};

/// The jobs that `tail` (WHERE, ORDER, LIMIT) selects with these texts bound in order.
std::vector<Job> select_jobs(soci::session& session, const std::string& tail,
                             const std::vector<std::string>& texts) {
    std::vector<Job> jobs;
    Row row;
    soci::statement st(session);
    row.exchange_into(st);
    for (const std::string& text : texts)
        st.exchange(soci::use(text));
    st.alloc();
    st.prepare("SELECT " + std::string(kColumns) + " FROM jobs " + tail);
    st.define_and_bind();
    st.execute();
    while (st.fetch()) {
        row.job.state = parse_job_state(row.state).value_or(JobState::failed);
        jobs.push_back(row.job);
    }
    return jobs;
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

void insert_job(soci::session& session, Job& job) {
    const std::string state(to_string(job.state));
    session
        << "INSERT INTO jobs (id, organization_id, user_id, project_id, kind, lane, state, phase, input, "
           "price, round, "
           "created_at) VALUES (:id, :org, :user, :project, :kind, :lane, :state, :phase, :input, :price, "
           ":round, atelier_now()) RETURNING created_at",
        soci::use(job.id.value), soci::use(job.organization_id.value), soci::use(job.user_id.value),
        soci::use(job.project_id), soci::use(job.kind), soci::use(job.lane), soci::use(state),
        soci::use(job.phase), soci::use(job.input), soci::use(job.price), soci::use(job.round),
        soci::into(job.created_at);
}

Result<Job> find_job(soci::session& session, const OrganizationId& organization, const JobId& id) {
    auto found =
        select_jobs(session, "WHERE id = :id AND organization_id = :org", {id.value, organization.value});
    if (found.empty()) return not_found("job");
    return std::move(found.front());
}

bool job_has_ended(soci::session& session, const JobId& id) {
    int active = 0;
    session << "SELECT COUNT(*) FROM jobs WHERE id = :id AND state IN ('queued', 'running')",
        soci::use(id.value), soci::into(active);
    return active == 0;
}

Result<Job> lock_job(soci::session& session, const JobId& id) {
    auto found = select_jobs(session, "WHERE id = :id" + std::string(for_update(session)), {id.value});
    if (found.empty()) return not_found("job");
    return std::move(found.front());
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

void advance_job(soci::session& session, const JobId& id, std::string_view phase, int progress) {
    const std::string name(phase);
    session << "UPDATE jobs SET state = 'running', phase = :phase, "
               "progress = CASE WHEN progress < :progress THEN :progress2 ELSE progress END, "
               "started_at = COALESCE(started_at, atelier_now()) WHERE id = :id AND state IN ('queued', "
               "'running')",
        soci::use(name), soci::use(progress), soci::use(progress), soci::use(id.value);
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
