#include "common/objects/local/signed_url.hpp"

#include <charconv>
#include <map>

#include "common/crypto/encoding.hpp"
#include "common/crypto/hash.hpp"
#include "common/crypto/random.hpp"
#include "common/objects/object_store.hpp"
#include "common/objects/percent.hpp"

namespace atelier::objects {

namespace {

Error refused() {
    return forbidden("this link is not valid");
}

using Query = std::map<std::string, std::string, std::less<>>;

/// Nothing when a parameter is unknown, repeated or badly encoded: such a query we did not write.
std::optional<Query> parse_query(std::string_view text) {
    Query query;
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const std::string_view pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const std::string_view name = pair.substr(0, equals);
        if (name != "op" && name != "size" && name != "type" && name != "expires" && name != "filename" &&
            name != "signature")
            return std::nullopt;
        auto value = percent_decode(pair.substr(equals + 1));
        if (!value || !query.emplace(name, std::move(*value)).second) return std::nullopt;
    }
    return query;
}

std::string value_of(const Query& query, std::string_view name) {
    const auto found = query.find(name);
    return found == query.end() ? std::string() : found->second;
}

std::optional<std::int64_t> number_of(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    // Only our own spelling, so that one signature has one URL.
    if (code != std::errc() || end != text.data() + text.size() || number < 0 ||
        std::to_string(number) != text)
        return std::nullopt;
    return number;
}

constexpr std::int64_t kLatestSecond = 253'402'300'799;  // the end of the year 9999

std::optional<SignedObject> read_object(std::string_view path, const Query& query) {
    if (!path.starts_with(kObjectsPath)) return std::nullopt;
    auto key = percent_decode(path.substr(kObjectsPath.size()));
    const std::string op = value_of(query, "op");
    const auto expires = number_of(value_of(query, "expires"));
    if (!key || !check_key(*key) || (op != "put" && op != "get") || !expires || *expires > kLatestSecond)
        return std::nullopt;
    SignedObject object{.method = op == "put" ? "PUT" : "GET", .key = std::move(*key)};
    if (op == "put") {
        const auto size = number_of(value_of(query, "size"));
        if (!size) return std::nullopt;
        object.size = *size;
    }
    object.content_type = value_of(query, "type");
    object.filename = value_of(query, "filename");
    object.expires = std::chrono::sys_seconds{std::chrono::seconds{*expires}};
    return object;
}

Result<void> check_upload(const SignedObject& object, std::string_view content_type,
                          std::optional<std::int64_t> content_length) {
    if (!content_length) return bad_request("an upload needs a Content-Length");
    const std::string expected = "this link takes exactly " + std::to_string(object.size) + " bytes";
    if (*content_length > object.size)
        return Error{ErrorCode::too_large, expected, {{"header:Content-Length", "const", expected}}, {}};
    if (*content_length < object.size) return invalid("header:Content-Length", "const", expected);
    if (content_type == object.content_type) return {};
    const std::string type = "this link takes only " + object.content_type;
    return Error{ErrorCode::unsupported_media, type, {{"header:Content-Type", "const", type}}, {}};
}

}  // namespace

UrlSigner::UrlSigner(std::string_view secret, std::string base_url)
    : key_(crypto::derive_key(secret, "object-urls")), base_url_(std::move(base_url)) {
    while (base_url_.ends_with('/'))
        base_url_.pop_back();
}

std::string UrlSigner::signature(const SignedObject& object) const {
    // Every part is encoded, so no part can hold the separator.
    std::string canonical = "atelier-object-url-v1\n" + object.method + "\n" + object.key;
    canonical += "\n" + std::to_string(object.size) + "\n" + percent_encode(object.content_type);
    canonical += "\n" + std::to_string(object.expires.time_since_epoch().count()) + "\n" +
                 percent_encode(object.filename);
    return crypto::base64url_encode(crypto::hmac_sha256(key_, canonical));
}

std::string UrlSigner::sign(const SignedObject& object) const {
    const bool put = object.method == "PUT";
    std::string url = base_url_ + std::string(kObjectsPath) + object.key + (put ? "?op=put" : "?op=get");
    if (put) url += "&size=" + std::to_string(object.size);
    if (!object.content_type.empty()) url += "&type=" + percent_encode(object.content_type);
    if (!object.filename.empty()) url += "&filename=" + percent_encode(object.filename);
    url += "&expires=" + std::to_string(object.expires.time_since_epoch().count());
    return url + "&signature=" + signature(object);
}

Result<SignedObject> UrlSigner::verify(std::string_view method, std::string_view path, std::string_view query,
                                       std::string_view content_type,
                                       std::optional<std::int64_t> content_length,
                                       std::chrono::sys_seconds now) const {
    const auto parameters = parse_query(query);
    if (!parameters) return refused();
    auto object = read_object(path, *parameters);
    if (!object || !crypto::constant_time_equal(signature(*object), value_of(*parameters, "signature")))
        return refused();
    if (object->method != (method == "HEAD" ? "GET" : method)) return refused();
    if (object->expires <= now) return forbidden("this link has expired");
    if (object->method == "PUT")
        if (auto checked = check_upload(*object, content_type, content_length); !checked)
            return checked.error();
    return std::move(*object);
}

}  // namespace atelier::objects
