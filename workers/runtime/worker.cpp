#include "workers/runtime/worker.hpp"

#include <unistd.h>

#include <thread>

#include "common/log/log.hpp"
#include "queues/lifecycle/lifecycle.hpp"
#include "workers/runtime/active_tasks.hpp"
#include "workers/runtime/reporter.hpp"

namespace atelier::runtime {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string default_name(queues::Stage stage) {
    char host[256] = "host";
    gethostname(host, sizeof host - 1);
    return std::string(queues::to_string(stage)) + "@" + host + ":" + std::to_string(getpid());
}

struct Pulled {
    queues::Delivery delivery;
    queues::TaskMessage message;
};

const queues::Step* pipeline_step(const store::Claim& claim) {
    const queues::Pipeline* pipeline = queues::find_pipeline(claim.job_kind);
    return pipeline ? queues::find_step(*pipeline, claim.step) : nullptr;
}

}  // namespace

class Worker::Impl {
  public:
    Impl(WorkerSettings settings, queues::Stage stage, StepTable steps, WorkerServices services)
        : settings_(std::move(settings)),
          steps_(std::move(steps)),
          s_(services),
          active_(services.db, settings_.lease),
          consumer_(services.broker.consume(stage, settings_.slots)),
          reporter_(s_, active_, *consumer_) {
        if (settings_.name.empty()) settings_.name = default_name(stage);
        control_ = s_.broker.subscribe_control([this](std::string_view payload) {
            if (auto job = queues::cancelled_job(payload)) active_.check_now(*job);
        });
        s_.metrics.change(metrics::Gauge::slots_total, {}, settings_.slots);
        for (int i = 0; i < settings_.slots; ++i)
            working_.emplace_back([this] { work(); });
        intake_ = std::thread([this] { take_in(); });
    }

    ~Impl() { stop(); }

    void stop() {
        if (stopping_.exchange(true)) return;
        consumer_->stop_fetching();
        const auto limit = steady_clock::now() + settings_.drain;
        while (active_.count() > 0 && steady_clock::now() < limit)
            std::this_thread::sleep_for(milliseconds(20));
        reporter_.give_back();
        active_.stop_all();
        intake_.join();
        claimed_.close();
        for (std::thread& thread : working_)
            thread.join();
        reporter_.stop();
        control_.reset();
        consumer_.reset();
    }

    int busy() const { return active_.count(); }

  private:
    /// One thread pulls and claims for all slots: what waits is claimed in one transaction.
    void take_in() {
        while (!stopping_) {
            try {
                const auto pulled = pull();
                if (!pulled.empty()) claim(pulled);
            } catch (const std::exception& e) {
                log::error("Taking tasks in failed: {}", e.what());
            }
        }
    }

    std::vector<Pulled> pull() {
        std::vector<Pulled> pulled;
        const int room = settings_.slots - active_.count();
        if (room <= 0) {
            active_.wait_for_change(milliseconds(500));
            return pulled;
        }
        while (static_cast<int>(pulled.size()) < room) {
            auto delivery = consumer_->next(milliseconds(pulled.empty() ? 500 : 0));
            if (!delivery) break;
            if (auto message = queues::parse_task_message(delivery->body))
                pulled.push_back({std::move(*delivery), std::move(*message)});
            else
                bury(*delivery, message.error());
        }
        return pulled;
    }

    void bury(const queues::Delivery& delivery, const Error& why) {
        log::warning("A message that is no task was buried: {}", why.message);
        consumer_->reject(delivery, why.message);
    }

    void claim(const std::vector<Pulled>& pulled) {
        std::vector<queues::TaskMessage> messages;
        for (const Pulled& one : pulled)
            messages.push_back(one.message);
        auto claimed =
            stopping_ ? Result<queues::Claimed>(unavailable("The worker stops.")) : reporter_.insist([&] {
                return queues::claim(s_.db, messages, settings_.name, settings_.lease);
            });
        if (!claimed) {
            if (!stopping_) log::warning("Tasks could not be claimed: {}", claimed.error().message);
            for (const Pulled& one : pulled)
                consumer_->release(one.delivery);
            return;
        }
        for (std::size_t i = 0; i < pulled.size(); ++i) {
            if (auto& claim = claimed->claims[i]; claim)
                begin(pulled[i].delivery, std::move(*claim));
            else
                consumer_->ack(pulled[i].delivery);
        }
        s_.announcer.announce(claimed->events);
    }

    void begin(const queues::Delivery& delivery, store::Claim claim) {
        s_.metrics.add(metrics::Counter::tasks_claimed, {claim.stage, claim.lane});
        const queues::Step* step = pipeline_step(claim);
        auto task = active_.add(std::move(claim), step ? step->deadline : std::chrono::seconds(60));
        claimed_.push({delivery, std::move(task), {}});
    }

    void work() {
        while (auto task = claimed_.pop()) {
            const store::Claim& claim = task->active->claim;
            log::Context context({{"task_id", claim.id.value}, {"job_id", claim.job_id.value}});
            s_.metrics.change(metrics::Gauge::slots_busy, {}, 1);
            const auto begun = steady_clock::now();
            task->fate = call_step(*task->active);
            s_.metrics.observe(metrics::Histogram::task_seconds, {claim.step},
                               std::chrono::duration<double>(steady_clock::now() - begun).count());
            s_.metrics.change(metrics::Gauge::slots_busy, {}, -1);
            reporter_.report(std::move(*task));
        }
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

    WorkerSettings settings_;
    StepTable steps_;
    WorkerServices s_;
    ActiveTasks active_;
    std::unique_ptr<queues::Consumer> consumer_;
    Reporter reporter_;
    async::Channel<WorkedTask> claimed_;
    std::unique_ptr<queues::Subscription> control_;
    std::atomic<bool> stopping_{false};  ///< take nothing new
    std::vector<std::thread> working_;
    std::thread intake_;
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
