#pragma once
// What follows when a task is done: pure, so that it can be tested without a database.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/json/value.hpp"
#include "common/store/tasks.hpp"
#include "queues/pipelines/pipeline.hpp"

namespace atelier::queues {

/// Tasks of the steps that start after each task of `step`, made from this one's output. Their ordinals
/// descend from the parent's, so that a repeated finish makes the same ones.
std::vector<store::NewTask> tasks_after_each(const Pipeline& pipeline, const json::Value& job_input,
                                             std::string_view step, int ordinal, const json::Value& output,
                                             std::string_view lane);

/// A group of tasks: all that followed from the task of `parent_step` with the ordinal `group`.
struct TaskGroup {
    const Step* parent = nullptr;
    const Step* members = nullptr;
    const Step* next = nullptr;  ///< starts once the whole group is done
    int group = 0;
    int first = 0, last = 0;  ///< ordinals of the members, without `last`
};
/// The group that a task of `step` completes if it is the last of it; nothing where no step waits for one.
std::optional<TaskGroup> group_of(const Pipeline& pipeline, const json::Value& job_input,
                                  std::string_view step, int ordinal);
/// The task that starts when the group is done: from the output of the task that all followed from, and
/// theirs.
store::NewTask task_after_group(const TaskGroup& group, const json::Value& job_input,
                                const json::Value& parent_output, std::span<const json::Value> outputs,
                                std::string_view lane);

/// Tasks of the step that starts now that all before it is done; empty while something is not, or when they
/// exist already. `outputs` fetches a step's outputs by ordinal.
std::vector<store::NewTask> tasks_after_all(
    const Pipeline& pipeline, const json::Value& job_input, const std::vector<store::StepTally>& tallies,
    std::string_view lane, const std::function<std::vector<json::Value>(const std::string&)>& outputs);

struct Progress {
    std::string_view phase;  ///< of the earliest step that is not done
    int percent = 0;         ///< 0…99 while anything is left, 100 when all is done
    bool complete = false;  ///< all tasks are done; true of the job once the steps that follow have been made
    int tasks_done = 0, tasks_expected = 0;
};
/// Steps count by weight, and within a step by task. Tasks that do not exist yet count as their expected
/// number.
Progress progress_of(const Pipeline& pipeline, const json::Value& job_input,
                     const std::vector<store::StepTally>& tallies);

}  // namespace atelier::queues
