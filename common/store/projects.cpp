#include "common/store/projects.hpp"

#include <fmt/format.h>

#include <set>

#include "common/store/database.hpp"
#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

const std::string kSelect =
    "SELECT id, organization_id, user_id, name, created_at, updated_at FROM projects ";

void bind(soci::details::prepare_temp_type& prepared, Project& project) {
    prepared, soci::into(project.id), soci::into(project.organization_id), soci::into(project.user_id),
        soci::into(project.name), soci::into(project.created_at), soci::into(project.updated_at);
}

std::vector<FieldError> repeated_assets(const std::vector<AssetId>& assets) {
    std::vector<FieldError> wrong;
    std::set<AssetId> seen;
    for (std::size_t i = 0; i < assets.size(); ++i) {
        if (seen.insert(assets[i]).second) continue;
        wrong.push_back({fmt::format("/asset_ids/{}", i), "unique", "This asset is named twice."});
    }
    return wrong;
}

// Locked, so that nobody deletes one while the project is being made of it.
void lock_assets(soci::session& session, const OrganizationId& organization,
                 const std::vector<AssetId>& assets) {
    for (const AssetId& asset : std::set<AssetId>(assets.begin(), assets.end())) {
        std::string id;
        session << "SELECT id FROM assets WHERE organization_id = :organization AND id = :id" +
                       std::string(for_update(session)),
            soci::use(organization), soci::use(asset), soci::into(id);
    }
}

void insert_project(soci::session& session, Project& project) {
    project.created_at = project.updated_at = now_ms(session);
    changed(session.prepare
                << "INSERT INTO projects (id, organization_id, user_id, name, created_at, updated_at) VALUES"
                   " (:id, :organization, :user, :name, :created, :updated)",
            soci::use(project.id), soci::use(project.organization_id), soci::use(project.user_id),
            soci::use(project.name), soci::use(project.created_at), soci::use(project.updated_at));
}

int unfinished_jobs(soci::session& session, const ProjectId& id) {
    int jobs = 0;
    session << "SELECT count(*) FROM jobs WHERE project_id = :id AND state IN ('queued', 'running')",
        soci::use(id), soci::into(jobs);
    return jobs;
}

}  // namespace

Result<void> create_project(soci::session& session, Project& project, const std::vector<AssetId>& assets) {
    if (auto wrong = repeated_assets(assets); !wrong.empty()) return invalid(std::move(wrong));
    lock_assets(session, project.organization_id, assets);
    const auto ready = find_ready_assets(session, project.organization_id, assets);
    if (ready.has_error()) return ready.error();
    insert_project(session, project);
    for (int position = 0; position < static_cast<int>(assets.size()); ++position) {
        changed(session.prepare
                    << "INSERT INTO project_assets (project_id, asset_id, position) VALUES (:project, :asset,"
                       " :position)",
                soci::use(project.id), soci::use(assets[position]), soci::use(position));
    }
    return {};
}

Result<Project> find_project(soci::session& session, const OrganizationId& organization,
                             const ProjectId& id) {
    auto found = select_one<Project>(
        session.prepare << kSelect + "WHERE organization_id = :organization AND id = :id AND is_deleted = 0",
        bind, soci::use(organization), soci::use(id));
    if (!found) return not_found("project");
    return std::move(*found);
}

std::vector<Asset> project_assets(soci::session& session, const OrganizationId& organization,
                                  const ProjectId& id) {
    const auto ids = select_all<AssetId>(
        session.prepare
            << "SELECT asset_id FROM project_assets pa JOIN projects p ON p.id = pa.project_id WHERE"
               " p.organization_id = :organization AND p.id = :id ORDER BY pa.position",
        [](auto& prepared, AssetId& asset) { prepared, soci::into(asset); }, soci::use(organization),
        soci::use(id));
    std::vector<Asset> assets;
    for (const AssetId& asset : ids) {
        if (auto found = find_asset(session, organization, asset)) assets.push_back(std::move(*found));
    }
    return assets;
}

Result<Page<Project>> list_projects(soci::session& session, const OrganizationId& organization,
                                    const PageRequest& page) {
    return select_page<Project>(session, kSelect + "WHERE organization_id = :organization AND is_deleted = 0",
                                page, bind, soci::use(organization));
}

Result<Project> rename_project(soci::session& session, const OrganizationId& organization,
                               const ProjectId& id, const std::string& name) {
    changed(session.prepare << "UPDATE projects SET name = :name, updated_at = atelier_now() WHERE"
                               " organization_id = :organization AND id = :id AND is_deleted = 0",
            soci::use(name), soci::use(organization), soci::use(id));
    return find_project(session, organization, id);
}

Result<void> delete_project(soci::session& session, const OrganizationId& organization, const ProjectId& id) {
    const bool deleted =
        changed(session.prepare << "UPDATE projects SET is_deleted = 1, updated_at = atelier_now() WHERE"
                                   " organization_id = :organization AND id = :id AND is_deleted = 0",
                soci::use(organization), soci::use(id)) == 1;
    if (!deleted) return not_found("project");
    if (unfinished_jobs(session, id) > 0)
        return conflict("A job of this project has not ended: cancel it first.");
    changed(session.prepare << "UPDATE designs SET project_id = NULL WHERE organization_id = :organization"
                               " AND project_id = :id",
            soci::use(organization), soci::use(id));
    return {};
}

}  // namespace atelier::store
