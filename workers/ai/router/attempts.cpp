#include "workers/ai/router/attempts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "common/crypto/hash.hpp"
#include "common/log/log.hpp"

namespace atelier::ai {
namespace {

constexpr std::size_t kKeyLength = 40;
/// Somebody waits for a slot of its own: look again soon.
constexpr std::chrono::milliseconds kSlotPoll{100};
/// Nobody is told to come back later than this.
constexpr std::chrono::seconds kLongestRetryAfter{3600};

std::string idempotency_key(const Order& order, const Offer& offer, int malformed) {
    const std::string text = fmt::format("{}\n{}\n{}\n{}\n{}", order.key, offer.id(), offer.model.model,
                                         to_string(offer.capability), malformed);
    return crypto::to_hex(crypto::sha256(text)).substr(0, kKeyLength);
}

/// What did not bring an answer costs nothing; an answer that was no good costs what an answer costs.
std::optional<std::int64_t> cost(const Offer& offer, const Outcome& outcome) {
    if (outcome.failure && outcome.failure->kind != FailureKind::malformed_output) return 0;
    return cost_of(offer.model.price, outcome.taken);
}

std::string_view word(const Outcome& outcome) {
    return outcome.failure ? to_string(outcome.failure->kind) : "ok";
}

}  // namespace

Attempts::Attempts(Gate& gate, metrics::Registry* metrics, Persistence persistence, const Work& work,
                   const Order& order)
    : gate_(gate),
      metrics_(metrics),
      persistence_(persistence),
      work_(work),
      order_(order),
      deadline_(Clock::now() + order.patience) {}

Result<Finished> Attempts::run(std::span<const Offer* const> line) {
    for (const Offer* offer : line)
        candidates_.push_back({offer});
    for (;;) {
        first_ready_.reset();
        for (Candidate& candidate : candidates_) {
            if (candidate.given_up) continue;
            const Visit came = visit(candidate);
            if (came != Visit::next) return end(came);
        }
        if (!first_ready_ || *first_ready_ >= deadline_) return nobody();
        const auto pause = std::chrono::ceil<milliseconds>(*first_ready_ - Clock::now());
        if (!wait(pause)) return end(Visit::over);
    }
}

Result<Finished> Attempts::end(Visit visit) {
    if (visit == Visit::done) {
        finished_->by = sum_;
        return std::move(*finished_);
    }
    if (visit == Visit::refused) return *refused_;
    return order_.stop.stop_requested() ? conflict("The work was stopped.") : nobody();
}

Attempts::Visit Attempts::visit(Candidate& candidate) {
    for (;;) {
        if (order_.stop.stop_requested() || left() <= milliseconds{0}) return Visit::over;
        auto ticket = admit(candidate, candidate.offer->row->queue);
        if (!ticket) return refused_ ? Visit::refused : Visit::next;
        auto [who, outcome] =
            persistence_.hedge_after ? hedged(std::move(*ticket)) : alone(std::move(*ticket));
        if (!outcome.failure) {
            sum_.provider = who->offer->id();
            sum_.model = who->offer->model.model;
            finished_ = Finished{std::move(outcome.answer), {}};
            return Visit::done;
        }
        if (outcome.failure->kind == FailureKind::unsafe_prompt) {
            refused_ = invalid("/prompt", "unsafe", outcome.failure->message);
            return Visit::refused;
        }
        if (outcome.failure->kind == FailureKind::cancelled) return Visit::over;
        const bool is_again = note(*who, outcome);
        if (!is_again || candidate.given_up) return Visit::next;
        wait(persistence_.pause * (1 << std::min(who->failures - 1, 6)));
    }
}

std::optional<Attempts::Ticket> Attempts::admit(Candidate& candidate, milliseconds queue) {
    const Offer& offer = *candidate.offer;
    auto slot = offer.slots->acquire(std::min(queue, left()), order_.stop);
    if (!slot) {
        candidate.why = "All its slots are busy.";
        ready_in(kSlotPoll);
        return std::nullopt;
    }
    Ticket ticket{&candidate, std::move(*slot), ids::new_id<ProviderCallId>(),
                  std::min(offer.model.timeout, std::max(left(), milliseconds{1}))};
    if (!enter(ticket, queue)) return std::nullopt;
    return ticket;
}

bool Attempts::enter(Ticket& ticket, milliseconds queue) {
    Candidate& candidate = *ticket.candidate;
    const Offer& offer = *candidate.offer;
    const Gate::Wish wish{order_.organization, ticket.id, highest_cost(offer.model.price, work_.limits),
                          ticket.timeout};
    const auto give_up = [&](std::string rule, std::string why) {
        candidate.given_up = true;
        candidate.rule = std::move(rule);
        candidate.why = std::move(why);
        return false;
    };
    Admission admission = gate_.admit(offer, wish);
    if (admission.kind == Admission::Kind::wait && admission.is_rate && admission.wait <= queue &&
        wait(admission.wait))
        admission = gate_.admit(offer, wish);
    switch (admission.kind) {
        case Admission::Kind::go:
            ticket.has_reserved = admission.has_reserved;
            return true;
        case Admission::Kind::wait:
            ready_in(admission.wait);
            return false;
        case Admission::Kind::off:
            if (order_.provider == offer.id())
                refused_ = invalid("/provider", "enabled", "This provider is switched off.");
            return give_up("disabled", "It is switched off.");
        case Admission::Kind::unpriced:
            return give_up("unpriced", "Its price is unknown, and the organization has a budget to keep.");
        case Admission::Kind::spent:
            return give_up("budget", "The organization's AI budget of this month has not enough left.");
    }
    return false;
}

Outcome Attempts::perform(const Ticket& ticket, const async::StopToken& stop) const {
    const Offer& offer = *ticket.candidate->offer;
    const Call call{offer.model.model, idempotency_key(order_, offer, ticket.candidate->malformed),
                    ticket.timeout, stop};
    const auto begun = Clock::now();
    Outcome outcome = work_.perform(*offer.provider, call);
    outcome.took = std::chrono::duration_cast<milliseconds>(Clock::now() - begun);
    return outcome;
}

Attempts::Ended Attempts::alone(Ticket ticket) {
    Outcome outcome = perform(ticket, order_.stop);
    judge(outcome);
    record(ticket, outcome);
    return {ticket.candidate, std::move(outcome)};
}

void Attempts::record(const Ticket& ticket, const Outcome& outcome) {
    const Offer& offer = *ticket.candidate->offer;
    store::ProviderCall call{.id = ticket.id,
                             .organization = order_.organization,
                             .job = order_.job,
                             .provider = offer.id(),
                             .model = offer.model.model,
                             .capability = std::string(to_string(offer.capability)),
                             .outcome = std::string(word(outcome)),
                             .status = outcome.failure ? outcome.failure->status : 0,
                             .duration_ms = outcome.took.count(),
                             .input_tokens = outcome.taken.input_tokens,
                             .output_tokens = outcome.taken.output_tokens,
                             .images = static_cast<int>(outcome.taken.images.size()),
                             .cost_micro_usd = cost(offer, outcome)};
    count(offer, outcome, call);
    gate_.report({&offer, std::move(call), outcome.failure, outcome.is_refused, ticket.has_reserved});
}

void Attempts::judge(Outcome& outcome) {
    if (outcome.failure || !work_.accept) return;
    const auto accepted = work_.accept(outcome.answer.get());
    if (accepted) return;
    outcome.failure = Failure{FailureKind::malformed_output, accepted.error().message};
    outcome.is_refused = true;
}

void Attempts::count(const Offer& offer, const Outcome& outcome, const store::ProviderCall& call) {
    sum_.calls += 1;
    sum_.input_tokens += call.input_tokens.value_or(0);
    sum_.output_tokens += call.output_tokens.value_or(0);
    // Once a part is unknown, so is the sum.
    if (sum_.cost_micro_usd && call.cost_micro_usd)
        *sum_.cost_micro_usd += *call.cost_micro_usd;
    else
        sum_.cost_micro_usd.reset();
    if (outcome.failure)
        log::info("{} ({}) failed at {}: {}: {}", offer.id(), offer.model.model, to_string(offer.capability),
                  word(outcome), outcome.failure->message);
    if (!metrics_) return;
    metrics_->add(metrics::Counter::provider_calls, {offer.id(), call.model, call.outcome});
    metrics_->observe(metrics::Histogram::provider_seconds, {offer.id(), call.model},
                      static_cast<double>(call.duration_ms) / 1000);
    if (call.cost_micro_usd)
        metrics_->add(metrics::Counter::provider_cost, {offer.id(), call.model},
                      static_cast<double>(*call.cost_micro_usd) / 1e6);
}

bool Attempts::note(Candidate& candidate, const Outcome& outcome) {
    const Failure& failure = *outcome.failure;
    candidate.rule = std::string(to_string(failure.kind));
    candidate.why = failure.message;
    if (failure.kind == FailureKind::permanent) {
        candidate.given_up = true;
        return false;
    }
    // The gate knows by now until when it cools down.
    if (failure.kind == FailureKind::rate_limited) {
        ready_in(failure.retry_after.value_or(candidate.offer->row->breaker.cool_down));
        return false;
    }
    if (failure.kind == FailureKind::malformed_output) ++candidate.malformed;
    const int failures = candidate.failures++;
    // It may take as long again; half of what is left is for those that follow.
    const bool has_time = outcome.took <= left() / 2;
    candidate.given_up = failures >= persistence_.retries || !has_time;
    return !candidate.given_up;
}

Attempts::milliseconds Attempts::left() const {
    return std::chrono::duration_cast<milliseconds>(deadline_ - Clock::now());
}

/// True when the pause went by, or the deadline came.
bool Attempts::wait(milliseconds pause) {
    return async::sleep_for(order_.stop, std::min(pause, std::max(left(), milliseconds{0})));
}

void Attempts::ready_in(milliseconds pause) {
    const auto at = Clock::now() + std::max(pause, milliseconds{1});
    if (!first_ready_ || at < *first_ready_) first_ready_ = at;
}

Error Attempts::nobody() const {
    std::vector<FieldError> details;
    for (const Candidate& candidate : candidates_)
        details.push_back({"/providers/" + candidate.offer->id(), candidate.rule, candidate.why});
    const auto is = [](std::string_view rule) {
        return [rule](const Candidate& candidate) { return candidate.given_up && candidate.rule == rule; };
    };
    const bool lacks_money = std::any_of(candidates_.begin(), candidates_.end(), is("budget")) ||
                             std::any_of(candidates_.begin(), candidates_.end(), is("unpriced"));
    const bool only_money = std::all_of(candidates_.begin(), candidates_.end(), [&](const Candidate& one) {
        return is("budget")(one) || is("unpriced")(one) || is("disabled")(one);
    });
    if (lacks_money && only_money)
        return {.code = ErrorCode::insufficient_credits,
                .message = "The organization's AI budget of this month is spent.",
                .details = std::move(details)};
    Error error = unavailable("No provider of AI could do it in time.");
    if (first_ready_)
        error.retry_after_s =
            static_cast<int>(std::chrono::ceil<std::chrono::seconds>(
                                 std::clamp<Clock::duration>(*first_ready_ - Clock::now(), milliseconds{1},
                                                             kLongestRetryAfter))
                                 .count());
    error.details = std::move(details);
    return error;
}

}  // namespace atelier::ai
