#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "tests/unit/workers/ai/router/routing.hpp"

using namespace atelier;
using namespace atelier::testing;
using ai::FailureKind;
using std::chrono::milliseconds;

TEST_CASE("the first provider does it, and nobody else is asked") {
    Routing routing({works, works});
    const auto router = routing.open();
    const auto done = router->complete({}, routing.order());
    REQUIRE(done.has_value());
    CHECK(done->by.provider == "a");
    CHECK(done->by.model == "words");
    CHECK(done->by.calls == 1);
    CHECK(done->by.cost_micro_usd == 200);
    CHECK(done->by.input_tokens == 100);
    CHECK(done->by.output_tokens == 10);
    CHECK(routing.provider("b").calls() == 0);
}

TEST_CASE("a transient failure is tried twice more before the next provider is asked") {
    Routing routing({always(FailureKind::transient, 500), works});
    const auto router = routing.open();
    const auto done = router->complete({}, routing.order());
    REQUIRE(done.has_value());
    CHECK(done->by.provider == "b");
    CHECK(done->by.calls == 4);
    CHECK(routing.provider("a").calls() == 3);
}

TEST_CASE("a permanent failure moves on at once") {
    Routing routing({always(FailureKind::permanent, 404), works});
    const auto router = routing.open();
    const auto done = router->complete({}, routing.order());
    REQUIRE(done.has_value());
    CHECK(routing.provider("a").calls() == 1);
    CHECK(done->by.provider == "b");
}

TEST_CASE("a prompt that one provider finds unsafe is asked of nobody else") {
    Routing routing({always(FailureKind::unsafe_prompt), works});
    const auto router = routing.open();
    const auto done = router->complete({}, routing.order());
    REQUIRE(done.has_error());
    CHECK(fields(done) == "VALIDATION_FAILED /prompt");
    CHECK(done.error().details.front().rule == "unsafe");
    CHECK(routing.provider("a").calls() == 1);
    CHECK(routing.provider("b").calls() == 0);
}

TEST_CASE("repetitions of a failed call carry the same idempotency key, those of a bad answer another") {
    Routing routing({[](int number, const ai::Call&) {
        return number == 1   ? fails(FailureKind::transient)
               : number == 2 ? fails(FailureKind::malformed_output)
                             : std::nullopt;
    }});
    const auto router = routing.open();
    REQUIRE(router->complete({}, routing.order()).has_value());
    const auto keys = routing.provider("a").keys();
    REQUIRE(keys.size() == 3);
    CHECK(keys[0] == keys[1]);
    CHECK(keys[1] != keys[2]);
    REQUIRE(router->complete({}, routing.order("other work")).has_value());
    CHECK(routing.provider("a").keys().back() != keys[0]);
}

TEST_CASE("an answer that the caller refuses is malformed, paid, and asked again") {
    Routing routing({works, works});
    const auto router = routing.open();
    int judged = 0;
    const auto done = router->complete({}, routing.order(), [&](ai::TextAnswer&) -> Result<> {
        if (++judged < 3) return invalid("/headline", "required", "There is no headline.");
        return {};
    });
    REQUIRE(done.has_value());
    CHECK(judged == 3);
    CHECK(done->by.provider == "a");
    CHECK(done->by.cost_micro_usd == 600);
}

TEST_CASE("what no provider could do says why of each") {
    Routing routing({always(FailureKind::transient, 503), always(FailureKind::permanent, 404)});
    const auto router = routing.open();
    const auto done = router->complete({}, routing.order());
    REQUIRE(done.has_error());
    CHECK(fields(done) == "UNAVAILABLE /providers/a /providers/b");
    CHECK(done.error().details[0].rule == "transient");
    CHECK(done.error().details[1].rule == "permanent");
    CHECK(done.error().retryable());
}

TEST_CASE("a provider that asks for time is left alone for it, and waited for when all ask for some") {
    Routing routing({[](int number, const ai::Call&) -> std::optional<ai::Failure> {
        if (number > 1) return std::nullopt;
        return ai::Failure{.kind = FailureKind::rate_limited, .retry_after = milliseconds{300}};
    }});
    const auto router = routing.open();
    const auto begun = std::chrono::steady_clock::now();
    REQUIRE(router->complete({}, routing.order()).has_value());
    CHECK(std::chrono::steady_clock::now() - begun >= milliseconds{290});
    CHECK(routing.provider("a").calls() == 2);
}

TEST_CASE("while one provider cools down the next is asked, and it is asked again afterwards") {
    Routing routing({[](int number, const ai::Call&) -> std::optional<ai::Failure> {
                         if (number > 1) return std::nullopt;
                         return ai::Failure{.kind = FailureKind::rate_limited,
                                            .retry_after = milliseconds{60'000}};
                     },
                     works});
    const auto router = routing.open();
    CHECK(router->complete({}, routing.order())->by.provider == "b");
    CHECK(router->complete({}, routing.order())->by.provider == "b");
    CHECK(routing.provider("a").calls() == 1);
    routing.let_time_pass();
    CHECK(router->complete({}, routing.order())->by.provider == "a");
}

TEST_CASE("nobody waits past the order's patience") {
    Routing routing({[](int, const ai::Call&) -> std::optional<ai::Failure> {
        return ai::Failure{.kind = FailureKind::rate_limited, .retry_after = milliseconds{60'000}};
    }});
    const auto router = routing.open();
    ai::Order order = routing.order();
    order.patience = milliseconds{300};
    const auto begun = std::chrono::steady_clock::now();
    const auto done = router->complete({}, order);
    CHECK(failure(done) == "UNAVAILABLE");
    CHECK(done.error().details.front().rule == "rate_limited");
    CHECK(std::chrono::steady_clock::now() - begun < milliseconds{5'000});
}

TEST_CASE("the wanted provider is asked first and the others follow") {
    Routing routing({works, always(FailureKind::permanent, 404)});
    const auto router = routing.open();
    ai::Order order = routing.order();
    order.provider = "b";
    CHECK(router->complete({}, order)->by.provider == "a");
    CHECK(routing.provider("b").calls() == 1);
    order.is_provider_fixed = true;
    CHECK(failure(router->complete({}, order)) == "UNAVAILABLE");
    order.provider = "nobody";
    CHECK(fields(router->complete({}, order)) == "VALIDATION_FAILED /provider");
}

TEST_CASE("a stopped order ends with a conflict, also while it waits") {
    async::StopSource stop;
    Routing routing({[&](int, const ai::Call&) -> std::optional<ai::Failure> {
        return ai::Failure{.kind = FailureKind::rate_limited, .retry_after = milliseconds{60'000}};
    }});
    const auto router = routing.open();
    ai::Order order = routing.order();
    order.patience = milliseconds{120'000};
    order.stop = stop.get_token();
    std::jthread stopping([&] {
        std::this_thread::sleep_for(milliseconds{100});
        stop.request_stop();
    });
    CHECK(failure(router->complete({}, order)) == "CONFLICT");
}

TEST_CASE("the builtin engine alone serves what it has when there is no file of providers") {
    const auto file = ai::read_providers("");
    REQUIRE(file.has_value());
    const auto database = TestDatabase::sqlite();
    const Tenant tenant = insert_tenant(*database);
    ScriptedProvider engine;
    const auto router = std::move(ai::Router::open(*file, **database, &engine).value());
    CHECK(router->offers(ai::Capability::text));
    CHECK_FALSE(router->offers(ai::Capability::embedding));
    const ai::Order order{.organization = tenant.organization, .key = "k"};
    const auto done = router->complete({}, order);
    REQUIRE(done.has_value());
    CHECK(done->by.provider == "builtin");
    CHECK(done->by.cost_micro_usd == 0);
    CHECK(failure(router->embed({"a"}, order)) == "UNAVAILABLE");
}

TEST_CASE("at most so many calls of a provider are under way at once") {
    std::atomic<int> now{0}, most{0};
    ai::ProviderRow row = Routing::usual_row();
    row.concurrency = 2;
    row.queue = milliseconds{60'000};
    Routing routing({[&](int, const ai::Call&) -> std::optional<ai::Failure> {
                        const int here = ++now;
                        for (int seen = most; here > seen && !most.compare_exchange_weak(seen, here);) {
                        }
                        std::this_thread::sleep_for(milliseconds{30});
                        --now;
                        return std::nullopt;
                    }},
                    row);
    const auto router = routing.open();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back(
                [&, i] { CHECK(router->complete({}, routing.order(std::to_string(i))).has_value()); });
    }
    CHECK(most == 2);
    CHECK(routing.provider("a").calls() == 8);
}

namespace {

/// Says nothing until it is stopped.
std::optional<ai::Failure> silence(int, const ai::Call& call) {
    async::sleep_for(call.stop, milliseconds{60'000});
    return fails(FailureKind::cancelled);
}

}  // namespace

TEST_CASE("hedged, a second provider is asked when the first takes long, and the loser is stopped") {
    Routing routing({silence, works});
    routing.file.hedging[ai::Capability::text] = milliseconds{20};
    routing.set_budget(1'000'000);
    const auto router = routing.open();
    const auto done = router->complete({}, routing.order());
    REQUIRE(done.has_value());
    CHECK(done->by.provider == "b");
    CHECK(done->by.calls == 2);
    CHECK(done->by.cost_micro_usd == 200);
    CHECK(routing.budget().spent_micro_usd == 200);
    CHECK(routing.budget().reserved_micro_usd == 0);
    CHECK(routing.health("a").state == store::CircuitState::closed);
}

TEST_CASE("hedged, a quick answer asks nobody else, and a quick failure is tried again") {
    Routing routing({[](int number, const ai::Call&) {
                         return number == 1 ? fails(FailureKind::transient) : std::nullopt;
                     },
                     works});
    routing.file.hedging[ai::Capability::text] = milliseconds{20'000};
    const auto router = routing.open();
    const auto done = router->complete({}, routing.order());
    REQUIRE(done.has_value());
    CHECK(done->by.provider == "a");
    CHECK(done->by.calls == 2);
    CHECK(routing.provider("b").calls() == 0);
}

TEST_CASE("hedged, both may fail, and each is given up for itself") {
    Routing routing({[](int, const ai::Call& call) {
                         async::sleep_for(call.stop, milliseconds{60});
                         return fails(FailureKind::permanent, 404);
                     },
                     always(FailureKind::permanent, 404)});
    routing.file.hedging[ai::Capability::text] = milliseconds{1};
    const auto router = routing.open();
    const auto done = router->complete({}, routing.order());
    REQUIRE(done.has_error());
    CHECK(fields(done) == "UNAVAILABLE /providers/a /providers/b");
    CHECK(routing.provider("a").calls() == 1);
    CHECK(routing.provider("b").calls() == 1);
}

TEST_CASE("a stop reaches hedged calls") {
    async::StopSource stop;
    Routing routing({silence, silence});
    routing.file.hedging[ai::Capability::text] = milliseconds{1};
    const auto router = routing.open();
    ai::Order order = routing.order();
    order.stop = stop.get_token();
    std::jthread stopping([&] {
        std::this_thread::sleep_for(milliseconds{100});
        stop.request_stop();
    });
    CHECK(failure(router->complete({}, order)) == "CONFLICT");
}
