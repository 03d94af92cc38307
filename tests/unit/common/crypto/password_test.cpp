#include "common/crypto/password.hpp"

#include <doctest/doctest.h>

using namespace atelier;

namespace {
const crypto::PasswordSettings kCheap{.passes = 1, .memory_bytes = 64 << 10};
}

TEST_CASE("a password is recognised by its hash alone") {
    auto hash = crypto::hash_password("correct horse", kCheap);
    REQUIRE(hash.has_value());
    CHECK(hash->starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
    CHECK(crypto::verify_password(*hash, "correct horse"));
    CHECK_FALSE(crypto::verify_password(*hash, "correct horsf"));
    CHECK_FALSE(crypto::verify_password(*hash, ""));
    CHECK(*crypto::hash_password("correct horse", kCheap) != *hash);
}

TEST_CASE("a hash of other settings is renewed") {
    auto hash = crypto::hash_password("pw", kCheap);
    REQUIRE(hash.has_value());
    CHECK_FALSE(crypto::needs_rehash(*hash, kCheap));
    CHECK(crypto::needs_rehash(*hash, {.passes = 2, .memory_bytes = 64 << 10}));
    CHECK(crypto::needs_rehash("not a hash", kCheap));
}

TEST_CASE("text that is no Argon2id hash verifies nothing") {
    for (const std::string& hash :
         {std::string(), std::string("plain"), std::string("$argon2i$v=19$m=64,t=1,p=1$a$b"),
          std::string("$argon2id$v=19$m=99999999999,t=1,p=1$c2FsdHNhbHQ$aGFzaA"),
          "$argon2id$" + std::string(500, 'x')}) {
        CAPTURE(hash);
        CHECK_FALSE(crypto::verify_password(hash, "plain"));
    }
}

TEST_CASE("a password longer than the limit is refused before any work") {
    auto hash = crypto::hash_password(std::string(crypto::kMaxPasswordBytes + 1, 'a'), kCheap);
    REQUIRE_FALSE(hash.has_value());
    CHECK(hash.error().code == ErrorCode::validation_failed);
    CHECK(hash.error().details.at(0).pointer == "/password");
}

TEST_CASE("settings outside their range are named") {
    auto checked = crypto::PasswordSettings{.passes = 0, .memory_bytes = 1}.check();
    REQUIRE_FALSE(checked.has_value());
    CHECK(checked.error().details.size() == 2);
}
