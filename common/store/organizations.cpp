#include "common/store/organizations.hpp"

#include "common/store/catalog_seeds.hpp"
#include "common/store/credits.hpp"
#include "common/store/database.hpp"
#include "common/store/prepared.hpp"
#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

const std::string kSelect = "SELECT id, name, plan, balance, rule_revision, created_at FROM organizations ";

constexpr auto kIntoRow = [](auto& prepared, Organization& row) {
    prepared, soci::into(row.id), soci::into(row.name), soci::into(row.plan), soci::into(row.balance),
        soci::into(row.rule_revision), soci::into(row.created_at);
};

void insert_organization(soci::session& session, Organization& organization) {
    organization.created_at = now_ms(session);
    changed(session.prepare
                << "INSERT INTO organizations (id, name, plan, created_at) VALUES (:id, :name, :plan, :now)",
            soci::use(organization.id), soci::use(organization.name), soci::use(organization.plan),
            soci::use(organization.created_at));
}

}  // namespace

Result<Founded> create_organization(soci::session& session, const NewOrganization& wanted) {
    Organization organization{.id = ids::new_id<OrganizationId>(), .name = wanted.name};
    insert_organization(session, organization);
    User admin{.id = ids::new_id<UserId>(),
               .organization_id = organization.id,
               .email = wanted.email,
               .username = wanted.username,
               .password_hash = wanted.password_hash,
               .role = Role::admin};
    if (auto inserted = insert_user(session, admin); inserted.has_error()) return inserted.error();
    if (auto seeded = seed_catalog(session, organization.id); seeded.has_error()) return seeded.error();
    if (wanted.sign_up_credits > 0) {
        auto granted = grant_credits(
            session, {organization.id, std::nullopt, wanted.sign_up_credits, "Sign-up credits"});
        if (granted.has_error()) return granted.error();
    }
    auto stored = find_organization(session, organization.id);
    if (stored.has_error()) return stored.error();
    return Founded{*stored, admin};
}

Result<Organization> find_organization(soci::session& session, const OrganizationId& id) {
    static const Prepared kFind(kSelect + "WHERE id = :id");
    auto found = select_all<Organization>(session, kFind, kIntoRow, soci::use(id));
    if (found.empty()) return not_found("organization");
    return std::move(found.front());
}

Result<Page<Organization>> list_organizations(soci::session& session, const PageRequest& page) {
    return select_page<Organization>(session, kSelect + "WHERE 1 = 1", page, kIntoRow);
}

Result<void> set_plan(soci::session& session, const OrganizationId& id, const std::string& plan) {
    if (plan != "standard" && plan != "premium")
        return invalid("/plan", "enum", "A plan is standard or premium.");
    if (changed(session.prepare << "UPDATE organizations SET plan = :plan WHERE id = :id", soci::use(plan),
                soci::use(id)) == 0) {
        return not_found("organization");
    }
    return {};
}

}  // namespace atelier::store
