#include "common/crypto/jwt.hpp"

#include <doctest/doctest.h>

#include "common/crypto/encoding.hpp"
#include "common/crypto/hash.hpp"

using namespace atelier;
using namespace std::chrono_literals;

namespace {

const std::chrono::sys_seconds kNow{1'800'000'000s};
const crypto::JwtKey kKey{"k1", std::string(32, 's')};
const crypto::Claims kClaims{.subject = "user",
                             .organization = "org",
                             .role = "admin",
                             .id = "token-1",
                             .issued = kNow,
                             .expires = kNow + 30min};

std::string encode(std::string_view text) {
    return crypto::base64url_encode(crypto::bytes_of(text));
}

/// A token with a genuine HS256 signature whatever its header says.
std::string forge(std::string_view header, std::string_view payload) {
    const std::string part = encode(header) + "." + encode(payload);
    return part + "." + crypto::base64url_encode(crypto::hmac_sha256(kKey.secret, part));
}

constexpr std::string_view kGoodHeader = R"({"alg":"HS256","typ":"JWT","kid":"k1"})";
constexpr std::string_view kGoodPayload =
    R"({"iss":"atelier","aud":"atelier-api","sub":"u","org":"o","role":"user","jti":"t","kind":"access",)"
    R"("iat":1800000000,"nbf":1800000000,"exp":1800001800})";

Result<crypto::Claims> verify(std::string_view token, std::chrono::sys_seconds now = kNow) {
    return crypto::verify_jwt(token, std::span(&kKey, 1), now);
}

std::string with(std::string_view from, std::string_view to) {
    std::string payload(kGoodPayload);
    return payload.replace(payload.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("a signed token gives its claims back until it expires") {
    auto token = crypto::sign_jwt(kClaims, kKey);
    REQUIRE(token.has_value());
    REQUIRE(verify(*token).has_value());
    CHECK(*verify(*token) == kClaims);
    CHECK(verify(*token, kNow + 30min - 1s).has_value());
    CHECK(verify(*token, kNow + 30min).error().message == "the access token has expired");
    CHECK(verify(*token, kNow - 1min).error().code == ErrorCode::unauthenticated);
}

TEST_CASE("a token of a retired key counts while that key is listed") {
    const crypto::JwtKey fresh{"k2", std::string(40, 'f')};
    auto token = crypto::sign_jwt(kClaims, kKey);
    const crypto::JwtKey both[] = {fresh, kKey};
    CHECK(crypto::verify_jwt(*token, both, kNow).has_value());
    CHECK_FALSE(crypto::verify_jwt(*token, std::span(&fresh, 1), kNow).has_value());
    const crypto::JwtKey renamed{"k2", kKey.secret};
    CHECK_FALSE(crypto::verify_jwt(*token, std::span(&renamed, 1), kNow).has_value());
}

TEST_CASE("only HS256 is an algorithm, and only known header members are read") {
    REQUIRE(verify(forge(kGoodHeader, kGoodPayload)).has_value());
    REQUIRE(verify(forge(R"({"alg":"HS256"})", kGoodPayload)).has_value());
    for (const char* header : {R"({"alg":"none"})",
                               R"({"alg":"None"})",
                               R"({"alg":"hs256"})",
                               R"({"alg":"HS384"})",
                               R"({"alg":"HS512"})",
                               R"({"alg":"RS256"})",
                               R"({"alg":"ES256"})",
                               R"({"alg":""})",
                               R"({"alg":null})",
                               R"({"alg":["HS256"]})",
                               R"({"typ":"JWT"})",
                               R"({})",
                               R"([])",
                               R"("HS256")",
                               R"({"alg":"HS256","crit":["exp"]})",
                               R"({"alg":"HS256","jwk":{"kty":"oct"}})",
                               R"({"alg":"HS256","kid":"unknown"})",
                               R"({"alg":"HS256","kid":1})",
                               R"({"alg":"HS256","typ":"JWE"})",
                               R"({"alg":"HS256","alg":"none"})"}) {
        CAPTURE(header);
        REQUIRE_FALSE(verify(forge(header, kGoodPayload)).has_value());
        CHECK(verify(forge(header, kGoodPayload)).error().code == ErrorCode::unauthenticated);
    }
    CHECK_FALSE(verify(encode(R"({"alg":"none"})") + "." + encode(kGoodPayload) + ".").has_value());
}

TEST_CASE("a claim that is missing, foreign or of another type spoils the token") {
    for (const std::string& payload :
         {with(R"("iss":"atelier",)", ""), with(R"("atelier-api")", R"("other")"), with(R"("sub":"u",)", ""),
          with(R"("org":"o",)", ""), with(R"("jti":"t",)", ""),
          with(R"("kind":"access",)", R"("kind":"refresh",)"), with(R"("role":"user",)", R"("role":7,)"),
          with(R"("nbf":1800000000,)", ""), with(R"("exp":1800001800)", R"("exp":"1800001800")"),
          with(R"("exp":1800001800)", R"("exp":1800001800.5)"), with(R"("exp":1800001800)", R"("exp":1e300)"),
          with(R"("exp":1800001800)", R"("exp":-1)"), with(R"("nbf":1800000000)", R"("nbf":1800000100)"),
          with(R"("iat":1800000000)", R"("iat":1800000100)"),
          with(R"("exp":1800001800)", R"("exp":9223372036854775807)")}) {
        CAPTURE(payload);
        CHECK_FALSE(verify(forge(kGoodHeader, payload)).has_value());
    }
}

TEST_CASE("a changed or malformed token is refused") {
    const std::string token = *crypto::sign_jwt(kClaims, kKey);
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        CAPTURE(i);
        REQUIRE_FALSE(verify(changed).has_value());
    }
    for (const std::string& text :
         {std::string(), std::string("."), std::string(".."), std::string("a.b"), token + ".", token + "=",
          " " + token, token + "." + token, token.substr(0, token.size() - 1), std::string(1 << 20, 'a')}) {
        CHECK_FALSE(verify(text).has_value());
    }
}

TEST_CASE("a token longer than the limit is refused even when it is genuine") {
    auto large = kClaims;
    large.role = std::string(crypto::kMaxTokenBytes, 'r');
    CHECK_FALSE(verify(*crypto::sign_jwt(large, kKey)).has_value());
}

TEST_CASE("a short key neither signs nor verifies") {
    const crypto::JwtKey weak{"w", "short"};
    CHECK_FALSE(crypto::sign_jwt(kClaims, weak).has_value());
    CHECK_FALSE(
        crypto::verify_jwt(forge(R"({"alg":"HS256"})", kGoodPayload), std::span(&weak, 1), kNow).has_value());
}
