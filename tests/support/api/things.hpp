#pragma once
// An organization's possessions, stored the way workers and handlers store them.

#include <string>

#include "common/store/assets.hpp"
#include "common/store/generated_assets.hpp"
#include "common/store/jobs.hpp"
#include "tests/support/api/server.hpp"

namespace atelier::tests {

/// A photo that is ready.
store::Asset add_asset(ApiServer& server, const Account& owner);
/// A photo that the classifier flagged, with a blurred preview and its original in the object store.
store::Asset add_flagged_asset(ApiServer& server, const Account& owner);
ProjectId add_project(ApiServer& server, const Account& owner, const AssetId& asset);
/// A job of the kind asset_analysis for the project's photo: accepted, its task ready.
store::Job add_job(ApiServer& server, const Account& owner, const ProjectId& project, const AssetId& asset);
/// A design with one headline, made over HTTP; the answer's body.
json::Value add_design(ApiServer& server, const Account& owner, const std::string& title = "Summer sale");
/// A brand kit, made over HTTP; the answer's body.
json::Value add_brand(ApiServer& server, const Account& owner, const std::string& name = "Tavola");
/// A picture that adaptation made.
GeneratedAssetId add_generated(ApiServer& server, const Account& owner, const ProjectId& project,
                               const JobId& job, const AssetId& source, store::Moderation moderation);

/// A worker takes the next analysis task and fails for good: the task is dead and its message buried. Returns
/// the task.
TaskId let_task_die(ApiServer& server);

}  // namespace atelier::tests
