#include "common/ids/id.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>
#include <vector>

using namespace atelier;

TEST_CASE("every id of a process is greater than the one before") {
    std::string last = ids::new_uuid();
    for (int i = 0; i < 20'000; ++i) {
        std::string next = ids::new_uuid();
        REQUIRE(ids::is_uuid(next));
        REQUIRE(last < next);
        last = std::move(next);
    }
}

TEST_CASE("threads never draw the same id and each sees its own rise") {
    std::vector<std::vector<std::string>> drawn(4);
    std::vector<std::thread> threads;
    for (auto& mine : drawn)
        threads.emplace_back([&mine] {
            for (int i = 0; i < 5'000; ++i)
                mine.push_back(ids::new_uuid());
        });
    for (auto& thread : threads)
        thread.join();
    std::set<std::string> all;
    for (const auto& mine : drawn) {
        CHECK(std::is_sorted(mine.begin(), mine.end()));
        all.insert(mine.begin(), mine.end());
    }
    CHECK(all.size() == 20'000);
}

TEST_CASE("an id carries the time at which it was made") {
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count();
    const auto made = ids::uuid_milliseconds(ids::new_uuid());
    REQUIRE(made.has_value());
    CHECK(*made >= now - 60'000);
    CHECK(*made <= now + 60'000);
    // RFC 9562, appendix A.6
    CHECK(ids::uuid_milliseconds("017f22e2-79b0-7cc3-98c4-dc0c0c07398f") == 0x017F22E279B0);
}

TEST_CASE("only lowercase UUIDv7 text is an id") {
    CHECK(ids::parse_id<JobId>("017f22e2-79b0-7cc3-98c4-dc0c0c07398f").has_value());
    for (const char* text :
         {"", "017F22E2-79B0-7CC3-98C4-DC0C0C07398F", "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
          "017f22e2-79b0-7cc3-78c4-dc0c0c07398f", "017f22e279b07cc398c4dc0c0c07398f",
          "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
          "017f22e2-79b0-7cc3-98c4-dc0c0c07398f ", "017f22e2-79b0-7cc3-98c4_dc0c0c07398f"}) {
        CAPTURE(text);
        CHECK_FALSE(ids::parse_id<JobId>(text).has_value());
        CHECK_FALSE(ids::uuid_milliseconds(text).has_value());
    }
}
