#include "api/handlers/dead_letters/dead_letters.hpp"

#include "queues/dead_letters.hpp"

namespace atelier::api {
namespace {

json::Value entry_json(const queues::DeadEntry& entry) {
    const store::DeadTask& task = entry.task;
    json::Value v = json::Object{{"task_id", task.id.value}, {"job_id", task.job_id.value}};
    v.set("job_kind", task.job_kind)
        .set("stage", task.stage)
        .set("step", task.step)
        .set("lane", task.lane)
        .set("attempt", task.attempt)
        .set("error", task.error)
        .set("input", task.input)
        .set("died_at", time_json(task.finished_at))
        .set("message", entry.message ? json::Value(json::Object{{"reason", entry.message->reason},
                                                                 {"queue", entry.message->queue}})
                                      : json::Value());
    return v;
}

json::Value outcome_json(const queues::DeadOutcome& outcome, bool dry_run) {
    json::Value tasks = json::Array{}, jobs = json::Array{}, refused = json::Array{};
    for (const queues::DeadJob& job : outcome.jobs) {
        if (job.refused) {
            refused.push(json::Object{{"job_id", job.job.value},
                                      {"code", to_string(job.refused->code)},
                                      {"message", job.refused->message}});
            continue;
        }
        jobs.push(job.job.value);
        for (const store::DeadTask& task : job.tasks)
            tasks.push(task.id.value);
    }
    json::Value v = json::Object{{"dry_run", dry_run}};
    v.set("tasks", std::move(tasks)).set("jobs", std::move(jobs)).set("refused", std::move(refused));
    return v;
}

/// The query of a list; every wrong parameter is named.
Result<store::DeadFilter> filter_of(const Request& request) {
    store::DeadFilter filter{.organization = organization_of(request),
                             .stage = std::string(request.query.get("stage")),
                             .step = std::string(request.query.get("step"))};
    std::vector<FieldError> wrong;
    if (!filter.stage.empty() && !queues::parse_stage(filter.stage))
        wrong.push_back(
            {"query:stage", "enum", "A stage is analysis, generation, adaptation or moderation."});
    if (const std::string* job = request.query.find("job_id")) {
        filter.job = ids::parse_id<JobId>(*job);
        if (!filter.job) wrong.push_back({"query:job_id", "format", "This is no id of a job."});
    }
    if (auto age = number_of(request, "older_than_s", -1, 0); !age) {
        const Error error = age.error();
        wrong.insert(wrong.end(), error.details.begin(), error.details.end());
    } else if (*age >= 0) {
        filter.older_than_ms = *age * 1000;
    }
    if (!wrong.empty()) return invalid(std::move(wrong));
    return filter;
}

/// The body of an order, which its schema has checked but for the form of ids.
Result<queues::DeadOrder> order_of(const Request& request, const json::Value& body) {
    const json::Value& wanted = body["filter"];
    queues::DeadOrder order{.filter = {.organization = organization_of(request),
                                       .stage = wanted["stage"].as_string(),
                                       .step = wanted["step"].as_string()},
                            .lane = queues::parse_lane(body["lane"].as_string()),
                            .dry_run = body["dry_run"].as_bool()};
    std::vector<FieldError> wrong;
    for (std::size_t i = 0; i < body["ids"].size(); ++i) {
        if (const auto id = ids::parse_id<TaskId>(body["ids"].at(i).as_string()))
            order.filter.ids.push_back(*id);
        else
            wrong.push_back({"/ids/" + std::to_string(i), "format", "This is no id of a task."});
    }
    if (wanted.has("job_id")) {
        order.filter.job = ids::parse_id<JobId>(wanted["job_id"].as_string());
        if (!order.filter.job) wrong.push_back({"/filter/job_id", "format", "This is no id of a job."});
    }
    if (wanted.has("older_than_s")) order.filter.older_than_ms = wanted["older_than_s"].as_int() * 1000;
    if (!wrong.empty()) return invalid(std::move(wrong));
    return order;
}

using Act = Result<queues::DeadOutcome> (*)(queues::DeadLetterParts, const queues::DeadOrder&);

Reply carry_out(const Request& request, ApiServices& services, Act act) {
    auto body = body_of(request, services, "http/dead_letter_action.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    auto order = order_of(request, *body);
    if (!order) return Reply::error(order.error(), request.request_id);
    auto outcome = act({services.db, services.broker, services.announcer}, *order);
    if (!outcome) return Reply::error(outcome.error(), request.request_id);
    if (!order->dry_run) services.dispatcher.nudge();
    return Reply::json(200, outcome_json(*outcome, order->dry_run));
}

}  // namespace

Reply list_dead_letters(const Request& request, ApiServices& services) {
    auto page = page_of(request);
    if (!page) return Reply::error(page.error(), request.request_id);
    auto filter = filter_of(request);
    if (!filter) return Reply::error(filter.error(), request.request_id);
    auto view =
        queues::list_dead_letters({services.db, services.broker, services.announcer}, *filter, page->limit);
    if (!view) return Reply::error(view.error(), request.request_id);
    json::Value items = json::Array{};
    for (const queues::DeadEntry& entry : view->entries)
        items.push(entry_json(entry));
    return Reply::json(200, json::Object{{"items", std::move(items)}});
}

Reply requeue_dead_letters(const Request& request, ApiServices& services) {
    return carry_out(request, services, queues::requeue_dead_letters);
}

Reply discard_dead_letters(const Request& request, ApiServices& services) {
    return carry_out(request, services, queues::discard_dead_letters);
}

}  // namespace atelier::api
