#include "workers/imaging/decoded_cache.hpp"

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/unit/workers/imaging/picture.hpp"

namespace atelier::imaging {
using namespace testing;

namespace {

Result<Image> photo() {
    return flat(150, 150, {200, 30, 30});  // 67,500 bytes
}

}  // namespace

TEST_CASE("a photo is decoded once, also when several ask at the same time") {
    DecodedCache cache(1 << 20);
    std::atomic<int> made = 0, asking = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                ++asking;
                auto got = cache.get("photo", [&] {
                    ++made;
                    while (asking < 4)
                        std::this_thread::yield();
                    return photo();
                });
                CHECK(got.has_value());
            });
    }
    CHECK(made == 1);
}

TEST_CASE("a smaller level may be made from a larger one that the cache makes meanwhile") {
    DecodedCache cache(1 << 20);
    const auto smaller =
        cache.get("photo/1", [&]() -> Result<Image> { return halved(*cache.get("photo/0", photo)); });
    REQUIRE(smaller.has_value());
    CHECK(smaller->size() == Size{75, 75});
    CHECK(cache.bytes() == 67'500 + 75 * 75 * 3);
}

TEST_CASE("the cache stays within its budget, and the photo used last stays whatever its size") {
    DecodedCache cache(100'000);
    int made = 0;
    const auto count = [&] { return ++made, photo(); };
    CHECK(cache.get("a", count).has_value());
    CHECK(cache.get("b", count).has_value());
    CHECK(cache.bytes() == 67'500);
    CHECK(cache.get("b", count).has_value());
    CHECK(made == 2);
    CHECK(cache.get("a", count).has_value());
    CHECK(made == 3);

    const auto large = [&]() -> Result<Image> { return ++made, flat(400, 400, {0, 0, 0}); };
    CHECK(cache.get("large", large).has_value());
    CHECK(cache.get("large", large).has_value());
    CHECK(made == 4);
    CHECK(cache.bytes() == 480'000);
    CHECK(cache.get("a", count).has_value());
    CHECK(cache.bytes() == 67'500);
}

TEST_CASE("a failure is told to everyone who waits, and the next one tries again") {
    DecodedCache cache(1 << 20);
    CHECK_FALSE(cache.get("a", [] { return Result<Image>(unavailable("away")); }).has_value());
    CHECK(cache.get("a", photo).has_value());

    const auto throws = []() -> Result<Image> { throw std::runtime_error("no memory"); };
    CHECK_THROWS_AS(cache.get("b", throws), std::runtime_error);
    CHECK(cache.get("b", photo).has_value());
}

}  // namespace atelier::imaging
