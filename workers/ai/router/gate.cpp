#include "workers/ai/router/gate.hpp"

#include "common/log/log.hpp"
#include "common/store/ai_budgets.hpp"
#include "common/time/rfc3339.hpp"
#include "workers/ai/router/rate_limit.hpp"

namespace atelier::ai {
namespace {

using std::chrono::milliseconds;

/// After a failure the database is left alone for so long.
constexpr milliseconds kAway{2'000};
/// A reservation outlives its call's timeout by this much: reporting takes its time too.
constexpr std::int64_t kReservationGraceMs = 60'000;
constexpr std::size_t kMaxUnrecorded = 10'000;
constexpr std::size_t kMaxRemembered = 10'000;

std::string_view capability_of(const Offer& offer) {
    return to_string(offer.capability);
}

milliseconds in_ms(std::int64_t us) {
    return milliseconds{(us + 999) / 1000};
}

Admission wait_for(const Passage& passage, std::int64_t now) {
    return {.kind = Admission::Kind::wait, .wait = milliseconds{passage.until - now}};
}

bool tell(store::ProviderHealth& health, const Gate::Report& report, std::int64_t now) {
    const BreakerSettings& settings = report.offer->row->breaker;
    if (!report.failure || report.is_refused) return tell_success(health, settings, now);
    if (report.offer->row->vendor != kBuiltin) return tell_failure(health, settings, *report.failure, now);
    // The engine is as well as this process: what it cannot do for one must not close it for all.
    health.last_failure_at = now;
    health.last_failure = std::string(to_string(report.failure->kind));
    return true;
}

}  // namespace

struct Gate::Look {
    bool is_enabled = true;
    bool has_budget = false;
    store::ProviderHealth health;
    std::int64_t now = 0;
};

Admission Gate::admit(const Offer& offer, const Wish& wish) {
    if (is_database_away()) return admit_alone(offer, wish);
    auto shared = admit_shared(offer, wish);
    if (shared) return *shared;
    database_failed(shared.error());
    return admit_alone(offer, wish);
}

/// Most calls have nothing to write: a closed breaker, no rate limit, no budget.
Result<Admission> Gate::admit_shared(const Offer& offer, const Wish& wish) {
    const auto seen = look(offer, wish);
    if (!seen) return seen.error();
    if (!seen->is_enabled) return Admission{Admission::Kind::off};
    const Passage pass = passage(seen->health, seen->now);
    if (pass.kind == Passage::Kind::wait) return wait_for(pass, seen->now);
    if (seen->has_budget && !wish.highest_cost) return Admission{Admission::Kind::unpriced};
    const bool reserve = seen->has_budget && *wish.highest_cost > 0;
    if (pass.kind == Passage::Kind::free && offer.row->rate_per_minute == 0 && !reserve)
        return Admission{Admission::Kind::go};
    return enter(offer, wish, reserve);
}

Result<Gate::Look> Gate::look(const Offer& offer, const Wish& wish) {
    auto seen = db_.read([&](soci::session& session) -> Result<Look> {
        return Look{store::is_provider_enabled(session, wish.organization, offer.id()),
                    store::has_ai_budget(session, wish.organization),
                    store::read_provider_health(session, offer.id(), capability_of(offer)),
                    store::now_ms(session)};
    });
    if (seen) {
        remember(offer, seen->health, seen->now);
        remember_budget(wish.organization, seen->has_budget);
    }
    return seen;
}

Result<Admission> Gate::enter(const Offer& offer, const Wish& wish, bool reserve) {
    return db_.write([&](soci::session& session) -> Result<Admission> {
        // Locked in the order health, rate, budget; record() too.
        auto health = store::lock_provider_health(session, offer.id(), capability_of(offer));
        const std::int64_t now = store::now_ms(session);
        const Passage pass = passage(health, now);
        if (pass.kind == Passage::Kind::wait) return wait_for(pass, now);
        const int per_minute = offer.row->rate_per_minute;
        std::int64_t next = per_minute ? store::lock_provider_rate(session, offer.id()) : 0;
        if (const std::int64_t pause = per_minute ? ai::admit(next, now * 1000, per_minute) : 0; pause > 0)
            return Admission{.kind = Admission::Kind::wait, .wait = in_ms(pause), .is_rate = true};
        if (reserve && !store::reserve_ai_spending(session, wish.organization, wish.call, *wish.highest_cost,
                                                   wish.timeout.count() + kReservationGraceMs))
            return Admission{Admission::Kind::spent};
        if (per_minute) store::save_provider_rate(session, offer.id(), next);
        if (pass.kind == Passage::Kind::probe) {
            begin_probe(health, now, wish.timeout);
            store::save_provider_health(session, health);
        }
        return Admission{.kind = Admission::Kind::go, .has_reserved = reserve};
    });
}

Admission Gate::admit_alone(const Offer& offer, const Wish& wish) {
    const std::scoped_lock lock(mutex_);
    const std::int64_t at = now();
    store::ProviderHealth& health = health_[{offer.id(), offer.capability}];
    const Passage pass = passage(health, at);
    if (pass.kind == Passage::Kind::wait) return wait_for(pass, at);
    const bool is_free = wish.highest_cost == 0;
    if (!is_free && !without_budget_.contains(wish.organization))
        return {.kind = Admission::Kind::wait, .wait = kAway};
    if (offer.row->rate_per_minute) {
        const std::int64_t pause = ai::admit(rates_[offer.id()], at * 1000, offer.row->rate_per_minute);
        if (pause > 0) return {.kind = Admission::Kind::wait, .wait = in_ms(pause), .is_rate = true};
    }
    if (pass.kind == Passage::Kind::probe) begin_probe(health, at, wish.timeout);
    return {};
}

void Gate::report(Report report) {
    tell_alone(report);
    if (!is_database_away()) {
        const auto recorded = record(report);
        if (recorded) return;
        database_failed(recorded.error());
        // A wrong reference does not mend itself.
        if (!recorded.error().retryable()) return;
    }
    const std::scoped_lock lock(mutex_);
    if (unrecorded_.size() == kMaxUnrecorded) unrecorded_.pop_front();
    unrecorded_.push_back(std::move(report));
}

Result<void> Gate::record(const Report& report) {
    const store::ProviderCall& call = report.call;
    return db_.write([&](soci::session& session) -> Result<void> {
        if (!store::insert_provider_call(session, call)) return {};
        const std::int64_t now = store::now_ms(session);
        auto health = store::read_provider_health(session, call.provider, call.capability);
        if (tell(health, report, now)) {
            health = store::lock_provider_health(session, call.provider, call.capability);
            tell(health, report, now);
            store::save_provider_health(session, health);
        }
        if (report.has_reserved || call.cost_micro_usd.value_or(0) > 0)
            store::settle_ai_spending(session, call.organization, call.id, call.cost_micro_usd);
        return {};
    });
}

void Gate::tidy(std::span<const store::KnownProvider> providers) {
    flush();
    const auto done = db_.write([&](soci::session& session) -> Result<void> {
        for (const store::KnownProvider& provider : providers)
            store::register_provider(session, provider);
        store::sweep_ai_reservations(session);
        return {};
    });
    if (!done) database_failed(done.error());
}

void Gate::flush() {
    for (;;) {
        std::optional<Report> first;
        {
            const std::scoped_lock lock(mutex_);
            if (unrecorded_.empty()) return;
            first = std::move(unrecorded_.front());
            unrecorded_.pop_front();
        }
        const auto recorded = record(*first);
        if (recorded || !recorded.error().retryable()) continue;
        const std::scoped_lock lock(mutex_);
        unrecorded_.push_front(std::move(*first));
        return;
    }
}

void Gate::remember(const Offer& offer, const store::ProviderHealth& health, std::int64_t database_now) {
    const std::scoped_lock lock(mutex_);
    health_[{offer.id(), offer.capability}] = health;
    clock_offset_ = database_now - system_now_ms();
}

void Gate::remember_budget(const OrganizationId& organization, bool has_one) {
    const std::scoped_lock lock(mutex_);
    if (has_one) {
        without_budget_.erase(organization);
        return;
    }
    if (without_budget_.size() >= kMaxRemembered) without_budget_.clear();
    without_budget_.insert(organization);
}

void Gate::tell_alone(const Report& report) {
    const std::scoped_lock lock(mutex_);
    tell(health_[{report.offer->id(), report.offer->capability}], report, now());
}

bool Gate::is_database_away() const {
    const std::scoped_lock lock(mutex_);
    return std::chrono::steady_clock::now() < away_until_;
}

void Gate::database_failed(const Error& error) {
    log::warning("AI providers' shared state: {}", error.message);
    if (!error.retryable()) return;
    const std::scoped_lock lock(mutex_);
    away_until_ = std::chrono::steady_clock::now() + kAway;
}

/// The caller holds the lock.
std::int64_t Gate::now() const {
    return system_now_ms() + clock_offset_;
}

}  // namespace atelier::ai
