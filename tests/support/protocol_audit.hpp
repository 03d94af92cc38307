#pragma once
// What must hold of jobs, tasks, events and credits after anything that may have happened: crashes,
// repetitions, races. Read from the rows alone, so that any suite can ask at its end.

#include <string>
#include <vector>

#include "common/store/database.hpp"

namespace atelier::testing {

/// One sentence per breach, none when all is well. Checks, over the whole database:
/// - an organization's balance is the sum of its transactions (so credits must have come by grants);
/// - every round of a job has one reserve of its price and, if over, one end: settle when the job completed,
///   otherwise refund of the same amount; a job under way has no end in its round;
/// - a job's events are numbered 1…last_seq; it says `job:completed` once if it completed and never
/// otherwise;
///   the last event of an ended job says so;
/// - a completed job has only finished tasks, a cancelled one none that could still be worked on, a failed
/// one a
///   dead or discarded one.
std::vector<std::string> audit_protocol(store::Database& database);

/// All breaches, one a line; empty when all is well.
std::string breaches(store::Database& database);

}  // namespace atelier::testing
