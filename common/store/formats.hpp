#pragma once
// Output formats of an organization. Generated pictures keep a copy of theirs, so a format may change or go
// at any time.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/store/page.hpp"

namespace soci {
class session;
}

namespace atelier::store {

struct Format {
    FormatId id;
    OrganizationId organization_id;
    std::optional<PlatformId> platform_id;
    std::string slug, name;
    std::string type = "resizing";  ///< `resizing` or `repurposing`
    int width = 0, height = 0;      ///< pixels
    std::string content_type = "image/jpeg";
    int quality = 85;  ///< 1…100
    std::optional<std::int64_t> max_bytes;
    bool is_active = true;
    std::int64_t created_at = 0, updated_at = 0;  ///< epoch milliseconds
};

/// Sets the times. Errors: conflict on `/slug`; validation_failed on `/platform_id`.
Result<void> insert_format(soci::session& session, Format& format);
Result<Format> find_format(soci::session& session, const OrganizationId& organization, const FormatId& id);
Result<Page<Format>> list_formats(soci::session& session, const OrganizationId& organization,
                                  const PageRequest& page);
/// Every active format, by slug.
std::vector<Format> active_formats(soci::session& session, const OrganizationId& organization);
/// Active formats by id or slug, in the order asked for, doubles once. Error: validation_failed with
/// `/format_ids/<index>` for each that does not exist.
Result<std::vector<Format>> find_formats(soci::session& session, const OrganizationId& organization,
                                         const std::vector<std::string>& ids_or_slugs);
/// Writes everything but id, organization and created_at. Errors: not_found, and those of insert_format.
Result<Format> update_format(soci::session& session, const Format& format);
Result<void> delete_format(soci::session& session, const OrganizationId& organization, const FormatId& id);

}  // namespace atelier::store
