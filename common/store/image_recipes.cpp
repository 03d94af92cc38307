#include "common/store/image_recipes.hpp"

#include <set>

#include "common/crypto/encoding.hpp"
#include "common/crypto/hash.hpp"
#include "common/store/sql.hpp"
#include "common/store/tasks.hpp"

namespace atelier::store {
namespace {

struct Row {
    RecipeOwner owner;
    std::optional<AssetId> asset;
};

std::optional<Row> find_row(soci::session& session, const OrganizationId& organization,
                            const std::string& hash) {
    return select_one<Row>(
        session.prepare << "SELECT task_id, fence, asset_id FROM image_recipes"
                           " WHERE organization_id = :organization AND hash = :hash",
        [](auto& prepared, Row& row) {
            prepared, soci::into(row.owner.task), soci::into(row.owner.fence), soci::into(row.asset);
        },
        soci::use(organization), soci::use(hash));
}

/// What the row shows, where it can still be shown.
std::optional<Asset> picture_of(soci::session& session, const OrganizationId& organization, const Row& row) {
    if (!row.asset) return std::nullopt;
    auto asset = find_asset(session, organization, *row.asset);
    if (!asset || asset->moderation == Moderation::rejected) return std::nullopt;
    return std::move(*asset);
}

bool take_over(soci::session& session, const OrganizationId& organization, const std::string& hash,
               const Row& from, const RecipeOwner& owner) {
    return changed(session.prepare
                       << "UPDATE image_recipes SET task_id = :task, fence = :fence, asset_id = NULL,"
                          " updated_at = atelier_now() WHERE organization_id = :organization AND hash = :hash"
                          " AND task_id = :old_task AND fence = :old_fence",
                   soci::use(owner.task), soci::use(owner.fence), soci::use(organization), soci::use(hash),
                   soci::use(from.owner.task), soci::use(from.owner.fence)) > 0;
}

}  // namespace

std::string recipe_hash(const json::Value& recipe) {
    return crypto::to_hex(crypto::sha256(json::write_canonical(recipe)));
}

RecipeState claim_recipe(soci::session& session, const OrganizationId& organization, const std::string& hash,
                         const json::Value& recipe, const RecipeOwner& owner) {
    const auto inserted = changed(
        session.prepare << "INSERT INTO image_recipes (organization_id, hash, recipe, task_id, fence,"
                           " created_at, updated_at) VALUES (:organization, :hash, :recipe, :task, :fence,"
                           " atelier_now(), atelier_now()) ON CONFLICT DO NOTHING",
        soci::use(organization), soci::use(hash), soci::use(recipe), soci::use(owner.task),
        soci::use(owner.fence));
    if (inserted > 0) return {.is_mine = true};
    const auto row = find_row(session, organization, hash);
    if (!row) return {};
    if (auto picture = picture_of(session, organization, *row)) return {.picture = std::move(picture)};
    const bool is_held = !row->asset && is_claimed(session, row->owner.task, row->owner.fence);
    const bool is_own = row->owner.task == owner.task && row->owner.fence == owner.fence;
    if (is_held && !is_own) return {};
    return {.is_mine = is_own || take_over(session, organization, hash, *row, owner)};
}

void complete_recipe(soci::session& session, const OrganizationId& organization, const std::string& hash,
                     const RecipeOwner& owner, const AssetId& picture) {
    changed(session.prepare << "UPDATE image_recipes SET asset_id = :asset, updated_at = atelier_now()"
                               " WHERE organization_id = :organization AND hash = :hash AND task_id = :task"
                               " AND fence = :fence",
            soci::use(picture), soci::use(organization), soci::use(hash), soci::use(owner.task),
            soci::use(owner.fence));
}

int recipes_to_make(soci::session& session, const OrganizationId& organization,
                    const std::vector<std::string>& hashes) {
    int missing = 0;
    for (const std::string& hash : std::set<std::string>(hashes.begin(), hashes.end())) {
        const auto row = find_row(session, organization, hash);
        missing += !row || !picture_of(session, organization, *row);
    }
    return missing;
}

}  // namespace atelier::store
