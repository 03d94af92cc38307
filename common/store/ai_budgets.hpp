#pragma once
// What an organization may spend on AI in a month (UTC), in millionths of a US dollar.
//
// Before a call its highest possible cost is reserved, in one transaction with the check, so that calls in
// parallel cannot overrun the budget together; afterwards what it really cost takes the reservation's place.
// A reservation whose worker died lapses.

#include <cstdint>
#include <optional>
#include <string>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/store/provider_calls.hpp"

namespace soci {
class session;
}

namespace atelier::store {

struct AiBudget {
    std::optional<std::int64_t> monthly_micro_usd = {};  ///< nothing: no limit
    std::string month;                                   ///< `2026-11`, UTC, by the database's clock
    std::int64_t spent_micro_usd = 0;  ///< in that month, calls of unknown cost at what was reserved for them
    std::int64_t reserved_micro_usd = 0;  ///< by calls under way
};
AiBudget read_ai_budget(soci::session& session, const OrganizationId& organization);
bool has_ai_budget(soci::session& session, const OrganizationId& organization);
/// Error: not_found (the organization).
Result<void> set_ai_budget(soci::session& session, const OrganizationId& organization,
                           std::optional<std::int64_t> monthly_micro_usd);

/// Holds `micro_usd` for a call. False when the budget has less left; true without a reservation where there
/// is no limit.
bool reserve_ai_spending(soci::session& session, const OrganizationId& organization,
                         const ProviderCallId& call, std::int64_t micro_usd, std::int64_t lifetime_ms);
/// Ends the call's reservation, if there is one, and counts what it cost. Returns what was reserved.
std::int64_t settle_ai_spending(soci::session& session, const OrganizationId& organization,
                                const ProviderCallId& call, std::optional<std::int64_t> micro_usd);
/// Forgets reservations that have lapsed. Returns how many.
long long sweep_ai_reservations(soci::session& session);

}  // namespace atelier::store
