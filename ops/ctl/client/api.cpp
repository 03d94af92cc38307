#include "ops/ctl/client/api.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "common/crypto/random.hpp"

namespace atelier::ctl {
namespace {

using http_client::Request;
using http_client::Response;

constexpr int kTries = 6;
constexpr int kLongestPauseS = 60;

ErrorCode code_of(std::string_view name, int status) {
    for (int i = 0; i <= static_cast<int>(ErrorCode::unavailable); ++i)
        if (to_string(static_cast<ErrorCode>(i)) == name) return static_cast<ErrorCode>(i);
    return status >= 500 ? ErrorCode::internal : ErrorCode::bad_request;
}

/// The envelope's error; what is no envelope (a proxy's page, an object store's XML) is told by its status.
Error error_of(const Response& response) {
    const auto body = json::parse(response.body);
    const json::Value& told = body ? (*body)["error"] : json::Value();
    if (!told.is_object())
        return {
            code_of("", response.status), fmt::format("The server answered {}.", response.status), {}, {}};
    Error error{code_of(told["code"].as_string(), response.status), told["message"].as_string(), {}, {}};
    for (const json::Value& d : told["details"].array())
        error.details.push_back({d["pointer"].as_string(), d["rule"].as_string(), d["message"].as_string()});
    return error;
}

bool is_worth_waiting(const Result<Response>& answer) {
    return !answer || answer->status == 429 || answer->status == 503;
}

Request json_request(std::string method, std::string url, const json::Value* body) {
    Request request{.method = std::move(method), .url = std::move(url)};
    request.headers.push_back({"Accept", "application/json"});
    if (!body) return request;
    request.headers.push_back({"Content-Type", "application/json"});
    request.headers.push_back({"Idempotency-Key", crypto::random_token(16)});
    request.body = json::write(*body);
    return request;
}

}  // namespace

Api::Api(std::string server) : server_(std::move(server)), client_({.user_agent = "atelierctl"}) {
    while (server_.ends_with('/'))
        server_.pop_back();
}

Result<Response> Api::send(const Request& request, int tries) {
    for (int i = 1;; ++i) {
        auto answer = client_.send(request);
        unreachable_ = !answer && (answer.error().code == ErrorCode::unavailable ||
                                   answer.error().code == ErrorCode::request_timeout);
        if (!is_worth_waiting(answer) || (!answer && !unreachable_) || i >= tries) return answer;
        const int asked = answer ? answer->retry_after_s().value_or(i) : i;
        std::this_thread::sleep_for(std::chrono::seconds(std::clamp(asked, 1, kLongestPauseS)));
    }
}

Result<json::Value> Api::call(Request request, bool with_token) {
    const std::vector<http_client::Header> headers = request.headers;
    for (bool renewed = false;; renewed = true) {
        const std::string token = access_token();
        request.headers = headers;
        if (with_token) request.headers.push_back({"Authorization", "Bearer " + token});
        auto answer = send(request, kTries);
        if (!answer) return answer.error();
        if (answer->status == 401 && with_token && !renewed && renew(token)) continue;
        if (!answer->ok()) return error_of(*answer);
        return answer->body.empty() ? json::Value() : json::parse(answer->body);
    }
}

Result<void> Api::reach() {
    auto answer = send(json_request("GET", url("/health"), nullptr), 1);
    if (!answer) return answer.error();
    if (!answer->ok()) return error_of(*answer);
    const auto body = json::parse(answer->body);
    if (!body || (*body)["status"].as_string() != "ok")
        return Error{ErrorCode::not_found, server_ + " answers, but it is no Atelier.", {}, {}};
    return {};
}

Result<void> Api::keep_tokens(const Result<json::Value>& tokens) {
    if (!tokens) return tokens.error();
    const std::lock_guard lock(mutex_);
    access_token_ = (*tokens)["access_token"].as_string();
    refresh_token_ = (*tokens)["refresh_token"].as_string();
    return {};
}

Result<void> Api::sign_in(const std::string& email, const std::string& password) {
    const json::Value body = json::Object{{"email", email}, {"password", password}};
    return keep_tokens(call(json_request("POST", url("/auth/login"), &body), false));
}

Result<void> Api::sign_up(const std::string& email, const std::string& password,
                          const std::string& organization) {
    const json::Value body =
        json::Object{{"email", email}, {"password", password}, {"organization_name", organization}};
    return keep_tokens(call(json_request("POST", url("/auth/register"), &body), false));
}

bool Api::renew(const std::string& expired) {
    const std::lock_guard lock(mutex_);
    if (access_token_ != expired) return true;  // another thread has renewed it
    const json::Value body = json::Object{{"refresh_token", refresh_token_}};
    auto answer = send(json_request("POST", url("/auth/refresh"), &body), 1);
    const auto tokens = answer && answer->ok() ? json::parse(answer->body) : Result<json::Value>(Error{});
    if (!tokens) return false;
    access_token_ = (*tokens)["access_token"].as_string();
    refresh_token_ = (*tokens)["refresh_token"].as_string();
    return true;
}

std::string Api::access_token() const {
    const std::lock_guard lock(mutex_);
    return access_token_;
}

Result<json::Value> Api::get(std::string_view path) {
    return call(json_request("GET", url(path), nullptr), true);
}

Result<json::Value> Api::post(std::string_view path, const json::Value& body) {
    return call(json_request("POST", url(path), body.is_null() ? nullptr : &body), true);
}

Result<json::Array> Api::list(std::string_view path) {
    json::Array items;
    std::string cursor;
    do {
        auto page = get(fmt::format("{}?limit=100{}{}", path, cursor.empty() ? "" : "&cursor=", cursor));
        if (!page) return page.error();
        for (const json::Value& item : (*page)["items"].array())
            items.push_back(item);
        cursor = (*page)["next_cursor"].as_string();
    } while (!cursor.empty());
    return items;
}

Result<void> Api::upload(const json::Value& presigned, const std::filesystem::path& file) {
    Request request{.method = presigned["method"].as_string(), .url = absolute(presigned["url"].as_string())};
    for (const auto& [name, value] : presigned["headers"].object())
        request.headers.push_back({name, value.as_string()});
    request.body = http_client::FileBody{file};
    request.total_timeout = std::chrono::minutes(10);
    auto answer = send(request, kTries);
    if (!answer) return answer.error();
    if (!answer->ok()) return error_of(*answer);
    return {};
}

Result<std::int64_t> Api::download(const std::string& url, const std::filesystem::path& file) {
    Request request{.url = absolute(url)};
    request.save_to = file;
    request.max_response_bytes = std::int64_t{512} << 20;
    request.total_timeout = std::chrono::minutes(10);
    auto answer = send(request, kTries);
    if (!answer) return answer.error();
    if (!answer->ok()) return error_of(*answer);
    return answer->body_bytes;
}

}  // namespace atelier::ctl
