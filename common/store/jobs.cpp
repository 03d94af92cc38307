#include "common/store/jobs.hpp"

#include <algorithm>

#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

constexpr std::pair<JobState, std::string_view> kStates[] = {{JobState::queued, "queued"},
                                                             {JobState::running, "running"},
                                                             {JobState::completed, "completed"},
                                                             {JobState::failed, "failed"},
                                                             {JobState::cancelled, "cancelled"}};

constexpr const char* kColumns =
    "id, organization_id, user_id, COALESCE(project_id, ''), kind, lane, state, phase, progress, input, COALESCE(result, ''), "
    "COALESCE(error, ''), price, round, last_seq, created_at, COALESCE(started_at, -1), COALESCE(finished_at, -1)";

/// What one row of kColumns is fetched into.
struct Row {
    std::string id, organization, user, project, kind, lane, state, phase, input, result, error;
    int progress = 0, round = 0;
    long long price = 0, last_seq = 0, created = 0, started = 0, finished = 0;

    template <class Statement>
    void exchange_into(Statement& st) {
        for (std::string* text : {&id, &organization, &user, &project, &kind, &lane, &state, &phase})
            st.exchange(soci::into(*text));
        st.exchange(soci::into(progress));
        for (std::string* text : {&input, &result, &error}) st.exchange(soci::into(*text));
        st.exchange(soci::into(price));
        st.exchange(soci::into(round));
        for (long long* number : {&last_seq, &created, &started, &finished}) st.exchange(soci::into(*number));
    }

    Job job() const {
        Job j;
        j.id = {id};
        j.organization_id = {organization};
        j.user_id = {user};
        if (!project.empty()) j.project_id = ProjectId{project};
        j.kind = kind;
        j.lane = lane;
        j.state = parse_job_state(state).value_or(JobState::failed);
        j.phase = phase;
        j.progress = progress;
        j.input = stored_json(input);
        j.result = stored_json(result);
        j.error = stored_json(error);
        j.price = price;
        j.round = round;
        j.last_seq = last_seq;
        j.created_at = created;
        if (started >= 0) j.started_at = started;
        if (finished >= 0) j.finished_at = finished;
        return j;
    }
};

/// The jobs that `tail` (WHERE, ORDER, LIMIT) selects with these texts bound in order.
std::vector<Job> select_jobs(soci::session& session, const std::string& tail, const std::vector<std::string>& texts) {
    std::vector<Job> jobs;
    Row row;
    soci::statement st(session);
    row.exchange_into(st);
    for (const std::string& text : texts) st.exchange(soci::use(text));
    st.alloc();
    st.prepare("SELECT " + std::string(kColumns) + " FROM jobs " + tail);
    st.define_and_bind();
    st.execute();
    while (st.fetch()) jobs.push_back(row.job());
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

bool is_terminal(JobState state) { return state != JobState::queued && state != JobState::running; }

void insert_job(soci::session& session, Job& job) {
    const std::string project = job.project_id ? job.project_id->value : "", state(to_string(job.state)),
                      input = json::write(job.input);
    long long price = job.price, created = 0;
    session << "INSERT INTO jobs (id, organization_id, user_id, project_id, kind, lane, state, phase, input, price, round, "
               "created_at) VALUES (:id, :org, :user, NULLIF(:project, ''), :kind, :lane, :state, :phase, :input, :price, "
               ":round, atelier_now()) RETURNING created_at",
        soci::use(job.id.value), soci::use(job.organization_id.value), soci::use(job.user_id.value), soci::use(project),
        soci::use(job.kind), soci::use(job.lane), soci::use(state), soci::use(job.phase), soci::use(input), soci::use(price),
        soci::use(job.round), soci::into(created);
    job.created_at = created;
}

Result<Job> find_job(soci::session& session, const OrganizationId& organization, const JobId& id) {
    auto found = select_jobs(session, "WHERE id = :id AND organization_id = :org", {id.value, organization.value});
    if (found.empty()) return not_found("job");
    return std::move(found.front());
}

Result<Job> lock_job(soci::session& session, const JobId& id) {
    auto found = select_jobs(session, "WHERE id = :id" + std::string(for_update(session)), {id.value});
    if (found.empty()) return not_found("job");
    return std::move(found.front());
}

Result<Page<Job>> list_jobs(soci::session& session, const OrganizationId& organization, const JobFilter& filter,
                            const PageRequest& page) {
    std::string tail = "WHERE organization_id = :org";
    std::vector<std::string> texts{organization.value};
    const auto narrow = [&](const char* condition, std::string_view value) {
        tail += condition;
        texts.emplace_back(value);
    };
    if (filter.project) narrow(" AND project_id = :project", filter.project->value);
    if (filter.state) narrow(" AND state = :state", to_string(*filter.state));
    if (!filter.kind.empty()) narrow(" AND kind = :kind", filter.kind);
    if (!page.after.empty()) narrow(" AND id < :after", page.after);
    tail += " ORDER BY id DESC LIMIT " + std::to_string(page.limit + 1);
    return make_page(select_jobs(session, tail, texts), page, [](const Job& job) { return job.id.value; });
}

std::optional<Job> newest_job(soci::session& session, const OrganizationId& organization, const ProjectId& project) {
    auto found = select_jobs(session, "WHERE organization_id = :org AND project_id = :project ORDER BY id DESC LIMIT 1",
                             {organization.value, project.value});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

void advance_job(soci::session& session, const JobId& id, std::string_view phase, int progress) {
    const std::string name(phase);
    session << "UPDATE jobs SET state = 'running', phase = :phase, "
               "progress = CASE WHEN progress < :progress THEN :progress2 ELSE progress END, "
               "started_at = COALESCE(started_at, atelier_now()) WHERE id = :id AND state IN ('queued', 'running')",
        soci::use(name), soci::use(progress), soci::use(progress), soci::use(id.value);
}

bool end_job(soci::session& session, const JobId& id, JobState state, const json::Value& result, const json::Value& error) {
    const std::string name(to_string(state)), result_text = result.is_null() ? "" : json::write(result),
                                              error_text = error.is_null() ? "" : json::write(error);
    soci::statement st =
        (session.prepare << "UPDATE jobs SET state = :state, phase = :phase, result = NULLIF(:result, ''), "
                            "error = NULLIF(:error, ''), progress = CASE WHEN :done = 'completed' THEN 100 ELSE progress END, "
                            "finished_at = atelier_now() WHERE id = :id AND state IN ('queued', 'running')",
         soci::use(name), soci::use(name), soci::use(result_text), soci::use(error_text), soci::use(name),
         soci::use(id.value));
    st.execute(true);
    return st.get_affected_rows() > 0;
}

int revive_job(soci::session& session, const JobId& id) {
    int round = 0;
    session << "UPDATE jobs SET state = 'running', round = round + 1, error = NULL, finished_at = NULL "
               "WHERE id = :id AND state = 'failed' RETURNING round",
        soci::use(id.value), soci::into(round);
    return session.got_data() ? round : 0;
}

}  // namespace atelier::store
