#include "api/auth/activity_cache.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace atelier;
using namespace atelier::api::auth;

namespace {

struct HandClock {
    std::chrono::steady_clock::time_point now{};
    ActivityCache::Clock clock() {
        return [this] { return now; };
    }
};

}  // namespace

TEST_CASE("what is known of a user counts for a few seconds") {
    HandClock hand;
    ActivityCache cache(10, hand.clock());
    CHECK_FALSE(cache.find("ann").has_value());
    cache.keep("ann", {store::Role::admin, true});
    hand.now += kRecheck - std::chrono::milliseconds(1);
    REQUIRE(cache.find("ann").has_value());
    CHECK(cache.find("ann")->role == store::Role::admin);
    hand.now += std::chrono::milliseconds(1);
    CHECK_FALSE(cache.find("ann").has_value());
}

TEST_CASE("a forgotten user is asked for again") {
    ActivityCache cache;
    cache.keep("ann", {store::Role::user, true});
    cache.forget("ann");
    CHECK_FALSE(cache.find("ann").has_value());
}

TEST_CASE("the cache never holds more users than it may") {
    ActivityCache cache(100);
    for (int i = 0; i < 1000; ++i) {
        cache.keep(std::to_string(i), {store::Role::user, true});
        CHECK(cache.size() <= 100);
        CHECK(cache.find(std::to_string(i)).has_value());
    }
}

TEST_CASE("threads share the cache") {
    ActivityCache cache(50);
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&cache, t] {
            for (int i = 0; i < 500; ++i) {
                const std::string user = std::to_string((t * 31 + i) % 80);
                cache.keep(user, {store::Role::user, true});
                (void)cache.find(user);
                cache.forget(user);
            }
        });
    threads.clear();
    CHECK(cache.size() <= 50);
}
