#pragma once
// Brand kits. The kit is checked by its JSON schema before it comes here.

#include <cstdint>
#include <string>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/json/value.hpp"
#include "common/store/page.hpp"

namespace soci {
class session;
}

namespace atelier::store {

struct Brand {
    BrandId id;
    OrganizationId organization_id;
    UserId user_id;
    std::string name;
    json::Value kit;  ///< `{"colors": {…}, "fonts": {…}, "logos": [{asset_id, name}], "voice"}`
    std::int64_t created_at = 0, updated_at = 0;  ///< epoch milliseconds
};

/// Sets the times. Error: validation_failed with `/logos/<index>/asset_id` for each logo that is no uploaded
/// asset of the organization; the same for update_brand.
Result<void> insert_brand(soci::session& session, Brand& brand);
Result<Brand> find_brand(soci::session& session, const OrganizationId& organization, const BrandId& id);
Result<Page<Brand>> list_brands(soci::session& session, const OrganizationId& organization,
                                const PageRequest& page);
/// Writes name and kit. Logos that the kit had before may have been deleted meanwhile. Errors: not_found,
/// validation_failed.
Result<Brand> update_brand(soci::session& session, const Brand& brand);
/// Designs that name it keep its colours and fonts, but no longer its name. Error: not_found.
Result<void> delete_brand(soci::session& session, const OrganizationId& organization, const BrandId& id);

/// The brand, which nobody can delete before this transaction ends. Error: not_found.
Result<Brand> lock_brand(soci::session& session, const OrganizationId& organization, const BrandId& id);

}  // namespace atelier::store
