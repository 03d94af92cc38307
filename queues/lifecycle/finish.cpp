#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "common/store/ledger.hpp"
#include "queues/lifecycle/lifecycle.hpp"
#include "queues/pipelines/advance.hpp"

namespace atelier::queues {
namespace {

/// A job that finished tasks belong to, with its row locked.
struct Touched {
    store::Job job;
    const Pipeline* pipeline = nullptr;
    const Success* last = nullptr;  ///< the last of its tasks here that is done by this transaction
    Outcome* outcome = nullptr;     ///< of that one: tells what concerns the job
    std::int64_t now = 0;
    std::vector<store::StepTally> tallies;
    json::Array shown;  ///< what those who watch are told of the tasks done here
};
using TouchedJobs = std::map<std::string, Touched>;

Result<TouchedJobs> lock(soci::session& session, std::span<const Success> successes) {
    std::vector<JobId> ids;
    for (const Success& success : successes)
        ids.push_back(success.claim.job_id);
    TouchedJobs touched;
    for (store::Job& job : store::lock_jobs(session, ids)) {
        Touched& known = touched[job.id.value];
        known.pipeline = find_pipeline(job.kind);
        if (!known.pipeline) return internal("There is no pipeline for the job kind " + job.kind + ".");
        known.job = std::move(job);
    }
    for (const JobId& id : ids)
        if (!touched.contains(id.value)) return not_found("job");
    return touched;
}

/// The commit of this very finish had succeeded though its answer got lost: tell the job's last event again,
/// since nobody else will.
void repeat_announcement(soci::session& session, const store::Job& job, Outcome& outcome) {
    outcome.has_ready = true;
    outcome.events = store::list_events(session, job.id, job.last_seq - 1, 1);
}

/// Marks the tasks done, stores what their steps made, and notes in each job the last of them.
Result<void> mark_done(soci::session& session, std::span<const Success> successes, TouchedJobs& touched,
                       std::vector<Outcome>& outcomes) {
    std::vector<store::NewlyDone> done;
    for (const Success& success : successes)
        done.push_back({success.claim.id, success.claim.fence, success.output});
    const auto finished = store::finish_tasks(session, done);
    for (std::size_t i = 0; i < successes.size(); ++i) {
        const Success& success = successes[i];
        Touched& job = touched.at(success.claim.job_id.value);
        const auto row = std::find_if(finished.begin(), finished.end(),
                                      [&](const store::Finished& f) { return f.id == success.claim.id; });
        if (row == finished.end()) {
            outcomes[i].stale = !store::was_finished_by(session, success.claim.id, success.claim.fence);
            if (!outcomes[i].stale) repeat_announcement(session, job.job, outcomes[i]);
            continue;
        }
        if (success.record)
            if (auto stored = success.record(session); !stored) return stored.error();
        if (const Step* step = find_step(*job.pipeline, success.claim.step); step && step->shown)
            job.shown.push_back(step->shown(success.output));
        job.last = &success;
        job.outcome = &outcomes[i];
        job.now = row->finished_at;
    }
    return {};
}

void add(std::vector<store::NewTask>& tasks, const store::Job& job, std::vector<store::NewTask> more) {
    for (store::NewTask& task : more) {
        task.job = job.id;
        task.organization = job.organization_id;
        task.held = job.state == store::JobState::failed;
        tasks.push_back(std::move(task));
    }
}

/// Returns the jobs that got something new to do.
std::vector<JobId> insert(soci::session& session, TouchedJobs& touched,
                          const std::vector<store::NewTask>& tasks) {
    std::vector<JobId> jobs;
    for (store::Dispatchable& task : store::insert_tasks(session, tasks)) {
        Touched& job = touched.at(task.job_id.value);
        jobs.push_back(job.job.id);
        if (job.job.state != store::JobState::failed) job.outcome->ready.push_back(std::move(task));
    }
    return jobs;
}

void tally(soci::session& session, TouchedJobs& touched, const std::vector<JobId>& jobs) {
    if (jobs.empty()) return;
    for (const JobId& id : jobs)
        touched.at(id.value).tallies.clear();
    for (store::StepTally& tally : store::tally_steps(session, jobs))
        touched.at(tally.job.value).tallies.push_back(std::move(tally));
}

std::vector<json::Value> outputs_of(soci::session& session, const JobId& job, const std::string& step) {
    const store::StepOf wanted{job, step};
    return std::move(store::step_outputs(session, {&wanted, 1})[job.value]);
}

/// The tasks of groups that these successes complete.
void add_after_groups(soci::session& session, std::span<const Success> successes,
                      const std::vector<Outcome>& outcomes, const TouchedJobs& touched,
                      std::vector<store::NewTask>& tasks) {
    std::set<std::tuple<std::string, std::string_view, int>> seen;
    for (std::size_t i = 0; i < successes.size(); ++i) {
        const store::Claim& claim = successes[i].claim;
        const Touched& job = touched.at(claim.job_id.value);
        if (!job.last || outcomes[i].stale) continue;
        const auto group = group_of(*job.pipeline, job.job.input, claim.step, claim.ordinal);
        if (!group || !seen.insert({claim.job_id.value, group->next->name, group->group}).second) continue;
        const auto members =
            store::outputs_when_done(session, claim.job_id, claim.step, group->first, group->last);
        if (!members) continue;
        const auto parent = store::outputs_when_done(session, claim.job_id, std::string(group->parent->name),
                                                     group->group, group->group + 1);
        add(tasks, job.job, {task_after_group(*group, job.job.input, parent->at(0), *members, job.job.lane)});
    }
}

/// Makes the tasks that follow, and counts each job's tasks afterwards.
void advance(soci::session& session, std::span<const Success> successes, const std::vector<Outcome>& outcomes,
             TouchedJobs& touched) {
    std::vector<store::NewTask> tasks;
    std::vector<JobId> jobs;
    for (std::size_t i = 0; i < successes.size(); ++i) {
        const auto& [claim, output, record] = successes[i];
        const Touched& job = touched.at(claim.job_id.value);
        if (!job.last || outcomes[i].stale) continue;
        jobs.push_back(job.job.id);
        add(tasks, job.job,
            tasks_after_each(*job.pipeline, job.job.input, claim.step, claim.ordinal, output, job.job.lane));
    }
    add_after_groups(session, successes, outcomes, touched, tasks);
    std::sort(jobs.begin(), jobs.end());
    jobs.erase(std::unique(jobs.begin(), jobs.end()), jobs.end());
    insert(session, touched, tasks);
    tally(session, touched, jobs);
    tasks.clear();
    for (const JobId& id : jobs) {
        const Touched& job = touched.at(id.value);
        add(tasks, job.job,
            tasks_after_all(*job.pipeline, job.job.input, job.tallies, job.job.lane,
                            [&](const std::string& step) { return outputs_of(session, id, step); }));
    }
    tally(session, touched, insert(session, touched, tasks));
}

json::Value progress_data(const store::Claim& claim, const Progress& progress) {
    return json::Object{
        {"state", "running"}, {"phase", progress.phase},           {"progress", progress.percent},
        {"step", claim.step}, {"tasks_done", progress.tasks_done}, {"tasks_total", progress.tasks_expected}};
}

store::JobEvent next_event(Touched& touched, std::string_view type, json::Value data) {
    return {touched.job.id, ++touched.job.last_seq, std::string(type), std::move(data), touched.now};
}

store::JobEvent complete(Touched& touched, const std::vector<json::Value>& outputs) {
    store::Job& job = touched.job;
    job.result = touched.pipeline->result(job.input, outputs);
    job.state = store::JobState::completed;
    job.phase = to_string(job.state);
    job.progress = 100;
    return next_event(touched, "job:completed",
                      json::Object{{"state", "completed"}, {"progress", 100}, {"result", job.result}});
}

store::JobEvent step_forward(Touched& touched, Progress progress) {
    store::Job& job = touched.job;
    progress.percent = std::max(progress.percent, job.progress);  // a sibling that starts anew lowers it
    job.state = store::JobState::running;
    job.phase = progress.phase;
    job.progress = progress.percent;
    json::Value data = progress_data(touched.last->claim, progress);
    if (!touched.shown.empty()) data.set("results", std::move(touched.shown));
    return next_event(touched, "job:progress", std::move(data));
}

/// Where each job stands now, its event, and the end of its credit round when it is complete.
void conclude(soci::session& session, TouchedJobs& touched) {
    std::map<std::string, Progress> progress;
    std::vector<store::StepOf> last_steps;
    for (auto& [id, job] : touched) {
        // Failed meanwhile: what was made is kept for a requeue.
        if (!job.last || store::is_terminal(job.job.state)) continue;
        progress[id] = progress_of(*job.pipeline, job.job.input, job.tallies);
        if (progress[id].complete)
            last_steps.push_back({job.job.id, std::string(job.pipeline->steps.back().name)});
    }
    auto outputs = store::step_outputs(session, last_steps);
    std::vector<store::Job> jobs;
    std::vector<store::JobEvent> events;
    std::vector<store::EndedRound> spent;
    for (const auto& [id, reached] : progress) {
        Touched& job = touched.at(id);
        events.push_back(reached.complete ? complete(job, outputs[id]) : step_forward(job, reached));
        if (reached.complete) spent.push_back({job.job.id, job.job.round});
        job.outcome->events.push_back(events.back());
        jobs.push_back(job.job);
    }
    store::change_jobs(session, jobs);
    store::insert_events(session, events);
    store::settle_credits(session, spent);
}

Result<std::vector<Outcome>> finish_together(soci::session& session, std::span<const Success> successes) {
    std::vector<Outcome> outcomes(successes.size());
    auto touched = lock(session, successes);
    if (!touched) return touched.error();
    if (auto done = mark_done(session, successes, *touched, outcomes); !done) return done.error();
    advance(session, successes, outcomes, *touched);
    conclude(session, *touched);
    return outcomes;
}

}  // namespace

std::vector<Result<Outcome>> finish(store::Database& db, std::span<const Success> successes) {
    auto together = db.write([&](soci::session& session) { return finish_together(session, successes); });
    std::vector<Result<Outcome>> each;
    const bool is_whole =
        successes.size() == 1 || together || together.error().code == ErrorCode::unavailable;
    for (std::size_t i = 0; i < successes.size(); ++i) {
        if (together)
            each.emplace_back(std::move((*together)[i]));
        else if (is_whole)
            each.emplace_back(together.error());
        else  // one of them is at fault: it alone shall suffer
            each.push_back(std::move(finish(db, successes.subspan(i, 1)).front()));
    }
    return each;
}

}  // namespace atelier::queues
