#pragma once
// The one auditor of the fault suite: what must be true of the whole system once everything has come to rest,
// read from the database's rows, the broker's queues and the object store, never from the programs' own
// words.

#include <string>
#include <vector>

namespace atelier::faults {

struct System {
    std::string database_url;
    std::string broker_url;
    std::string objects_url;  ///< `file:///FOLDER`; empty: not looked at
    int strangers = 0;        ///< dead letters that no task explains and the scenario put there
};

struct Findings {
    int jobs = 0, completed = 0, failed = 0, cancelled = 0;
    int repeated = 0;  ///< tasks that were claimed more than once
    int lost = 0;      ///< accepted jobs that the database does not know, or that have not ended
    int twice = 0;     ///< jobs that were completed more than once
    std::vector<std::string> breaches;  ///< a sentence each; none when all is well

    /// All breaches (the first 20 of them), one a line.
    std::string text() const;
};

/// Call it when no job runs any more and the workers have stopped. `accepted`: the ids that clients were
/// given with a 202. Checks, besides the rules of tests/support/protocol_audit:
/// - every job has ended, every accepted one exists, and there are no others;
/// - every object under results/ is named by the output of a finished task (with that task's fence) or by a
/// generated
///   asset, and every object that a finished task names exists, in the size that it says;
/// - the work queues are empty, and each dead-letter queue holds one message for each dead task of its stage,
/// no other
///   but `strangers` of them.
/// Throws when the database or the broker cannot be read.
Findings audit(const System& system, const std::vector<std::string>& accepted);

}  // namespace atelier::faults
