#pragma once
// Tenants.

#include <cstdint>
#include <optional>
#include <string>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/store/page.hpp"
#include "common/store/users.hpp"

namespace soci {
class session;
}

namespace atelier::store {

struct Organization {
    OrganizationId id;
    std::string name;
    std::string plan = "standard";   ///< `standard` or `premium`
    std::int64_t balance = 0;        ///< credits
    std::int64_t rule_revision = 1;  ///< one more with every change of a rule
    std::int64_t created_at = 0;     ///< epoch milliseconds
};

struct NewOrganization {
    std::string name, email, password_hash;
    std::optional<std::string> username;
    std::int64_t sign_up_credits = 0;
};
struct Founded {
    Organization organization;
    User admin;
};
/// The organization, its first admin, the sign-up grant in the ledger and the catalog's seeds. Error:
/// conflict on `/email`.
Result<Founded> create_organization(soci::session& session, const NewOrganization& wanted);

Result<Organization> find_organization(soci::session& session, const OrganizationId& id);

/// For the operator: every tenant.
Result<Page<Organization>> list_organizations(soci::session& session, const PageRequest& page);

/// For the operator. Errors: not_found, validation_failed on `/plan`.
Result<void> set_plan(soci::session& session, const OrganizationId& id, const std::string& plan);

}  // namespace atelier::store
