// A thousand calls of several kinds by eight threads of two processes' routers, against vendors that fail in
// every way that they know.
// ATELIER_FAILOVER_TABLE=1 prints what came of it.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <map>
#include <mutex>
#include <thread>

#include "common/store/ai_budgets.hpp"
#include "tests/support/in_transaction.hpp"
#include "tests/support/vendors/fake_vendor.hpp"
#include "workers/ai/router/providers_file.hpp"
#include "workers/ai/router/router.hpp"

using namespace atelier;
using namespace atelier::testing;
using ai::Capability;
using ai::FailureKind;
using std::chrono::milliseconds;
using tests::Act;
using tests::FakeVendor;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int kThreads = 8;
constexpr milliseconds kTimeout{1'500};
constexpr milliseconds kPatience{25'000};
constexpr int kTries = 3;
/// Of each call that is answered, by provider in the order of kVendors.
constexpr std::array<std::string_view, 4> kVendors{"openai", "anthropic", "gemini", "automatic1111"};
constexpr std::array<std::int64_t, 4> kPrice{1'000, 2'000, 3'000, 5'000};
constexpr std::int64_t kBudget = 1'000'000'000;

const std::map<Capability, std::vector<std::string>> kOrder{
    {Capability::text, {"openai", "anthropic", "gemini"}},
    {Capability::image, {"openai", "gemini", "automatic1111"}},
    {Capability::embedding, {"openai", "gemini"}}};

struct Weighted {
    Act act;
    int weight;  ///< of a thousand
};
/// Of the vendor that fails most; the others do so half or a quarter as often.
constexpr std::array kTroubles{
    Weighted{Act::rate_limited, 60},  Weighted{Act::server_error, 100}, Weighted{Act::overloaded, 40},
    Weighted{Act::hang, 16},          Weighted{Act::drip, 12},          Weighted{Act::truncated_json, 50},
    Weighted{Act::broken_off, 40},    Weighted{Act::html, 40},          Weighted{Act::html_error, 30},
    Weighted{Act::huge, 12},          Weighted{Act::wrong_shape, 30},   Weighted{Act::refusal, 16},
    Weighted{Act::unknown_model, 10}, Weighted{Act::wrong_key, 4}};

/// splitmix64: the same troubles for the same numbers everywhere.
std::uint64_t mixed(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

tests::Behaviour trouble(int number, int mildness) {
    int drawn = static_cast<int>(mixed(static_cast<std::uint64_t>(number * 7 + mildness)) % 1000) * mildness;
    for (const Weighted& one : kTroubles) {
        drawn -= one.weight;
        if (drawn >= 0) continue;
        return {.act = one.act,
                .retry_after_s = one.act == Act::rate_limited ? std::optional<int>(1) : std::nullopt};
    }
    return {};
}

/// One call as the router made it.
struct Seen {
    std::string provider;
    std::optional<FailureKind> failure;
    Clock::time_point begun, ended;
};
/// The router calls in the orderer's thread.
thread_local std::vector<Seen> seen_of_order;

/// Passes everything on to a vendor and takes note.
class Watched : public ai::Provider, ai::TextModel, ai::ImageModel, ai::EmbeddingModel {
  public:
    Watched(std::string id, std::unique_ptr<ai::Provider> vendor)
        : id_(std::move(id)), vendor_(std::move(vendor)) {}

    template <class Ask>
    auto noted(const Ask& ask) {
        const auto begun = Clock::now();
        auto result = ask();
        seen_of_order.push_back(
            {id_, result ? std::nullopt : std::optional(result.error().kind), begun, Clock::now()});
        return result;
    }

    ai::TextModel* text() override { return vendor_->text() ? this : nullptr; }
    ai::ImageModel* image() override { return vendor_->image() ? this : nullptr; }
    ai::EmbeddingModel* embedding() override { return vendor_->embedding() ? this : nullptr; }

    boost::system::result<ai::TextAnswer, ai::Failure> complete(const ai::TextRequest& request,
                                                                const ai::Call& call) override {
        return noted([&] { return vendor_->text()->complete(request, call); });
    }
    boost::system::result<ai::ImageAnswer, ai::Failure> make(const ai::ImageRequest& request,
                                                             const ai::Call& call) override {
        return noted([&] { return vendor_->image()->make(request, call); });
    }
    boost::system::result<ai::EmbeddingAnswer, ai::Failure> embed(const std::vector<std::string>& texts,
                                                                  const ai::Call& call) override {
        return noted([&] { return vendor_->embedding()->embed(texts, call); });
    }

  private:
    std::string id_;
    std::unique_ptr<ai::Provider> vendor_;
};

/// What came of one order.
struct Ended {
    Capability capability = Capability::text;
    std::string outcome;  ///< `ok` or the error's code and rule
    std::string provider;
    std::optional<std::int64_t> cost;
    std::vector<Seen> calls;
};

/// The vendors, the router over them, and the orders.
class Run {
  public:
    explicit Run(TestDatabase& database) : database_(database), tenant_(insert_tenant(database)) {
        ai::ProvidersFile file;
        file.retry_pause = milliseconds{10};
        file.order = kOrder;
        for (std::size_t i = 0; i < kVendors.size(); ++i) {
            fakes_.push_back(std::make_unique<FakeVendor>(kVendors[i]));
            const int mildness = i == 0 ? 1 : i == 3 ? 4 : 2;
            fakes_[i]->script(
                [mildness](const tests::SeenCall& call) { return trouble(call.number, mildness); });
            file.providers.push_back(row(i));
        }
        write(database, [&](soci::session& s) {
            return store::set_ai_budget(s, tenant_.organization, kBudget);
        }).value();
        const auto make = [this](const ai::ProviderRow& row) -> Result<std::unique_ptr<ai::Provider>> {
            auto vendor = ai::make_vendor(fake(row.id).settings(row.id), client_);
            if (!vendor) return vendor.error();
            return std::make_unique<Watched>(row.id, std::move(*vendor));
        };
        for (auto& router : routers_)
            router = std::move(ai::Router::open(file, *database, nullptr, {.make = make}).value());
    }

    /// All orders, in no order.
    std::vector<Ended> work_off(int calls) {
        std::vector<Ended> all(static_cast<std::size_t>(calls));
        std::atomic<int> next{0};
        std::vector<std::jthread> threads;
        for (int t = 0; t < kThreads; ++t)
            threads.emplace_back([&, t] {
                ai::Router& router = *routers_[static_cast<std::size_t>(t) % routers_.size()];
                for (int i = next++; i < calls; i = next++)
                    all[static_cast<std::size_t>(i)] = one(router, i);
            });
        threads.clear();
        return all;
    }

    store::AiBudget budget() {
        return write(database_,
                     [&](soci::session& s) { return store::read_ai_budget(s, tenant_.organization); });
    }
    std::vector<store::ProviderUse> use() {
        return write(database_,
                     [&](soci::session& s) { return store::list_provider_use(s, tenant_.organization); });
    }
    FakeVendor& fake(const std::string& id) {
        return *fakes_[static_cast<std::size_t>(std::find(kVendors.begin(), kVendors.end(), id) -
                                                kVendors.begin())];
    }

  private:
    ai::ProviderRow row(std::size_t i) const {
        ai::ProviderRow row{.id = std::string(kVendors[i]), .vendor = std::string(kVendors[i])};
        row.concurrency = kThreads;
        row.breaker = {.failures = 6, .cool_down = milliseconds{100}, .longest_cool_down = milliseconds{400}};
        for (const auto& [capability, ids] : kOrder)
            if (std::find(ids.begin(), ids.end(), row.id) != ids.end())
                row.models[capability] = {.model = fakes_[i]->model(capability),
                                          .timeout = kTimeout,
                                          .price = ai::Price{.call_micro_usd = kPrice[i]}};
        return row;
    }

    Ended one(ai::Router& router, int number) {
        const ai::Order order{.organization = tenant_.organization,
                              .key = fmt::format("order-{}", number),
                              .patience = kPatience};
        seen_of_order.clear();
        Ended ended = number % 4 == 3   ? picture(router, order)
                      : number % 7 == 0 ? vectors(router, order)
                                        : words(router, order);
        ended.calls = std::move(seen_of_order);
        return ended;
    }

    template <class Answer>
    static Ended outcome(Capability capability, const Result<ai::Routed<Answer>>& done) {
        if (done) return {capability, "ok", done->by.provider, done->by.cost_micro_usd, {}};
        std::string why(to_string(done.error().code));
        if (done.error().code == ErrorCode::validation_failed) why += " " + done.error().details.front().rule;
        return {capability, why, {}, {}, {}};
    }
    Ended words(ai::Router& router, const ai::Order& order) {
        ai::TextRequest request;
        request.instructions = "Answer with JSON.";
        request.prompt = "Is the kettle on?";
        request.schema_name = "kettle";
        request.schema = json::Object{{"type", "object"},
                                      {"properties", json::Object{{"on", json::Object{{"type", "boolean"}}}}},
                                      {"required", json::Array{"on"}},
                                      {"additionalProperties", false}};
        const auto accept = [](ai::TextAnswer& answer) -> Result<> {
            if (answer.value["on"].is_bool()) return {};
            return invalid("/on", "type", "This is no answer.");
        };
        return outcome(Capability::text, router.complete(request, order, accept));
    }
    Ended picture(ai::Router& router, const ai::Order& order) {
        ai::ImageRequest request;
        request.prompt = "A kettle";
        request.width = request.height = 256;
        return outcome(Capability::image, router.make(request, order));
    }
    Ended vectors(ai::Router& router, const ai::Order& order) {
        return outcome(Capability::embedding, router.embed({"A kettle", "A pot"}, order));
    }

    TestDatabase& database_;
    Tenant tenant_;
    http_client::Client client_;
    std::vector<std::unique_ptr<FakeVendor>> fakes_;
    std::array<std::unique_ptr<ai::Router>, 2> routers_;  ///< as of two processes
};

/// Whether the calls of one order went the configured way: forwards, again only where the provider had asked
/// for time, no more tries than allowed, and nothing after a refusal.
void check_way(const Ended& ended) {
    const auto& order = kOrder.at(ended.capability);
    std::map<std::string, int> failures;
    std::map<std::string, bool> given_up;
    for (std::size_t i = 0; i < ended.calls.size(); ++i) {
        const Seen& call = ended.calls[i];
        REQUIRE(std::find(order.begin(), order.end(), call.provider) != order.end());
        CHECK_FALSE(given_up[call.provider]);
        if (i + 1 < ended.calls.size()) {
            const auto place = [&](const Seen& one) {
                return std::find(order.begin(), order.end(), one.provider);
            };
            const bool goes_back = place(ended.calls[i + 1]) < place(call);
            if (goes_back) CHECK_FALSE(given_up[ended.calls[i + 1].provider]);
            CHECK(call.failure != FailureKind::unsafe_prompt);
        }
        if (call.failure == FailureKind::permanent) given_up[call.provider] = true;
        if (call.failure == FailureKind::transient || call.failure == FailureKind::malformed_output)
            given_up[call.provider] = ++failures[call.provider] == kTries;
    }
    if (ended.outcome != "ok") return;
    REQUIRE_FALSE(ended.calls.empty());
    CHECK(ended.calls.back().provider == ended.provider);
    CHECK_FALSE(ended.calls.back().failure.has_value());
}

/// From the end of an order's first failure to the beginning of the first call of another provider.
std::vector<double> failover_ms(const std::vector<Ended>& all) {
    std::vector<double> times;
    for (const Ended& ended : all) {
        if (ended.calls.empty() || !ended.calls.front().failure) continue;
        const Seen& first = ended.calls.front();
        const auto other = std::find_if(ended.calls.begin(), ended.calls.end(),
                                        [&](const Seen& call) { return call.provider != first.provider; });
        if (other == ended.calls.end()) continue;
        times.push_back(std::chrono::duration<double, std::milli>(other->begun - first.ended).count());
    }
    std::sort(times.begin(), times.end());
    return times;
}

double at(const std::vector<double>& sorted, double share) {
    return sorted.empty() ? 0
                          : sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

void print_table(const std::vector<Ended>& all, const std::vector<store::ProviderUse>& use, double seconds,
                 const store::AiBudget& budget) {
    fmt::print("\n{} orders by {} threads in {:.1f} s\n\n", all.size(), kThreads, seconds);
    fmt::print("{:<14}{:>7}{:>7}{:>11}{:>9}{:>11}{:>8}{:>11}{:>9}{:>9}{:>12}\n", "provider", "calls", "ok",
               "transient", "limited", "malformed", "unsafe", "permanent", "p50 ms", "p95 ms", "spend USD");
    for (const store::ProviderUse& one : use) {
        const auto count = [&](const char* outcome) {
            const auto found = one.outcomes.find(outcome);
            return found == one.outcomes.end() ? 0 : found->second;
        };
        fmt::print("{:<14}{:>7}{:>7}{:>11}{:>9}{:>11}{:>8}{:>11}{:>9}{:>9}{:>12.3f}\n", one.provider,
                   one.day.calls, count("ok"), count("transient"), count("rate_limited"),
                   count("malformed_output"), count("unsafe_prompt"), count("permanent"),
                   one.p50_ms.value_or(0), one.p95_ms.value_or(0),
                   static_cast<double>(one.day.micro_usd) / 1e6);
    }
    std::map<std::string, int> outcomes;
    int elsewhere = 0;
    for (const Ended& ended : all) {
        ++outcomes[ended.outcome];
        if (ended.outcome == "ok" && ended.provider != kOrder.at(ended.capability).front()) ++elsewhere;
    }
    fmt::print("\norders:");
    for (const auto& [outcome, count] : outcomes)
        fmt::print(" {} {},", count, outcome);
    const auto times = failover_ms(all);
    fmt::print(" {} of them done by another than the first provider\n", elsewhere);
    fmt::print(
        "time to fail over, from the first failure to the next provider's call: median {:.0f} ms, p95 {:.0f} "
        "ms "
        "({} times)\n",
        at(times, 0.5), at(times, 0.95), times.size());
    fmt::print("spend {:.3f} USD, reservations left {:.3f} USD\n\n",
               static_cast<double>(budget.spent_micro_usd) / 1e6,
               static_cast<double>(budget.reserved_micro_usd) / 1e6);
}

void play(TestDatabase& database, int orders) {
    Run run(database);
    const auto begun = Clock::now();
    const std::vector<Ended> all = run.work_off(orders);
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    const auto use = run.use();
    const store::AiBudget budget = run.budget();

    int done = 0;
    for (const Ended& ended : all) {
        CAPTURE(ended.outcome);
        CHECK((ended.outcome == "ok" || ended.outcome == "UNAVAILABLE" ||
               ended.outcome == "VALIDATION_FAILED unsafe"));
        done += ended.outcome == "ok";
        check_way(ended);
    }
    CHECK(done > orders * 8 / 10);

    CHECK(budget.reserved_micro_usd == 0);
    std::int64_t expected = 0, recorded = 0, calls = 0;
    for (const store::ProviderUse& one : use) {
        const auto count = [&](const char* outcome) {
            const auto found = one.outcomes.find(outcome);
            return found == one.outcomes.end() ? 0 : found->second;
        };
        const auto place = static_cast<std::size_t>(
            std::find(kVendors.begin(), kVendors.end(), one.provider) - kVendors.begin());
        expected += kPrice.at(place) * (count("ok") + count("malformed_output"));
        recorded += one.day.micro_usd;
        calls += one.day.calls;
        CHECK(one.day.unknown == 0);
        CHECK(count("ok") <= run.fake(one.provider).counts().by_act[std::string(to_string(Act::ok))]);
    }
    CHECK(recorded == expected);
    CHECK(budget.spent_micro_usd == expected);
    std::int64_t seen = 0;
    for (const Ended& ended : all)
        seen += static_cast<std::int64_t>(ended.calls.size());
    CHECK(calls == seen);

    if (std::getenv("ATELIER_FAILOVER_TABLE")) print_table(all, use, seconds, budget);
}

}  // namespace

TEST_CASE("a thousand calls of failing vendors all end, in the configured order, at their exact price") {
    play(*TestDatabase::sqlite(), 1000);
}

TEST_CASE("the same on PostgreSQL") {
    if (const auto database = TestDatabase::postgresql()) play(*database, 300);
}
