#include "common/store/platforms.hpp"

#include "common/store/database.hpp"
#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

const std::string kSelect = "SELECT id, organization_id, slug, name, created_at, updated_at FROM platforms ";

void bind(soci::details::prepare_temp_type& prepared, Platform& platform) {
    prepared, soci::into(platform.id), soci::into(platform.organization_id), soci::into(platform.slug),
        soci::into(platform.name), soci::into(platform.created_at), soci::into(platform.updated_at);
}

Error slug_taken() {
    return taken("/slug", "Another platform has this slug.");
}

int formats_of(soci::session& session, const OrganizationId& organization, const PlatformId& id) {
    int count = 0;
    session << "SELECT count(*) FROM formats WHERE organization_id = :organization AND platform_id = :id",
        soci::use(organization), soci::use(id), soci::into(count);
    return count;
}

}  // namespace

Result<void> insert_platform(soci::session& session, Platform& platform) {
    platform.created_at = platform.updated_at = now_ms(session);
    const bool added =
        changed(
            session.prepare
                << "INSERT INTO platforms (id, organization_id, slug, name, created_at, updated_at) VALUES"
                   " (:id, :organization, :slug, :name, :created, :updated)"
                   " ON CONFLICT (organization_id, slug) DO NOTHING",
            soci::use(platform.id), soci::use(platform.organization_id), soci::use(platform.slug),
            soci::use(platform.name), soci::use(platform.created_at), soci::use(platform.updated_at)) == 1;
    if (!added) return slug_taken();
    return {};
}

Result<Platform> find_platform(soci::session& session, const OrganizationId& organization,
                               const PlatformId& id) {
    auto found = select_one<Platform>(
        session.prepare << kSelect + "WHERE organization_id = :organization AND id = :id", bind,
        soci::use(organization), soci::use(id));
    if (!found) return not_found("platform");
    return std::move(*found);
}

Result<Page<Platform>> list_platforms(soci::session& session, const OrganizationId& organization,
                                      const PageRequest& page) {
    return select_page<Platform>(session, kSelect + "WHERE organization_id = :organization", page, bind,
                                 soci::use(organization));
}

// A race for one slug that slips past the NOT EXISTS ends in the unique index, as a conflict without the
// field.
Result<Platform> update_platform(soci::session& session, const Platform& platform) {
    const bool updated =
        changed(session.prepare
                    << "UPDATE platforms SET slug = :slug, name = :name, updated_at = atelier_now() WHERE"
                       " organization_id = :organization AND id = :id AND NOT EXISTS (SELECT 1 FROM"
                       " platforms other WHERE other.organization_id = platforms.organization_id AND"
                       " other.slug = CAST(:wanted AS TEXT) AND other.id <> platforms.id)",
                soci::use(platform.slug), soci::use(platform.name), soci::use(platform.organization_id),
                soci::use(platform.id), soci::use(platform.slug)) == 1;
    auto stored = find_platform(session, platform.organization_id, platform.id);
    if (stored.has_value() && !updated) return slug_taken();
    return stored;
}

Result<void> delete_platform(soci::session& session, const OrganizationId& organization,
                             const PlatformId& id) {
    if (const auto found = find_platform(session, organization, id); found.has_error()) return found.error();
    if (formats_of(session, organization, id) > 0) return conflict("Formats belong to this platform.");
    changed(session.prepare << "DELETE FROM platforms WHERE organization_id = :organization AND id = :id",
            soci::use(organization), soci::use(id));
    return {};
}

}  // namespace atelier::store
