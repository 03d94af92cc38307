#include "common/store/ledger.hpp"
#include "queues/lifecycle/lifecycle.hpp"

namespace atelier::queues {
namespace {

Result<Plan> make_plan(soci::session& session, const json::SchemaSet& schemas, const Pipeline& pipeline,
                       const JobRequest& request) {
    if (auto fits = schemas.at(pipeline.schema).check(request.input); !fits) return fits.error();
    auto plan = pipeline.plan(session, request.requester, request.input);
    if (plan && plan->first_tasks.empty())
        return internal("The plan of a " + request.kind + " job has no task.");
    return plan;
}

std::vector<store::NewTask> first_tasks(const Pipeline& pipeline, const Plan& plan, Lane lane) {
    const Step& step = pipeline.steps.front();
    std::vector<store::NewTask> tasks;
    for (const json::Value& input : plan.first_tasks)
        tasks.push_back({std::string(step.name), static_cast<int>(tasks.size()),
                         std::string(to_string(step.stage)), std::string(to_string(lane)), input,
                         step.max_attempts});
    return tasks;
}

}  // namespace

Result<Accepted> accept(soci::session& session, const json::SchemaSet& schemas, const JobRequest& request) {
    const Pipeline* pipeline = find_pipeline(request.kind);
    if (!pipeline) return invalid("/kind", "enum", "There is no job kind \"" + request.kind + "\".");
    auto plan = make_plan(session, schemas, *pipeline, request);
    if (!plan) return plan.error();

    Accepted accepted;
    store::Job& job = accepted.job;
    job.id = ids::new_id<JobId>();
    job.organization_id = request.requester.organization;
    job.user_id = request.requester.user;
    job.project_id = plan->project;
    job.kind = request.kind;
    job.lane = to_string(request.lane);
    job.phase = "queued";
    job.input = std::move(plan->input);
    job.price = plan->price;
    store::insert_job(session, job);
    if (auto reserved =
            store::reserve_credits(session, {job.organization_id, job.user_id, job.id, job.round, job.price});
        !reserved)
        return reserved.error();
    store::insert_tasks(session, job.id, job.organization_id, first_tasks(*pipeline, *plan, request.lane),
                        false);
    accepted.event =
        store::append_event(session, job.id, "job:progress",
                            json::Object{{"state", "queued"}, {"phase", "queued"}, {"progress", 0}});
    return accepted;
}

}  // namespace atelier::queues
