#include "api/handlers/providers/providers.hpp"

#include <algorithm>
#include <map>

#include "api/handlers/jobs/jobs.hpp"
#include "common/store/provider_calls.hpp"
#include "common/store/providers.hpp"

namespace atelier::api {
namespace {

/// Everything about providers that one answer needs.
struct Overview {
    std::vector<store::ProviderHealth> health;
    std::vector<store::ProviderSwitch> switches;
    std::map<std::string, store::ProviderUse> use;
};

Overview overview_of(soci::session& session, const OrganizationId& organization) {
    Overview overview{
        store::list_provider_health(session), store::list_provider_switches(session, organization), {}};
    for (store::ProviderUse& use : store::list_provider_use(session, organization))
        overview.use.emplace(use.provider, std::move(use));
    return overview;
}

json::Value dollars(std::int64_t micro_usd) {
    return static_cast<double>(micro_usd) / 1e6;
}

template <class T>
json::Value or_null(const std::optional<T>& value) {
    return value ? json::Value(*value) : json::Value();
}

bool is_on(const Overview& overview, const std::string& provider, bool for_fleet) {
    return std::none_of(
        overview.switches.begin(), overview.switches.end(), [&](const store::ProviderSwitch& one) {
            return one.provider == provider && !one.is_enabled && one.organization.has_value() != for_fleet;
        });
}

json::Value capability_json(const Overview& overview, const std::string& provider, const json::Value& offer) {
    store::ProviderHealth health;
    for (const store::ProviderHealth& row : overview.health)
        if (row.provider == provider && row.capability == offer["capability"].as_string()) health = row;
    std::optional<std::int64_t> cooling_until;
    if (health.cooling_until > 0) cooling_until = health.cooling_until;
    json::Value breaker = json::Object{{"state", to_string(health.state)},
                                       {"failures", health.failures},
                                       {"cooling_until", time_json(cooling_until)}};
    json::Value shown = offer;
    shown.set("breaker", std::move(breaker))
        .set("last_success_at", time_json(health.last_success_at))
        .set("last_failure_at", time_json(health.last_failure_at))
        .set("last_failure", or_null(health.last_failure));
    return shown;
}

json::Value cost_json(const store::AiCost& cost) {
    return json::Object{
        {"usd", dollars(cost.micro_usd)}, {"calls", cost.calls}, {"calls_of_unknown_cost", cost.unknown}};
}

/// The calls of the last 24 hours: how many ended how, how long the good ones took.
void add_use(json::Value& shown, const store::ProviderUse& use) {
    std::int64_t failed = 0;
    json::Value failures = json::Object{};
    for (const auto& [outcome, calls] : use.outcomes) {
        if (outcome == "ok") continue;
        failures.set(outcome, calls);
        failed += calls;
    }
    json::Value latency = json::Object{};
    latency.set("p50", or_null(use.p50_ms)).set("p95", or_null(use.p95_ms)).set("p99", or_null(use.p99_ms));
    std::optional<double> rate;
    if (use.day.calls) rate = static_cast<double>(failed) / static_cast<double>(use.day.calls);
    shown.set("latency_ms", std::move(latency))
        .set("failures", std::move(failures))
        .set("error_rate", or_null(rate))
        .set("spend", json::Object{{"last_24_h", cost_json(use.day)}, {"month", cost_json(use.month)}});
}

json::Value provider_json(const Overview& overview, const store::KnownProvider& provider) {
    json::Value capabilities = json::Array{};
    for (const json::Value& offer : provider.offers.array())
        capabilities.push(capability_json(overview, provider.id, offer));
    json::Value shown = json::Object{{"id", provider.id},
                                     {"vendor", provider.vendor},
                                     {"is_enabled", is_on(overview, provider.id, false)},
                                     {"is_enabled_by_operator", is_on(overview, provider.id, true)},
                                     {"last_seen_at", time_json(provider.seen_at)},
                                     {"capabilities", std::move(capabilities)}};
    const auto use = overview.use.find(provider.id);
    add_use(shown, use == overview.use.end() ? store::ProviderUse{} : use->second);
    return shown;
}

/// Error: not_found.
Result<store::KnownProvider> provider_of(soci::session& session, const Request& request) {
    for (store::KnownProvider& provider : store::list_providers(session))
        if (provider.id == request.parameter("provider")) return std::move(provider);
    return not_found("provider");
}

Reply turn(const Request& request, ApiServices& services, bool is_enabled) {
    return answer(request, services.db.write([&](soci::session& session) -> Result<Reply> {
        const auto provider = provider_of(session, request);
        if (!provider) return provider.error();
        store::switch_provider(session, {.organization = organization_of(request),
                                         .provider = provider->id,
                                         .is_enabled = is_enabled,
                                         .user = user_of(request)});
        return Reply::json(200, provider_json(overview_of(session, organization_of(request)), *provider));
    }));
}

}  // namespace

Reply list_providers(const Request& request, ApiServices& services) {
    return answer(request, services.db.read([&](soci::session& session) -> Result<Reply> {
        const Overview overview = overview_of(session, organization_of(request));
        json::Value items = json::Array{};
        for (const store::KnownProvider& provider : store::list_providers(session))
            items.push(provider_json(overview, provider));
        return Reply::json(200, json::Object{{"items", std::move(items)}});
    }));
}

Reply probe_provider(const Request& request, ApiServices& services) {
    return create_once(request, services, [&](soci::session& session) -> Result<Created> {
        const auto provider = provider_of(session, request);
        if (!provider) return provider.error();
        auto accepted =
            start_job(session, request, services, "provider_probe", json::Object{{"provider", provider->id}});
        if (!accepted) return accepted.error();
        return Created{202, json::Object{{"job_id", accepted->job.id.value}},
                       announce_job(services, *accepted)};
    });
}

Reply enable_provider(const Request& request, ApiServices& services) {
    return turn(request, services, true);
}

Reply disable_provider(const Request& request, ApiServices& services) {
    return turn(request, services, false);
}

}  // namespace atelier::api
