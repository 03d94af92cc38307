#include <map>

#include "common/store/ledger.hpp"
#include "queues/lifecycle/lifecycle.hpp"

namespace atelier::queues {
namespace {

Result<Plan> make_plan(soci::session& session, const json::SchemaSet& schemas, const JobRequest& request) {
    const Pipeline* pipeline = find_pipeline(request.kind);
    if (!pipeline) return invalid("/kind", "enum", "There is no job kind \"" + request.kind + "\".");
    if (auto fits = schemas.at(pipeline->schema).check(request.input); !fits) return fits.error();
    auto plan = pipeline->plan(session, request.requester, request.input);
    if (plan && plan->first_tasks.empty())
        return internal("The plan of a " + request.kind + " job has no task.");
    return plan;
}

/// A request whose plan holds.
struct Candidate {
    const JobRequest* request = nullptr;
    std::size_t place = 0;
    Plan plan;
};

std::vector<Result<void>> pay(soci::session& session, const std::vector<Candidate>& candidates,
                              store::Taken& taken) {
    std::vector<store::CreditRound> rounds;
    for (const auto& [request, place, plan] : candidates)
        rounds.push_back(
            {request->requester.organization, request->requester.user, request->id, 1, plan.price});
    taken = store::take_credits(session, rounds);
    return std::move(taken.outcomes);
}

store::Job make_job(const Candidate& candidate) {
    const JobRequest& request = *candidate.request;
    store::Job job;
    job.id = request.id;
    job.organization_id = request.requester.organization;
    job.user_id = request.requester.user;
    job.project_id = candidate.plan.project;
    job.kind = request.kind;
    job.lane = to_string(request.lane);
    job.phase = "queued";
    job.input = candidate.plan.input;
    job.price = candidate.plan.price;
    job.last_seq = 1;
    return job;
}

void add_first_tasks(std::vector<store::NewTask>& tasks, const store::Job& job, const Plan& plan) {
    const Step& step = find_pipeline(job.kind)->steps.front();
    int ordinal = 0;
    for (const json::Value& input : plan.first_tasks)
        tasks.push_back({.step = std::string(step.name),
                         .ordinal = ordinal++,
                         .stage = std::string(to_string(step.stage)),
                         .lane = job.lane,
                         .input = input,
                         .max_attempts = step.max_attempts,
                         .job = job.id,
                         .organization = job.organization_id});
}

/// Jobs, their first events and tasks. The tasks are returned by job.
std::map<std::string, std::vector<store::Dispatchable>> store_jobs(soci::session& session,
                                                                   const std::vector<store::Job>& jobs,
                                                                   const std::vector<const Plan*>& plans) {
    store::insert_jobs(session, jobs);
    std::vector<store::JobEvent> events;
    std::vector<store::NewTask> tasks;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        events.push_back({jobs[i].id, 1, "job:progress",
                          json::Object{{"state", "queued"}, {"phase", "queued"}, {"progress", 0}}});
        add_first_tasks(tasks, jobs[i], *plans[i]);
    }
    store::insert_events(session, events);
    std::map<std::string, std::vector<store::Dispatchable>> ready;
    for (store::Dispatchable& task : store::insert_first_tasks(session, tasks))
        ready[task.job_id.value].push_back(std::move(task));
    return ready;
}

}  // namespace

Result<Accepted> accept(soci::session& session, const json::SchemaSet& schemas, const JobRequest& request) {
    return std::move(accept(session, schemas, {&request, 1}).front());
}

std::vector<Result<Accepted>> accept(soci::session& session, const json::SchemaSet& schemas,
                                     std::span<const JobRequest> requests) {
    std::vector<Result<Accepted>> outcomes(requests.size(), internal("not decided"));
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        if (auto plan = make_plan(session, schemas, requests[i]); !plan)
            outcomes[i] = plan.error();
        else
            candidates.push_back({&requests[i], i, std::move(*plan)});
    }
    if (candidates.empty()) return outcomes;
    store::Taken taken;
    const auto paid = pay(session, candidates, taken);
    std::vector<store::Job> jobs;
    std::vector<const Plan*> plans;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (!paid[i]) {
            outcomes[candidates[i].place] = paid[i].error();
            continue;
        }
        jobs.push_back(make_job(candidates[i]));
        plans.push_back(&candidates[i].plan);
        places.push_back(candidates[i].place);
    }
    if (jobs.empty()) return outcomes;
    auto ready = store_jobs(session, jobs, plans);
    store::write_down(session, taken);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        auto tasks = std::move(ready[jobs[i].id.value]);
        outcomes[places[i]] = Accepted{std::move(jobs[i]), std::move(tasks)};
    }
    return outcomes;
}

}  // namespace atelier::queues
