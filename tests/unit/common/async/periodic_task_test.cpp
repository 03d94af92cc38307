#include "common/async/periodic_task.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <latch>
#include <semaphore>
#include <stdexcept>

#include "common/log/log.hpp"

using namespace atelier;
using async::PeriodicTask;
using namespace std::chrono_literals;

TEST_CASE("a periodic task runs again and again") {
    std::latch three(3);
    std::atomic<int> runs = 0;
    PeriodicTask task({"test", 1ms}, [&] {
        if (++runs <= 3) three.count_down();
    });
    three.wait();
    task.stop();
    const int at_stop = runs;
    CHECK(at_stop >= 3);
    CHECK(runs == at_stop);
}

TEST_CASE("a nudge ends the pause") {
    std::counting_semaphore<8> ran(0);
    PeriodicTask task({.name = "test", .interval = 1h, .run_at_start = false}, [&] { ran.release(); });
    task.nudge();
    ran.acquire();
    task.nudge();
    ran.acquire();
}

TEST_CASE("nudges during a run melt into one more run") {
    std::counting_semaphore<8> started(0), go_on(0);
    std::atomic<int> runs = 0;
    PeriodicTask task({"test", 1h}, [&] {
        ++runs;
        started.release();
        go_on.acquire();
    });
    started.acquire();
    for (int i = 0; i < 5; ++i)
        task.nudge();
    go_on.release();
    started.acquire();
    go_on.release();
    task.stop();
    CHECK(runs == 2);
}

TEST_CASE("a task that throws is logged and runs again") {
    std::string line;
    log::set_sink([&](std::string_view text) { line = text; });
    std::latch twice(2);
    {
        std::atomic<int> runs = 0;
        PeriodicTask task({"reaper", 1ms}, [&] {
            if (++runs <= 2) twice.count_down();
            if (runs == 1) throw std::runtime_error("no scythe");
        });
        twice.wait();
    }
    log::set_sink({});
    CHECK(line.find("reaper threw: no scythe") != line.npos);
}

TEST_CASE("a task may ask for its own end") {
    std::latch ran(1);
    PeriodicTask* self = nullptr;
    std::latch ready(1);
    PeriodicTask task({"test", 1ms}, [&] {
        ready.wait();
        self->stop();
        ran.count_down();
    });
    self = &task;
    ready.count_down();
    ran.wait();
    task.stop();
}
