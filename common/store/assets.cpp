#include "common/store/assets.hpp"

#include <fmt/format.h>

#include <array>
#include <unordered_map>

#include "common/store/database.hpp"
#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

constexpr std::array<std::pair<AssetState, std::string_view>, 3> kStates{{
    {AssetState::awaiting_upload, "awaiting_upload"},
    {AssetState::ready, "ready"},
    {AssetState::deleted, "deleted"},
}};

constexpr std::array<std::pair<AssetOrigin, std::string_view>, 2> kOrigins{{
    {AssetOrigin::upload, "upload"},
    {AssetOrigin::generated, "generated"},
}};

const std::string kSelect =
    "SELECT id, organization_id, user_id, filename, content_type, size_bytes, state, object_key, "
    "preview_key, width,"
    " height, orientation, sha256, moderation, is_nsfw, scores, origin, created_at, updated_at FROM assets ";

void bind(soci::details::prepare_temp_type& prepared, Asset& asset) {
    prepared, soci::into(asset.id), soci::into(asset.organization_id), soci::into(asset.user_id),
        soci::into(asset.filename), soci::into(asset.content_type), soci::into(asset.size_bytes),
        soci::into(asset.state), soci::into(asset.object_key), soci::into(asset.preview_key),
        soci::into(asset.width), soci::into(asset.height), soci::into(asset.orientation),
        soci::into(asset.sha256), soci::into(asset.moderation), soci::into(asset.is_nsfw),
        soci::into(asset.scores), soci::into(asset.origin), soci::into(asset.created_at),
        soci::into(asset.updated_at);
}

// A job names its assets by its project or, without one, in its input.
bool is_in_use(soci::session& session, const OrganizationId& organization, const AssetId& id) {
    int jobs = 0;
    session << "SELECT count(*) FROM jobs WHERE organization_id = :organization AND state IN ('queued', "
               "'running') AND"
               " (project_id IN (SELECT project_id FROM project_assets WHERE asset_id = :asset) OR"
               " input LIKE '%' || CAST(:text AS TEXT) || '%')",
        soci::use(organization), soci::use(id), soci::use(id), soci::into(jobs);
    return jobs > 0;
}

}  // namespace

std::string_view to_string(AssetState state) {
    for (const auto& [value, name] : kStates) {
        if (value == state) return name;
    }
    return "deleted";
}

std::optional<AssetState> parse(std::string_view name, AssetState*) {
    for (const auto& [value, known] : kStates) {
        if (known == name) return value;
    }
    return std::nullopt;
}

std::string_view to_string(AssetOrigin origin) {
    for (const auto& [value, name] : kOrigins)
        if (value == origin) return name;
    return "upload";
}

std::optional<AssetOrigin> parse(std::string_view name, AssetOrigin*) {
    for (const auto& [value, known] : kOrigins)
        if (known == name) return value;
    return std::nullopt;
}

bool is_held_back(const Asset& asset) {
    const bool is_unseen = asset.origin == AssetOrigin::generated && asset.moderation == Moderation::pending;
    return is_unseen || asset.moderation == Moderation::flagged || asset.moderation == Moderation::rejected;
}

void insert_asset(soci::session& session, Asset& asset) {
    asset.created_at = asset.updated_at = now_ms(session);
    changed(
        session.prepare
            << "INSERT INTO assets (id, organization_id, user_id, filename, content_type, size_bytes, state,"
               " object_key, moderation, created_at, updated_at) VALUES (:id, :organization, :user,"
               " :filename, :type, :size, :state, :object, :moderation, :created, :updated)",
        soci::use(asset.id), soci::use(asset.organization_id), soci::use(asset.user_id),
        soci::use(asset.filename), soci::use(asset.content_type), soci::use(asset.size_bytes),
        soci::use(asset.state), soci::use(asset.object_key), soci::use(asset.moderation),
        soci::use(asset.created_at), soci::use(asset.updated_at));
}

bool insert_generated_picture(soci::session& session, Asset& asset) {
    asset.state = AssetState::ready;
    asset.origin = AssetOrigin::generated;
    asset.created_at = asset.updated_at = now_ms(session);
    return changed(session.prepare
                       << "INSERT INTO assets (id, organization_id, user_id, filename, content_type,"
                          " size_bytes, state, object_key, width, height, orientation, sha256, moderation,"
                          " origin, created_at, updated_at) VALUES (:id, :organization, :user, :filename,"
                          " :type, :size, :state, :object, :width, :height, 1, :sha, :moderation, :origin,"
                          " :created, :updated) ON CONFLICT (id) DO NOTHING",
                   soci::use(asset.id), soci::use(asset.organization_id), soci::use(asset.user_id),
                   soci::use(asset.filename), soci::use(asset.content_type), soci::use(asset.size_bytes),
                   soci::use(asset.state), soci::use(asset.object_key), soci::use(asset.width),
                   soci::use(asset.height), soci::use(asset.sha256), soci::use(asset.moderation),
                   soci::use(asset.origin), soci::use(asset.created_at), soci::use(asset.updated_at)) > 0;
}

Result<Asset> complete_asset(soci::session& session, const OrganizationId& organization, const AssetId& id,
                             const UploadedPicture& picture) {
    changed(
        session.prepare
            << "UPDATE assets SET state = 'ready', content_type = :type, size_bytes = :size, width = :width,"
               " height = :height, orientation = :orientation, sha256 = :sha, updated_at = atelier_now()"
               " WHERE organization_id = :organization AND id = :id AND state = 'awaiting_upload'",
        soci::use(picture.content_type), soci::use(picture.size_bytes), soci::use(picture.width),
        soci::use(picture.height), soci::use(picture.orientation), soci::use(picture.sha256),
        soci::use(organization), soci::use(id));
    return find_asset(session, organization, id);
}

Result<Asset> find_asset(soci::session& session, const OrganizationId& organization, const AssetId& id) {
    auto found = select_one<Asset>(
        session.prepare << kSelect +
                               "WHERE organization_id = :organization AND id = :id AND state <> 'deleted'",
        bind, soci::use(organization), soci::use(id));
    if (!found) return not_found("asset");
    return std::move(*found);
}

Result<std::vector<Asset>> find_ready_assets(soci::session& session, const OrganizationId& organization,
                                             const std::vector<AssetId>& ids, std::string_view field) {
    std::vector<Asset> assets;
    std::vector<FieldError> wrong;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        auto asset = find_asset(session, organization, ids[i]);
        const std::string pointer = fmt::format("/{}/{}", field, i);
        if (asset.has_error()) {
            wrong.push_back({pointer, "exists", "There is no such asset."});
        } else if (asset->state != AssetState::ready) {
            wrong.push_back({pointer, "ready", "This asset has not been uploaded completely."});
        } else {
            assets.push_back(std::move(*asset));
        }
    }
    if (!wrong.empty()) return invalid(std::move(wrong));
    return assets;
}

std::vector<Asset> find_assets(soci::session& session, const OrganizationId& organization,
                               const std::vector<std::string>& ids) {
    if (ids.empty()) return {};
    auto query = session.prepare << kSelect << "WHERE organization_id = :organization AND state <> 'deleted'"
                                 << " AND id IN (" << placeholders(ids.size()) << ")";
    query.operator,(soci::use(organization));
    for (const std::string& id : ids)
        query.operator,(soci::use(id));
    return select_all<Asset>(query, bind);
}

Result<Page<Asset>> list_assets(soci::session& session, const OrganizationId& organization,
                                const AssetFilter& filter, const PageRequest& page) {
    std::string query = kSelect + "WHERE organization_id = :organization";
    if (filter.state) {
        query += fmt::format(" AND state = '{}'", to_string(*filter.state));
    } else {
        query += " AND state <> 'deleted'";
    }
    if (filter.moderation) query += fmt::format(" AND moderation = '{}'", to_string(*filter.moderation));
    return select_page<Asset>(session, query, page, bind, soci::use(organization));
}

Result<Asset> delete_asset(soci::session& session, const OrganizationId& organization, const AssetId& id) {
    auto asset = find_asset(session, organization, id);
    if (asset.has_error()) return asset;
    if (is_in_use(session, organization, id)) return conflict("A job that uses this asset has not ended.");
    changed(session.prepare << "UPDATE assets SET state = 'deleted', updated_at = atelier_now() WHERE"
                               " organization_id = :organization AND id = :id",
            soci::use(organization), soci::use(id));
    return asset;
}

Result<void> set_asset_verdict(soci::session& session, const OrganizationId& organization, const AssetId& id,
                               const Verdict& verdict) {
    const Moderation moderation = verdict.is_nsfw ? Moderation::flagged : Moderation::approved;
    changed(session.prepare
                << "UPDATE assets SET moderation = :moderation, is_nsfw = :nsfw, scores = :scores,"
                   " preview_key = :preview, updated_at = atelier_now() WHERE organization_id = :organization"
                   " AND id = :id AND moderation NOT IN ('released', 'rejected')",
            soci::use(moderation), soci::use(verdict.is_nsfw), soci::use(verdict.scores),
            soci::use(verdict.preview_key), soci::use(organization), soci::use(id));
    const auto asset = find_asset(session, organization, id);
    if (asset.has_error()) return asset.error();
    return {};
}

Result<Asset> decide_asset(soci::session& session, const OrganizationId& organization, const AssetId& id,
                           Moderation decision) {
    const bool done =
        changed(
            session.prepare << "UPDATE assets SET moderation = :decision, updated_at = atelier_now() WHERE"
                               " organization_id = :organization AND id = :id AND moderation = 'flagged'",
            soci::use(decision), soci::use(organization), soci::use(id)) == 1;
    auto asset = find_asset(session, organization, id);
    if (asset.has_value() && !done) return conflict("Only a flagged picture can be released or rejected.");
    return asset;
}

}  // namespace atelier::store
