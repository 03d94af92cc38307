#pragma once
// What several kinds share: look-ups of their plans and the steps that make pictures. Private to this folder.

#include <vector>

#include "common/store/assets.hpp"
#include "common/store/formats.hpp"
#include "queues/pipelines/pipeline.hpp"

namespace atelier::queues {

/// The project's photos that `input/asset_ids` names, or all; none that moderation rejected. Errors name the
/// index.
Result<std::vector<store::Asset>> photos_of_project(soci::session& session,
                                                    const OrganizationId& organization,
                                                    const ProjectId& project, const json::Value& input);

/// The format as tasks and generated assets carry it.
json::Value snapshot(const store::Format& format);

/// What a worker needs to fetch and decode a photo.
json::Value photo_source(const store::Asset& photo);

/// From the output of `adapt` to the input of `moderate`.
std::vector<json::Value> to_moderate_generated(const json::Value& job, std::span<const json::Value> outputs);
/// The result of a job that makes pictures, from the verdicts.
json::Value pictures_result(const json::Value& job, std::span<const json::Value> outputs);
/// A step's width: one task follows from one.
int one_task(const json::Value& job);

/// The three steps that make pictures: a photo's ranking, one picture a format, the verdict on each.
constexpr Step rank_step() {
    return {.name = "rank", .stage = Stage::analysis, .phase = "classifying", .weight = 1};
}
constexpr Step adapt_step(decltype(Step::inputs) inputs, decltype(Step::width) width) {
    return {.name = "adapt",
            .stage = Stage::adaptation,
            .phase = "adapting",
            .weight = 6,
            .start = Step::Start::after_each,
            .inputs = inputs,
            .width = width};
}
constexpr Step moderate_step() {
    return {.name = "moderate",
            .stage = Stage::moderation,
            .phase = "moderating",
            .weight = 3,
            .start = Step::Start::after_each,
            .inputs = to_moderate_generated,
            .width = one_task};
}

}  // namespace atelier::queues
