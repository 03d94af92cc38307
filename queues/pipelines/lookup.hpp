#pragma once
// What several kinds' plans look up. Private to this folder.

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

}  // namespace atelier::queues
