#include "api/handlers/jobs/jobs.hpp"
#include "queues/dead_letters.hpp"

namespace atelier::api {
namespace {

/// The failed job runs again from where it failed: what it has made stays made and is not paid for twice.
Result<void> resume(const Request& request, ApiServices& services, const JobId& id) {
    const auto job = services.db.read(
        [&](soci::session& session) { return store::find_job(session, organization_of(request), id); });
    if (!job) return job.error();
    if (job->state != store::JobState::failed)
        return conflict("Only a failed job is retried; this one is " +
                        std::string(store::to_string(job->state)) + ".");
    const queues::DeadOrder order{.filter = {.organization = organization_of(request), .job = id}};
    const auto outcome =
        queues::requeue_dead_letters({services.db, services.broker, services.announcer}, order);
    if (!outcome) return outcome.error();
    if (outcome->jobs.empty()) return conflict("The job cannot be resumed: what failed of it was discarded.");
    if (outcome->jobs.front().refused) return *outcome->jobs.front().refused;
    services.dispatcher.nudge();
    return {};
}

}  // namespace

Reply retry_job(const Request& request, ApiServices& services) {
    auto id = id_of<JobId>(request, "job_id", "job");
    if (!id) return Reply::error(id.error(), request.request_id);
    if (auto resumed = resume(request, services, *id); !resumed)
        return Reply::error(resumed.error(), request.request_id);
    return get_job(request, services);
}

}  // namespace atelier::api
