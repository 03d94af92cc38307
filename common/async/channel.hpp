#pragma once
// A queue from threads that make something to threads that take it. Thread-safe, unbounded: whoever pushes
// bounds what is under way.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace atelier::async {

template <class T>
class Channel {
  public:
    void push(T item) {
        {
            std::lock_guard lock(mutex_);
            items_.push_back(std::move(item));
        }
        changed_.notify_one();
    }

    /// Waits for one; nothing once the channel is closed and empty.
    std::optional<T> pop() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return closed_ || !items_.empty(); });
        if (items_.empty()) return std::nullopt;
        T item = std::move(items_.front());
        items_.pop_front();
        return item;
    }

    /// Waits for one and takes all that are there, up to `limit`; empty once the channel is closed and empty.
    std::vector<T> pop_all(std::size_t limit) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return closed_ || !items_.empty(); });
        std::vector<T> taken;
        for (; !items_.empty() && taken.size() < limit; items_.pop_front())
            taken.push_back(std::move(items_.front()));
        return taken;
    }

    /// What is in it can still be taken.
    void close() {
        {
            std::lock_guard lock(mutex_);
            closed_ = true;
        }
        changed_.notify_all();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<T> items_;
    bool closed_ = false;
};

}  // namespace atelier::async
