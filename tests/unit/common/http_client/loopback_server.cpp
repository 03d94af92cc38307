#include "loopback_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace {

bool readable(int socket, const std::atomic<bool>& stopping) {
    while (!stopping) {
        pollfd entry{socket, POLLIN, 0};
        if (::poll(&entry, 1, 20) > 0) return true;
    }
    return false;
}

std::size_t length_of(const std::string& request) {
    const auto at = request.find("Content-Length: ");
    return at == std::string::npos ? 0 : std::stoul(request.substr(at + 16));
}

bool complete(const std::string& request) {
    const auto head = request.find("\r\n\r\n");
    return head != std::string::npos && request.size() >= head + 4 + length_of(request);
}

}  // namespace

LoopbackServer::LoopbackServer(Answer answer) : answer_(std::move(answer)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, generic, length) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, generic, &length) != 0)
        throw std::runtime_error("no loopback port");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

LoopbackServer::~LoopbackServer() {
    stopping_ = true;
    thread_.join();
    for (auto& conversation : conversations_)
        conversation.join();
    ::close(listener_);
}

void LoopbackServer::serve() {
    while (readable(listener_, stopping_)) {
        const int connection = ::accept(listener_, nullptr, nullptr);
        if (connection < 0) continue;
        ++connections_;
        conversations_.emplace_back([this, connection] { converse(connection); });
    }
}

void LoopbackServer::converse(int connection) {
    std::string request;
    char buffer[4096];
    while (readable(connection, stopping_)) {
        const ssize_t count = ::recv(connection, buffer, sizeof(buffer), 0);
        if (count <= 0) break;
        request.append(buffer, static_cast<std::size_t>(count));
        if (!complete(request)) continue;
        const std::string response = answer_(request);
        request.clear();
        if (response.empty()) continue;  // says nothing: the client must give up by itself
        (void)::send(connection, response.data(), response.size(), MSG_NOSIGNAL);
        if (response.find("keep-alive") == std::string::npos) break;
    }
    ::close(connection);
}
