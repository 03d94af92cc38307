#pragma once
// An organization with photos, formats and credits, and the moves of the protocol on its jobs, so that a test
// reads as a story.

#include <set>
#include <string>
#include <vector>

#include "common/json/schema_set.hpp"
#include "queues/lifecycle/lifecycle.hpp"
#include "tests/support/database.hpp"

namespace atelier::testing {

struct StudioSettings {
    int photos = 2;
    int formats = 2;
    std::int64_t credits = 100;
};

/// Credits come by a grant, so that audit_protocol holds. Photos are analysed. The moves throw when the
/// database refuses them. Move functions may be called from several threads.
class Studio {
  public:
    explicit Studio(TestDatabase& database, StudioSettings settings = {});

    Tenant tenant;
    ProjectId project;
    std::vector<AssetId> photos;

    // What to ask for.
    queues::JobRequest analysis() const;    ///< 2 tasks a photo
    queues::JobRequest adaptation() const;  ///< per photo 1 + 2 × formats tasks
    Result<queues::Accepted> accept(const queues::JobRequest& request);
    JobId begin(const queues::JobRequest& request);

    // The dispatcher's part, without a broker.
    std::vector<queues::TaskMessage> dispatch(int limit = 1000);
    /// Ready tasks that wait for their retry are due.
    void let_time_pass();
    /// The leases of all running tasks are over.
    void expire_leases();

    // The worker's part.
    std::optional<store::Claim> claim(const queues::TaskMessage& message, const std::string& worker = "w");
    store::Claim claim_next();  ///< dispatches; throws when nothing can be claimed
    queues::Outcome finish(const store::Claim& claim);
    Result<queues::Outcome> finish(const store::Claim& claim, const json::Value& output,
                                   const std::function<Result<void>(soci::session&)>& record);
    queues::Outcome fail(const store::Claim& claim, bool transient);
    /// Dispatches, claims and finishes until nothing is ready.
    void work_off();
    Result<store::JobEvent> cancel(const JobId& job);
    queues::DeadOutcome requeue(const JobId& job);

    // What came of it.
    store::Job job(const JobId& id);
    std::vector<store::JobEvent> events(const JobId& id);
    std::int64_t balance();
    std::int64_t number(const std::string& query);  ///< the one number that it selects
    std::string text(const std::string& query);
    std::string task_state(const TaskId& id) {
        return text("SELECT state FROM tasks WHERE id = '" + id.value + "'");
    }
    int tasks_in(const JobId& id, const std::string& state);

    store::Database& db() { return *database_; }

  private:
    /// As the dispatcher of a process that made them does: they are due now.
    void offer(const std::vector<store::Dispatchable>& tasks);
    AssetId add_photo(soci::session& session, int number);

    TestDatabase& database_;
    json::SchemaSet schemas_;
};

/// What the step of the claim would have answered.
json::Value made_up_output(const store::Claim& claim);

/// Every queue as a broker might describe it.
std::vector<queues::SeenQueue> all_queues(bool are_empty);

}  // namespace atelier::testing
