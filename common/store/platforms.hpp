#pragma once
// Channels that formats belong to (`instagram`, …). Slugs are unique within an organization.

#include <cstdint>
#include <string>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/store/page.hpp"

namespace soci {
class session;
}

namespace atelier::store {

struct Platform {
    PlatformId id;
    OrganizationId organization_id;
    std::string slug, name;
    std::int64_t created_at = 0, updated_at = 0;  ///< epoch milliseconds
};

/// Sets the times. Error: conflict on `/slug`.
Result<void> insert_platform(soci::session& session, Platform& platform);
Result<Platform> find_platform(soci::session& session, const OrganizationId& organization,
                               const PlatformId& id);
Result<Page<Platform>> list_platforms(soci::session& session, const OrganizationId& organization,
                                      const PageRequest& page);
/// Writes slug and name. Errors: not_found, conflict on `/slug`.
Result<Platform> update_platform(soci::session& session, const Platform& platform);
/// Errors: not_found; conflict while formats belong to it.
Result<void> delete_platform(soci::session& session, const OrganizationId& organization,
                             const PlatformId& id);

}  // namespace atelier::store
