#include "common/store/formats.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "common/store/database.hpp"
#include "common/store/platforms.hpp"
#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

const std::string kSelect =
    "SELECT id, organization_id, platform_id, slug, name, type, width, height, content_type, quality, "
    "max_bytes,"
    " is_active, created_at, updated_at FROM formats ";

void bind(soci::details::prepare_temp_type& prepared, Format& format) {
    prepared, soci::into(format.id), soci::into(format.organization_id), soci::into(format.platform_id),
        soci::into(format.slug), soci::into(format.name), soci::into(format.type), soci::into(format.width),
        soci::into(format.height), soci::into(format.content_type), soci::into(format.quality),
        soci::into(format.max_bytes), soci::into(format.is_active), soci::into(format.created_at),
        soci::into(format.updated_at);
}

Error slug_taken() {
    return taken("/slug", "Another format has this slug.");
}

Result<void> check_platform(soci::session& session, const Format& format) {
    if (!format.platform_id) return {};
    if (find_platform(session, format.organization_id, *format.platform_id).has_value()) return {};
    return invalid("/platform_id", "exists", "There is no such platform.");
}

}  // namespace

Result<void> insert_format(soci::session& session, Format& format) {
    if (auto checked = check_platform(session, format); checked.has_error()) return checked;
    format.created_at = format.updated_at = now_ms(session);
    const bool added =
        changed(
            session.prepare
                << "INSERT INTO formats (id, organization_id, platform_id, slug, name, type, width, height,"
                   " content_type, quality, max_bytes, is_active, created_at, updated_at) VALUES (:id,"
                   " :organization, :platform, :slug, :name, :type, :width, :height, :content_type,"
                   " :quality, :max_bytes, :active, :created, :updated)"
                   " ON CONFLICT (organization_id, slug) DO NOTHING",
            soci::use(format.id), soci::use(format.organization_id), soci::use(format.platform_id),
            soci::use(format.slug), soci::use(format.name), soci::use(format.type), soci::use(format.width),
            soci::use(format.height), soci::use(format.content_type), soci::use(format.quality),
            soci::use(format.max_bytes), soci::use(format.is_active), soci::use(format.created_at),
            soci::use(format.updated_at)) == 1;
    if (!added) return slug_taken();
    return {};
}

Result<Format> find_format(soci::session& session, const OrganizationId& organization, const FormatId& id) {
    auto found =
        select_one<Format>(session.prepare << kSelect + "WHERE organization_id = :organization AND id = :id",
                           bind, soci::use(organization), soci::use(id));
    if (!found) return not_found("format");
    return std::move(*found);
}

Result<Page<Format>> list_formats(soci::session& session, const OrganizationId& organization,
                                  const PageRequest& page) {
    return select_page<Format>(session, kSelect + "WHERE organization_id = :organization", page, bind,
                               soci::use(organization));
}

std::vector<Format> active_formats(soci::session& session, const OrganizationId& organization) {
    return select_all<Format>(
        session.prepare << kSelect + "WHERE organization_id = :organization AND is_active = 1 ORDER BY slug",
        bind, soci::use(organization));
}

Result<std::vector<Format>> find_formats(soci::session& session, const OrganizationId& organization,
                                         const std::vector<std::string>& ids_or_slugs) {
    const std::vector<Format> known = active_formats(session, organization);
    std::vector<Format> chosen;
    std::vector<FieldError> wrong;
    for (std::size_t i = 0; i < ids_or_slugs.size(); ++i) {
        const std::string& name = ids_or_slugs[i];
        const auto found = std::ranges::find_if(
            known, [&](const Format& format) { return format.id.value == name || format.slug == name; });
        if (found == known.end()) {
            wrong.push_back({fmt::format("/format_ids/{}", i), "exists", "There is no such active format."});
        } else if (std::ranges::find(chosen, found->id, &Format::id) == chosen.end()) {
            chosen.push_back(*found);
        }
    }
    if (!wrong.empty()) return invalid(std::move(wrong));
    return chosen;
}

// A race for one slug that slips past the NOT EXISTS ends in the unique index, as a conflict without the
// field.
Result<Format> update_format(soci::session& session, const Format& format) {
    if (auto checked = check_platform(session, format); checked.has_error()) return checked.error();
    const bool updated =
        changed(session.prepare
                    << "UPDATE formats SET platform_id = :platform, slug = :slug, name = :name, type = :type,"
                       " width = :width, height = :height, content_type = :content_type, quality = :quality,"
                       " max_bytes = :max_bytes, is_active = :active, updated_at = atelier_now() WHERE"
                       " organization_id = :organization AND id = :id AND NOT EXISTS (SELECT 1 FROM formats"
                       " other WHERE other.organization_id = formats.organization_id AND"
                       " other.slug = CAST(:wanted AS TEXT) AND other.id <> formats.id)",
                soci::use(format.platform_id), soci::use(format.slug), soci::use(format.name),
                soci::use(format.type), soci::use(format.width), soci::use(format.height),
                soci::use(format.content_type), soci::use(format.quality), soci::use(format.max_bytes),
                soci::use(format.is_active), soci::use(format.organization_id), soci::use(format.id),
                soci::use(format.slug)) == 1;
    auto stored = find_format(session, format.organization_id, format.id);
    if (stored.has_value() && !updated) return slug_taken();
    return stored;
}

Result<void> delete_format(soci::session& session, const OrganizationId& organization, const FormatId& id) {
    if (changed(session.prepare << "DELETE FROM formats WHERE organization_id = :organization AND id = :id",
                soci::use(organization), soci::use(id)) == 0) {
        return not_found("format");
    }
    return {};
}

}  // namespace atelier::store
