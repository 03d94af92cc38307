#pragma once
// What an organization has, what it has spent, and grants. Reserving and settling is in ledger.hpp.

#include <cstdint>
#include <optional>
#include <string>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/store/page.hpp"

namespace soci {
class session;
}

namespace atelier::store {

struct Credits {
    std::int64_t balance = 0;   ///< free to spend
    std::int64_t reserved = 0;  ///< held by jobs that have not ended
};
/// Error: not_found.
Result<Credits> read_credits(soci::session& session, const OrganizationId& organization);

struct CreditTransaction {
    TransactionId id;
    std::optional<UserId> user_id;
    std::optional<JobId> job_id;
    std::optional<int> round;
    std::string type;         ///< `grant`, `reserve`, `settle`, `refund`
    std::int64_t amount = 0;  ///< change of the balance
    std::int64_t balance_after = 0;
    std::optional<std::string> note;
    std::int64_t created_at = 0;  ///< epoch milliseconds
};
Result<Page<CreditTransaction>> list_credit_transactions(soci::session& session,
                                                         const OrganizationId& organization,
                                                         const PageRequest& page);

struct Grant {
    OrganizationId organization_id;
    std::optional<UserId> user_id;  ///< who gives it
    std::int64_t amount = 0;        ///< > 0
    std::optional<std::string> note;
};
/// Errors: not_found (the organization); validation_failed on `/amount`.
Result<CreditTransaction> grant_credits(soci::session& session, const Grant& grant);

}  // namespace atelier::store
