#pragma once
// Orders of people about dead tasks: the database's rows decide, and the messages in the dead-letter queues
// follow. Used by the admin endpoints and by atelierctl. Everything blocks; any thread.

#include <optional>
#include <vector>

#include "queues/broker.hpp"
#include "queues/events.hpp"
#include "queues/lifecycle/lifecycle.hpp"

namespace atelier::queues {

struct DeadLetterParts {
    store::Database& db;
    Broker& broker;
    Announcer& announcer;
};

/// A dead task and, where the queue still shows it, its message.
struct DeadEntry {
    store::DeadTask task;
    std::optional<DeadLetter> message;
};
struct DeadView {
    std::vector<DeadEntry> entries;  ///< the newest first
    /// Messages of the stages asked for whose task is not dead: its row is gone, alive again, or the body is
    /// no message of ours. Only when the filter names no organization.
    std::vector<DeadLetter> unexplained;
    bool queue_seen = true;  ///< false: the broker was away, so messages are missing
};

/// Error: those of the database only.
Result<DeadView> list_dead_letters(DeadLetterParts parts, const store::DeadFilter& filter, int limit);

struct DeadOrder {
    store::DeadFilter filter;
    std::optional<Lane> lane = {};  ///< for requeueing: another lane than the task's
    bool dry_run = false;
};

/// lifecycle's requeue and discard; then the events are announced and the messages of the touched tasks taken
/// from the queue. A broker that is away loses nothing: the message stays and claims nothing when it comes
/// back.
Result<DeadOutcome> requeue_dead_letters(DeadLetterParts parts, const DeadOrder& order);
Result<DeadOutcome> discard_dead_letters(DeadLetterParts parts, const DeadOrder& order);

/// Removes the `unexplained` messages. Returns how many. Error: unavailable.
Result<std::size_t> drop_unexplained(DeadLetterParts parts, std::optional<Stage> stage);

}  // namespace atelier::queues
