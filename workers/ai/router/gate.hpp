#pragma once
// Who may be called now, and what came of it: breakers, rate limits, switches and budgets as all processes
// share them through the database.
//
// When the database does not answer, calls go on by what this process last knew and sees itself; what is to
// be recorded waits until it is back, and only calls that could overrun a budget wait for it.

#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "common/store/database.hpp"
#include "common/store/provider_calls.hpp"
#include "workers/ai/router/offer.hpp"

namespace atelier::ai {

struct Admission {
    enum class Kind {
        go,        ///< report() must follow
        wait,      ///< cooling down, or over its rate; ask again after `wait`
        off,       ///< switched off for the organization or the fleet
        unpriced,  ///< of unknown price, and the organization has a budget
        spent,     ///< the budget has not enough left
    } kind = Kind::go;
    std::chrono::milliseconds wait{0};
    bool is_rate = false;       ///< of wait: by our own limit, not by the provider's health
    bool has_reserved = false;  ///< of go
};

/// Thread-safe; calls block on the database.
class Gate {
  public:
    explicit Gate(store::Database& db) : db_(db) {}

    struct Wish {
        OrganizationId organization;
        ProviderCallId call;
        std::optional<std::int64_t> highest_cost = {};  ///< micro-USD; nothing: unknown
        std::chrono::milliseconds timeout{0};
    };
    Admission admit(const Offer& offer, const Wish& wish);

    struct Report {
        const Offer* offer = nullptr;
        store::ProviderCall call;
        std::optional<Failure> failure = {};
        bool is_refused = false;  ///< by the caller, who judged an answer: no sign of bad health
        bool has_reserved = false;
    };
    void report(Report report);

    /// Records what waited for the database.
    void flush();
    /// The same; says who is here and forgets reservations that lapsed.
    void tidy(std::span<const store::KnownProvider> providers);

  private:
    using Key = std::pair<std::string, Capability>;

    struct Look;
    Result<Look> look(const Offer& offer, const Wish& wish);
    Result<Admission> enter(const Offer& offer, const Wish& wish, bool reserve);
    Result<Admission> admit_shared(const Offer& offer, const Wish& wish);
    Admission admit_alone(const Offer& offer, const Wish& wish);
    void remember(const Offer& offer, const store::ProviderHealth& health, std::int64_t database_now);
    void remember_budget(const OrganizationId& organization, bool has_one);
    void tell_alone(const Report& report);
    Result<void> record(const Report& report);

    bool is_database_away() const;
    void database_failed(const Error& error);
    std::int64_t now() const;

    store::Database& db_;
    mutable std::mutex mutex_;
    std::map<Key, store::ProviderHealth> health_;  ///< as last seen
    std::map<std::string, std::int64_t> rates_;
    std::set<OrganizationId> without_budget_;  ///< as last seen
    std::deque<Report> unrecorded_;
    std::int64_t clock_offset_ = 0;  ///< the database's clock less this machine's
    std::chrono::steady_clock::time_point away_until_{};
};

}  // namespace atelier::ai
