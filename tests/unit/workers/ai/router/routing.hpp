#pragma once
// A router over scripted providers and a database of its own.

#include <map>
#include <memory>
#include <string>

#include "common/store/ai_budgets.hpp"
#include "common/store/provider_calls.hpp"
#include "common/store/providers.hpp"
#include "tests/support/in_transaction.hpp"
#include "tests/unit/workers/ai/router/scripted_provider.hpp"
#include "workers/ai/router/providers_file.hpp"
#include "workers/ai/router/router.hpp"

namespace atelier::testing {

/// Providers `a`, `b`, …, asked in that order, with the settings of `row` for each. They cost a dollar a
/// million tokens read and ten a million written, so 200 micro-USD a call as they are scripted, and four
/// cents a picture.
class Routing {
  public:
    explicit Routing(std::vector<ScriptedProvider::Script> scripts, const ai::ProviderRow& row = usual_row())
        : database(TestDatabase::sqlite()), tenant(insert_tenant(*database)) {
        file.retry_pause = std::chrono::milliseconds{1};
        char id = 'a';
        for (ScriptedProvider::Script& script : scripts) {
            ai::ProviderRow named = row;
            named.id = std::string(1, id++);
            file.providers.push_back(named);
            scripts_.push_back(std::move(script));
        }
    }

    static ai::ProviderRow usual_row() {
        ai::ProviderRow row{.vendor = "scripted"};
        row.queue = std::chrono::milliseconds{20};
        row.breaker.cool_down = std::chrono::milliseconds{60'000};
        row.models[ai::Capability::text] = {
            .model = "words", .price = ai::Price{.input_nano_usd = 1000, .output_nano_usd = 10'000}};
        row.models[ai::Capability::image] = {.model = "pictures",
                                             .price = ai::Price{.images = {{.micro_usd = 40'000}}}};
        return row;
    }

    template <class Work>
    auto read(Work work) {
        return testing::write(*database, work);
    }

    /// Another process over the same database and the same providers.
    std::unique_ptr<ai::Router> open(metrics::Registry* metrics = nullptr) {
        auto router = ai::Router::open(
            file, **database, nullptr,
            {.metrics = metrics, .make = [this](const ai::ProviderRow& row) {
                 return Result<std::unique_ptr<ai::Provider>>(std::make_unique<Lent>(provider(row.id)));
             }});
        return std::move(router.value());
    }

    ScriptedProvider& provider(const std::string& id) {
        auto& made = providers_[id];
        if (!made)
            made = std::make_unique<ScriptedProvider>(scripts_.at(static_cast<std::size_t>(id[0] - 'a')));
        return *made;
    }

    ai::Order order(std::string key = "work") const {
        return {.organization = tenant.organization,
                .key = std::move(key),
                .patience = std::chrono::milliseconds{20'000}};
    }
    store::ProviderHealth health(const std::string& id) {
        return read([&](soci::session& s) { return store::read_provider_health(s, id, "text"); });
    }
    /// Every provider's pause is over.
    void let_time_pass() { database->change_rows("UPDATE provider_health SET cooling_until = 0"); }
    store::AiBudget budget() {
        return read([&](soci::session& s) { return store::read_ai_budget(s, tenant.organization); });
    }
    void set_budget(std::int64_t micro_usd) {
        testing::write(*database, [&](soci::session& s) {
            return store::set_ai_budget(s, tenant.organization, micro_usd);
        }).value();
    }
    std::vector<store::ProviderUse> use() {
        return read([&](soci::session& s) { return store::list_provider_use(s, tenant.organization); });
    }

    std::unique_ptr<TestDatabase> database;
    Tenant tenant;
    ai::ProvidersFile file;

  private:
    /// The router owns its providers; these outlive it.
    struct Lent : ai::Provider {
        explicit Lent(ScriptedProvider& from) : provider(from) {}
        ai::TextModel* text() override { return provider.text(); }
        ai::ImageModel* image() override { return provider.image(); }
        ScriptedProvider& provider;
    };

    std::vector<ScriptedProvider::Script> scripts_;
    std::map<std::string, std::unique_ptr<ScriptedProvider>> providers_;
};

}  // namespace atelier::testing
