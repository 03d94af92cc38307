#pragma once
// Rows of jobs and what happens to them. The protocol that strings these statements together is
// queues/lifecycle.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/json/value.hpp"
#include "common/store/page.hpp"

namespace soci {
class session;
}

namespace atelier::store {

enum class JobState { queued, running, completed, failed, cancelled };
std::string_view to_string(JobState state);
std::optional<JobState> parse_job_state(std::string_view name);
/// Completed, failed or cancelled; a failed job can be revived by requeueing its dead tasks.
bool is_terminal(JobState state);

struct Job {
    JobId id;
    OrganizationId organization_id;
    UserId user_id;
    std::optional<ProjectId> project_id;
    std::string kind;
    std::string lane;  ///< `primary` or `priority`
    JobState state = JobState::queued;
    std::string phase;
    int progress = 0;  ///< 0…100
    json::Value input;
    json::Value result;  ///< null until completed
    json::Value error;   ///< null unless failed
    std::int64_t price = 0;
    int round = 1;
    std::int64_t last_seq = 0;
    std::int64_t created_at = 0;  ///< epoch milliseconds
    std::optional<std::int64_t> started_at, finished_at;
};

/// Their created_at is the database's.
void insert_jobs(soci::session& session, std::span<const Job> jobs);

/// Error: not_found, also for another organization's job.
Result<Job> find_job(soci::session& session, const OrganizationId& organization, const JobId& id);

/// Those that exist, of whatever organization, in no order.
std::vector<Job> find_jobs(soci::session& session, std::span<const JobId> ids);

/// True when no event will follow: it has ended, or never was.
bool job_has_ended(soci::session& session, const JobId& id);

/// The row, locked against every other transaction that changes the job. Error: not_found.
Result<Job> lock_job(soci::session& session, const JobId& id);
/// Those that exist, ordered by id, which is also the order in which they are locked.
std::vector<Job> lock_jobs(soci::session& session, std::span<const JobId> ids);
/// Likewise those on which no work has begun.
std::vector<Job> lock_queued_jobs(soci::session& session, std::span<const JobId> ids);

struct JobFilter {
    std::optional<ProjectId> project;
    std::optional<JobState> state;
    std::string kind;  ///< empty: any
};
Result<Page<Job>> list_jobs(soci::session& session, const OrganizationId& organization,
                            const JobFilter& filter, const PageRequest& page);

/// The project's newest job, if it ever had one.
std::optional<Job> newest_job(soci::session& session, const OrganizationId& organization,
                              const ProjectId& project);

/// The project's jobs that have not ended.
std::vector<JobId> active_jobs(soci::session& session, const ProjectId& project);

/// Writes state, phase, progress, result and last_seq of locked jobs, and when they began and ended.
void change_jobs(soci::session& session, std::span<const Job> jobs);

/// Ends a queued or running job. False when it had ended already.
bool end_job(soci::session& session, const JobId& id, JobState state, const json::Value& result,
             const json::Value& error);

/// A failed job runs again, in its next credit round. Returns the round; 0 when the job is not failed.
int revive_job(soci::session& session, const JobId& id);

}  // namespace atelier::store
