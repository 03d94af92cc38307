#include <algorithm>
#include <map>

#include "api/handlers/jobs/jobs.hpp"
#include "common/store/provider_calls.hpp"

namespace atelier::api {
namespace {

Result<store::Job> job_of(const Request& request, ApiServices& services) {
    auto id = id_of<JobId>(request, "job_id", "job");
    if (!id) return id.error();
    return services.db.read(
        [&](soci::session& session) { return store::find_job(session, organization_of(request), *id); });
}

Result<store::JobFilter> filter_of(const Request& request) {
    store::JobFilter filter;
    filter.kind = request.query.get("kind");
    if (const std::string* project = request.query.find("project_id")) filter.project = ProjectId{*project};
    if (const std::string* state = request.query.find("state")) {
        filter.state = store::parse_job_state(*state);
        if (!filter.state)
            return invalid("query:state", "enum",
                           "state is queued, running, completed, failed or cancelled.");
    }
    return filter;
}

bool uses_ai(const store::Job& job) {
    const queues::Pipeline* pipeline = queues::find_pipeline(job.kind);
    return pipeline &&
           std::any_of(pipeline->steps.begin(), pipeline->steps.end(),
                       [](const queues::Step& step) { return step.stage == queues::Stage::generation; });
}

struct Found {
    std::vector<store::Job> jobs;
    std::map<JobId, store::AiCost> costs;  ///< of those that use AI

    /// US dollars; null when nobody knows what one of the calls cost.
    void add_cost(json::Value& shown, const store::Job& job) const {
        const auto cost = costs.find(job.id);
        const store::AiCost sum = cost == costs.end() ? store::AiCost{} : cost->second;
        json::Value& usd = shown.make_object().set("ai_cost_usd", nullptr);
        if (sum.unknown == 0) usd = json::Value(static_cast<double>(sum.micro_usd) / 1e6);
    }

    json::Value shown(const store::Job& job) const {
        json::Value v = to_json(job);
        if (uses_ai(job)) add_cost(v, job);
        return v;
    }
};

Result<Found> find(soci::session& session, std::span<const JobId> ids) {
    Found found{store::find_jobs(session, ids), {}};
    std::vector<JobId> with_ai;
    for (const store::Job& job : found.jobs)
        if (uses_ai(job)) with_ai.push_back(job.id);
    found.costs = store::ai_costs_of_jobs(session, with_ai);
    return found;
}

}  // namespace

json::Value to_json(const store::Job& job) {
    json::Value v = json::Object{{"id", job.id.value}, {"kind", job.kind},
                                 {"lane", job.lane},   {"state", store::to_string(job.state)},
                                 {"phase", job.phase}, {"progress", job.progress},
                                 {"price", job.price}, {"result", job.result},
                                 {"error", job.error}, {"last_seq", job.last_seq}};
    v.set("project_id", job.project_id ? json::Value(job.project_id->value) : json::Value())
        .set("created_at", time_json(job.created_at))
        .set("started_at", time_json(job.started_at))
        .set("finished_at", time_json(job.finished_at));
    return v;
}

Reply list_jobs(const Request& request, ApiServices& services) {
    auto page = page_of(request);
    if (!page) return Reply::error(page.error(), request.request_id);
    auto filter = filter_of(request);
    if (!filter) return Reply::error(filter.error(), request.request_id);
    auto jobs = services.db.read([&](soci::session& session) {
        return store::list_jobs(session, organization_of(request), *filter, *page);
    });
    if (!jobs) return Reply::error(jobs.error(), request.request_id);
    return page_reply(*jobs, [](const store::Job& job) { return to_json(job); });
}

std::vector<Reply> get_jobs(std::span<const Request* const> requests, ApiServices& services) {
    std::vector<JobId> ids;
    for (const Request* request : requests)
        if (auto id = id_of<JobId>(*request, "job_id", "job")) ids.push_back(*id);
    const auto found = services.db.read([&](soci::session& session) { return find(session, ids); });
    std::map<std::string_view, const store::Job*> by_id;
    if (found)
        for (const store::Job& job : found->jobs)
            by_id[job.id.value] = &job;
    std::vector<Reply> replies;
    for (const Request* request : requests) {
        const auto job = by_id.find(request->parameter("job_id"));
        if (!found)
            replies.push_back(Reply::error(found.error(), request->request_id));
        else if (job == by_id.end() || job->second->organization_id != organization_of(*request))
            replies.push_back(Reply::error(not_found("job"), request->request_id));
        else
            replies.push_back(Reply::json(200, found->shown(*job->second)));
    }
    return replies;
}

Reply get_job(const Request& request, ApiServices& services) {
    const Request* const only = &request;
    return std::move(get_jobs({&only, 1}, services).front());
}

Reply list_job_events(const Request& request, ApiServices& services) {
    auto after = number_of(request, "after", 0, 0);
    if (!after) return Reply::error(after.error(), request.request_id);
    auto page = page_of(request);
    if (!page) return Reply::error(page.error(), request.request_id);
    auto job = job_of(request, services);
    if (!job) return Reply::error(job.error(), request.request_id);
    auto events = services.db.read([&](soci::session& session) -> Result<std::vector<store::JobEvent>> {
        return store::list_events(session, job->id, *after, page->limit);
    });
    if (!events) return Reply::error(events.error(), request.request_id);
    json::Value items = json::Array{};
    for (const store::JobEvent& event : *events)
        items.push(store::to_json(event));
    json::Value body = json::Object{{"items", std::move(items)}};
    body.set("last_seq", events->empty() ? *after : events->back().seq);
    return Reply::json(200, body);
}

Reply stream_job(const Request& request, ApiServices& services) {
    auto after = number_of(request, "after", 0, 0);
    if (!after) return Reply::error(after.error(), request.request_id);
    auto job = job_of(request, services);
    if (!job) return Reply::error(job.error(), request.request_id);
    // Browsers reconnect to the same URL and add where they were; that is never less far than `after`.
    std::int64_t from = *after;
    if (const std::string* last = request.headers.find("Last-Event-ID"))
        from = std::max<std::int64_t>(from, std::atoll(last->c_str()));
    return Reply::events(job->id.value, from);
}

Reply cancel_job(const Request& request, ApiServices& services) {
    auto id = id_of<JobId>(request, "job_id", "job");
    if (!id) return Reply::error(id.error(), request.request_id);
    auto event = services.db.write(
        [&](soci::session& session) { return queues::cancel(session, organization_of(request), *id); });
    if (!event) return Reply::error(event.error(), request.request_id);
    announce_cancelled(services, *event);
    return get_job(request, services);
}

}  // namespace atelier::api
