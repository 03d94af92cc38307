#include "queues/pipelines/advance.hpp"

#include <algorithm>

namespace atelier::queues {
namespace {

store::NewTask make_task(const Step& step, int ordinal, std::string_view lane, json::Value input) {
    return {std::string(step.name), ordinal,          std::string(to_string(step.stage)),
            std::string(lane),      std::move(input), step.max_attempts};
}

store::StepTally tally_of(const std::vector<store::StepTally>& tallies, std::string_view step) {
    for (const store::StepTally& t : tallies)
        if (t.step == step) return t;
    return {std::string(step), 0, 0, 0};
}

int width_of(const Step& step, const json::Value& job_input) {
    return step.width ? step.width(job_input) : 1;
}

/// How many tasks each step will have had when the job is done.
std::vector<int> expected_tasks(const Pipeline& pipeline, const json::Value& job_input,
                                const std::vector<store::StepTally>& tallies) {
    std::vector<int> expected;
    for (const Step& step : pipeline.steps) {
        const int total = tally_of(tallies, step.name).total;
        switch (step.start) {
            case Step::Start::first:
                expected.push_back(total);
                break;
            case Step::Start::after_each:
                expected.push_back(std::max(total, expected.back() * width_of(step, job_input)));
                break;
            case Step::Start::after_group:
                expected.push_back(std::max(total, *(expected.end() - 2)));
                break;
            case Step::Start::after_all:
                expected.push_back(total ? total : width_of(step, job_input));
                break;
        }
    }
    return expected;
}

}  // namespace

std::vector<store::NewTask> tasks_after_each(const Pipeline& pipeline, const json::Value& job_input,
                                             std::string_view step, int ordinal, const json::Value& output,
                                             std::string_view lane) {
    std::vector<store::NewTask> tasks;
    for (std::size_t i = 1; i < pipeline.steps.size(); ++i) {
        const Step& next = pipeline.steps[i];
        if (next.start != Step::Start::after_each || pipeline.steps[i - 1].name != step) continue;
        int child = 0;
        const int width = width_of(next, job_input);
        for (json::Value& input : next.inputs(job_input, {&output, 1}))
            tasks.push_back(make_task(next, ordinal * width + child++, lane, std::move(input)));
    }
    return tasks;
}

std::optional<TaskGroup> group_of(const Pipeline& pipeline, const json::Value& job_input,
                                  std::string_view step, int ordinal) {
    for (std::size_t i = 2; i < pipeline.steps.size(); ++i) {
        const Step& next = pipeline.steps[i];
        const Step& members = pipeline.steps[i - 1];
        if (next.start != Step::Start::after_group || members.name != step) continue;
        const int width = width_of(members, job_input), group = ordinal / width;
        return TaskGroup{&pipeline.steps[i - 2], &members, &next, group, group * width, (group + 1) * width};
    }
    return std::nullopt;
}

store::NewTask task_after_group(const TaskGroup& group, const json::Value& job_input,
                                const json::Value& parent_output, std::span<const json::Value> outputs,
                                std::string_view lane) {
    std::vector<json::Value> family{parent_output};
    family.insert(family.end(), outputs.begin(), outputs.end());
    return make_task(*group.next, group.group, lane, std::move(group.next->inputs(job_input, family).at(0)));
}

std::vector<store::NewTask> tasks_after_all(
    const Pipeline& pipeline, const json::Value& job_input, const std::vector<store::StepTally>& tallies,
    std::string_view lane, const std::function<std::vector<json::Value>(const std::string&)>& outputs) {
    for (std::size_t i = 0; i < pipeline.steps.size(); ++i) {
        const Step& step = pipeline.steps[i];
        const store::StepTally tally = tally_of(tallies, step.name);
        if (tally.done < tally.total) return {};
        if (tally.total > 0 || step.start != Step::Start::after_all) continue;
        const std::vector<json::Value> before = outputs(std::string(pipeline.steps[i - 1].name));
        std::vector<store::NewTask> tasks;
        int ordinal = 0;
        for (json::Value& input : step.inputs(job_input, before))
            tasks.push_back(make_task(step, ordinal++, lane, std::move(input)));
        if (!tasks.empty()) return tasks;
    }
    return {};
}

Progress progress_of(const Pipeline& pipeline, const json::Value& job_input,
                     const std::vector<store::StepTally>& tallies) {
    const std::vector<int> expected = expected_tasks(pipeline, job_input, tallies);
    Progress progress;
    double reached = 0, whole = 0;
    bool all_done = true;
    for (std::size_t i = 0; i < pipeline.steps.size(); ++i) {
        const Step& step = pipeline.steps[i];
        const store::StepTally tally = tally_of(tallies, step.name);
        whole += step.weight;
        reached += step.weight * std::min(1.0, tally.progress / std::max(1, expected[i]));
        progress.tasks_done += tally.done;
        progress.tasks_expected += expected[i];
        all_done = all_done && tally.done == tally.total;
        if (progress.phase.empty() && tally.done < expected[i]) progress.phase = step.phase;
    }
    progress.complete = all_done;
    progress.percent = all_done ? 100 : std::min(99, static_cast<int>(100 * reached / std::max(1.0, whole)));
    if (progress.phase.empty()) progress.phase = pipeline.steps.back().phase;
    return progress;
}

}  // namespace atelier::queues
