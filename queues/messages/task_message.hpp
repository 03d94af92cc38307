#pragma once
// The envelope that travels through the work queues: a doorbell that names a task. Its schema is
// schemas/messages/task.json.

#include <cstddef>
#include <string>
#include <string_view>

#include "common/errors/error.hpp"
#include "queues/stage.hpp"

namespace atelier::queues {

inline constexpr int kTaskMessageVersion = 1;
inline constexpr std::size_t kTaskMessageMaxBytes = 64 * 1024;

struct TaskMessage {
    std::string task_id;
    int dispatch = 0;  ///< how often the task went out before; a claim only accepts the row's current number
    std::string job_id;
    Stage stage = Stage::analysis;
    Lane lane = Lane::primary;
    std::string step;  ///< may be empty; for people who read queues
    bool operator==(const TaskMessage&) const = default;
};

/// "<task id>:<dispatch>"
std::string message_id(const TaskMessage& message);
std::string encode(const TaskMessage& message);
/// Refuses what is no envelope, is larger than kTaskMessageMaxBytes or has a newer version. Members that this
/// version does not know are ignored. Error: bad_request or too_large, with a sentence fit for a dead
/// letter's reason.
Result<TaskMessage> parse_task_message(std::string_view body);

}  // namespace atelier::queues
