#pragma once
// Projects: a name and assets in order. Another organization's or a deleted project is not found.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/store/assets.hpp"
#include "common/store/page.hpp"

namespace soci {
class session;
}

namespace atelier::store {

struct Project {
    ProjectId id;
    OrganizationId organization_id;
    UserId user_id;
    std::string name;
    std::int64_t created_at = 0, updated_at = 0;  ///< epoch milliseconds
};

/// Sets the times. Error: validation_failed with `/asset_ids/<index>` for each asset that is not ready or
/// given twice.
Result<void> create_project(soci::session& session, Project& project, const std::vector<AssetId>& assets);
Result<Project> find_project(soci::session& session, const OrganizationId& organization, const ProjectId& id);
/// In their order; deleted ones are left out.
std::vector<Asset> project_assets(soci::session& session, const OrganizationId& organization,
                                  const ProjectId& id);
Result<Page<Project>> list_projects(soci::session& session, const OrganizationId& organization,
                                    const PageRequest& page);
Result<Project> rename_project(soci::session& session, const OrganizationId& organization,
                               const ProjectId& id, const std::string& name);
/// Errors: not_found; conflict while one of its jobs is queued or running.
Result<void> delete_project(soci::session& session, const OrganizationId& organization, const ProjectId& id);

}  // namespace atelier::store
