#include "api/handlers/jobs/jobs.hpp"
#include "common/store/organizations.hpp"

namespace atelier::api {

Result<queues::Lane> lane_of(soci::session& session, const Request& request, const json::Value& wanted) {
    auto organization = store::find_organization(session, organization_of(request));
    if (!organization) return organization.error();
    return lane_of(organization->plan, request, wanted);
}

Result<queues::Lane> lane_of(const std::string& plan, const Request& request, const json::Value& wanted) {
    const bool premium = plan == "premium";
    if (wanted.is_null()) return premium ? queues::Lane::priority : queues::Lane::primary;
    const auto lane = queues::parse_lane(wanted.as_string()).value_or(queues::Lane::primary);
    const bool admin = request.principal && request.principal->role == http::Role::admin;
    if (lane == queues::Lane::priority && !premium && !admin)
        return forbidden("The priority lane needs the premium plan or an admin.");
    return lane;
}

Result<queues::Accepted> start_job(soci::session& session, const Request& request,
                                   const ApiServices& services, std::string_view kind, json::Value input,
                                   const json::Value& lane) {
    auto chosen = lane_of(session, request, lane);
    if (!chosen) return chosen.error();
    return queues::accept(session, services.schemas,
                          {requester_of(request), std::string(kind), std::move(input), *chosen});
}

std::function<void()> announce_job(ApiServices& services, const queues::Accepted& accepted) {
    // Its first event is not announced: nobody can watch a job whose id was not told yet.
    return [&services, ready = accepted.ready, kind = accepted.job.kind] {
        services.dispatcher.offer(ready);
        services.metrics.add(metrics::Counter::jobs_accepted, {kind});
    };
}

void announce_cancelled(ApiServices& services, const store::JobEvent& event) {
    services.announcer.announce(event);
    services.announcer.announce_cancel(event.job_id);
}

Result<void> check_startable(std::string_view kind) {
    const queues::Pipeline* pipeline = queues::find_pipeline(kind);
    if (!pipeline || pipeline->endpoint.empty()) return {};
    return invalid("/kind", "endpoint",
                   "This kind is started by POST " + std::string(pipeline->endpoint) + ".");
}

Error in_input(Error error) {
    for (FieldError& field : error.details)
        if (field.pointer != "/kind") field.pointer = "/input" + field.pointer;
    return error;
}

Reply create_job(const Request& request, ApiServices& services) {
    auto body = body_of(request, services, "http/job_create.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    if (auto startable = check_startable((*body)["kind"].as_string()); !startable)
        return Reply::error(startable.error(), request.request_id);
    return create_once(request, services, [&](soci::session& session) -> Result<Created> {
        auto accepted = start_job(session, request, services, (*body)["kind"].as_string(), (*body)["input"],
                                  (*body)["lane"]);
        if (!accepted) return in_input(accepted.error());
        return Created{202, json::Object{{"job_id", accepted->job.id.value}},
                       announce_job(services, *accepted)};
    });
}

}  // namespace atelier::api
