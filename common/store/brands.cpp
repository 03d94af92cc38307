#include "common/store/brands.hpp"

#include <fmt/format.h>

#include <set>

#include "common/store/assets.hpp"
#include "common/store/database.hpp"
#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

const std::string kSelect =
    "SELECT id, organization_id, user_id, name, kit, created_at, updated_at FROM brands ";
const std::string kOne = "WHERE organization_id = :organization AND id = :id";

void bind(soci::details::prepare_temp_type& prepared, Brand& brand) {
    prepared, soci::into(brand.id), soci::into(brand.organization_id), soci::into(brand.user_id),
        soci::into(brand.name), soci::into(brand.kit), soci::into(brand.created_at),
        soci::into(brand.updated_at);
}

std::set<std::string> logos_of(const json::Value& kit) {
    std::set<std::string> ids;
    for (const json::Value& logo : kit["logos"].array())
        ids.insert(logo["asset_id"].as_string());
    return ids;
}

Result<void> check_logos(soci::session& session, const OrganizationId& organization, const json::Value& kit,
                         const std::set<std::string>& known) {
    std::vector<FieldError> wrong;
    const json::Array& logos = kit["logos"].array();
    for (std::size_t i = 0; i < logos.size(); ++i) {
        const std::string& id = logos[i]["asset_id"].as_string();
        if (known.contains(id)) continue;
        const auto asset = find_asset(session, organization, AssetId{id});
        const std::string pointer = fmt::format("/logos/{}/asset_id", i);
        if (!asset)
            wrong.push_back({pointer, "exists", "There is no such asset."});
        else if (asset->state != AssetState::ready)
            wrong.push_back({pointer, "ready", "This asset has not been uploaded completely."});
    }
    if (!wrong.empty()) return invalid(std::move(wrong));
    return {};
}

Result<Brand> find(soci::session& session, const OrganizationId& organization, const BrandId& id,
                   std::string_view lock) {
    auto found = select_one<Brand>(session.prepare << kSelect << kOne << lock, bind, soci::use(organization),
                                   soci::use(id));
    if (!found) return not_found("brand");
    return std::move(*found);
}

}  // namespace

Result<void> insert_brand(soci::session& session, Brand& brand) {
    if (auto good = check_logos(session, brand.organization_id, brand.kit, {}); !good) return good;
    brand.created_at = brand.updated_at = now_ms(session);
    changed(session.prepare
                << "INSERT INTO brands (id, organization_id, user_id, name, kit, created_at, updated_at)"
                   " VALUES (:id, :organization, :user, :name, :kit, :created, :updated)",
            soci::use(brand.id), soci::use(brand.organization_id), soci::use(brand.user_id),
            soci::use(brand.name), soci::use(brand.kit), soci::use(brand.created_at),
            soci::use(brand.updated_at));
    return {};
}

Result<Brand> find_brand(soci::session& session, const OrganizationId& organization, const BrandId& id) {
    return find(session, organization, id, "");
}

Result<Brand> lock_brand(soci::session& session, const OrganizationId& organization, const BrandId& id) {
    return find(session, organization, id, for_update(session));
}

Result<Page<Brand>> list_brands(soci::session& session, const OrganizationId& organization,
                                const PageRequest& page) {
    return select_page<Brand>(session, kSelect + "WHERE organization_id = :organization", page, bind,
                              soci::use(organization));
}

Result<Brand> update_brand(soci::session& session, const Brand& brand) {
    const auto before = lock_brand(session, brand.organization_id, brand.id);
    if (!before) return before.error();
    if (auto good = check_logos(session, brand.organization_id, brand.kit, logos_of(before->kit)); !good)
        return good.error();
    changed(
        session.prepare << "UPDATE brands SET name = :name, kit = :kit, updated_at = atelier_now() " << kOne,
        soci::use(brand.name), soci::use(brand.kit), soci::use(brand.organization_id), soci::use(brand.id));
    return find_brand(session, brand.organization_id, brand.id);
}

Result<void> delete_brand(soci::session& session, const OrganizationId& organization, const BrandId& id) {
    if (const auto found = lock_brand(session, organization, id); !found) return found.error();
    changed(session.prepare << "UPDATE designs SET brand_id = NULL WHERE organization_id = :organization AND"
                               " brand_id = :id",
            soci::use(organization), soci::use(id));
    changed(session.prepare << "DELETE FROM brands " << kOne, soci::use(organization), soci::use(id));
    return {};
}

}  // namespace atelier::store
