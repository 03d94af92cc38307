#include "common/async/thread_pool.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <latch>
#include <stdexcept>

#include "common/log/log.hpp"

using namespace atelier;
using async::ThreadPool;

TEST_CASE("work runs on the pool and its result comes back") {
    ThreadPool pool("test", 2, 10);
    std::vector<std::future<int>> results;
    for (int i = 0; i < 50; ++i)
        results.push_back(pool.submit([i] { return i * i; }));
    for (int i = 0; i < 50; ++i)
        CHECK(results[static_cast<std::size_t>(i)].get() == i * i);
}

TEST_CASE("an exception travels in the future, and the thread goes on") {
    ThreadPool pool("test", 1, 10);
    auto failed = pool.submit([]() -> int { throw std::runtime_error("broken"); });
    CHECK_THROWS_WITH(failed.get(), "broken");
    CHECK(pool.submit([] { return 1; }).get() == 1);
}

TEST_CASE("what a posted task throws is logged") {
    std::string line;
    log::set_sink([&](std::string_view text) { line = text; });
    {
        ThreadPool pool("kiln", 1, 10);
        CHECK(pool.post([] { throw std::runtime_error("cracked"); }));
    }
    log::set_sink({});
    CHECK(line.find("kiln") != line.npos);
    CHECK(line.find("cracked") != line.npos);
}

TEST_CASE("a full queue refuses instead of growing, and takes again when there is room") {
    ThreadPool pool("test", 1, 2);
    std::latch started(1), release(1);
    pool.post([&] { started.count_down(), release.wait(); });
    started.wait();
    CHECK(pool.running() == 1);
    std::atomic<int> ran = 0;
    CHECK(pool.try_post([&] { ++ran; }));
    CHECK(pool.try_post([&] { ++ran; }));
    CHECK(pool.waiting() == 2);
    CHECK_FALSE(pool.try_post([&] { ++ran; }));
    release.count_down();
    CHECK(pool.post([&] { ++ran; }));  // waits for room
    pool.stop();
    CHECK(ran == 3);
}

TEST_CASE("stopping finishes what was accepted and takes nothing more") {
    std::atomic<int> ran = 0;
    ThreadPool pool("test", 2, 100);
    for (int i = 0; i < 50; ++i)
        pool.post([&] { ++ran; });
    pool.stop();
    pool.stop();
    CHECK(ran == 50);
    CHECK_FALSE(pool.post([&] { ++ran; }));
    CHECK_THROWS_AS(pool.submit([] { return 1; }).get(), std::future_error);
}
