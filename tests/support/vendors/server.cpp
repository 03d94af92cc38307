#include "tests/support/vendors/server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

namespace atelier::tests {

using namespace std::chrono_literals;

namespace {

constexpr std::int64_t kHugeBytes = 3'000'000'000;
constexpr std::size_t kMaxRequestBytes = 256 << 20;

std::string lowercase(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// Takes one whole request off the front of `received`; nothing while it is not all there.
std::optional<HttpRequest> take_request(std::string& received) {
    const auto end = received.find("\r\n\r\n");
    if (end == std::string::npos) return std::nullopt;
    HttpRequest request;
    const auto line = received.find("\r\n");
    const auto first = received.find(' '), second = received.find(' ', first + 1);
    request.method = received.substr(0, first);
    request.target = received.substr(first + 1, second - first - 1);
    for (std::size_t at = line + 2; at < end + 2;) {
        const auto stop = received.find("\r\n", at), colon = received.find(':', at);
        const auto value = received.find_first_not_of(' ', colon + 1);
        request.headers[lowercase(received.substr(at, colon - at))] =
            value < stop ? received.substr(value, stop - value) : "";
        at = stop + 2;
    }
    const std::string announced = request.header("content-length");
    const std::size_t length = announced.empty() ? 0 : std::stoul(announced);
    if (received.size() < end + 4 + length) return std::nullopt;
    request.body = received.substr(end + 4, length);
    received.erase(0, end + 4 + length);
    return request;
}

}  // namespace

std::string HttpRequest::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
}

std::string_view HttpRequest::path() const {
    return std::string_view(target).substr(0, target.find('?'));
}

std::string HttpRequest::parameter(std::string_view name) const {
    const auto mark = target.find('?');
    for (std::size_t at = mark; at != std::string::npos; at = target.find('&', at + 1)) {
        const std::string_view pair = std::string_view(target).substr(at + 1);
        if (!pair.starts_with(std::string(name) + "=")) continue;
        std::string value;
        for (std::size_t i = name.size() + 1; i < pair.size() && pair[i] != '&'; ++i) {
            if (pair[i] == '%' && i + 2 < pair.size()) {
                value += static_cast<char>(std::stoi(std::string(pair.substr(i + 1, 2)), nullptr, 16));
                i += 2;
            } else {
                value += pair[i];
            }
        }
        return value;
    }
    return {};
}

HttpServer::HttpServer(std::function<HttpReply(const HttpRequest&)> answer) : answer_(std::move(answer)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    stop_ = ::eventfd(0, EFD_CLOEXEC);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, generic, length) != 0 || ::listen(listener_, 128) != 0 ||
        ::getsockname(listener_, generic, &length) != 0)
        throw std::runtime_error("no loopback port");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

HttpServer::~HttpServer() {
    ::eventfd_write(stop_, 1);  // never read: it stays readable for everybody
    thread_.join();
    for (auto& conversation : conversations_)
        conversation.thread.join();
    ::close(listener_);
    ::close(stop_);
}

bool HttpServer::readable(int socket, std::chrono::milliseconds limit) const {
    pollfd entries[] = {{socket, POLLIN, 0}, {stop_, POLLIN, 0}};
    const int count = ::poll(entries, 2, static_cast<int>(limit.count()));
    return count > 0 && !(entries[1].revents & POLLIN);
}

void HttpServer::wait_until_gone(int socket) const {
    char piece[4096];
    while (readable(socket) && ::recv(socket, piece, sizeof(piece), 0) > 0) {
    }
}

void HttpServer::serve() {
    while (readable(listener_)) {
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) continue;
        const int on = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        ++connections_;
        sweep();
        Conversation& conversation = conversations_.emplace_back();
        conversation.socket = socket;
        conversation.thread = std::thread([this, &conversation] { converse(conversation); });
    }
}

void HttpServer::sweep() {
    for (auto it = conversations_.begin(); it != conversations_.end();) {
        if (it->is_over) {
            it->thread.join();
            it = conversations_.erase(it);
        } else {
            ++it;
        }
    }
}

void HttpServer::converse(Conversation& conversation) {
    std::string received;
    char piece[65536];
    while (received.size() < kMaxRequestBytes && readable(conversation.socket)) {
        const ssize_t count = ::recv(conversation.socket, piece, sizeof(piece), 0);
        if (count <= 0) break;
        received.append(piece, static_cast<std::size_t>(count));
        bool goes_on = true;
        while (goes_on) {
            const auto request = take_request(received);
            if (!request) break;
            goes_on = reply(conversation.socket, answer_(*request));
        }
        if (!goes_on) break;
    }
    ::close(conversation.socket);
    conversation.is_over = true;
}

bool HttpServer::send(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        pollfd entries[] = {{socket, POLLOUT, 0}, {stop_, POLLIN, 0}};
        if (::poll(entries, 2, -1) < 0 || (entries[1].revents & POLLIN)) return false;
        const ssize_t count = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0 && errno == EAGAIN) continue;
        if (count <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool HttpServer::reply(int socket, const HttpReply& reply) {
    if (reply.delay > 0ms) (void)readable(stop_, reply.delay);
    if (reply.pace == Pace::silent) {
        wait_until_gone(socket);
        return false;
    }
    std::string head = "HTTP/1.1 " + std::to_string(reply.status) + " Said\r\n";
    for (const auto& [name, value] : reply.headers)
        head += name + ": " + value + "\r\n";
    if (reply.pace != Pace::huge) head += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
    head += reply.pace == Pace::whole ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    if (!send(socket, head)) return false;
    switch (reply.pace) {
        case Pace::drip:
            return drip(socket, reply.body) && false;
        case Pace::half:
            send(socket, std::string_view(reply.body).substr(0, reply.body.size() / 2));
            return false;
        case Pace::huge:
            send(socket, reply.body);
            return flood(socket);
        default:
            return send(socket, reply.body);
    }
}

bool HttpServer::drip(int socket, std::string_view body) {
    for (const char& byte : body) {
        if (!send(socket, {&byte, 1})) return false;
        pollfd entries[] = {{socket, POLLIN | POLLRDHUP, 0}, {stop_, POLLIN, 0}};
        if (::poll(entries, 2, 1000) != 0) return false;
    }
    return true;
}

bool HttpServer::flood(int socket) {
    const std::string blanks(1 << 18, ' ');
    for (std::int64_t sent = 0; sent < kHugeBytes; sent += static_cast<std::int64_t>(blanks.size())) {
        if (!send(socket, blanks)) break;
        huge_bytes_ += static_cast<std::int64_t>(blanks.size());
    }
    return false;
}

}  // namespace atelier::tests
