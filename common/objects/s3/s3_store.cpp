#include "common/objects/s3/s3_store.hpp"

#include <algorithm>
#include <charconv>
#include <random>
#include <thread>

#include "common/ids/id.hpp"
#include "common/objects/local/files.hpp"
#include "common/objects/percent.hpp"
#include "common/objects/s3/list_xml.hpp"

namespace atelier::objects {

namespace fs = std::filesystem;
using http_client::Request;
using http_client::Response;

namespace {

constexpr int kTries = 4;
constexpr std::chrono::seconds kOwnLifetime{900};
constexpr std::chrono::seconds kMaxLifetime{7 * 24 * 3600};
constexpr std::int64_t kMaxListing = 8 << 20;

std::chrono::sys_seconds system_now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

bool worth_another_try(const Result<Response>& result) {
    if (result) return result->status >= 500 || result->status == 429;
    return result.error().code == ErrorCode::unavailable || result.error().code == ErrorCode::request_timeout;
}

void pause_before(int attempt, std::chrono::milliseconds first) {
    thread_local std::minstd_rand random{std::random_device{}()};
    const double spread = std::uniform_real_distribution<>(0.8, 1.2)(random);
    std::this_thread::sleep_for(first * (1 << (attempt - 1)) * spread);
}

Error error_of(const Response& response) {
    if (response.status == 404) return not_found("object");
    const std::string code = parse_error_code(response.body);
    const std::string what =
        "the object store answered " + std::to_string(response.status) + (code.empty() ? "" : " ") + code;
    // 4xx is our own fault or a wrong key: trying again does not help.
    if (response.status >= 500 || response.status == 429)
        return unavailable(what, response.retry_after_s().value_or(5));
    return internal(what);
}

ObjectInfo info_of(std::string_view key, const Response& response) {
    const auto text = [&](std::string_view name) { return std::string(response.header(name).value_or("")); };
    ObjectInfo info{.key = std::string(key), .content_type = text("content-type"), .etag = text("etag")};
    const std::string length = text("content-length");
    std::from_chars(length.data(), length.data() + length.size(), info.size);
    return info;
}

Error at(std::string pointer, std::string rule, std::string message) {
    return invalid(std::move(pointer), std::move(rule), std::move(message));
}

bool is_endpoint(std::string_view text) {
    const auto begin = text.find("://");
    if (begin == std::string_view::npos ||
        (text.substr(0, begin) != "http" && text.substr(0, begin) != "https"))
        return false;
    const std::string_view host = text.substr(begin + 3);
    return !host.empty() && host.find_first_of("/?#@ ") == std::string_view::npos;
}

bool is_bucket(std::string_view name) {
    return name.size() >= 3 && name.size() <= 63 && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
           });
}

/// RFC 6266 with RFC 8187's form for what is not ASCII.
std::string disposition_of(const std::string& filename) {
    return "attachment; filename*=UTF-8''" + percent_encode(filename);
}

/// A port that is the scheme's own is not in the Host header that clients send, so it may not be in the
/// signed one.
std::string without_default_port(std::string endpoint) {
    while (endpoint.ends_with('/'))
        endpoint.pop_back();
    const std::string_view port = endpoint.starts_with("https://") ? ":443" : ":80";
    if (endpoint.ends_with(port)) endpoint.resize(endpoint.size() - port.size());
    return endpoint;
}

}  // namespace

Result<std::unique_ptr<S3Store>> S3Store::open(S3Settings settings) {
    std::vector<FieldError> wrong;
    settings.endpoint = without_default_port(settings.endpoint);
    settings.public_endpoint = without_default_port(settings.public_endpoint);
    if (settings.public_endpoint.empty()) settings.public_endpoint = settings.endpoint;
    if (!is_bucket(settings.bucket))
        wrong.push_back(
            {"/objects_url", "bucket", "a bucket has 3 to 63 lowercase letters, digits, `-` and `.`"});
    if (!is_endpoint(settings.endpoint) || !is_endpoint(settings.public_endpoint))
        wrong.push_back({"/objects_url", "endpoint", "an endpoint is http(s)://host[:port]"});
    if (settings.region.empty()) wrong.push_back({"/objects_url", "region", "must not be empty"});
    if (settings.credentials.access_key.empty())
        wrong.push_back({"/objects_access_key", "required", "must be set for S3"});
    if (settings.credentials.secret_key.empty())
        wrong.push_back({"/objects_secret_key", "required", "must be set for S3"});
    if (!wrong.empty()) return invalid(std::move(wrong));
    return std::unique_ptr<S3Store>(new S3Store(std::move(settings)));
}

S3Store::S3Store(S3Settings settings) : settings_(std::move(settings)) {}

S3Operation S3Store::operation(std::string method, std::string_view key, const std::string& endpoint) const {
    S3Operation operation{
        .method = std::move(method), .scheme_and_host = endpoint, .path = "/" + std::string(key)};
    if (settings_.path_style)
        operation.path = "/" + settings_.bucket + (key.empty() ? "" : "/") + std::string(key);
    else
        operation.scheme_and_host.insert(endpoint.find("://") + 3, settings_.bucket + ".");
    return operation;
}

Result<Response> S3Store::send(const S3Operation& operation, Request request) const {
    request.method = operation.method;
    request.headers.insert(request.headers.end(), operation.headers.begin(), operation.headers.end());
    request.total_timeout = settings_.transfer_timeout;
    for (int attempt = 1;; ++attempt) {
        request.url =
            presign_sigv4(operation, settings_.credentials, settings_.region, kOwnLifetime, system_now());
        auto result = client_.send(request);
        if (attempt < kTries && worth_another_try(result)) {
            pause_before(attempt, settings_.first_pause);
            continue;
        }
        if (result && !result->ok()) return error_of(*result);
        return result;
    }
}

Result<ObjectInfo> S3Store::upload(std::string_view key, std::string_view content_type, std::int64_t size,
                                   Request request) const {
    if (auto checked = check_key(key); !checked) return checked.error();
    if (auto checked = check_content_type(content_type); !checked) return checked.error();
    auto put = operation("PUT", key, settings_.endpoint);
    put.headers = {{"content-type", std::string(content_type)}};
    auto response = send(put, std::move(request));
    if (!response) return response.error();
    return ObjectInfo{.key = std::string(key),
                      .size = size,
                      .content_type = std::string(content_type),
                      .etag = std::string(response->header("etag").value_or(""))};
}

Result<ObjectInfo> S3Store::put(std::string_view key, std::string_view bytes, std::string_view content_type) {
    return upload(key, content_type, static_cast<std::int64_t>(bytes.size()), {.body = std::string(bytes)});
}

Result<ObjectInfo> S3Store::put_file(std::string_view key, const fs::path& file,
                                     std::string_view content_type) {
    std::error_code code;
    const auto size = fs::file_size(file, code);
    if (code) return not_found("file");
    return upload(key, content_type, static_cast<std::int64_t>(size), {.body = http_client::FileBody{file}});
}

Result<std::string> S3Store::get(std::string_view key, std::int64_t max_bytes) {
    if (auto checked = check_key(key); !checked) return checked.error();
    auto response = send(operation("GET", key, settings_.endpoint), {.max_response_bytes = max_bytes});
    if (!response) return response.error();
    return std::move(response->body);
}

Result<ObjectInfo> S3Store::get_to_file(std::string_view key, const fs::path& file, std::int64_t max_bytes) {
    if (auto checked = check_key(key); !checked) return checked.error();
    const TemporaryFile part(file.string() + "." + ids::new_uuid() + ".part");
    auto response = send(operation("GET", key, settings_.endpoint),
                         {.save_to = part.path(), .max_response_bytes = max_bytes});
    if (!response) return response.error();
    if (auto synced = sync(part.path()); !synced) return synced.error();
    std::error_code code;
    fs::rename(part.path(), file, code);
    if (code) return unavailable("a downloaded file could not be placed: " + code.message());
    ObjectInfo info = info_of(key, *response);
    info.size = response->body_bytes;
    return info;
}

Result<ObjectInfo> S3Store::head(std::string_view key) {
    if (auto checked = check_key(key); !checked) return checked.error();
    auto response = send(operation("HEAD", key, settings_.endpoint), {});
    if (!response) return response.error();
    return info_of(key, *response);
}

Result<void> S3Store::remove(std::string_view key) {
    if (auto checked = check_key(key); !checked) return checked.error();
    auto response = send(operation("DELETE", key, settings_.endpoint), {});
    if (!response && response.error().code != ErrorCode::not_found) return response.error();
    return {};
}

Result<std::vector<ObjectInfo>> S3Store::list(std::string_view prefix, int limit, std::string_view after) {
    if (auto checked = check_prefix(prefix); !checked) return checked.error();
    auto get = operation("GET", "", settings_.endpoint);
    get.query = {{"list-type", "2"}, {"max-keys", std::to_string(std::clamp(limit, 1, 1000))}};
    if (!prefix.empty()) get.query.emplace_back("prefix", prefix);
    if (!after.empty()) get.query.emplace_back("start-after", after);
    auto response = send(get, {.max_response_bytes = kMaxListing});
    if (!response) return response.error();
    return parse_list(response->body);
}

Result<ObjectInfo> S3Store::copy(std::string_view from, std::string_view to) {
    if (auto checked = check_key(from); !checked) return checked.error();
    if (auto checked = check_key(to); !checked) return checked.error();
    if (from == to) return head(from);  // S3 refuses to copy an object to itself
    auto put = operation("PUT", to, settings_.endpoint);
    put.headers = {{"x-amz-copy-source", "/" + settings_.bucket + "/" + percent_encode(from, true)}};
    auto response = send(put, {});
    if (!response) return response.error();
    // A copy that fails late still answers 200, with an error document.
    if (const std::string code = parse_error_code(response->body); !code.empty())
        return unavailable("the object store could not copy: " + code);
    return head(to);
}

Result<ObjectInfo> S3Store::move(std::string_view from, std::string_view to) {
    auto copied = copy(from, to);
    if (!copied || from == to) return copied;
    if (auto removed = remove(from); !removed) return removed.error();
    return copied;
}

Result<PresignedRequest> S3Store::presign_put(std::string_view key, std::string_view content_type,
                                              std::int64_t size, std::chrono::seconds lifetime,
                                              std::chrono::sys_seconds now) {
    if (auto checked = check_key(key); !checked) return checked.error();
    if (auto checked = check_content_type(content_type); !checked) return checked.error();
    if (size < 0) return at("/size", "minimum", "must not be negative");
    if (lifetime.count() < 1 || lifetime > kMaxLifetime)
        return at("/lifetime", "range", "must be 1 s to 7 days");
    auto put = operation("PUT", key, settings_.public_endpoint);
    put.headers = {{"content-length", std::to_string(size)}, {"content-type", std::string(content_type)}};
    return PresignedRequest{
        "PUT",
        presign_sigv4(put, settings_.credentials, settings_.region, lifetime, now),
        {{"Content-Type", std::string(content_type)}, {"Content-Length", std::to_string(size)}},
        now + lifetime};
}

Result<std::string> S3Store::presign_get(std::string_view key, std::chrono::seconds lifetime,
                                         std::chrono::sys_seconds now, const DownloadOptions& options) {
    if (auto checked = check_key(key); !checked) return checked.error();
    if (lifetime.count() < 1 || lifetime > kMaxLifetime)
        return at("/lifetime", "range", "must be 1 s to 7 days");
    auto get = operation("GET", key, settings_.public_endpoint);
    if (!options.filename.empty())
        get.query.emplace_back("response-content-disposition", disposition_of(options.filename));
    if (!options.content_type.empty()) get.query.emplace_back("response-content-type", options.content_type);
    return presign_sigv4(get, settings_.credentials, settings_.region, lifetime, now);
}

Result<void> S3Store::check() {
    if (auto listed = list("", 1); !listed) return listed.error();
    return {};
}

}  // namespace atelier::objects
