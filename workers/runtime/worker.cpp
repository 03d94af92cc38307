#include "workers/runtime/worker.hpp"

#include <unistd.h>

#include <thread>

#include "common/log/log.hpp"
#include "queues/lifecycle/lifecycle.hpp"
#include "workers/runtime/active_tasks.hpp"

namespace atelier::runtime {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string default_name(queues::Stage stage) {
    char host[256] = "host";
    gethostname(host, sizeof host - 1);
    return std::string(queues::to_string(stage)) + "@" + host + ":" + std::to_string(getpid());
}

const queues::Step* pipeline_step(const store::Claim& claim) {
    const queues::Pipeline* pipeline = queues::find_pipeline(claim.job_kind);
    return pipeline ? queues::find_step(*pipeline, claim.step) : nullptr;
}

}  // namespace

class Worker::Impl {
  public:
    Impl(WorkerSettings settings, queues::Stage stage, StepTable steps, WorkerServices services)
        : settings_(std::move(settings)),
          stage_(stage),
          steps_(std::move(steps)),
          s_(services),
          active_(services.db, settings_.lease),
          consumer_(services.broker.consume(stage, settings_.slots)) {
        if (settings_.name.empty()) settings_.name = default_name(stage);
        control_ = s_.broker.subscribe_control([this](std::string_view payload) {
            if (auto job = queues::cancelled_job(payload)) active_.check_now(*job);
        });
        s_.metrics.change(metrics::Gauge::slots_total, {}, settings_.slots);
        for (int i = 0; i < settings_.slots; ++i)
            threads_.emplace_back([this] { work(); });
    }

    ~Impl() { stop(); }

    void stop() {
        if (stopping_.exchange(true)) return;
        consumer_->stop_fetching();
        const auto limit = steady_clock::now() + settings_.drain;
        while (active_.count() > 0 && steady_clock::now() < limit)
            std::this_thread::sleep_for(milliseconds(20));
        gone_ = true;
        active_.stop_all();
        for (std::thread& thread : threads_)
            thread.join();
        control_.reset();
        consumer_.reset();
    }

    int busy() const { return active_.count(); }

  private:
    void work() {
        while (!stopping_)
            if (auto delivery = consumer_->next(milliseconds(500))) handle_safely(*delivery);
    }

    void handle_safely(const queues::Delivery& delivery) {
        try {
            handle(delivery);
        } catch (const std::exception& e) {
            log::error("Working on a message failed: {}", e.what());
            consumer_->release(delivery);  // nothing when it was settled already
        }
    }

    void handle(const queues::Delivery& delivery) {
        const auto message = queues::parse_task_message(delivery.body);
        if (!message) {
            log::warning("A message that is no task was buried: {}", message.error().message);
            consumer_->reject(delivery, message.error().message);
            return;
        }
        if (stopping_) return consumer_->release(delivery);
        log::Context context({{"task_id", message->task_id}, {"job_id", message->job_id}});
        auto claim = insist([&] { return queues::claim(s_.db, *message, settings_.name, settings_.lease); });
        if (!claim) {
            log::warning("A task could not be claimed: {}", claim.error().message);
            consumer_->release(delivery);
        } else if (!*claim) {
            consumer_->ack(delivery);
        } else {
            s_.metrics.add(metrics::Counter::tasks_claimed, {(*claim)->stage, (*claim)->lane});
            settle(delivery, run(std::move(**claim)));
        }
    }

    /// Repeats what failed only because the database was away, until it answers or the worker must go.
    template <class Call>
    std::invoke_result_t<Call> insist(Call call) {
        for (milliseconds pause(200);; pause = std::min(pause * 2, milliseconds(2'000))) {
            auto outcome = call();
            if (outcome || outcome.error().code != ErrorCode::unavailable || gone_) return outcome;
            std::this_thread::sleep_for(pause);
        }
    }

    Result<queues::Outcome> run(store::Claim claim) {
        const queues::Step* step = pipeline_step(claim);
        auto task = active_.add(std::move(claim), step ? step->deadline : std::chrono::seconds(60));
        announce_start(task->claim, step);
        s_.metrics.change(metrics::Gauge::slots_busy, {}, 1);
        const auto begun = steady_clock::now();
        StepFate fate = call_step(*task);
        s_.metrics.observe(metrics::Histogram::task_seconds, {task->claim.step},
                           std::chrono::duration<double>(steady_clock::now() - begun).count());
        s_.metrics.change(metrics::Gauge::slots_busy, {}, -1);
        auto outcome = report(*task, fate);
        active_.remove(task);
        if (outcome && (outcome->stale || !std::holds_alternative<Done>(fate))) sweep(task->claim);
        return outcome;
    }

    void announce_start(const store::Claim& claim, const queues::Step* step) {
        if (!step || step->start != queues::Step::Start::first || claim.attempt > 1) return;
        auto event = queues::note_start(s_.db, claim.job_id);
        if (event && *event) s_.announcer.announce(**event);
    }

    StepFate call_step(ActiveTask& task) {
        for (const Step& step : steps_) {
            if (step.name != task.claim.step) continue;
            StepContext context(task.claim, s_.db, s_.objects, task.stop.get_token(), task.progress);
            try {
                return step.run(context);
            } catch (const std::exception& e) {
                log::error("Step {} threw: {}", step.name, e.what());
            } catch (...) {
                log::error("Step {} threw something that is no exception", step.name);
            }
            return Retry{internal("The step failed unexpectedly.")};
        }
        // In a fleet that is being upgraded another worker of the stage may have it.
        return Retry{internal("This worker has no step named " + task.claim.step + ".")};
    }

    Result<queues::Outcome> report(ActiveTask& task, const StepFate& fate) {
        if (task.is_void) return queues::Outcome{.stale = true};
        return insist([&]() -> Result<queues::Outcome> {
            if (const auto* done = std::get_if<Done>(&fate)) {
                auto finished = queues::finish(s_.db, task.claim, done->output, done->record);
                if (finished || finished.error().code == ErrorCode::unavailable)
                    return count(task.claim, "done", finished);
                return refused(task.claim, finished.error());
            }
            if (task.is_late) {
                const Error late{
                    ErrorCode::request_timeout, "The step took longer than its deadline.", {}, {}};
                return count(task.claim, "late", queues::fail(s_.db, task.claim, late, true));
            }
            if (gone_) return count(task.claim, "given_back", queues::give_back(s_.db, task.claim));
            if (const auto* retry = std::get_if<Retry>(&fate))
                return count(task.claim, "retry", queues::fail(s_.db, task.claim, retry->why, true));
            return count(task.claim, "failed",
                         queues::fail(s_.db, task.claim, std::get<Fail>(fate).why, false));
        });
    }

    /// What the step made could not be stored: its asset was deleted meanwhile, the disk is full.
    Result<queues::Outcome> refused(const store::Claim& claim, const Error& why) {
        const bool may_pass = std::holds_alternative<Retry>(fate_of(why));
        auto failed = queues::fail(s_.db, claim, why, may_pass);
        if (failed) sweep(claim);
        return count(claim, "failed", std::move(failed));
    }

    Result<queues::Outcome> count(const store::Claim& claim, std::string_view outcome,
                                  Result<queues::Outcome> result) {
        if (result)
            s_.metrics.add(metrics::Counter::tasks_finished, {claim.step, result->stale ? "stale" : outcome});
        return result;
    }

    void settle(const queues::Delivery& delivery, const Result<queues::Outcome>& outcome) {
        if (!outcome) {
            // The lease runs out and the reaper sends the task again as its next dispatch; this message is
            // spent.
            log::error("The outcome of a task could not be stored: {}", outcome.error().message);
            consumer_->ack(delivery);
            return;
        }
        s_.announcer.announce(outcome->events);
        if (outcome->has_ready) s_.dispatcher.nudge();
        if (outcome->buried)
            consumer_->reject(delivery, reason_of(*outcome));
        else
            consumer_->ack(delivery);
    }

    static std::string reason_of(const queues::Outcome& outcome) {
        for (const store::JobEvent& event : outcome.events)
            if (event.type == "job:failed") return event.data["error"]["message"].string_or("failed");
        return "The task failed for good.";
    }

    /// What a voided claim wrote nobody will read.
    void sweep(const store::Claim& claim) {
        const auto left = s_.objects.list(result_prefix(claim) + "/");
        if (!left) return;
        for (const objects::ObjectInfo& object : *left)
            (void)s_.objects.remove(object.key);
    }

    WorkerSettings settings_;
    queues::Stage stage_;
    StepTable steps_;
    WorkerServices s_;
    ActiveTasks active_;
    std::unique_ptr<queues::Consumer> consumer_;
    std::unique_ptr<queues::Subscription> control_;
    std::atomic<bool> stopping_{false};  ///< take nothing new
    std::atomic<bool> gone_{false};      ///< the drain time is over
    std::vector<std::thread> threads_;
};

Worker::Worker(WorkerSettings settings, queues::Stage stage, StepTable steps, WorkerServices services)
    : impl_(std::make_unique<Impl>(std::move(settings), stage, std::move(steps), services)) {}
Worker::~Worker() = default;
void Worker::stop() {
    impl_->stop();
}
int Worker::busy() const {
    return impl_->busy();
}

}  // namespace atelier::runtime
