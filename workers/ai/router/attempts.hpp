#pragma once
// One piece of work through the offers of its capability: first to last, some tries with each, until one has
// done it.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/errors/error.hpp"
#include "common/metrics/registry.hpp"
#include "workers/ai/router/gate.hpp"
#include "workers/ai/router/outcome.hpp"
#include "workers/ai/router/router.hpp"

namespace atelier::ai {

struct Work {
    Capability capability = Capability::text;
    Limits limits;
    std::function<Outcome(Provider&, const Call&)> perform;
    std::function<Result<>(void* answer)> accept = {};  ///< may be empty
};

/// How stubbornly.
struct Persistence {
    int retries = 2;
    std::chrono::milliseconds pause{250};
    std::optional<std::chrono::milliseconds> hedge_after = {};  ///< nothing: never
};

struct Finished {
    std::shared_ptr<void> answer;
    DoneBy by;
};

/// For one piece of work; used by one thread.
class Attempts {
  public:
    /// Everything must outlive it; `metrics` may be null.
    Attempts(Gate& gate, metrics::Registry* metrics, Persistence persistence, const Work& work,
             const Order& order);

    /// Errors as Router says, but for those of `/provider`, rule `exists`.
    Result<Finished> run(std::span<const Offer* const> line);

  private:
    using Clock = std::chrono::steady_clock;
    using milliseconds = std::chrono::milliseconds;

    /// An offer, and how it fared with this piece of work.
    struct Candidate {
        const Offer* offer = nullptr;
        int failures = 0;   ///< transient or malformed, of this work
        int malformed = 0;  ///< answers: another key asks for another answer
        bool given_up = false;
        std::string rule = "cooling_down";  ///< why not, in a word
        std::string why = "It is cooling down after failures.";
    };
    /// What came of a visit to a candidate.
    enum class Visit { done, refused, over, next };

    /// Leave for one call.
    struct Ticket {
        Candidate* candidate = nullptr;
        Slots::Slot slot;
        ProviderCallId id;
        milliseconds timeout{0};
        bool has_reserved = false;
    };
    /// Whose call it was, and what came of it.
    struct Ended {
        Candidate* candidate = nullptr;
        Outcome outcome = {};
    };

    Result<Finished> end(Visit visit);
    Visit visit(Candidate& candidate);
    /// Nothing when the call may not be made now: the candidate knows why not, or `first_ready_` when.
    /// `queue`: how long to wait for a slot or for the rate.
    std::optional<Ticket> admit(Candidate& candidate, milliseconds queue);
    bool enter(Ticket& ticket, milliseconds queue);
    /// Any thread.
    Outcome perform(const Ticket& ticket, const async::StopToken& stop) const;
    Ended alone(Ticket ticket);
    /// Asks a second provider too when the first takes long.
    Ended hedged(Ticket first);
    std::optional<Ticket> rival_of(const Candidate& first);
    static bool is_final(const Outcome& outcome);
    void judge(Outcome& outcome);
    void record(const Ticket& ticket, const Outcome& outcome);
    void count(const Offer& offer, const Outcome& outcome, const store::ProviderCall& call);
    /// The candidate remembers its failure. True when another try with it makes sense.
    bool note(Candidate& candidate, const Outcome& outcome);

    milliseconds left() const;
    bool wait(milliseconds pause);
    void ready_in(milliseconds pause);
    Error nobody() const;

    Gate& gate_;
    metrics::Registry* metrics_;
    const Persistence persistence_;
    const Work& work_;
    const Order& order_;
    const Clock::time_point deadline_;

    std::vector<Candidate> candidates_;
    std::optional<Clock::time_point> first_ready_;
    std::optional<Finished> finished_;
    std::optional<Error> refused_;
    DoneBy sum_{.cost_micro_usd = 0, .calls = 0};
};

}  // namespace atelier::ai
