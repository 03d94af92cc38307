#pragma once
// Who does a piece of AI work: the configured order, one provider after the other, until one has done it.
//
// Every call is classified (FailureKind), counted and paid: circuit breakers whose state all processes share
// through the database, a rate and a concurrency limit per provider, a budget per organization that is
// reserved before each call. While all providers are cooling down the router waits for the first of them as
// long as the order's deadline allows. Any thread may call; calls block.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "workers/ai/capabilities/capability.hpp"

namespace atelier::metrics {
class Registry;
}
namespace atelier::store {
class Database;
}

namespace atelier::ai {

struct ProvidersFile;  // router/providers_file.hpp
struct ProviderRow;

/// Makes the provider of a row that is not `builtin`; null leaves it out.
using MakeProvider = std::function<Result<std::unique_ptr<Provider>>(const ProviderRow&)>;

struct RouterOptions {
    metrics::Registry* metrics = nullptr;  ///< null: nothing is counted
    MakeProvider make = {};                ///< empty: by the vendors' table, keys from the environment
};

/// Whose work it is.
struct Order {
    OrganizationId organization;
    std::optional<JobId> job = {};
    std::string key;  ///< equal for repetitions of this piece of work; idempotency keys are made of it
    std::optional<std::string> provider = {};     ///< asked first where it can; the others follow in order
    bool is_provider_fixed = false;               ///< nobody else than `provider` is asked
    std::chrono::milliseconds patience{110'000};  ///< for everything together
    async::StopToken stop = {};
};

/// Who did it in the end.
struct DoneBy {
    std::string provider, model;
    std::optional<std::int64_t>
        cost_micro_usd;  ///< of all calls that it took; nothing where a price is unknown
    std::int64_t input_tokens = 0, output_tokens = 0;
    int calls = 1;
};
template <class Answer>
struct Routed {
    Answer answer;
    DoneBy by;
};

/// Judges an answer that came: what it refuses is malformed output, and another try is made. Runs in the
/// caller's thread, once an answer.
template <class Answer>
using Acceptance = std::function<Result<>(Answer&)>;

class Router {
  public:
    /// The builtin engine takes part where the file has a row for it. Providers whose key is not in the
    /// environment are left out, and said so in the log. Both arguments must outlive the router. Errors:
    /// validation_failed for a wrong file, by pointer.
    static Result<std::unique_ptr<Router>> open(const ProvidersFile& file, store::Database& db,
                                                Provider* builtin, const RouterOptions& options = {});
    ~Router();
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;

    /// Errors of all five: validation_failed at /prompt, rule `unsafe` · validation_failed at /provider, rule
    /// `exists` or `enabled` · insufficient_credits when the organization's AI budget is spent · unavailable
    /// when nobody could do it in time (details: one entry a provider, `/providers/<id>`, the kind of its
    /// last failure, its message) · conflict when stopped.
    Result<Routed<TextAnswer>> complete(const TextRequest& request, const Order& order,
                                        const Acceptance<TextAnswer>& accept = {});
    Result<Routed<TextAnswer>> look(const VisionRequest& request, const Order& order,
                                    const Acceptance<TextAnswer>& accept = {});
    Result<Routed<ImageAnswer>> make(const ImageRequest& request, const Order& order,
                                     const Acceptance<ImageAnswer>& accept = {});
    Result<Routed<EmbeddingAnswer>> embed(const std::vector<std::string>& texts, const Order& order);
    Result<Routed<SafetyAnswer>> check(const std::string& text, const Order& order);

    /// Whether anybody at all offers it.
    bool offers(Capability capability) const;

  private:
    struct State;
    explicit Router(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace atelier::ai
