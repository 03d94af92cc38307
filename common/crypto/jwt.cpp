#include "common/crypto/jwt.hpp"

#include <algorithm>
#include <optional>

#include "common/crypto/encoding.hpp"
#include "common/crypto/hash.hpp"
#include "common/crypto/random.hpp"
#include "common/json/value.hpp"

namespace atelier::crypto {

namespace {

constexpr std::size_t kMinSecretBytes = 32;

Error invalid_token() {
    return unauthenticated("the access token is invalid");
}

std::string signature_of(std::string_view signed_part, const JwtKey& key) {
    return base64url_encode(hmac_sha256(key.secret, signed_part));
}

struct Parts {
    std::string_view signed_part, header, payload, signature;
};

std::optional<Parts> split(std::string_view token) {
    const auto first = token.find('.');
    const auto last = token.rfind('.');
    if (first == std::string_view::npos || first == last || token.find('.', first + 1) != last)
        return std::nullopt;
    return Parts{token.substr(0, last), token.substr(0, first), token.substr(first + 1, last - first - 1),
                 token.substr(last + 1)};
}

std::optional<json::Value> read_object(std::string_view encoded) {
    const auto text = base64url_decode(encoded);
    if (!text) return std::nullopt;
    auto value = json::parse(*text, {.max_depth = 4});
    if (!value || !value->is_object()) return std::nullopt;
    return std::move(*value);
}

/// The kid ("" when there is none) of a header that pins HS256 and asks for nothing that we do not do, such
/// as `crit`.
std::optional<std::string> key_id_of(std::string_view encoded_header) {
    const auto header = read_object(encoded_header);
    if (!header || (*header)["alg"].as_string() != "HS256") return std::nullopt;
    for (const auto& [name, value] : header->object()) {
        if (!value.is_string() || (name != "alg" && name != "typ" && name != "kid")) return std::nullopt;
        if (name == "typ" && value.as_string() != "JWT") return std::nullopt;
    }
    return (*header)["kid"].as_string();
}

bool is_genuine(const Parts& parts, std::string_view key_id, std::span<const JwtKey> keys) {
    return std::any_of(keys.begin(), keys.end(), [&](const JwtKey& key) {
        if (key.secret.size() < kMinSecretBytes || (!key_id.empty() && key.id != key_id)) return false;
        return constant_time_equal(signature_of(parts.signed_part, key), parts.signature);
    });
}

constexpr std::int64_t kLatestSecond = 253'402'300'799;  // 9999-12-31T23:59:59Z

bool is_time(const json::Value& value) {
    return value.is_int() && value.as_int() >= 0 && value.as_int() <= kLatestSecond;
}

std::chrono::sys_seconds time_of(const json::Value& value) {
    return std::chrono::sys_seconds{std::chrono::seconds{value.as_int()}};
}

std::optional<Claims> read_claims(const json::Value& payload, const JwtSettings& settings) {
    for (const char* name : {"sub", "org", "role", "jti", "kind"})
        if (payload[name].as_string().empty()) return std::nullopt;
    if (!is_time(payload["exp"]) || !is_time(payload["nbf"]) || !is_time(payload["iat"])) return std::nullopt;
    if (payload["iss"].as_string() != settings.issuer || payload["aud"].as_string() != settings.audience)
        return std::nullopt;
    return Claims{.subject = payload["sub"].as_string(),
                  .organization = payload["org"].as_string(),
                  .role = payload["role"].as_string(),
                  .id = payload["jti"].as_string(),
                  .issued = time_of(payload["iat"]),
                  .expires = time_of(payload["exp"]),
                  .kind = payload["kind"].as_string()};
}

}  // namespace

Result<std::string> sign_jwt(const Claims& claims, const JwtKey& key, const JwtSettings& settings) {
    if (key.secret.size() < kMinSecretBytes) return internal("the token key is shorter than 32 bytes");
    json::Value header;
    header.set("alg", "HS256").set("typ", "JWT");
    if (!key.id.empty()) header.set("kid", key.id);
    const std::int64_t issued = claims.issued.time_since_epoch().count();
    json::Value payload;
    payload.set("iss", settings.issuer).set("aud", settings.audience).set("sub", claims.subject);
    payload.set("org", claims.organization)
        .set("role", claims.role)
        .set("jti", claims.id)
        .set("kind", claims.kind);
    payload.set("iat", issued)
        .set("nbf", issued)
        .set("exp", std::int64_t{claims.expires.time_since_epoch().count()});
    const std::string signed_part = base64url_encode(bytes_of(json::write(header))) + "." +
                                    base64url_encode(bytes_of(json::write(payload)));
    return signed_part + "." + signature_of(signed_part, key);
}

Result<Claims> verify_jwt(std::string_view token, std::span<const JwtKey> keys, std::chrono::sys_seconds now,
                          const JwtSettings& settings) {
    if (token.size() > kMaxTokenBytes) return invalid_token();
    const auto parts = split(token);
    if (!parts) return invalid_token();
    const auto key_id = key_id_of(parts->header);
    if (!key_id || !is_genuine(*parts, *key_id, keys)) return invalid_token();
    const auto payload = read_object(parts->payload);
    if (!payload) return invalid_token();
    const auto claims = read_claims(*payload, settings);
    if (!claims || claims->kind != "access") return invalid_token();
    if (claims->issued > now + settings.leeway || time_of((*payload)["nbf"]) > now + settings.leeway)
        return invalid_token();
    if (claims->expires <= now) return unauthenticated("the access token has expired");
    return *claims;
}

}  // namespace atelier::crypto
