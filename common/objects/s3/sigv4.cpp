#include "common/objects/s3/sigv4.hpp"

#include <algorithm>
#include <cstdio>

#include "common/crypto/encoding.hpp"
#include "common/crypto/hash.hpp"
#include "common/objects/percent.hpp"

namespace atelier::objects {

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// `20130524T000000Z`
std::string timestamp(std::chrono::sys_seconds time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    char text[40];
    std::snprintf(text, sizeof(text), "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text;
}

std::string canonical_query(const Pairs& query) {
    Pairs encoded;
    for (const auto& [name, value] : query)
        encoded.emplace_back(percent_encode(name), percent_encode(value));
    std::sort(encoded.begin(), encoded.end());
    std::string text;
    for (const auto& [name, value] : encoded)
        text += (text.empty() ? "" : "&") + name + "=" + value;
    return text;
}

Pairs signed_headers(const S3Operation& operation) {
    Pairs headers = operation.headers;
    headers.emplace_back("host", operation.scheme_and_host.substr(operation.scheme_and_host.find("://") + 3));
    std::sort(headers.begin(), headers.end());
    return headers;
}

std::string hmac(std::string_view key, std::string_view message) {
    const auto digest = crypto::hmac_sha256(key, message);
    return {digest.begin(), digest.end()};
}

std::string signing_key(const std::string& secret, std::string_view date, std::string_view region) {
    return hmac(hmac(hmac(hmac("AWS4" + secret, date), region), "s3"), "aws4_request");
}

}  // namespace

std::string presign_sigv4(const S3Operation& operation, const S3Credentials& credentials,
                          std::string_view region, std::chrono::seconds lifetime,
                          std::chrono::sys_seconds now) {
    const std::string time = timestamp(now);
    const std::string date = time.substr(0, 8);
    const std::string scope = date + "/" + std::string(region) + "/s3/aws4_request";
    std::string names, canonical_headers;
    for (const auto& [name, value] : signed_headers(operation)) {
        names += (names.empty() ? "" : ";") + name;
        canonical_headers += name + ":" + value + "\n";
    }
    Pairs query = operation.query;
    query.emplace_back("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    query.emplace_back("X-Amz-Credential", credentials.access_key + "/" + scope);
    query.emplace_back("X-Amz-Date", time);
    query.emplace_back("X-Amz-Expires", std::to_string(lifetime.count()));
    query.emplace_back("X-Amz-SignedHeaders", names);
    if (!credentials.session_token.empty())
        query.emplace_back("X-Amz-Security-Token", credentials.session_token);
    const std::string path = percent_encode(operation.path, true);
    const std::string parameters = canonical_query(query);
    const std::string canonical = operation.method + "\n" + path + "\n" + parameters + "\n" +
                                  canonical_headers + "\n" + names + "\nUNSIGNED-PAYLOAD";
    const std::string to_sign =
        "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + crypto::to_hex(crypto::sha256(canonical));
    const auto signature = crypto::hmac_sha256(signing_key(credentials.secret_key, date, region), to_sign);
    return operation.scheme_and_host + path + "?" + parameters +
           "&X-Amz-Signature=" + crypto::to_hex(signature);
}

}  // namespace atelier::objects
