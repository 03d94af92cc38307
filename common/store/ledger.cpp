#include "common/store/ledger.hpp"

#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

struct OpenRound {
    std::string organization, user;
    std::int64_t amount = 0;
};

/// The reserve of a round that has not ended.
std::optional<OpenRound> open_round(soci::session& session, const JobId& job, int round) {
    OpenRound open;
    soci::statement st =
        (session.prepare
             << "SELECT organization_id, COALESCE(user_id, ''), -amount FROM credit_transactions r "
                "WHERE r.job_id = :job AND r.round = :round AND r.type = 'reserve' AND NOT EXISTS "
                "(SELECT 1 FROM credit_transactions e WHERE e.job_id = r.job_id AND e.round = r.round "
                "AND e.type IN ('settle', 'refund'))",
         soci::use(job.value), soci::use(round), soci::into(open.organization), soci::into(open.user),
         soci::into(open.amount));
    if (!st.execute(true)) return std::nullopt;
    return open;
}

void record(soci::session& session, const OpenRound& who, const JobId& job, int round,
            const std::string& type, std::int64_t amount) {
    const std::string id = ids::new_uuid();
    session << "INSERT INTO credit_transactions (id, organization_id, user_id, job_id, round, type, amount, "
               "balance_after, "
               "created_at) SELECT :id, id, NULLIF(:user, ''), :job, CAST(:round AS INTEGER), :type, "
               "CAST(:amount AS BIGINT), balance, atelier_now() "
               "FROM organizations WHERE id = :org",
        soci::use(id), soci::use(who.user), soci::use(job.value), soci::use(round), soci::use(type),
        soci::use(amount), soci::use(who.organization);
}

}  // namespace

Result<void> reserve_credits(soci::session& session, const CreditRound& round) {
    const std::int64_t amount = round.amount;
    if (changed(session.prepare << "UPDATE organizations SET balance = balance - :amount "
                                   "WHERE id = :org AND balance >= :amount2",
                soci::use(amount), soci::use(round.organization_id.value), soci::use(amount)) == 0)
        return Error{
            ErrorCode::insufficient_credits,
            "This costs " + std::to_string(amount) + " credits, more than the organization has left.",
            {},
            {}};
    record(session, {round.organization_id.value, round.user_id.value, 0}, round.job_id, round.round,
           "reserve", -amount);
    return {};
}

bool settle_credits(soci::session& session, const JobId& job, int round) {
    const auto open = open_round(session, job, round);
    if (!open) return false;
    record(session, *open, job, round, "settle", 0);
    return true;
}

bool refund_credits(soci::session& session, const JobId& job, int round) {
    const auto open = open_round(session, job, round);
    if (!open) return false;
    session << "UPDATE organizations SET balance = balance + :amount WHERE id = :org",
        soci::use(open->amount), soci::use(open->organization);
    record(session, *open, job, round, "refund", open->amount);
    return true;
}

}  // namespace atelier::store
