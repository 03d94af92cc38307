#pragma once
// What a job kind is: its input's schema, what it costs, its steps and how each step's tasks follow from the
// last.
//
// A new job kind is one file here (a row of `table.cpp`), one schema in schemas/jobs and the steps it
// lacks in workers/. Pipelines are data and pure functions, but for `plan`, which looks up what the input
// names.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/json/value.hpp"
#include "queues/stage.hpp"

namespace soci {
class session;
}

namespace atelier::queues {

/// Who asks for a job.
struct Requester {
    OrganizationId organization;
    UserId user;
};

/// What `plan` makes of a valid input: everything later steps need, so that editing a format or a project
/// does not change a job under way.
struct Plan {
    std::optional<ProjectId> project;
    json::Value input;                     ///< stored as the job's input
    std::vector<json::Value> first_tasks;  ///< inputs of the first step's tasks, at least one
    std::int64_t price = 0;                ///< credits
};

struct Step {
    std::string_view name;  ///< as the stage's table of steps calls it
    Stage stage;
    std::string_view phase;  ///< the word shown to people
    int weight = 1;          ///< share of the job's progress
    int max_attempts = 4;
    std::chrono::seconds deadline{120};

    /// When the tasks of this step come to be: the first step's at once, others …
    enum class Start {
        first,
        after_each,   ///< … as soon as one task of the step before is done, from its output;
        after_group,  ///< … once all tasks that followed from one task are done, from that one's output and
                      ///< theirs: one task a group, behind a step that starts after each;
        after_all,  ///< … once all tasks of all steps before are done, from the outputs of the step before.
    } start = Start::first;

    /// Inputs of the tasks that follow from `outputs` (one output for after_each).
    std::vector<json::Value> (*inputs)(const json::Value& job_input,
                                       std::span<const json::Value> outputs) = nullptr;
    /// How many tasks `inputs` makes of one call; an upper bound is fine where it is not yet known.
    int (*width)(const json::Value& job_input) = nullptr;
    /// What those who watch are told of a task that is done, beside the progress: a part of the result that
    /// they can have already. Null: nothing.
    json::Value (*shown)(const json::Value& output) = nullptr;
};

struct Pipeline {
    std::string_view kind;
    std::string_view schema;  ///< of the input, in schemas/
    std::span<const Step> steps;
    /// Checks what a schema cannot (existence, ownership, state) and resolves it. Errors name the field.
    Result<Plan> (*plan)(soci::session& session, const Requester& requester, const json::Value& input);
    /// The job's result from the last step's outputs.
    json::Value (*result)(const json::Value& job_input, std::span<const json::Value> outputs);
    /// Where alone it is started (`POST /ai/…`), because that costs more than a row; empty: `POST /jobs` too.
    std::string_view endpoint = {};
};

/// Every kind. `find_pipeline` gives nullptr for an unknown one.
std::span<const Pipeline* const> pipelines();
const Pipeline* find_pipeline(std::string_view kind);
/// nullptr when the pipeline has no such step.
const Step* find_step(const Pipeline& pipeline, std::string_view name);

}  // namespace atelier::queues
