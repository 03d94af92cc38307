#include "common/store/turnstile.hpp"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using namespace atelier::store;
using namespace std::chrono_literals;

namespace {
auto in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}
}  // namespace

TEST_CASE("a full turnstile turns callers away at their deadline and admits them after a leave") {
    Turnstile turnstile(2);
    CHECK(turnstile.enter(in(0ms)));
    CHECK(turnstile.enter(in(0ms)));
    CHECK(!turnstile.enter(in(1ms)));
    turnstile.leave();
    CHECK(turnstile.enter(in(0ms)));
}

TEST_CASE("nobody is lost or admitted twice when some give up while others leave") {
    Turnstile turnstile(1);
    int inside = 0, admitted = 0, gave_up = 0;
    std::mutex mutex;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&, i] {
                for (int round = 0; round < 200; ++round) {
                    const bool patient = i % 2 == 0;
                    if (!turnstile.enter(in(patient ? 20'000ms : 0ms))) {
                        const std::lock_guard lock(mutex);
                        ++gave_up;
                        continue;
                    }
                    {
                        const std::lock_guard lock(mutex);
                        CHECK(++inside == 1);
                        ++admitted;
                    }
                    {
                        const std::lock_guard lock(mutex);
                        --inside;
                    }
                    turnstile.leave();
                }
            });
        }
    }
    CHECK(admitted + gave_up == 8 * 200);
    CHECK(admitted >= 4 * 200);
    CHECK(turnstile.enter(in(0ms)));
    CHECK(!turnstile.enter(in(0ms)));
}
