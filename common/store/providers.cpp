#include "common/store/providers.hpp"

#include "common/store/database.hpp"
#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

constexpr std::string_view kFleet = "*";

const std::string kHealth =
    "SELECT provider, capability, state, failures, trips, successes, cooling_until, probe_until,"
    " last_success_at, last_failure_at, last_failure FROM provider_health ";

void bind_provider(soci::details::prepare_temp_type& prepared, KnownProvider& provider) {
    prepared, soci::into(provider.id), soci::into(provider.vendor), soci::into(provider.offers),
        soci::into(provider.seen_at);
}

void bind_health(soci::details::prepare_temp_type& prepared, ProviderHealth& health) {
    prepared, soci::into(health.provider), soci::into(health.capability), soci::into(health.state),
        soci::into(health.failures), soci::into(health.trips), soci::into(health.successes),
        soci::into(health.cooling_until), soci::into(health.probe_until), soci::into(health.last_success_at),
        soci::into(health.last_failure_at), soci::into(health.last_failure);
}

void bind_number(soci::details::prepare_temp_type& prepared, std::int64_t& number) {
    prepared, soci::into(number);
}

struct SwitchRow {
    std::string organization;
    ProviderSwitch change;
};
void bind_switch(soci::details::prepare_temp_type& prepared, SwitchRow& row) {
    prepared, soci::into(row.organization), soci::into(row.change.provider),
        soci::into(row.change.is_enabled), soci::into(row.change.user), soci::into(row.change.switched_at);
}

ProviderHealth find_health(soci::session& session, std::string_view provider, std::string_view capability,
                           std::string_view lock) {
    const std::string of(provider), what(capability);
    auto found = select_one<ProviderHealth>(
        session.prepare << kHealth << "WHERE provider = :provider AND capability = :capability" << lock,
        bind_health, soci::use(of), soci::use(what));
    return found ? std::move(*found) : ProviderHealth{.provider = of, .capability = what};
}

}  // namespace

std::string_view to_string(CircuitState state) {
    switch (state) {
        case CircuitState::closed:
            return "closed";
        case CircuitState::open:
            return "open";
        case CircuitState::half_open:
            return "half_open";
    }
    return "closed";
}

std::optional<CircuitState> parse(std::string_view word, CircuitState*) {
    for (const CircuitState state : {CircuitState::closed, CircuitState::open, CircuitState::half_open})
        if (word == to_string(state)) return state;
    return std::nullopt;
}

void register_provider(soci::session& session, const KnownProvider& provider) {
    changed(session.prepare << "INSERT INTO providers (id, vendor, offers, seen_at)"
                               " VALUES (:id, :vendor, :offers, atelier_now())"
                               " ON CONFLICT (id) DO UPDATE SET vendor = excluded.vendor,"
                               " offers = excluded.offers, seen_at = excluded.seen_at",
            soci::use(provider.id), soci::use(provider.vendor), soci::use(provider.offers));
    for (const json::Value& offer : provider.offers.array())
        changed(session.prepare << "INSERT INTO provider_health (provider, capability)"
                                   " VALUES (:provider, :capability) ON CONFLICT DO NOTHING",
                soci::use(provider.id), soci::use(offer["capability"].as_string()));
}

std::vector<KnownProvider> list_providers(soci::session& session) {
    const std::int64_t since = now_ms(session) - kProviderMemoryMs;
    return select_all<KnownProvider>(
        session.prepare << "SELECT id, vendor, offers, seen_at FROM providers WHERE seen_at > :since"
                           " ORDER BY id",
        bind_provider, soci::use(since));
}

bool is_known_provider(soci::session& session, std::string_view provider) {
    const std::string id(provider);
    return select_one<std::int64_t>(session.prepare << "SELECT seen_at FROM providers WHERE id = :id",
                                    bind_number, soci::use(id))
        .has_value();
}

std::vector<ProviderHealth> list_provider_health(soci::session& session) {
    return select_all<ProviderHealth>(session.prepare << kHealth << "ORDER BY provider, capability",
                                      bind_health);
}

ProviderHealth read_provider_health(soci::session& session, std::string_view provider,
                                    std::string_view capability) {
    return find_health(session, provider, capability, "");
}

ProviderHealth lock_provider_health(soci::session& session, std::string_view provider,
                                    std::string_view capability) {
    return find_health(session, provider, capability, for_update(session));
}

void save_provider_health(soci::session& session, const ProviderHealth& health) {
    changed(session.prepare
                << "UPDATE provider_health SET state = :state, failures = :failures, trips = :trips,"
                   " successes = :successes, cooling_until = :cooling, probe_until = :probe,"
                   " last_success_at = :success_at, last_failure_at = :failure_at, last_failure = :failure"
                   " WHERE provider = :provider AND capability = :capability",
            soci::use(health.state), soci::use(health.failures), soci::use(health.trips),
            soci::use(health.successes), soci::use(health.cooling_until), soci::use(health.probe_until),
            soci::use(health.last_success_at), soci::use(health.last_failure_at),
            soci::use(health.last_failure), soci::use(health.provider), soci::use(health.capability));
}

std::int64_t lock_provider_rate(soci::session& session, std::string_view provider) {
    const std::string id(provider);
    return select_one<std::int64_t>(
               session.prepare << "SELECT rate_next FROM providers WHERE id = :id" << for_update(session),
               bind_number, soci::use(id))
        .value_or(0);
}

void save_provider_rate(soci::session& session, std::string_view provider, std::int64_t next_us) {
    const std::string id(provider);
    changed(session.prepare << "UPDATE providers SET rate_next = :next WHERE id = :id", soci::use(next_us),
            soci::use(id));
}

void switch_provider(soci::session& session, const ProviderSwitch& change) {
    const std::string organization = change.organization ? change.organization->value : std::string(kFleet);
    changed(session.prepare
                << "INSERT INTO provider_switches (organization_id, provider, is_enabled, user_id,"
                   " switched_at) VALUES (:organization, :provider, :enabled, :user, atelier_now())"
                   " ON CONFLICT (organization_id, provider) DO UPDATE SET is_enabled = excluded.is_enabled,"
                   " user_id = excluded.user_id, switched_at = excluded.switched_at",
            soci::use(organization), soci::use(change.provider), soci::use(change.is_enabled),
            soci::use(change.user));
}

std::vector<ProviderSwitch> list_provider_switches(soci::session& session,
                                                   const std::optional<OrganizationId>& organization) {
    const std::string own = organization ? organization->value : std::string(kFleet);
    const auto rows = select_all<SwitchRow>(
        session.prepare << "SELECT organization_id, provider, is_enabled, user_id, switched_at"
                           " FROM provider_switches WHERE organization_id IN ('*', :own)"
                           " ORDER BY provider, organization_id",
        bind_switch, soci::use(own));
    std::vector<ProviderSwitch> switches;
    for (const SwitchRow& row : rows) {
        switches.push_back(row.change);
        if (row.organization != kFleet) switches.back().organization = OrganizationId{row.organization};
    }
    return switches;
}

bool is_provider_enabled(soci::session& session, const OrganizationId& organization,
                         std::string_view provider) {
    const std::string id(provider);
    return *select_one<std::int64_t>(
               session.prepare << "SELECT count(*) FROM provider_switches WHERE provider = :provider AND"
                                  " organization_id IN ('*', :organization) AND is_enabled = 0",
               bind_number, soci::use(id), soci::use(organization)) == 0;
}

}  // namespace atelier::store
