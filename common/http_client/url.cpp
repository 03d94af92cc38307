#include "common/http_client/url.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

namespace atelier::http_client {

namespace {

constexpr std::size_t kMaxUrlBytes = 8192;

struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

/// Empty when the URL has no such part.
std::string part_of(CURLU* url, CURLUPart part, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, flags) != CURLUE_OK) return {};
    std::string result(text);
    curl_free(text);
    return result;
}

}  // namespace

Result<Url> parse_url(const std::string& text) {
    const auto wrong = [](std::string rule, std::string message) {
        return invalid("/url", std::move(rule), std::move(message));
    };
    const auto is_control = [](unsigned char c) { return c <= 0x20 || c == 0x7f; };
    if (text.size() > kMaxUrlBytes || std::any_of(text.begin(), text.end(), is_control))
        return wrong("url", "a URL has at most 8192 characters and no spaces");
    const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
    const CURLUcode code = curl_url_set(url.get(), CURLUPART_URL, text.c_str(), CURLU_DISALLOW_USER);
    if (code == CURLUE_USER_NOT_ALLOWED)
        return wrong("userinfo", "a URL with a user name or password is not fetched");
    if (code == CURLUE_UNSUPPORTED_SCHEME) return wrong("scheme", "only http and https are fetched");
    if (code == CURLUE_BAD_PORT_NUMBER) return wrong("port", "this is no port number");
    if (code != CURLUE_OK) return wrong("url", "this is no absolute URL");
    Url parts{
        part_of(url.get(), CURLUPART_SCHEME), part_of(url.get(), CURLUPART_HOST),
        static_cast<std::uint16_t>(std::stoul("0" + part_of(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT))),
        part_of(url.get(), CURLUPART_PATH), part_of(url.get(), CURLUPART_QUERY)};
    if (parts.scheme != "http" && parts.scheme != "https")
        return wrong("scheme", "only http and https are fetched");
    if (parts.host.empty()) return wrong("url", "this URL has no host");
    return parts;
}

}  // namespace atelier::http_client
