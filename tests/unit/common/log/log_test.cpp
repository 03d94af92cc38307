#include "common/log/log.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "common/json/value.hpp"
#include "common/log/line.hpp"

using namespace atelier;
using log::Level;

namespace {

struct Captured {
    std::vector<std::string> lines;
    Captured() {
        log::set_sink([this](std::string_view line) { lines.emplace_back(line); });
    }
    ~Captured() {
        log::set_sink({});
        log::configure(Level::info, log::Format::text, "");
    }
};

const auto kTime = std::chrono::system_clock::time_point(std::chrono::milliseconds(1769860800250));

}  // namespace

TEST_CASE("a text line reads from left to right") {
    const log::Fields fields{{"job_id", "j1"}, {"file", "my photo.jpg"}};
    CHECK(log::text_line({kTime, Level::warning, "atelier-api", "The disk is nearly full", fields}) ==
          "2026-01-31T12:00:00.250Z warning atelier-api: The disk is nearly full job_id=j1 file=\"my "
          "photo.jpg\"");
}

TEST_CASE("a stranger's text cannot start a new line or steer a terminal") {
    const log::Fields fields{{"name", "a\nb=\"c"}};
    const std::string line = log::text_line({kTime, Level::info, "", "x\r\n2026 error \x1b[2J", fields});
    CHECK(line.find('\n') == line.npos);
    CHECK(line.find('\x1b') == line.npos);
    CHECK(line.find("\\x1b[2J") != line.npos);
}

TEST_CASE("a JSON line is JSON, whatever bytes it holds") {
    const log::Fields fields{{"job_id", "outer"}, {"bytes", "\xff\xfe"}, {"job_id", "inner"}};
    const auto line =
        json::parse(log::json_line({kTime, Level::error, "atelier", "a \"quoted\"\nthing", fields}));
    REQUIRE(line.has_value());
    CHECK((*line)["time"].as_string() == "2026-01-31T12:00:00.250Z");
    CHECK((*line)["level"].as_string() == "error");
    CHECK((*line)["message"].as_string() == "a \"quoted\"\nthing");
    CHECK((*line)["job_id"].as_string() == "inner");
    CHECK((*line)["bytes"].as_string() == "\\xff\\xfe");
}

TEST_CASE("lines below the level are not written") {
    Captured captured;
    log::configure(Level::warning, log::Format::text, "test");
    log::info("one");
    log::warning("two {}", 2);
    REQUIRE(captured.lines.size() == 1);
    CHECK(captured.lines[0].find("warning test: two 2") != std::string::npos);
    CHECK_FALSE(log::enabled(Level::debug));
}

TEST_CASE("a context belongs to its scope and its thread") {
    Captured captured;
    {
        log::Context job({{"job_id", "j1"}});
        log::Context task({{"task_id", "t1"}});
        log::info("inside");
        std::thread([] { log::info("elsewhere"); }).join();
    }
    log::write(Level::info, {{"request_id", "r1"}}, "after");
    REQUIRE(captured.lines.size() == 3);
    CHECK(captured.lines[0].ends_with("inside job_id=j1 task_id=t1"));
    CHECK(captured.lines[1].ends_with("elsewhere"));
    CHECK(captured.lines[2].ends_with("after request_id=r1"));
}

TEST_CASE("lines of many threads stay whole") {
    Captured captured;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([i] {
            for (int n = 0; n < 100; ++n)
                log::info("thread {} line {}", i, n);
        });
    for (std::thread& thread : threads)
        thread.join();
    CHECK(captured.lines.size() == 400);
}

TEST_CASE("URLs lose their credentials and signatures before they are shown") {
    CHECK(log::without_credentials("amqp://guest:pw@host:5672/v") == "amqp://***@host:5672/v");
    CHECK(log::without_credentials("postgresql://u:p@ss/w?rd@host/db") == "postgresql://***@host/db");
    CHECK(log::without_credentials("https://s3/b/k?X-Amz-Signature=abc") == "https://s3/b/k?***");
    CHECK(log::without_credentials("sqlite:///tmp/a.db") == "sqlite:///tmp/a.db");
}
