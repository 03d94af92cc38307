#include "common/store/credits.hpp"

#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

const std::string kSelect =
    "SELECT id, user_id, job_id, round, type, amount, balance_after, note, created_at FROM "
    "credit_transactions ";

void bind(soci::details::prepare_temp_type& prepared, CreditTransaction& row) {
    prepared, soci::into(row.id), soci::into(row.user_id), soci::into(row.job_id), soci::into(row.round),
        soci::into(row.type), soci::into(row.amount), soci::into(row.balance_after), soci::into(row.note),
        soci::into(row.created_at);
}

void bind_number(soci::details::prepare_temp_type& prepared, std::int64_t& number) {
    prepared, soci::into(number);
}

}  // namespace

Result<Credits> read_credits(soci::session& session, const OrganizationId& organization) {
    const auto balance =
        select_one<std::int64_t>(session.prepare << "SELECT balance FROM organizations WHERE id = :id",
                                 bind_number, soci::use(organization));
    if (!balance) return not_found("organization");
    const auto reserved = select_one<std::int64_t>(
        session.prepare
            << "SELECT CAST(coalesce(-sum(amount), 0) AS BIGINT) FROM credit_transactions r WHERE"
               " r.organization_id = :organization AND r.type = 'reserve' AND NOT EXISTS (SELECT 1 FROM"
               " credit_transactions e WHERE e.job_id = r.job_id AND e.round = r.round AND"
               " e.type IN ('settle', 'refund'))",
        bind_number, soci::use(organization));
    return Credits{*balance, reserved.value_or(0)};
}

Result<Page<CreditTransaction>> list_credit_transactions(soci::session& session,
                                                         const OrganizationId& organization,
                                                         const PageRequest& page) {
    return select_page<CreditTransaction>(session, kSelect + "WHERE organization_id = :organization", page,
                                          bind, soci::use(organization));
}

Result<CreditTransaction> grant_credits(soci::session& session, const Grant& grant) {
    if (grant.amount <= 0) return invalid("/amount", "minimum", "A grant is at least one credit.");
    if (changed(session.prepare << "UPDATE organizations SET balance = balance + :amount WHERE id = :id",
                soci::use(grant.amount), soci::use(grant.organization_id)) == 0) {
        return not_found("organization");
    }
    const auto id = ids::new_id<TransactionId>();
    changed(
        session.prepare
            << "INSERT INTO credit_transactions (id, organization_id, user_id, type, amount, balance_after,"
               " note, created_at) SELECT CAST(:id AS TEXT), id, CAST(:user AS TEXT), 'grant',"
               " CAST(:amount AS BIGINT), balance, CAST(:note AS TEXT), atelier_now() FROM organizations"
               " WHERE id = :organization",
        soci::use(id), soci::use(grant.user_id), soci::use(grant.amount), soci::use(grant.note),
        soci::use(grant.organization_id));
    return *select_one<CreditTransaction>(
        session.prepare << kSelect + "WHERE organization_id = :organization AND id = :id", bind,
        soci::use(grant.organization_id), soci::use(id));
}

}  // namespace atelier::store
