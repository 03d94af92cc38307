#include "common/async/stop_token.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace atelier;
using namespace std::chrono_literals;

TEST_CASE("a sleep that is not disturbed lasts, one that is told to stop ends") {
    async::StopSource source;
    CHECK(async::sleep_for(source.get_token(), 1ms));
    std::thread other([&] { source.request_stop(); });
    CHECK_FALSE(async::sleep_for(source.get_token(), 1h));
    other.join();
    CHECK_FALSE(async::sleep_for(source.get_token(), 1h));
}

TEST_CASE("a callback runs at the request, or at once after it") {
    async::StopSource source;
    int calls = 0;
    async::StopCallback before(source.get_token(), [&] { ++calls; });
    CHECK(calls == 0);
    source.request_stop();
    CHECK(calls == 1);
    async::StopCallback after(source.get_token(), [&] { ++calls; });
    CHECK(calls == 2);
}
