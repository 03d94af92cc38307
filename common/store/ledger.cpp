#include "common/store/ledger.hpp"

#include <map>

#include "common/store/prepared.hpp"
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

struct Balance {
    std::int64_t left = 0, before = 0;
};

/// Of the organizations that pay, locked in the order of their ids.
std::map<std::string, Balance> lock_balances(soci::session& session, std::span<const CreditRound> rounds) {
    static const Prepared kLock(
        "SELECT id, balance FROM organizations WHERE id {in organization} "
        "ORDER BY id {for update}",
        "organization text");
    struct Row {
        std::string id;
        std::int64_t balance = 0;
    };
    json::Value rows = json::Array{};
    for (const CreditRound& round : rounds)
        rows.push(json::Object{{"organization", round.organization_id.value}});
    std::map<std::string, Balance> balances;
    for (const Row& row : select_all<Row>(
             session, kLock, [](auto&prepared, Row&r) { prepared, soci::into(r.id), soci::into(r.balance); },
             soci::use(rows)))
        balances[row.id] = {row.balance, row.balance};
    return balances;
}

void store_balances(soci::session& session, const std::map<std::string, Balance>& balances) {
    static const Prepared kStore(
        "UPDATE organizations SET balance = r.left_over FROM r WHERE id = r.organization AND id {in "
        "organization}",
        "organization text, left_over bigint");
    json::Value rows = json::Array{};
    for (const auto& [id, balance] : balances)
        if (balance.left != balance.before)
            rows.push(json::Object{{"organization", id}, {"left_over", balance.left}});
    if (rows.size() > 0) later(session, kStore, rows);
}

Error too_expensive(std::int64_t amount) {
    return {ErrorCode::insufficient_credits,
            "This costs " + std::to_string(amount) + " credits, more than the organization has left.",
            {},
            {}};
}

}  // namespace

Result<void> reserve_credits(soci::session& session, const CreditRound& round) {
    Taken taken = take_credits(session, {&round, 1});
    write_down(session, taken);
    return std::move(taken.outcomes.front());
}

Taken take_credits(soci::session& session, std::span<const CreditRound> rounds) {
    auto balances = lock_balances(session, rounds);
    Taken taken;
    for (const CreditRound& round : rounds) {
        auto& balance = balances[round.organization_id.value];
        if (balance.left < round.amount) {
            taken.outcomes.emplace_back(too_expensive(round.amount));
            continue;
        }
        balance.left -= round.amount;
        taken.entries.push(json::Object{{"entry", ids::new_uuid()},
                                        {"organization", round.organization_id.value},
                                        {"payer", round.user_id.value},
                                        {"job", round.job_id.value},
                                        {"credit_round", round.round},
                                        {"taken", -round.amount},
                                        {"left_over", balance.left}});
        taken.outcomes.emplace_back();
    }
    store_balances(session, balances);
    return taken;
}

void write_down(soci::session& session, const Taken& taken) {
    static const Prepared kInsert(
        "INSERT INTO credit_transactions (id, organization_id, user_id, job_id, round, type, amount, "
        "balance_after, "
        "created_at) SELECT r.entry, r.organization, NULLIF(r.payer, ''), r.job, r.credit_round, 'reserve', "
        "r.taken, "
        "r.left_over, atelier_now() FROM r",
        "entry text, organization text, payer text, job text, credit_round bigint, taken bigint, left_over "
        "bigint");
    if (taken.entries.size() > 0) later(session, kInsert, taken.entries);
}

void settle_credits(soci::session& session, std::span<const EndedRound> rounds) {
    static const Prepared kSettle(
        "INSERT INTO credit_transactions (id, organization_id, user_id, job_id, round, type, amount, "
        "balance_after, "
        "created_at) SELECT r.entry, b.organization_id, b.user_id, b.job_id, b.round, 'settle', 0, "
        "o.balance, "
        "atelier_now() FROM r JOIN credit_transactions b ON b.job_id = r.job AND b.job_id {in job} AND "
        "b.round = "
        "r.credit_round AND "
        "b.type = 'reserve' JOIN organizations o ON o.id = b.organization_id WHERE NOT EXISTS (SELECT 1 FROM "
        "credit_transactions e WHERE e.job_id = b.job_id AND e.round = b.round AND e.type IN ('settle', "
        "'refund'))",
        "entry text, job text, credit_round bigint");
    if (rounds.empty()) return;
    json::Value rows = json::Array{};
    for (const EndedRound& ended : rounds)
        rows.push(json::Object{
            {"entry", ids::new_uuid()}, {"job", ended.job_id.value}, {"credit_round", ended.round}});
    later(session, kSettle, rows);
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
