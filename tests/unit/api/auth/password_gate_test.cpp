#include "api/auth/password_gate.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

using namespace atelier;
using namespace atelier::api::auth;

namespace {

constexpr crypto::PasswordSettings kCheap{1, 8192};

}  // namespace

TEST_CASE("the right password fits its hash, others and nobody's do not") {
    PasswordGate gate({.hashing = kCheap});
    const auto hash = gate.hash("correct horse");
    REQUIRE(hash.has_value());
    CHECK(*gate.verify(*hash, "correct horse"));
    CHECK_FALSE(*gate.verify(*hash, "wrong horse"));
    CHECK_FALSE(*gate.verify("", "correct horse"));
    CHECK_FALSE(gate.needs_rehash(*hash));
    CHECK(PasswordGate().needs_rehash(*hash));
}

TEST_CASE("no more hashes run at once than allowed") {
    PasswordGate gate({.most_at_once = 2, .most_waiting = 100, .hashing = {1, 1 << 20}});
    std::atomic<int> done = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] { done += gate.hash("correct horse").has_value(); });
    }
    CHECK(done == 8);
    CHECK(gate.peak() <= 2);
}

TEST_CASE("who finds too many waiting is told to come back") {
    PasswordGate gate({.most_at_once = 0, .most_waiting = 0, .hashing = kCheap});
    const auto refused = gate.hash("correct horse");
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::unavailable);
    CHECK(refused.error().retry_after_s == 1);
    PasswordGate patient({.most_at_once = 0, .patience = std::chrono::milliseconds(1), .hashing = kCheap});
    CHECK(patient.verify("", "correct horse").has_error());
}
