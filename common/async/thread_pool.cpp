#include "common/async/thread_pool.hpp"

#include <pthread.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "common/log/log.hpp"

namespace atelier::async {

struct ThreadPool::State {
    std::string name;
    std::size_t queue_limit = 0;
    mutable std::mutex mutex;
    std::condition_variable work_came, room_came;
    std::deque<Task> queue;
    std::size_t running = 0;
    bool stopping = false;
    std::vector<std::thread> threads;
    std::once_flag joined;

    void run() {
        pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
        std::unique_lock lock(mutex);
        for (;;) {
            work_came.wait(lock, [&] { return stopping || !queue.empty(); });
            if (queue.empty()) return;
            Task task = std::move(queue.front());
            queue.pop_front();
            ++running;
            lock.unlock();
            room_came.notify_one();
            call(std::move(task));
            lock.lock();
            --running;
        }
    }

    // Takes the task by value: what it captured dies before the thread counts as free.
    void call(Task task) const {
        auto outcome = task.get_future();
        task();
        try {
            outcome.get();
        } catch (const std::exception& e) {
            log::error("A task of the pool {} threw: {}", name, e.what());
        } catch (...) {
            log::error("A task of the pool {} threw something that is no exception.", name);
        }
    }
};

ThreadPool::ThreadPool(std::string name, std::size_t threads, std::size_t queue_limit)
    : state_(std::make_unique<State>()) {
    state_->name = std::move(name);
    state_->queue_limit = queue_limit;
    state_->threads.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i)
        state_->threads.emplace_back([s = state_.get()] { s->run(); });
}

ThreadPool::~ThreadPool() {
    stop();
}

bool ThreadPool::accept(Task task, Patience patience) {
    State& s = *state_;
    {
        std::unique_lock lock(s.mutex);
        const auto may_enter = [&] { return s.stopping || s.queue.size() < s.queue_limit; };
        if (patience == Patience::until_room) s.room_came.wait(lock, may_enter);
        if (s.stopping || !may_enter()) return false;
        s.queue.push_back(std::move(task));
    }
    s.work_came.notify_one();
    return true;
}

void ThreadPool::stop() {
    {
        std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->work_came.notify_all();
    state_->room_came.notify_all();
    std::call_once(state_->joined, [&] {
        for (std::thread& thread : state_->threads)
            thread.join();
    });
}

std::size_t ThreadPool::threads() const {
    return state_->threads.size();
}
std::size_t ThreadPool::waiting() const {
    std::lock_guard lock(state_->mutex);
    return state_->queue.size();
}
std::size_t ThreadPool::running() const {
    std::lock_guard lock(state_->mutex);
    return state_->running;
}

}  // namespace atelier::async
