#include "common/http_client/transfer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstring>

#include "common/http_client/address.hpp"
#include "common/http_client/url.hpp"

namespace atelier::http_client {

namespace {

constexpr int kMaxGuardedRedirects = 3;
constexpr std::size_t kMaxHeaderBytes = 64 << 10;
/// Of one handle, for what comes in; libcurl's own 16 KiB wake the I/O thread four times as often.
constexpr long kBufferBytes = 64 << 10;

Error at_url(std::string rule, std::string message) {
    return invalid("/url", std::move(rule), std::move(message));
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())))
        text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
        text.remove_suffix(1);
    return text;
}

struct Peer {
    AddressClass address_class = AddressClass::reserved;
    std::uint16_t port = 0;
    std::string text;
};

Peer peer_of(const curl_sockaddr& address) {
    char text[INET6_ADDRSTRLEN] = "";
    Peer peer;
    if (address.family == AF_INET) {
        sockaddr_in v4;
        std::memcpy(&v4, &address.addr, sizeof(v4));
        inet_ntop(AF_INET, &v4.sin_addr, text, sizeof(text));
        peer.port = ntohs(v4.sin_port);
    } else if (address.family == AF_INET6) {
        sockaddr_in6 v6;
        std::memcpy(&v6, &address.addr, sizeof(v6));
        inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof(text));
        peer.port = ntohs(v6.sin6_port);
    }
    peer.text = text;
    peer.address_class = classify(peer.text);
    return peer;
}

}  // namespace

Transfer::Transfer(CURL* handle, const Request& request, const ClientSettings& settings)
    : handle_(handle), request_(request), settings_(settings) {}

Transfer::~Transfer() {
    curl_slist_free_all(headers_);
}

Result<Response> Transfer::run(Engine& engine) {
    if (auto prepared = prepare(); !prepared) return prepared.error();
    const auto [code, is_cancelled] = engine.perform(handle_, request_);
    if (is_cancelled) failure_ = conflict("the transfer was cancelled");
    Result<void> outcome = code == CURLE_OK ? close_output() : Result<void>(error_of(code));
    if (!outcome) {
        output_.reset();
        std::error_code ignored;
        if (output_made_) std::filesystem::remove(*request_.save_to, ignored);
        return outcome.error();
    }
    long status = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
    char* url = nullptr;
    curl_easy_getinfo(handle_, CURLINFO_EFFECTIVE_URL, &url);
    if (url) response_.url = url;
    return std::move(response_);
}

Result<void> Transfer::prepare() {
    for (const auto& [name, value] : request_.headers)
        if ((name + value).find_first_of("\r\n") != std::string::npos)
            return invalid("/headers", "characters", "a header may not contain a line break");
    if (auto checked = check_url(); !checked) return checked;
    if (auto opened = open_body(); !opened) return opened;
    set_options();
    set_method();
    set_protocol();
    if (request_.guard) set_guard();
    return {};
}

Result<void> Transfer::check_url() {
    auto url = parse_url(request_.url);
    if (!url) return url.error();
    host_ = url->host;
    if (!request_.guard) return {};
    const auto& ports = request_.guard->ports;
    if (std::find(ports.begin(), ports.end(), url->port) == ports.end())
        return at_url("port", "this port may not be reached");
    return {};
}

Result<void> Transfer::open_body() {
    const auto* body = std::get_if<FileBody>(&request_.body);
    if (!body) return {};
    input_.reset(std::fopen(body->path.c_str(), "rbe"));
    if (!input_) return not_found("file to send");
    struct stat status {};
    if (::fstat(::fileno(input_.get()), &status) != 0 || !S_ISREG(status.st_mode))
        return not_found("file to send");
    curl_easy_setopt(handle_, CURLOPT_READDATA, input_.get());
    curl_easy_setopt(handle_, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(status.st_size));
    return {};
}

void Transfer::set_options() {
    for (const auto& [name, value] : request_.headers)
        headers_ = curl_slist_append(headers_, (value.empty() ? name + ";" : name + ": " + value).c_str());
    headers_ = curl_slist_append(headers_, "Expect:");  // no pause before a body
    curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, headers_);
    curl_easy_setopt(handle_, CURLOPT_URL, request_.url.c_str());
    curl_easy_setopt(handle_, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle_, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle_, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(handle_, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(handle_, CURLOPT_USERAGENT, settings_.user_agent.c_str());
    curl_easy_setopt(handle_, CURLOPT_PROXY, request_.guard ? "" : settings_.proxy.c_str());
    if (!settings_.ca_file.empty()) curl_easy_setopt(handle_, CURLOPT_CAINFO, settings_.ca_file.c_str());
    curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle_, CURLOPT_BUFFERSIZE, kBufferBytes);
    curl_easy_setopt(handle_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request_.connect_timeout.count()));
    curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(request_.total_timeout.count()));
    curl_easy_setopt(handle_, CURLOPT_FOLLOWLOCATION, request_.max_redirects > 0 ? 1L : 0L);
    curl_easy_setopt(handle_, CURLOPT_MAXREDIRS, static_cast<long>(request_.max_redirects));
    curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    curl_easy_setopt(handle_, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(handle_, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    curl_easy_setopt(handle_, CURLOPT_HEADERDATA, this);
    if (request_.takes_compressed) curl_easy_setopt(handle_, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
}

void Transfer::set_method() {
    if (const auto* text = std::get_if<std::string>(&request_.body)) {
        curl_easy_setopt(handle_, CURLOPT_POST, 1L);
        curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(text->size()));
        curl_easy_setopt(handle_, CURLOPT_POSTFIELDS, text->c_str());
    } else if (input_) {
        curl_easy_setopt(handle_, CURLOPT_UPLOAD, 1L);
    } else if (request_.method == "HEAD") {
        curl_easy_setopt(handle_, CURLOPT_NOBODY, 1L);
    }
    curl_easy_setopt(handle_, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

void Transfer::set_protocol() {
    const bool is_secure = request_.url.starts_with("https:");
    if (!is_secure || !has_usual_guard()) {
        // Without TLS libcurl would let others wait to learn whether the connection can be shared.
        curl_easy_setopt(handle_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        return;
    }
    curl_easy_setopt(handle_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(handle_, CURLOPT_PIPEWAIT, 1L);  // rather share a connection than open another
}

bool Transfer::has_usual_guard() const {
    return !request_.guard ||
           (request_.guard->allowed_addresses.empty() && request_.guard->ports == Guard{}.ports);
}

void Transfer::set_guard() {
    // What one guard allows, another may not: a redirect must find no connection that nobody checked.
    curl_easy_setopt(handle_, CURLOPT_FRESH_CONNECT, has_usual_guard() ? 0L : 1L);
    curl_easy_setopt(handle_, CURLOPT_FORBID_REUSE, has_usual_guard() ? 0L : 1L);
    const int redirects = std::min(request_.max_redirects, kMaxGuardedRedirects);
    curl_easy_setopt(handle_, CURLOPT_MAXREDIRS, static_cast<long>(redirects));
    curl_easy_setopt(handle_, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open_socket);
    curl_easy_setopt(handle_, CURLOPT_OPENSOCKETDATA, this);
}

Result<void> Transfer::close_output() {
    if (!request_.save_to || !output_) return {};
    std::FILE* file = output_.release();
    if (std::fclose(file) != 0) return unavailable("the response could not be written to disk");
    return {};
}

Error Transfer::error_of(CURLcode code) const {
    if (failure_) return *failure_;
    switch (code) {
        case CURLE_URL_MALFORMAT:
            return at_url("url", "this is no URL");
        case CURLE_UNSUPPORTED_PROTOCOL:
            return at_url("scheme", "only http and https are fetched");
        case CURLE_LOGIN_DENIED:
            return at_url("userinfo", "a URL with a user name or password is not fetched");
        case CURLE_TOO_MANY_REDIRECTS:
            return at_url("redirects", "too many redirects");
        case CURLE_OPERATION_TIMEDOUT: {
            return Error{ErrorCode::request_timeout, host_ + " did not answer in time", {}, 5};
        }
        default:
            return unavailable(host_ + " could not be reached: " + curl_easy_strerror(code));
    }
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::size_t bytes = size * count;
    Response& response = transfer.response_;
    const Request& request = transfer.request_;
    if (response.body_bytes + static_cast<std::int64_t>(bytes) > request.max_response_bytes) {
        transfer.failure_ = Error{ErrorCode::too_large, "the response is larger than allowed", {}, {}};
        return 0;
    }
    response.body_bytes += static_cast<std::int64_t>(bytes);
    long status = 0;
    curl_easy_getinfo(transfer.handle_, CURLINFO_RESPONSE_CODE, &status);
    if (!request.save_to || status < 200 || status > 299) {
        response.body.append(data, bytes);
        return bytes;
    }
    if (!transfer.output_ || std::fwrite(data, 1, bytes, transfer.output_.get()) != bytes) {
        transfer.failure_ = unavailable("the response could not be written to disk");
        return 0;
    }
    return bytes;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::string_view line(data, size * count);
    Response& response = transfer.response_;
    if (line.starts_with("HTTP/")) {  // of a redirect or an interim answer before: only the last one counts
        response.headers.clear();
        response.body.clear();
        response.body_bytes = 0;
        return line.size();
    }
    if (line == "\r\n" || line == "\n") return transfer.begin_body() ? line.size() : 0;
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return line.size();
    std::string name(trimmed(line.substr(0, colon)));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    transfer.header_bytes_ += line.size();
    if (transfer.header_bytes_ > kMaxHeaderBytes) {
        transfer.failure_ = Error{ErrorCode::too_large, "the response has too many headers", {}, {}};
        return 0;
    }
    response.headers.emplace_back(std::move(name), std::string(trimmed(line.substr(colon + 1))));
    return line.size();
}

bool Transfer::begin_body() {
    long status = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    curl_off_t announced = -1;
    curl_easy_getinfo(handle_, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
    if (request_.method != "HEAD" && announced > request_.max_response_bytes) {
        failure_ = Error{ErrorCode::too_large, "the response is larger than allowed", {}, {}};
        return false;
    }
    if (!request_.save_to || status < 200 || status > 299 || output_) return true;
    output_.reset(std::fopen(request_.save_to->c_str(), "wbe"));
    output_made_ = output_ != nullptr;
    if (!output_) failure_ = unavailable("the file for the response could not be made");
    return output_made_;
}

curl_socket_t Transfer::on_open_socket(void* self, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(self);
    const Guard& guard = *transfer.request_.guard;
    const Peer peer = peer_of(*address);
    const bool port_allowed =
        std::find(guard.ports.begin(), guard.ports.end(), peer.port) != guard.ports.end();
    const auto& exceptions = guard.allowed_addresses;
    const bool allowed = peer.address_class == AddressClass::global ||
                         std::find(exceptions.begin(), exceptions.end(), peer.text) != exceptions.end();
    if (port_allowed && allowed) {
        transfer.failure_.reset();
        return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    }
    transfer.failure_ = port_allowed ? at_url("address", "this address may not be reached: it is " +
                                                             std::string(to_string(peer.address_class)))
                                     : at_url("port", "this port may not be reached");
    return CURL_SOCKET_BAD;
}

}  // namespace atelier::http_client
