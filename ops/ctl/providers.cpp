#include "common/store/providers.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>

#include "common/time/rfc3339.hpp"
#include "ops/ctl/operator.hpp"

namespace atelier::ctl {
namespace {

struct Options {
    bool json = false;
    std::string id;
};

using Act = int (*)(store::Database&, const Options&);

/// What the list shows, as one snapshot.
struct Fleet {
    std::vector<store::KnownProvider> providers;
    std::vector<store::ProviderHealth> health;
    std::vector<store::ProviderSwitch> switches;

    bool is_on(const std::string& provider) const {
        return std::none_of(switches.begin(), switches.end(), [&](const store::ProviderSwitch& one) {
            return one.provider == provider && !one.is_enabled;
        });
    }
    store::ProviderHealth health_of(const std::string& provider, const std::string& capability) const {
        for (const store::ProviderHealth& one : health)
            if (one.provider == provider && one.capability == capability) return one;
        return {};
    }
};

int list(store::Database& db, const Options& options) {
    const auto fleet = db.read([](soci::session& s) -> Result<Fleet> {
        return Fleet{store::list_providers(s), store::list_provider_health(s),
                     store::list_provider_switches(s, std::nullopt)};
    });
    if (!fleet) return fail(fleet.error());
    std::vector<TableRow> rows;
    for (const store::KnownProvider& provider : fleet->providers) {
        const bool is_on = fleet->is_on(provider.id);
        for (const json::Value& offer : provider.offers.array()) {
            const std::string& capability = offer["capability"].as_string();
            const store::ProviderHealth health = fleet->health_of(provider.id, capability);
            if (options.json)
                print_json(json::Object{{"id", provider.id},
                                        {"vendor", provider.vendor},
                                        {"is_enabled", is_on},
                                        {"capability", capability},
                                        {"model", offer["model"]},
                                        {"position", offer["position"]},
                                        {"breaker", to_string(health.state)},
                                        {"failures", health.failures},
                                        {"last_seen_at", rfc3339(provider.seen_at)}});
            rows.push_back({provider.id, is_on ? "on" : "off", capability,
                            std::to_string(offer["position"].as_int()), offer["model"].as_string(),
                            std::string(to_string(health.state)), health.last_failure.value_or("-"),
                            rfc3339(provider.seen_at)});
        }
    }
    if (!options.json)
        print_table({"ID", "SWITCH", "CAPABILITY", "POSITION", "MODEL", "BREAKER", "LAST FAILURE", "SEEN"},
                    rows);
    return 0;
}

int turn(store::Database& db, const Options& options, bool is_enabled) {
    const auto done = db.write([&](soci::session& s) -> Result<void> {
        if (!store::is_known_provider(s, options.id)) return not_found("provider");
        store::switch_provider(s, {.provider = options.id, .is_enabled = is_enabled});
        return {};
    });
    if (!done) return fail(done.error());
    std::cout << options.id << " is " << (is_enabled ? "on" : "off") << " for the fleet.\n";
    return 0;
}

int enable(store::Database& db, const Options& options) {
    return turn(db, options, true);
}

int disable(store::Database& db, const Options& options) {
    return turn(db, options, false);
}

int run(const Invocation& invocation, const Options& options, Act act) {
    const auto settings = invocation.load_settings();
    if (!settings) return fail(settings.error());
    const auto db = open_database(*settings);
    if (!db) return fail(db.error());
    return act(**db, options);
}

}  // namespace

void declare_providers(CLI::App& app, Invocation& invocation) {
    auto options = std::make_shared<Options>();
    app.require_subcommand(1);
    const auto add = [&](const char* name, const char* summary, Act act) {
        CLI::App* command = app.add_subcommand(name, summary);
        command->callback([&invocation, options, act] {
            invocation.run = [&invocation, options, act] { return run(invocation, *options, act); };
        });
        return command;
    };
    add("list", "Who does AI work, and how well", list)
        ->add_flag("--json", options->json, "One JSON object a line");
    for (CLI::App* command : {add("enable", "Let a provider work for the fleet", enable),
                              add("disable", "Let a provider do nothing for the fleet", disable)})
        command->add_option("id", options->id, "Its id in the file of providers")->required();
}

}  // namespace atelier::ctl
