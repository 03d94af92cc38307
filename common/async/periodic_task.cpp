#include "common/async/periodic_task.hpp"

#include <pthread.h>

#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

#include "common/log/log.hpp"

namespace atelier::async {

struct PeriodicTask::State {
    Options options;
    std::function<void()> work;
    std::mutex mutex;
    std::condition_variable changed;
    bool nudged = false;
    bool stopping = false;
    std::minstd_rand random{std::random_device{}()};
    std::thread thread;
    std::mutex join_mutex;

    std::chrono::milliseconds next_pause() {
        std::uniform_real_distribution<double> spread(1 - options.jitter, 1 + options.jitter);
        return std::chrono::milliseconds(
            static_cast<long>(static_cast<double>(options.interval.count()) * spread(random)));
    }

    void run() {
        pthread_setname_np(pthread_self(), options.name.substr(0, 15).c_str());
        std::unique_lock lock(mutex);
        nudged = nudged || options.run_at_start;
        for (;;) {
            changed.wait_for(lock, next_pause(), [&] { return nudged || stopping; });
            if (stopping) return;
            nudged = false;
            lock.unlock();
            call();
            lock.lock();
        }
    }

    void call() const {
        try {
            work();
        } catch (const std::exception& e) {
            log::error("The periodic task {} threw: {}", options.name, e.what());
        } catch (...) {
            log::error("The periodic task {} threw something that is no exception.", options.name);
        }
    }
};

PeriodicTask::PeriodicTask(Options options, std::function<void()> work) : state_(std::make_unique<State>()) {
    state_->options = std::move(options);
    state_->work = std::move(work);
    state_->thread = std::thread([s = state_.get()] { s->run(); });
}

PeriodicTask::~PeriodicTask() {
    stop();
}

void PeriodicTask::nudge() {
    {
        std::lock_guard lock(state_->mutex);
        state_->nudged = true;
    }
    state_->changed.notify_one();
}

void PeriodicTask::stop() {
    {
        std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->changed.notify_one();
    if (std::this_thread::get_id() == state_->thread.get_id()) return;
    std::lock_guard lock(state_->join_mutex);
    if (state_->thread.joinable()) state_->thread.join();
}

}  // namespace atelier::async
