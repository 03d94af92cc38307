#pragma once
// Designs and their revisions. A revision is written once and never changed; the design names the newest.
//
// Another organization's design is not found, nor is a deleted one. Who changes a design says which version
// it has seen: of two changes to one version the first wins and the second learns of it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/json/value.hpp"
#include "common/store/page.hpp"

namespace soci {
class session;
}

namespace atelier::store {

struct Design {
    DesignId id;
    OrganizationId organization_id;
    UserId user_id;  ///< who made it
    std::optional<ProjectId> project_id;
    std::optional<BrandId> brand_id;
    std::string name;
    int width = 0, height = 0;  ///< of the newest revision, as is the next
    bool is_valid = true;
    int version = 1;                              ///< of the newest revision
    std::int64_t created_at = 0, updated_at = 0;  ///< epoch milliseconds
};

/// How a revision came to be.
enum class DesignOrigin { create, patch, replace, brand, restore, duplicate, generate, edit, pictures };
std::string_view to_string(DesignOrigin origin);
std::optional<DesignOrigin> parse(std::string_view name, DesignOrigin*);

struct DesignRevision {
    DesignId design_id;
    OrganizationId organization_id;
    int version = 1;
    UserId user_id;  ///< who wrote it
    DesignOrigin origin = DesignOrigin::create;
    /// restore: `{"version"}`; duplicate: `{"design_id", "version"}`; generate, edit, pictures: `{"job_id",
    /// …}` and what was asked for; otherwise null.
    json::Value source;
    bool is_valid = true;
    json::Value document;         ///< Design JSON that fits its schema; null in lists
    json::Value repair_log;       ///< as design::repair_log() gives it; null in lists
    std::int64_t created_at = 0;  ///< epoch milliseconds
};

/// The design and its first revision, which takes id, organization and version 1 from it. Sets the times.
/// Error: validation_failed on `/project_id` and `/brand_id` for what the organization does not have.
Result<void> insert_design(soci::session& session, Design& design, DesignRevision first);

Result<Design> find_design(soci::session& session, const OrganizationId& organization, const DesignId& id);
/// Error: not_found.
Result<DesignRevision> find_design_revision(soci::session& session, const OrganizationId& organization,
                                            const DesignId& id, int version);
/// The same for a design that may have been deleted meanwhile: for work that was accepted before.
Result<DesignRevision> find_pinned_revision(soci::session& session, const OrganizationId& organization,
                                            const DesignId& id, int version);

struct DesignFilter {
    std::optional<ProjectId> project;
    std::optional<BrandId> brand;
};
Result<Page<Design>> list_designs(soci::session& session, const OrganizationId& organization,
                                  const DesignFilter& filter, const PageRequest& page);
/// Newest first, without documents and logs. Errors: not_found, validation_failed on the page.
Result<Page<DesignRevision>> list_design_revisions(soci::session& session, const OrganizationId& organization,
                                                   const DesignId& id, const PageRequest& page);

/// Writes name, project, brand, size and validity of `design`, if it still has `design.version`; with a
/// revision, which becomes the next version. Errors: not_found; conflict when the version is no longer the
/// current one; validation_failed as for insert_design.
Result<Design> update_design(soci::session& session, const Design& design,
                             const DesignRevision* next = nullptr);

/// Its revisions stay for the exports that were accepted, but nobody else finds them. Error: not_found.
Result<void> delete_design(soci::session& session, const OrganizationId& organization, const DesignId& id);

}  // namespace atelier::store
