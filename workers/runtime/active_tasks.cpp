#include "workers/runtime/active_tasks.hpp"

#include <algorithm>
#include <vector>

#include "common/log/log.hpp"

namespace atelier::runtime {

ActiveTasks::ActiveTasks(store::Database& db, std::chrono::milliseconds lease) : db_(db), lease_(lease) {
    const auto interval =
        std::clamp(lease / 4, std::chrono::milliseconds(100), std::chrono::milliseconds(2'000));
    heart_ = std::make_unique<async::PeriodicTask>(
        async::PeriodicTask::Options{"heartbeat", interval, 0.1, false}, [this] { beat(); });
}

ActiveTasks::~ActiveTasks() {
    heart_->stop();
}

std::shared_ptr<ActiveTask> ActiveTasks::add(store::Claim claim, std::chrono::seconds deadline) {
    auto task = std::make_shared<ActiveTask>();
    task->claim = std::move(claim);
    task->deadline = std::chrono::steady_clock::now() + deadline;
    std::lock_guard lock(mutex_);
    if (stopped_) task->stop.request_stop();
    tasks_.push_back(task);
    return task;
}

void ActiveTasks::remove(const std::vector<std::shared_ptr<ActiveTask>>& tasks) {
    {
        std::lock_guard lock(mutex_);
        for (const auto& task : tasks)
            tasks_.remove(task);
    }
    removed_.notify_all();
}

void ActiveTasks::wait_for_change(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    removed_.wait_for(lock, limit, [&, before = tasks_.size()] { return tasks_.size() < before; });
}

void ActiveTasks::check_now(const JobId& job) {
    std::lock_guard lock(mutex_);
    const bool ours =
        std::any_of(tasks_.begin(), tasks_.end(), [&](auto& task) { return task->claim.job_id == job; });
    if (ours) heart_->nudge();
}

void ActiveTasks::stop_all() {
    std::lock_guard lock(mutex_);
    stopped_ = true;
    for (auto& task : tasks_)
        task->stop.request_stop();
}

int ActiveTasks::count() const {
    std::lock_guard lock(mutex_);
    return static_cast<int>(tasks_.size());
}

void ActiveTasks::beat() {
    std::vector<std::shared_ptr<ActiveTask>> alive;
    {
        std::lock_guard lock(mutex_);
        for (auto& task : tasks_) {
            if (std::chrono::steady_clock::now() >= task->deadline) {
                task->is_late = true;
                task->stop.request_stop();
            }
            if (!task->is_late && !task->is_void) alive.push_back(task);
        }
    }
    if (alive.empty()) return;
    const auto kept = db_.write([&](soci::session& session) -> Result<std::vector<TaskId>> {
        std::vector<store::Beat> beats;
        for (const auto& task : alive)
            beats.push_back({task->claim.id, task->claim.fence, task->progress.load()});
        return store::heartbeat_tasks(session, beats, lease_.count());
    });
    if (!kept) {
        log::warning("A heartbeat failed: {}", kept.error().message);
        return;
    }
    for (const auto& task : alive) {
        if (std::find(kept->begin(), kept->end(), task->claim.id) != kept->end()) continue;
        task->is_void = true;
        task->stop.request_stop();
    }
}

}  // namespace atelier::runtime
