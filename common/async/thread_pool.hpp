#pragma once
// A fixed number of threads behind a bounded queue, for work that blocks: SQL, password hashing, pixels.
//
// Thread-safe. Tasks start in the order they were accepted. An exception that leaves a posted task is logged
// and the thread goes on; one that leaves a submitted task travels in its future.

#include <cstddef>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <type_traits>

#include "common/errors/error.hpp"

namespace atelier::async {

class ThreadPool {
  public:
    using Task = std::packaged_task<void()>;

    /// `queue_limit` counts the tasks that wait, not those that run. `name` appears in logs and as the
    /// threads' name.
    ThreadPool(std::string name, std::size_t threads, std::size_t queue_limit);
    /// As stop().
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    /// Hands `work` over without waiting; false when the queue is full or the pool stops: `work` is then not
    /// called.
    template <class F>
    bool try_post(F&& work) {
        return accept(Task(std::forward<F>(work)), Patience::none);
    }
    /// As try_post, but waits for room. False only when the pool stops. Not for the pool's own threads.
    template <class F>
    bool post(F&& work) {
        return accept(Task(std::forward<F>(work)), Patience::until_room);
    }
    /// Waits for room, then returns the future of `work()`. Once the pool stops, the future holds
    /// broken_promise.
    template <class F>
    auto submit(F work) -> std::future<std::invoke_result_t<F&>> {
        std::packaged_task<std::invoke_result_t<F&>()> task(std::move(work));
        auto future = task.get_future();
        post([task = std::move(task)]() mutable { task(); });
        return future;
    }

    /// Accepts nothing more, finishes everything accepted, joins the threads. Safe to call twice; not from a
    /// pool thread.
    void stop();

    std::size_t threads() const;
    std::size_t waiting() const;
    std::size_t running() const;

  private:
    enum class Patience { none, until_room };
    bool accept(Task task, Patience patience);
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace atelier::async
