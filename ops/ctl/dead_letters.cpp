#include "queues/dead_letters.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "common/time/rfc3339.hpp"
#include "ops/ctl/operator.hpp"

namespace atelier::ctl {
namespace {

struct Options {
    std::vector<std::string> ids;
    std::string stage, step, job, organization, older_than, lane;
    int limit = 100;
    bool dry_run = false, json = false, unexplained = false;
};

queues::DeadLetterParts parts_of(const Installation& opened) {
    return {*opened.db, *opened.broker, *opened.announcer};
}

/// `90`, `90s`, `15m`, `6h`, `2d`.
std::string check_age(const std::string& text) {
    const auto digits = text.find_first_not_of("0123456789");
    const std::string unit = digits == std::string::npos ? "" : text.substr(digits);
    const bool number = digits != 0 && !text.empty() && text.size() <= 9;
    if (number && (unit.empty() || unit == "s" || unit == "m" || unit == "h" || unit == "d")) return "";
    return "is no age: write 90s, 15m, 6h or 2d";
}

std::int64_t age_ms(const std::string& text) {
    const std::int64_t number = std::stoll(text);
    switch (text.back()) {
        case 'm':
            return number * 60'000;
        case 'h':
            return number * 3'600'000;
        case 'd':
            return number * 86'400'000;
        default:
            return number * 1'000;
    }
}

store::DeadFilter filter_of(const Options& options) {
    store::DeadFilter filter{.stage = options.stage, .step = options.step};
    for (const std::string& id : options.ids)
        filter.ids.push_back(TaskId{id});
    if (!options.job.empty()) filter.job = JobId{options.job};
    if (!options.organization.empty()) filter.organization = OrganizationId{options.organization};
    if (!options.older_than.empty()) filter.older_than_ms = age_ms(options.older_than);
    return filter;
}

json::Value message_json(const queues::DeadLetter& letter) {
    json::Value v = json::Object{{"message_id", letter.message_id},
                                 {"reason", letter.reason},
                                 {"queue", letter.queue},
                                 {"body", letter.body}};
    if (letter.died_at_ms) v.set("died_at", rfc3339(*letter.died_at_ms));
    return v;
}

json::Value entry_json(const queues::DeadEntry& entry) {
    const store::DeadTask& task = entry.task;
    json::Value v = json::Object{{"task_id", task.id.value},
                                 {"job_id", task.job_id.value},
                                 {"organization_id", task.organization_id.value},
                                 {"job_kind", task.job_kind},
                                 {"stage", task.stage},
                                 {"step", task.step},
                                 {"lane", task.lane},
                                 {"attempt", task.attempt},
                                 {"dispatch", task.dispatch},
                                 {"error", task.error},
                                 {"input", task.input},
                                 {"died_at", rfc3339(task.finished_at)}};
    v.set("message", entry.message ? message_json(*entry.message) : json::Value());
    return v;
}

void print_view(const queues::DeadView& view, const Installation& opened) {
    std::vector<TableRow> rows;
    for (const queues::DeadEntry& e : view.entries)
        rows.push_back({e.task.id.value, e.task.job_id.value, e.task.stage + "/" + e.task.step, e.task.lane,
                        std::to_string(e.task.attempt), rfc3339(e.task.finished_at), e.message ? "yes" : "no",
                        e.task.error["message"].as_string()});
    print_table({"TASK", "JOB", "STEP", "LANE", "TRIES", "DIED", "QUEUED", "ERROR"}, rows);
    for (const queues::DeadLetter& letter : view.unexplained)
        std::cout << "No dead task explains message " << letter.message_id << " in " << letter.queue << ": "
                  << letter.reason << "\n";
    if (opened.embedded)
        std::cout << "The queues are inside the server's process; QUEUED cannot be seen from here.\n";
    else if (!view.queue_seen)
        std::cout << "The broker did not answer; QUEUED is not complete.\n";
}

int list(const Installation& opened, const Options& options) {
    auto view = queues::list_dead_letters(parts_of(opened), filter_of(options), options.limit);
    if (!view) return fail(view.error());
    if (!options.json) {
        print_view(*view, opened);
        return 0;
    }
    for (const queues::DeadEntry& entry : view->entries)
        print_json(entry_json(entry));
    for (const queues::DeadLetter& letter : view->unexplained)
        print_json(json::Object{{"task_id", nullptr}, {"message", message_json(letter)}});
    return 0;
}

int show(const Installation& opened, const Options& options) {
    auto view = queues::list_dead_letters(parts_of(opened), filter_of(options), options.limit);
    if (!view) return fail(view.error());
    if (view->entries.empty()) return fail(not_found("dead task"));
    for (const queues::DeadEntry& entry : view->entries)
        std::cout << (options.json ? json::write(entry_json(entry)) : json::write_pretty(entry_json(entry)))
                  << "\n";
    return 0;
}

int tell(const queues::DeadOutcome& outcome, const Options& options, std::string_view verb) {
    std::size_t tasks = 0, jobs = 0;
    bool any_refused = false;
    for (const queues::DeadJob& job : outcome.jobs) {
        any_refused |= job.refused.has_value();
        if (options.json) {
            json::Value ids = json::Array{};
            for (const store::DeadTask& task : job.tasks)
                ids.push(task.id.value);
            json::Value line = json::Object{{"job_id", job.job.value}, {"dry_run", options.dry_run}};
            line.set("tasks", std::move(ids));
            line.set("refused", job.refused ? json::Value(job.refused->message) : json::Value());
            print_json(line);
        } else if (job.refused) {
            std::cout << "Job " << job.job.value << ": " << job.refused->message << "\n";
        }
        if (job.refused) continue;
        ++jobs;
        tasks += job.tasks.size();
    }
    if (!options.json)
        std::cout << tasks << " tasks of " << jobs << " jobs " << (options.dry_run ? "would be " : "") << verb
                  << ".\n";
    return any_refused ? kFailed : 0;
}

/// Everything that is dead goes only when that is said: an order names ids or a filter.
bool names_something(const Options& options) {
    return !options.ids.empty() || !options.stage.empty() || !options.step.empty() || !options.job.empty() ||
           !options.organization.empty() || !options.older_than.empty();
}

Error names_nothing() {
    return invalid("ids", "required",
                   "Say which: task ids, --stage, --step, --job, --organization or --older-than 0s for all.");
}

int requeue(const Installation& opened, const Options& options) {
    if (!names_something(options)) return fail(names_nothing());
    auto outcome = queues::requeue_dead_letters(
        parts_of(opened), {filter_of(options), queues::parse_lane(options.lane), options.dry_run});
    return outcome ? tell(*outcome, options, "requeued") : fail(outcome.error());
}

int discard_unexplained(const Installation& opened, const Options& options) {
    if (options.dry_run) return list(opened, options);
    auto dropped = queues::drop_unexplained(parts_of(opened), queues::parse_stage(options.stage));
    if (!dropped) return fail(dropped.error());
    std::cout << *dropped << " messages that no dead task explains are gone.\n";
    return 0;
}

int discard(const Installation& opened, const Options& options) {
    if (options.unexplained) return discard_unexplained(opened, options);
    if (!names_something(options)) return fail(names_nothing());
    auto outcome = queues::discard_dead_letters(parts_of(opened), {filter_of(options), {}, options.dry_run});
    return outcome ? tell(*outcome, options, "discarded") : fail(outcome.error());
}

using Act = int (*)(const Installation&, const Options&);

CLI::App* add(CLI::App& app, Invocation& invocation, const std::shared_ptr<Options>& options,
              const char* name, const char* summary, Act act) {
    CLI::App* command = app.add_subcommand(name, summary);
    command->add_flag("--json", options->json, "One JSON object a line");
    command->callback([&invocation, options, act] {
        invocation.run = [&invocation, options, act] {
            auto opened = open_installation(invocation);
            return opened ? act(*opened, *options) : fail(opened.error());
        };
    });
    return command;
}

void add_filter(CLI::App& command, Options& options) {
    command.add_option("--stage", options.stage, "Only of this stage")
        ->check(CLI::IsMember({"analysis", "generation", "adaptation", "moderation"}));
    command.add_option("--step", options.step, "Only of this step");
    command.add_option("--job", options.job, "Only of this job");
    command.add_option("--organization", options.organization, "Only of this organization");
    command.add_option("--older-than", options.older_than, "Only dead for longer: 90s, 15m, 6h, 2d")
        ->check(check_age);
}

}  // namespace

void declare_dead_letters(CLI::App& app, Invocation& invocation) {
    auto options = std::make_shared<Options>();
    app.require_subcommand(1);
    CLI::App* listing = add(app, invocation, options, "list", "Dead tasks, the newest first", list);
    add_filter(*listing, *options);
    listing->add_option("--limit", options->limit, "At most so many")->check(CLI::Range(1, 1000));
    CLI::App* showing = add(app, invocation, options, "show", "All that is known of dead tasks", show);
    showing->add_option("ids", options->ids, "Tasks")->required();

    CLI::App* requeueing = add(app, invocation, options, "requeue", "Let dead tasks run again", requeue);
    requeueing->add_option("--lane", options->lane, "Into this lane instead of their own")
        ->check(CLI::IsMember({"primary", "priority"}));
    CLI::App* discarding = add(app, invocation, options, "discard", "Give dead tasks up for good", discard);
    discarding->add_flag("--unexplained", options->unexplained,
                         "Instead, remove messages whose task is not dead");
    for (CLI::App* command : {requeueing, discarding}) {
        add_filter(*command, *options);
        command->add_option("ids", options->ids, "Tasks");
        command->add_flag("--dry-run", options->dry_run, "Only say which tasks it would be");
    }
}

}  // namespace atelier::ctl
