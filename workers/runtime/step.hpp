#pragma once
// What a step is: a function from a claimed task to its fate. It never touches messages, attempts or states;
// the runner does.

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/async/stop_token.hpp"
#include "common/errors/error.hpp"
#include "common/json/value.hpp"
#include "common/objects/object_store.hpp"
#include "common/store/database.hpp"
#include "common/store/tasks.hpp"

namespace atelier::runtime {

/// The work is done. `output` is stored on the task and handed to the steps that follow; `record` stores what
/// else the step made, in the same transaction, and may run more than once.
struct Done {
    json::Value output = json::Object{};
    std::function<Result<void>(soci::session&)> record = {};
};
/// Something that may pass: tried again in 2, 4, 8 s.
struct Retry {
    Error why;
};
/// Trying again cannot help: dead at once.
struct Fail {
    Error why;
};
using StepFate = std::variant<Done, Retry, Fail>;

/// `unavailable`, `internal` and the like may pass; what the input did wrong stays wrong.
StepFate fate_of(const Error& error);

/// One task while a step works on it. Used by one thread; `cancelled` and `progress` are cheap, ask often.
class StepContext {
  public:
    StepContext(const store::Claim& claim, store::Database& db, objects::ObjectStore& objects,
                async::StopToken stop, std::atomic<double>& progress)
        : claim_(claim), db_(db), objects_(objects), stop_(std::move(stop)), progress_(progress) {}

    const store::Claim& claim() const { return claim_; }
    const json::Value& input() const { return claim_.input; }
    store::Database& db() const { return db_; }
    objects::ObjectStore& objects() const { return objects_; }

    /// The claim is void, the deadline is past or the worker must go: return soon, with anything.
    bool cancelled() const { return stop_.stop_requested(); }
    const async::StopToken& stop_token() const { return stop_; }
    /// 0…1
    void progress(double fraction) { progress_.store(fraction, std::memory_order_relaxed); }

    /// Where this claim may write objects: `results/{organization}/{job}/{task}/{fence}/NAME`. What a voided
    /// claim left there is swept.
    std::string result_key(std::string_view name) const;

  private:
    const store::Claim& claim_;
    store::Database& db_;
    objects::ObjectStore& objects_;
    async::StopToken stop_;
    std::atomic<double>& progress_;
};

/// The folder of a claim's results, without a trailing slash.
std::string result_prefix(const store::Claim& claim);

struct Step {
    std::string name;
    std::function<StepFate(StepContext&)> run;
};
/// A stage's table of steps.
using StepTable = std::vector<Step>;

}  // namespace atelier::runtime
