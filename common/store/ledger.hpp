#pragma once
// Credits: a reserve per (job, round), then exactly one settle or refund, by unique index.

#include <cstdint>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"

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

/// Takes the amount from the balance. Errors: insufficient_credits.
Result<void> reserve_credits(soci::session& session, const CreditRound& round);
/// The reserved amount is spent. False when the round has ended already or never began.
bool settle_credits(soci::session& session, const JobId& job, int round);
/// The reserved amount goes back. False when the round has ended already or never began.
bool refund_credits(soci::session& session, const JobId& job, int round);

}  // namespace atelier::store
