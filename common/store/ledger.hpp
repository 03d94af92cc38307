#pragma once
// Credits: a reserve per (job, round), then exactly one settle or refund, by unique index.

#include <cstdint>
#include <span>
#include <vector>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/json/value.hpp"

namespace soci {
class session;
}

namespace atelier::store {

struct CreditRound {
    OrganizationId organization_id;
    UserId user_id;
    JobId job_id;
    int round = 1;
    std::int64_t amount = 0;  ///< ≥ 0
};

/// Takes the amount from the balance. The job must exist. Errors: insufficient_credits.
Result<void> reserve_credits(soci::session& session, const CreditRound& round);

/// Amounts taken from balances, not yet written down. They must be, in the same transaction.
struct Taken {
    std::vector<Result<void>> outcomes;  ///< one a round; error: insufficient_credits, nothing was taken
    json::Value entries = json::Array{};
};
/// The two halves of a reserve, for many rounds in order: their jobs need to exist only before the second.
Taken take_credits(soci::session& session, std::span<const CreditRound> rounds);
void write_down(soci::session& session, const Taken& taken);

struct EndedRound {
    JobId job_id;
    int round = 1;
};
/// The reserved amounts are spent, of those rounds that have begun and not ended.
void settle_credits(soci::session& session, std::span<const EndedRound> rounds);
/// The reserved amount goes back. False when the round has ended already or never began.
bool refund_credits(soci::session& session, const JobId& job, int round);

}  // namespace atelier::store
