#include "workers/ai/vendors/exchange/exchange.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace atelier::ai {

using namespace std::chrono_literals;

namespace {

constexpr auto kConnectTimeout = 10s;
constexpr auto kTakeBackTimeout = 2s;
constexpr int kLongestRetryAfterMs = 86'400'000;

std::optional<std::chrono::milliseconds> retry_after_of(const http_client::Response& response) {
    if (const auto text = response.header("retry-after-ms")) {  // OpenAI's, the finer one
        int ms = 0;
        const auto [end, code] = std::from_chars(text->data(), text->data() + text->size(), ms);
        if (code == std::errc() && end == text->data() + text->size() && ms >= 0 && ms < kLongestRetryAfterMs)
            return std::chrono::milliseconds(ms);
    }
    const auto seconds = response.retry_after_s();
    if (!seconds) return std::nullopt;
    return std::chrono::milliseconds(std::chrono::seconds(*seconds));
}

}  // namespace

std::chrono::milliseconds Attempt::remaining() const {
    const auto left = deadline_ - std::chrono::steady_clock::now();
    return std::max(0ms, std::chrono::ceil<std::chrono::milliseconds>(left));
}

Answered<void> Attempt::wait(std::chrono::milliseconds pause, std::string_view vendor_id) const {
    const auto left = remaining();
    if (!async::sleep_for(call_.stop, std::min(pause, left))) return ai::stopped();
    if (left <= pause)
        return Failure{FailureKind::transient, std::string(vendor_id) + " did not finish in time"};
    return {};
}

Exchange::Exchange(Endpoint endpoint, http_client::Client& client)
    : endpoint_(std::move(endpoint)), client_(client) {}

Answered<json::Value> Exchange::post(const std::string& path, const json::Value& body, const Attempt& attempt,
                                     std::int64_t max_bytes, std::vector<http_client::Header> more) const {
    auto request = this->request("POST", path, attempt, max_bytes);
    request.headers.emplace_back("Content-Type", "application/json");
    std::move(more.begin(), more.end(), std::back_inserter(request.headers));
    request.body = json::write(body);
    return read(send(std::move(request), attempt));
}

Answered<json::Value> Exchange::post_form(const std::string& path, const Multipart& form,
                                          const Attempt& attempt, std::int64_t max_bytes,
                                          std::vector<http_client::Header> more) const {
    auto request = this->request("POST", path, attempt, max_bytes);
    request.headers.emplace_back("Content-Type", form.content_type());
    std::move(more.begin(), more.end(), std::back_inserter(request.headers));
    request.body = form.body();
    return read(send(std::move(request), attempt));
}

Answered<json::Value> Exchange::get(const std::string& path, const Attempt& attempt,
                                    std::int64_t max_bytes) const {
    return read(send(request("GET", path, attempt, max_bytes), attempt));
}

Answered<std::string> Exchange::download(const std::string& path, const Attempt& attempt,
                                         std::int64_t max_bytes) const {
    auto response = send(request("GET", path, attempt, max_bytes), attempt);
    if (!response) return response.error();
    if (!response->ok()) return failure_of(*response);
    return std::move(response->body);
}

void Exchange::take_back(const std::string& path, const json::Value& body) const {
    Call last;
    last.timeout = kTakeBackTimeout;
    const Attempt attempt(last);
    (void)post(path, body, attempt, kMaxTextBytes);
}

http_client::Request Exchange::request(std::string method, const std::string& path, const Attempt& attempt,
                                       std::int64_t max_bytes) const {
    http_client::Request request;
    request.method = std::move(method);
    request.url = endpoint_.base_url + path;
    request.headers = endpoint_.headers;
    request.headers.emplace_back("Accept", "application/json");
    request.max_response_bytes = max_bytes;
    request.takes_compressed = true;
    request.stop = attempt.call().stop;
    return request;
}

Answered<http_client::Response> Exchange::send(http_client::Request request, const Attempt& attempt) const {
    if (attempt.stopped()) return ai::stopped();
    request.total_timeout = attempt.remaining();
    if (request.total_timeout == 0ms)
        return Failure{FailureKind::transient, endpoint_.id + " did not finish in time"};
    request.connect_timeout = std::min<std::chrono::milliseconds>(kConnectTimeout, request.total_timeout);
    auto response = client_.send(request);
    if (!response) return failure_of_transfer(endpoint_.id, response.error());
    return std::move(*response);
}

Answered<json::Value> Exchange::read(Answered<http_client::Response> response) const {
    if (!response) return response.error();
    if (!response->ok()) return failure_of(*response);
    auto body = json::parse(response->body);
    if (!body) return malformed(endpoint_.id, "with something that is no JSON");
    return std::move(*body);
}

Failure Exchange::failure_of(const http_client::Response& response) const {
    const auto body = json::parse(response.body);
    VendorError said;
    if (body && endpoint_.read_error) said = endpoint_.read_error(response.status, *body);
    said.code = shown_code(said.code, endpoint_.key);
    return failure_of_status(endpoint_.id, response.status, said, retry_after_of(response));
}

Answered<std::string> fetch_output(http_client::Client& client, const std::string& vendor_id,
                                   const std::string& url, const http_client::Guard& guard,
                                   const Attempt& attempt, std::int64_t max_bytes) {
    if (attempt.stopped()) return ai::stopped();
    http_client::Request request;
    request.url = url;
    request.max_redirects = 3;
    request.guard = guard;
    request.max_response_bytes = max_bytes;
    request.stop = attempt.call().stop;
    request.total_timeout = std::max(1ms, attempt.remaining());
    request.connect_timeout = std::min<std::chrono::milliseconds>(kConnectTimeout, request.total_timeout);
    auto response = client.send(request);
    if (!response && response.error().code == ErrorCode::validation_failed)
        return malformed(vendor_id, "with the address of an output that may not be fetched");
    if (!response) return failure_of_transfer(vendor_id, response.error());
    if (!response->ok())
        return Failure{FailureKind::transient, vendor_id + " names an output that cannot be fetched (" +
                                                   std::to_string(response->status) + ")"};
    return std::move(response->body);
}

}  // namespace atelier::ai
