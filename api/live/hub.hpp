#pragma once
// Carries job events to everybody who watches, each exactly once and in order, from any `after`.
//
// A subscription is registered before its history is read, so no event falls between the two; the bus only
// speeds things up: gaps send the hub back to history, and so does a periodic catch-up for whatever the bus
// lost. A reader costs at most its limit of queued bytes: replay waits for it, live events beyond the limit
// cut it off.
//
// Thread-safe; one lock that is never held while a callback of HubCallbacks runs.

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "api/http/principal.hpp"
#include "api/live/reader.hpp"
#include "common/async/periodic_task.hpp"
#include "common/errors/error.hpp"

namespace atelier::api::live {

struct HistoryPage {
    std::vector<Event> events;  ///< seq > after, ascending, at most `limit`
    bool finished = false;      ///< the job has ended: no event will ever follow its newest one
};

/// Both may block (the database) and are called from handler threads and the hub's own thread, concurrently.
struct HubCallbacks {
    /// The stored events after `after`. Contract: once a seq was returned, no smaller one appears later.
    std::function<Result<HistoryPage>(const std::string& job_id, std::int64_t after, std::size_t limit)>
        history;
    /// not_found when the job is not this caller's.
    std::function<Result<void>(const http::Principal&, const std::string& job_id)> can_watch;
};

struct HubSettings {
    std::chrono::milliseconds catch_up_every{3000};
    std::size_t page = 200;            ///< events read from history at once
    std::size_t jobs_per_reader = 64;  ///< subscriptions of one connection
};

class Hub {
  public:
    explicit Hub(HubCallbacks callbacks, HubSettings settings = {});
    ~Hub();
    Hub(const Hub&) = delete;

    /// Starts and stops the thread that catches up; start before anything is published. Without it, call
    /// catch_up().
    void start();
    void stop();

    /// What the bus heard, in any order and any number of times. Never blocks on I/O.
    void publish(const std::string& job_id, Event event);

    /// May this caller watch this job? Blocks.
    Result<void> allow(const http::Principal& principal, const std::string& job_id) const;
    /// Events with seq > after flow from now on; blocks for the first page of history. An unreadable history
    /// is tried again later. Errors: conflict when the reader watches the job already or too many. Does not
    /// ask `can_watch`.
    Result<void> subscribe(const std::shared_ptr<Reader>& reader, const std::string& job_id,
                           std::int64_t after);
    /// False when there was no such subscription. Events already queued are still delivered.
    bool unsubscribe(Reader& reader, const std::string& job_id);
    /// Ends all subscriptions of the reader and drops its queue.
    void leave(Reader& reader);

    /// Queues a message of the session's own behind what is queued; counts against the same limit.
    void send(Reader& reader, std::string text);
    /// The next thing to write, if any. Taking the last one lets a waiting replay continue.
    std::optional<Delivery> next(Reader& reader);
    /// Something is queued or may still come: false when the only job it watched had ended before.
    bool expects_events(const Reader& reader) const;
    /// The reader exceeded its limit: its queue is gone and it must be closed.
    bool too_slow(const Reader& reader) const;

    /// One round: reads history for jobs with a known gap or, with `all`, for every watched job.
    void catch_up(bool all);
    /// Jobs that somebody watches.
    std::size_t watched_jobs() const;

  private:
    using Watchers = std::vector<std::shared_ptr<Reader>>;

    void note_gap(const std::string& job_id);
    /// Reads one page and hands it out. True when somebody is still behind, has room and this page brought
    /// progress.
    bool read_history(const std::string& job_id, bool even_if_current);
    bool hand_out(const std::string& job_id, std::int64_t after, const HistoryPage& page);
    void finish(const std::string& job_id, Reader& reader);
    void forget(const std::string& job_id, const Reader& reader);
    void cut_off(Reader& reader);

    const HubCallbacks callbacks_;
    const HubSettings settings_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Watchers> jobs_;
    std::set<std::string> gaps_;  ///< jobs whose history has to be read soon
    std::chrono::steady_clock::time_point next_full_round_;
    std::unique_ptr<async::PeriodicTask> catch_up_task_;
};

}  // namespace atelier::api::live
