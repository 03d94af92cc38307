#include "queues/messages/task_message.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "common/json/value.hpp"

using namespace atelier;
using namespace atelier::queues;

namespace {

const TaskMessage kMessage{"task-1", 3, "job-1", Stage::moderation, Lane::priority, "classify"};

std::string changed(const std::string& key, json::Value value) {
    json::Value body = *json::parse(encode(kMessage));
    body.set(key, std::move(value));
    return json::write(body);
}

std::string without(const std::string& key) {
    json::Value body = *json::parse(encode(kMessage));
    body.make_object().erase(key);
    return json::write(body);
}

}  // namespace

TEST_CASE("a task message survives its trip") {
    const auto read = parse_task_message(encode(kMessage));
    REQUIRE(read.has_value());
    CHECK((*read == kMessage));
    CHECK(message_id(kMessage) == "task-1:3");
}

TEST_CASE("the step may be missing and members of later writers are ignored") {
    CHECK(parse_task_message(without("step")).has_value());
    CHECK(parse_task_message(changed("colour", "blue")).has_value());
}

TEST_CASE("what is no task message is refused with a sentence that says why") {
    struct Case {
        std::string body, says;
    };
    const Case cases[] = {{"", "not a task message"},
                          {"\x00\xff garbage", "not a task message"},
                          {"[1]", "no JSON object"},
                          {without("version"), "no version"},
                          {changed("version", 2), "newer"},
                          {changed("version", "1"), "no version"},
                          {without("task_id"), "task_id"},
                          {changed("task_id", ""), "task_id"},
                          {changed("job_id", 5), "job_id"},
                          {changed("dispatch", -1), "dispatch"},
                          {changed("dispatch", 1.5), "dispatch"},
                          {changed("stage", "painting"), "stage"},
                          {without("lane"), "lane"},
                          {changed("step", 5), "step"}};
    for (const Case& each : cases) {
        CAPTURE(each.body);
        const auto read = parse_task_message(each.body);
        REQUIRE(read.has_error());
        CHECK(read.error().code == ErrorCode::bad_request);
        CHECK(read.error().message.find(each.says) != std::string::npos);
    }
}

TEST_CASE("more than 64 KiB is refused before it is read") {
    const auto read = parse_task_message(changed("filler", std::string(kTaskMessageMaxBytes, 'x')));
    REQUIRE(read.has_error());
    CHECK(read.error().code == ErrorCode::too_large);
}

TEST_CASE("the schema describes what is written: the same members, the same version") {
    std::ifstream file(ATELIER_SOURCE_DIR "/schemas/messages/task.json");
    std::stringstream text;
    text << file.rdbuf();
    const auto schema = json::parse(text.str());
    REQUIRE(schema.has_value());
    const auto written = *json::parse(encode(kMessage));
    for (const auto& [name, value] : written.object())
        CHECK((*schema)["properties"].has(name));
    for (const auto& [name, value] : (*schema)["properties"].object())
        CHECK(written.has(name));
    for (const json::Value& name : (*schema)["required"].array()) {
        CAPTURE(name);
        CHECK(parse_task_message(without(name.as_string())).has_error());
    }
    CHECK((*schema)["properties"]["version"]["maximum"].as_int() == kTaskMessageVersion);
}
