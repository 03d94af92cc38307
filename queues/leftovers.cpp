#include "queues/leftovers.hpp"

#include <charconv>

namespace atelier::queues {
namespace {

constexpr int kBatch = 500;

/// The fence in `{folder}/{fence}/NAME`; nothing when the key is none of a claim's.
std::optional<std::int64_t> fence_of(std::string_view key, std::string_view folder) {
    key.remove_prefix(std::min(key.size(), folder.size() + 1));
    std::int64_t fence = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), fence);
    if (error != std::errc() || end == key.data() + key.size() || *end != '/') return std::nullopt;
    return fence;
}

/// Later fences are left alone: the task may have been requeued meanwhile.
bool is_left_over(const store::Leftover& task, std::int64_t fence) {
    return task.has_result ? fence < task.fence : fence <= task.fence;
}

Result<int> sweep_task(objects::ObjectStore& objects, const store::Leftover& task) {
    const std::string folder = results_folder(task.organization_id, task.job_id, task.id);
    const auto found = objects.list(folder + "/");
    if (!found) return found.error();
    int removed = 0;
    for (const objects::ObjectInfo& object : *found) {
        const auto fence = fence_of(object.key, folder);
        if (!fence || !is_left_over(task, *fence)) continue;
        if (auto gone = objects.remove(object.key); !gone) return gone.error();
        ++removed;
    }
    return removed;
}

}  // namespace

std::string results_folder(const OrganizationId& organization, const JobId& job, const TaskId& task) {
    return "results/" + organization.value + "/" + job.value + "/" + task.value;
}

Result<int> sweep_leftovers(store::Database& db, objects::ObjectStore& objects,
                            std::chrono::milliseconds grace, store::LeftoverMark& mark) {
    int removed = 0;
    for (;;) {
        const auto tasks = db.read([&](soci::session& session) -> Result<std::vector<store::Leftover>> {
            return store::list_leftovers(session, mark, grace.count(), kBatch);
        });
        if (!tasks) return tasks.error();
        for (const store::Leftover& task : *tasks) {
            const auto swept = sweep_task(objects, task);
            if (!swept) return swept.error();
            removed += *swept;
            mark = {task.finished_at, task.id};
        }
        if (std::ssize(*tasks) < kBatch) return removed;
    }
}

}  // namespace atelier::queues
