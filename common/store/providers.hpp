#pragma once
// Providers of AI as the workers find them, the circuit breakers that all workers share, and the switches
// that turn a provider off for one organization or for the whole fleet.
//
// What a breaker does is in workers/ai/router/breaker.hpp; these are its rows.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/ids/id.hpp"
#include "common/json/value.hpp"

namespace soci {
class session;
}

namespace atelier::store {

struct KnownProvider {
    std::string id, vendor;
    json::Value offers;  ///< `[{capability, model, position, is_priced}]`; position in the order, from 1
    std::int64_t seen_at = 0;  ///< when a worker last had it in its file
};
/// Writes what the worker's file says of it, and closed breakers for offers that are new.
void register_provider(soci::session& session, const KnownProvider& provider);
/// By id, without those that no worker has had for `kProviderMemoryMs`.
std::vector<KnownProvider> list_providers(soci::session& session);
bool is_known_provider(soci::session& session, std::string_view provider);
inline constexpr std::int64_t kProviderMemoryMs = 30LL * 86'400'000;

enum class CircuitState { closed, open, half_open };
std::string_view to_string(CircuitState state);
std::optional<CircuitState> parse(std::string_view word, CircuitState*);

/// A breaker. Times are the database's, epoch milliseconds; 0 is long ago.
struct ProviderHealth {
    std::string provider, capability;
    CircuitState state = CircuitState::closed;
    int failures = 0;   ///< in a row
    int trips = 0;      ///< in a row
    int successes = 0;  ///< of probes, in a row
    std::int64_t cooling_until = 0;
    std::int64_t probe_until = 0;  ///< a probe is under way until then, or until it is reported
    std::optional<std::int64_t> last_success_at = {}, last_failure_at = {};
    std::optional<std::string> last_failure = {};  ///< its kind
    bool operator==(const ProviderHealth&) const = default;
};
/// All, by provider and capability.
std::vector<ProviderHealth> list_provider_health(soci::session& session);
/// A closed one when there is no row.
ProviderHealth read_provider_health(soci::session& session, std::string_view provider,
                                    std::string_view capability);
/// The same; nobody else changes it before this transaction ends.
ProviderHealth lock_provider_health(soci::session& session, std::string_view provider,
                                    std::string_view capability);
void save_provider_health(soci::session& session, const ProviderHealth& health);

/// The rate limit's one number (workers/ai/router/rate_limit.hpp), locked until the transaction ends.
std::int64_t lock_provider_rate(soci::session& session, std::string_view provider);
void save_provider_rate(soci::session& session, std::string_view provider, std::int64_t next_us);

struct ProviderSwitch {
    std::optional<OrganizationId> organization = {};  ///< nobody: the whole fleet
    std::string provider;
    bool is_enabled = true;
    std::optional<UserId> user = {};  ///< who switched it; nobody: an operator
    std::int64_t switched_at = 0;     ///< set by the database
};
void switch_provider(soci::session& session, const ProviderSwitch& change);
/// Those of the fleet, and of the organization where one is given.
std::vector<ProviderSwitch> list_provider_switches(soci::session& session,
                                                   const std::optional<OrganizationId>& organization);
/// False when the fleet or the organization has it switched off.
bool is_provider_enabled(soci::session& session, const OrganizationId& organization,
                         std::string_view provider);

}  // namespace atelier::store
