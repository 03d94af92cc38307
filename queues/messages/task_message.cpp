#include "queues/messages/task_message.hpp"

#include <fmt/format.h>

#include "common/json/value.hpp"

namespace atelier::queues {
namespace {

constexpr std::size_t kIdMaxBytes = 100;
constexpr std::int64_t kDispatchMax = 1'000'000'000;

Error refuse(std::string why) {
    return bad_request("not a task message: " + std::move(why));
}

bool is_id(const json::Value& value) {
    return value.is_string() && !value.as_string().empty() && value.as_string().size() <= kIdMaxBytes;
}

Result<> check_version(const json::Value& body) {
    const json::Value& version = body["version"];
    if (!version.is_int() || version.as_int() < 1) return refuse("it has no version");
    if (version.as_int() > kTaskMessageVersion)
        return refuse(fmt::format("version {} is newer than {}, which this program reads", version.as_int(),
                                  kTaskMessageVersion));
    return {};
}

}  // namespace

std::string message_id(const TaskMessage& message) {
    return fmt::format("{}:{}", message.task_id, message.dispatch);
}

std::string encode(const TaskMessage& message) {
    json::Object body{{"version", kTaskMessageVersion},    {"task_id", message.task_id},
                      {"dispatch", message.dispatch},      {"job_id", message.job_id},
                      {"stage", to_string(message.stage)}, {"lane", to_string(message.lane)}};
    if (!message.step.empty()) body.append("step", message.step);
    return json::write(std::move(body));
}

Result<TaskMessage> parse_task_message(std::string_view text) {
    if (text.size() > kTaskMessageMaxBytes)
        return Error{ErrorCode::too_large,
                     fmt::format("not a task message: {} bytes, more than {}", text.size(), kTaskMessageMaxBytes),
                     {},
                     {}};
    const auto body = json::parse(text, {.max_depth = 8});
    if (!body) return refuse(body.error().message);
    if (!body->is_object()) return refuse("it is no JSON object");
    if (auto version = check_version(*body); !version) return version.error();

    const json::Value &task_id = (*body)["task_id"], &job_id = (*body)["job_id"], &step = (*body)["step"];
    if (!is_id(task_id)) return refuse("task_id is missing or no id");
    if (!is_id(job_id)) return refuse("job_id is missing or no id");
    const json::Value& dispatch = (*body)["dispatch"];
    if (!dispatch.is_int() || dispatch.as_int() < 0 || dispatch.as_int() > kDispatchMax)
        return refuse("dispatch is missing or no count");
    const auto stage = parse_stage((*body)["stage"].as_string());
    if (!stage) return refuse("stage is missing or unknown");
    const auto lane = parse_lane((*body)["lane"].as_string());
    if (!lane) return refuse("lane is missing or unknown");
    if (!step.is_null() && (!step.is_string() || step.as_string().size() > kIdMaxBytes))
        return refuse("step is no name");

    return TaskMessage{
        task_id.as_string(), static_cast<int>(dispatch.as_int()), job_id.as_string(), *stage, *lane,
        step.as_string()};
}

}  // namespace atelier::queues
