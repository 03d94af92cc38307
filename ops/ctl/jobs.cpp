#include "common/store/jobs.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "common/time/rfc3339.hpp"
#include "ops/ctl/operator.hpp"
#include "queues/lifecycle/lifecycle.hpp"

namespace atelier::ctl {
namespace {

struct Options {
    bool json = false;
    std::string organization, state, kind, id;
    int limit = 20;
};

json::Value job_json(const store::Job& job) {
    json::Value v = json::Object{{"id", job.id.value},
                                 {"organization_id", job.organization_id.value},
                                 {"kind", job.kind},
                                 {"lane", job.lane},
                                 {"state", store::to_string(job.state)},
                                 {"phase", job.phase},
                                 {"progress", job.progress},
                                 {"price", job.price},
                                 {"round", job.round},
                                 {"created_at", rfc3339(job.created_at)}};
    v.set("finished_at", job.finished_at ? json::Value(rfc3339(*job.finished_at)) : json::Value())
        .set("input", job.input)
        .set("result", job.result)
        .set("error", job.error);
    return v;
}

int list(const Invocation& invocation, const Options& options) {
    auto opened = open_installation(invocation);
    if (!opened) return fail(opened.error());
    store::JobFilter filter{.state = store::parse_job_state(options.state), .kind = options.kind};
    auto page = opened->db->read([&](soci::session& s) {
        return store::list_jobs(s, OrganizationId{options.organization}, filter,
                                {.limit = options.limit, .cursor = ""});
    });
    if (!page) return fail(page.error());
    std::vector<TableRow> rows;
    for (const store::Job& job : page->items) {
        if (options.json) print_json(job_json(job));
        rows.push_back({job.id.value, job.kind, job.lane, std::string(store::to_string(job.state)), job.phase,
                        std::to_string(job.progress) + " %", rfc3339(job.created_at)});
    }
    if (!options.json) print_table({"ID", "KIND", "LANE", "STATE", "PHASE", "DONE", "CREATED"}, rows);
    return 0;
}

/// Any tenant's job: the operator knows no walls.
Result<store::Job> find_job(store::Database& db, const std::string& id) {
    return db.write([&](soci::session& s) { return store::lock_job(s, JobId{id}); });
}

int show(const Invocation& invocation, const Options& options) {
    auto opened = open_installation(invocation);
    if (!opened) return fail(opened.error());
    auto job = find_job(*opened->db, options.id);
    if (!job) return fail(job.error());
    auto steps = opened->db->read([&](soci::session& s) -> Result<std::vector<store::StepTally>> {
        return store::tally_steps(s, {&job->id, 1});
    });
    if (!steps) return fail(steps.error());
    json::Value tallies = json::Array{};
    for (const store::StepTally& step : *steps)
        tallies.push(json::Object{{"step", step.step}, {"done", step.done}, {"total", step.total}});
    json::Value shown = job_json(*job);
    shown.set("steps", std::move(tallies));
    std::cout << (options.json ? json::write(shown) : json::write_pretty(shown)) << "\n";
    return 0;
}

int cancel(const Invocation& invocation, const Options& options) {
    auto opened = open_installation(invocation);
    if (!opened) return fail(opened.error());
    auto event = opened->db->write([&](soci::session& s) -> Result<store::JobEvent> {
        auto job = store::lock_job(s, JobId{options.id});
        if (!job) return job.error();
        return queues::cancel(s, job->organization_id, job->id);
    });
    if (!event) return fail(event.error());
    opened->announcer->announce(*event);
    opened->announcer->announce_cancel(event->job_id);
    std::cout << "The job is cancelled; its credits are refunded.\n";
    return 0;
}

using Act = int (*)(const Invocation&, const Options&);

}  // namespace

void declare_jobs(CLI::App& app, Invocation& invocation) {
    auto options = std::make_shared<Options>();
    const auto add = [&](const char* name, const char* summary, Act act) {
        CLI::App* command = app.add_subcommand(name, summary);
        command->add_flag("--json", options->json, "JSON, for programs");
        command->callback([&invocation, options, act] {
            invocation.run = [&invocation, options, act] { return act(invocation, *options); };
        });
        return command;
    };
    app.require_subcommand(1);
    CLI::App* listing = add("list", "An organization's newest jobs", list);
    listing->add_option("--organization", options->organization, "Whose jobs")->required();
    listing->add_option("--state", options->state, "Only jobs in this state")
        ->check(CLI::IsMember({"queued", "running", "completed", "failed", "cancelled"}));
    listing->add_option("--kind", options->kind, "Only jobs of this kind");
    listing->add_option("--limit", options->limit, "At most so many, 1 to 100")->check(CLI::Range(1, 100));
    add("show", "One job with its steps", show)->add_option("id", options->id, "The job")->required();
    add("cancel", "End a job and refund it", cancel)->add_option("id", options->id, "The job")->required();
}

}  // namespace atelier::ctl
