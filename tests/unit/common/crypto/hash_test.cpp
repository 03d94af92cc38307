#include "common/crypto/hash.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "common/crypto/encoding.hpp"
#include "common/crypto/random.hpp"

using namespace atelier;

TEST_CASE("SHA-256 gives the digests of FIPS 180-4, in one piece or many") {
    CHECK(crypto::to_hex(crypto::sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(crypto::to_hex(crypto::sha256("")) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    crypto::Sha256 hash;
    const std::string chunk(1000, 'a');
    for (int i = 0; i < 1000; ++i)
        hash.update(chunk);
    CHECK(crypto::to_hex(hash.finish()) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a file has the digest of its bytes and an absent one has none") {
    const auto path = std::filesystem::temp_directory_path() / ("hash-" + crypto::random_token(8));
    std::ofstream(path, std::ios::binary) << std::string(200'000, 'x');
    auto digest = crypto::sha256_file(path);
    REQUIRE(digest.has_value());
    CHECK(*digest == crypto::sha256(std::string(200'000, 'x')));
    std::filesystem::remove(path);
    CHECK(crypto::sha256_file(path).error().code == ErrorCode::not_found);
}

TEST_CASE("HMAC-SHA-256 gives the values of RFC 4231") {
    CHECK(crypto::to_hex(crypto::hmac_sha256("Jefe", "what do ya want for nothing?")) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(crypto::to_hex(crypto::hmac_sha256(std::string(131, '\xaa'),
                                             "Test Using Larger Than Block-Size Key - Hash Key First")) ==
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("keys for different purposes differ and are stable") {
    CHECK(crypto::derive_key("secret", "a") == crypto::derive_key("secret", "a"));
    CHECK(crypto::derive_key("secret", "a") != crypto::derive_key("secret", "b"));
    CHECK(crypto::derive_key("secret", "a").size() == 32);
}

TEST_CASE("base64 goes both ways and wants its padding") {
    const std::string bytes("\xfb\xff\x00\x10", 4);
    CHECK(crypto::base64_encode(crypto::bytes_of(bytes)) == "+/8AEA==");
    CHECK(crypto::base64_decode("+/8AEA==") == bytes);
    CHECK(crypto::base64_decode("") == "");
    for (const char* text : {"+/8AEA", "-_8AEA==", "+/8A EA==", "+/8AEA==\n", "=", "+/8AEB=="}) {
        CAPTURE(text);
        CHECK_FALSE(crypto::base64_decode(text).has_value());
    }
}

TEST_CASE("base64url goes both ways and each value has one spelling") {
    const std::string bytes("\xfb\xff\x00\x10", 4);
    CHECK(crypto::base64url_encode(crypto::bytes_of(bytes)) == "-_8AEA");
    CHECK(crypto::base64url_decode("-_8AEA") == bytes);
    CHECK(crypto::base64url_decode("") == "");
    for (const char* text : {"-_8AEA==", "+/8AEA", "-_8 AEA", "-_8AEB", "A", "-_8AEA\n"}) {
        CAPTURE(text);
        CHECK_FALSE(crypto::base64url_decode(text).has_value());
    }
}

TEST_CASE("random tokens are long, clean and never repeat") {
    std::set<std::string> tokens;
    for (int i = 0; i < 1000; ++i)
        tokens.insert(crypto::random_token());
    CHECK(tokens.size() == 1000);
    CHECK(tokens.begin()->size() == 43);
}

TEST_CASE("constant-time comparison agrees with equality") {
    CHECK(crypto::constant_time_equal("", ""));
    CHECK(crypto::constant_time_equal("abc", "abc"));
    CHECK_FALSE(crypto::constant_time_equal("abc", "abd"));
    CHECK_FALSE(crypto::constant_time_equal("abc", "ab"));
}
