#include <doctest/doctest.h>

#include "workers/ai/router/breaker.hpp"
#include "workers/ai/router/price.hpp"
#include "workers/ai/router/rate_limit.hpp"

using namespace atelier;
using namespace atelier::ai;
using std::chrono::milliseconds;
using store::CircuitState;

namespace {

const BreakerSettings kSettings{
    .failures = 3, .cool_down = milliseconds{1000}, .longest_cool_down = milliseconds{3000}, .probes = 2};
const Failure kTransient{.kind = FailureKind::transient, .status = 500};

}  // namespace

TEST_CASE("failures in a row open a breaker, and a success between them does not let it come to that") {
    store::ProviderHealth health;
    tell_failure(health, kSettings, kTransient, 10);
    tell_failure(health, kSettings, kTransient, 20);
    tell_success(health, kSettings, 30);
    tell_failure(health, kSettings, kTransient, 40);
    tell_failure(health, kSettings, kTransient, 50);
    CHECK(health.state == CircuitState::closed);
    tell_failure(health, kSettings, kTransient, 60);
    CHECK(health.state == CircuitState::open);
    CHECK(passage(health, 61).kind == Passage::Kind::wait);
    CHECK(passage(health, 61).until == 1060);
    CHECK(passage(health, 1060).kind == Passage::Kind::probe);
}

TEST_CASE("only one probe is under way, until it reports or its time is up") {
    store::ProviderHealth health{.state = CircuitState::open};
    begin_probe(health, 100, milliseconds{5000});
    CHECK(passage(health, 200).kind == Passage::Kind::wait);
    CHECK(passage(health, 200).until <= 5100);
    CHECK(passage(health, 5100).kind == Passage::Kind::probe);
    tell_success(health, kSettings, 300);
    CHECK(health.state == CircuitState::half_open);
    CHECK(passage(health, 301).kind == Passage::Kind::probe);
    begin_probe(health, 301, milliseconds{5000});
    tell_success(health, kSettings, 400);
    CHECK(health.state == CircuitState::closed);
    CHECK(passage(health, 401).kind == Passage::Kind::free);
}

TEST_CASE("a failed probe opens it for twice as long, up to the longest") {
    store::ProviderHealth health;
    for (int i = 0; i < 3; ++i)
        tell_failure(health, kSettings, kTransient, 0);
    CHECK(health.cooling_until == 1000);
    begin_probe(health, 1000, milliseconds{100});
    tell_failure(health, kSettings, kTransient, 1050);
    CHECK(health.cooling_until == 3050);
    begin_probe(health, 3050, milliseconds{100});
    tell_failure(health, kSettings, kTransient, 4000);
    CHECK(health.cooling_until == 7000);
}

TEST_CASE("late failures of calls that began before it opened do not prolong it") {
    store::ProviderHealth health;
    for (int i = 0; i < 3; ++i)
        tell_failure(health, kSettings, kTransient, 0);
    tell_failure(health, kSettings, kTransient, 900);
    CHECK(health.cooling_until == 1000);
    CHECK(health.trips == 1);
}

TEST_CASE("Retry-After cools down without opening") {
    store::ProviderHealth health;
    tell_failure(health, kSettings, {.kind = FailureKind::rate_limited, .retry_after = milliseconds{7000}},
                 0);
    CHECK(health.state == CircuitState::closed);
    CHECK(passage(health, 6999).kind == Passage::Kind::wait);
    CHECK(passage(health, 7000).kind == Passage::Kind::free);
}

TEST_CASE("a refused prompt shows that the provider works; a cancelled call shows nothing") {
    store::ProviderHealth health{.state = CircuitState::half_open, .trips = 1, .successes = 1};
    begin_probe(health, 0, milliseconds{1000});
    tell_failure(health, kSettings, {.kind = FailureKind::cancelled}, 10);
    CHECK(health.state == CircuitState::half_open);
    CHECK(passage(health, 11).kind == Passage::Kind::probe);
    tell_failure(health, kSettings, {.kind = FailureKind::unsafe_prompt}, 20);
    CHECK(health.state == CircuitState::closed);
}

TEST_CASE("in no minute more calls begin than the rate allows") {
    for (const int rate : {1, 5, 6, 60, 600, 6000}) {
        CAPTURE(rate);
        std::int64_t next = 0;
        std::vector<std::int64_t> begun;
        for (std::int64_t now = 0; now < 180'000'000; now += 4'000)
            if (admit(next, now, rate) == 0) begun.push_back(now);
        std::size_t most = 0;
        for (std::size_t first = 0, last = 0; last < begun.size(); ++last) {
            while (begun[last] - begun[first] >= 60'000'000)
                ++first;
            most = std::max(most, last - first + 1);
        }
        CHECK(most <= static_cast<std::size_t>(rate));
        CHECK(begun.size() >= static_cast<std::size_t>(rate) * 2);
    }
}

TEST_CASE("the wait that a rate limit names is enough") {
    std::int64_t next = 0;
    std::int64_t now = 0, wait = 0;
    for (int i = 0; i < 100; ++i) {
        wait = admit(next, now, 30);
        if (wait > 0) {
            now += wait;
            CHECK(admit(next, now, 30) == 0);
        }
    }
}

TEST_CASE("tokens cost by the million, rounded up to a millionth of a dollar") {
    const Price price{.input_nano_usd = 150, .output_nano_usd = 600};
    CHECK(cost_of(price, {.input_tokens = 1000, .output_tokens = 500}) == 450);
    CHECK(cost_of(price, {.input_tokens = 1, .output_tokens = 0}) == 1);
    CHECK_FALSE(cost_of(price, {.input_tokens = 1000}).has_value());
    CHECK_FALSE(cost_of(Price{.input_nano_usd = 150}, {.input_tokens = 10, .output_tokens = 5}).has_value());
    CHECK(cost_of(Price{.input_nano_usd = 20}, {.input_tokens = 1000}) == 20);
    CHECK_FALSE(cost_of(std::nullopt, {.input_tokens = 0, .output_tokens = 0}).has_value());
}

TEST_CASE("a picture costs what the row says that fits it best") {
    const Price price{
        .images = {{.micro_usd = 5},
                   {.quality = ImageQuality::high, .micro_usd = 7},
                   {.size = PixelSize{1024, 1024}, .micro_usd = 11},
                   {.size = PixelSize{1024, 1024}, .quality = ImageQuality::high, .micro_usd = 13}}};
    const auto cost = [&](PixelSize size, ImageQuality quality) {
        return cost_of(price, {.images = {size, size}, .quality = quality});
    };
    CHECK(cost({512, 512}, ImageQuality::low) == 10);
    CHECK(cost({512, 512}, ImageQuality::high) == 14);
    CHECK(cost({1024, 1024}, ImageQuality::low) == 22);
    CHECK(cost({1024, 1024}, ImageQuality::high) == 26);
    const Price known{.images = {{.size = PixelSize{1024, 1024}, .micro_usd = 11}}};
    CHECK_FALSE(cost_of(known, {.images = {{1536, 1024}}}).has_value());
}

TEST_CASE("what is reserved is never less than what a call then costs") {
    const Price price{.call_micro_usd = 3,
                      .input_nano_usd = 150,
                      .output_nano_usd = 600,
                      .images = {{.size = PixelSize{1, 1}, .micro_usd = 9}, {.micro_usd = 4}}};
    CHECK(highest_cost(price, {.input_tokens = 1000, .output_tokens = 500, .images = 2}) == 3 + 450 + 18);
    TextRequest text;
    text.prompt = std::string(3000, 'x');
    CHECK(limits_of(text).input_tokens >= 3000);
    CHECK(limits_of(text).output_tokens == text.max_output_tokens);
    CHECK_FALSE(highest_cost(std::nullopt, {}).has_value());
}
