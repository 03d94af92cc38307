#include <algorithm>

#include "workers/ai/router/attempts.hpp"
#include "workers/ai/router/race.hpp"

namespace atelier::ai {

/// Another that may be called at once.
std::optional<Attempts::Ticket> Attempts::rival_of(const Candidate& first) {
    for (Candidate& candidate : candidates_) {
        if (&candidate == &first || candidate.given_up) continue;
        if (auto ticket = admit(candidate, milliseconds{0})) return ticket;
    }
    return std::nullopt;
}

Attempts::Ended Attempts::hedged(Ticket first) {
    std::vector<Ticket> tickets;
    tickets.reserve(2);
    Race race(order_.stop);
    const auto start = [&](Ticket ticket) {
        const Ticket& kept = tickets.emplace_back(std::move(ticket));
        race.start([this, &kept](const async::StopToken& stop) { return perform(kept, stop); });
    };
    start(std::move(first));
    std::optional<std::size_t> place = race.next_within(*persistence_.hedge_after);
    if (!place)
        if (auto rival = rival_of(*tickets.front().candidate)) start(std::move(*rival));

    Ended best;
    for (std::size_t running = tickets.size(); running > 0; --running) {
        const std::size_t ended = place ? *place : race.next();
        place.reset();
        Outcome outcome = race.take(ended);
        // The caller judges one good answer; what the loser says is only recorded.
        const bool is_decided = best.candidate && is_final(best.outcome);
        if (!is_decided) judge(outcome);
        record(tickets[ended], outcome);
        if (is_decided) continue;
        Candidate& candidate = *tickets[ended].candidate;
        if (is_final(outcome))
            race.cancel();
        else if (ended > 0)
            note(candidate, outcome);
        // Of two failures the first one's counts here, and its provider may be asked again.
        if (is_final(outcome) || ended == 0) best = {&candidate, std::move(outcome)};
    }
    return best;
}

/// Nothing more needs to be asked.
bool Attempts::is_final(const Outcome& outcome) {
    return !outcome.failure || outcome.failure->kind == FailureKind::unsafe_prompt ||
           outcome.failure->kind == FailureKind::cancelled;
}

}  // namespace atelier::ai
