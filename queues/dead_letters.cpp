#include "queues/dead_letters.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "common/log/log.hpp"

namespace atelier::queues {
namespace {

constexpr std::size_t kMostBrowsed = 1000;
constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

std::vector<Stage> stages_of(const std::string& name) {
    if (const auto stage = parse_stage(name)) return {*stage};
    return {kStages.begin(), kStages.end()};
}

/// The newest dispatch of each task that an order touched, by stage: a younger message of the same task is
/// another death.
using Touched = std::map<Stage, std::map<std::string, int>>;

Touched touched_by(const DeadOutcome& outcome) {
    Touched touched;
    for (const DeadJob& job : outcome.jobs) {
        if (job.refused) continue;
        for (const store::DeadTask& task : job.tasks)
            if (const auto stage = parse_stage(task.stage)) touched[*stage][task.id.value] = task.dispatch;
    }
    return touched;
}

bool is_of(const DeadLetter& letter, const std::map<std::string, int>& tasks) {
    const auto message = parse_task_message(letter.body);
    if (!message) return false;
    const auto task = tasks.find(message->task_id);
    return task != tasks.end() && message->dispatch <= task->second;
}

/// What follows a committed order.
Result<DeadOutcome> carry_out(DeadLetterParts& parts, Result<DeadOutcome> outcome, bool dry_run) {
    if (!outcome || dry_run) return outcome;
    parts.announcer.announce(outcome->events);
    for (const auto& [stage, tasks] : touched_by(*outcome)) {
        auto taken = parts.broker.take_dead(
            stage, [&tasks = tasks](const DeadLetter& letter) { return is_of(letter, tasks); }, kAll);
        if (!taken)
            log::warning("Dead letters of {} stay in the queue: {}", to_string(stage), taken.error().message);
    }
    return outcome;
}

/// Whether some row explains this message as dead.
Result<bool> is_explained(store::Database& db, const DeadLetter& letter) {
    const auto message = parse_task_message(letter.body);
    if (!message || !ids::is_uuid(message->task_id)) return false;
    store::DeadFilter filter;
    filter.ids = {TaskId{message->task_id}};
    return db.read([&](soci::session& session) -> Result<bool> {
        return !store::list_dead(session, filter, 1).empty();
    });
}

Result<void> add_messages(DeadLetterParts& parts, Stage stage, bool with_unexplained, DeadView& view) {
    auto letters = parts.broker.browse_dead(stage, kMostBrowsed);
    if (!letters) {
        log::warning("The dead letters of {} cannot be seen: {}", to_string(stage), letters.error().message);
        view.queue_seen = false;
        return {};
    }
    for (DeadLetter& letter : *letters) {
        const auto message = parse_task_message(letter.body);
        const auto entry = std::find_if(view.entries.begin(), view.entries.end(), [&](const DeadEntry& e) {
            return message && e.task.id.value == message->task_id && e.task.dispatch == message->dispatch;
        });
        if (entry != view.entries.end()) {
            entry->message = std::move(letter);
            continue;
        }
        if (!with_unexplained) continue;
        auto explained = is_explained(parts.db, letter);
        if (!explained) return explained.error();
        if (!*explained) view.unexplained.push_back(std::move(letter));
    }
    return {};
}

}  // namespace

Result<DeadView> list_dead_letters(DeadLetterParts parts, const store::DeadFilter& filter, int limit) {
    auto tasks = parts.db.read([&](soci::session& session) -> Result<std::vector<store::DeadTask>> {
        return store::list_dead(session, filter, limit);
    });
    if (!tasks) return tasks.error();
    DeadView view;
    for (store::DeadTask& task : *tasks)
        view.entries.push_back({std::move(task), {}});
    const bool with_unexplained = !filter.organization && filter.ids.empty() && !filter.job;
    for (const Stage stage : stages_of(filter.stage))
        if (auto added = add_messages(parts, stage, with_unexplained, view); !added) return added.error();
    return view;
}

Result<DeadOutcome> requeue_dead_letters(DeadLetterParts parts, const DeadOrder& order) {
    return carry_out(parts, requeue(parts.db, order.filter, order.lane, order.dry_run), order.dry_run);
}

Result<DeadOutcome> discard_dead_letters(DeadLetterParts parts, const DeadOrder& order) {
    return carry_out(parts, discard(parts.db, order.filter, order.dry_run), order.dry_run);
}

Result<std::size_t> drop_unexplained(DeadLetterParts parts, std::optional<Stage> only) {
    std::size_t dropped = 0;
    for (const Stage stage : kStages) {
        if (only && *only != stage) continue;
        auto taken = parts.broker.take_dead(
            stage,
            [&](const DeadLetter& letter) {
                const auto explained = is_explained(parts.db, letter);
                return explained.has_value() && !*explained;
            },
            kAll);
        if (!taken) return taken.error();
        dropped += *taken;
    }
    return dropped;
}

}  // namespace atelier::queues
