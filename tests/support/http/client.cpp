#include "tests/support/http/client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace atelier::tests {

RawClient::RawClient(std::uint16_t port, int receive_buffer, std::chrono::seconds patience)
    : patience_(patience) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receive_buffer > 0)
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        throw std::runtime_error("nothing listens on the port");
    }
}

RawClient::~RawClient() {
    ::close(socket_);
}

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

bool RawClient::more() {
    pollfd ready{socket_, POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(patience_.count())) != 1)
        throw std::runtime_error("the server keeps silent; so far: " + received_);
    char piece[16384];
    const ssize_t n = ::recv(socket_, piece, sizeof piece, 0);
    if (n > 0) received_.append(piece, static_cast<std::size_t>(n));
    return n > 0;
}

std::optional<HttpResponse> RawClient::response(bool to_head) {
    while (received_.find("\r\n\r\n") == std::string::npos) {
        if (!more()) return std::nullopt;
    }
    const std::size_t end = received_.find("\r\n\r\n") + 4;
    HttpResponse response;
    response.status = std::stoi(received_.substr(9, 3));
    for (std::size_t at = received_.find("\r\n") + 2; at + 2 < end;) {
        const std::size_t stop = received_.find("\r\n", at), colon = received_.find(": ", at);
        std::string name = received_.substr(at, colon - at);
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return std::tolower(c); });
        response.headers[name] = received_.substr(colon + 2, stop - colon - 2);
        at = stop + 2;
    }
    received_.erase(0, end);
    if (to_head || response.status < 200 || response.status == 204 || response.status == 304) return response;
    const bool fixed = response.headers.contains("content-length");
    const std::size_t length = fixed ? std::stoull(response.headers["content-length"]) : std::string::npos;
    while (received_.size() < length) {
        if (!more()) break;
    }
    response.body = received_.substr(0, length);
    received_.erase(0, response.body.size());
    return response;
}

HttpResponse RawClient::request(std::string_view bytes) {
    send(bytes);
    return response().value_or(HttpResponse{});
}

std::optional<std::string> RawClient::rest() {
    while (more()) {
    }
    return std::exchange(received_, {});
}

bool RawClient::wait_for(std::string_view text) {
    while (received_.find(text) == std::string::npos) {
        if (!more()) return false;
    }
    return true;
}

HttpResponse RawClient::upgrade(std::string_view target, std::string_view headers) {
    return request("GET " + std::string(target) +
                   " HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: "
                   "websocket\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                   std::string(headers) + "\r\n");
}

void RawClient::send_frame(int opcode, std::string_view payload) {
    std::string frame(1, static_cast<char>(0x80 | opcode));
    if (payload.size() < 126) {
        frame += static_cast<char>(0x80 | payload.size());
    } else if (payload.size() < 65536) {
        frame += static_cast<char>(0x80 | 126);
        for (int shift : {8, 0})
            frame += static_cast<char>(payload.size() >> shift);
    } else {
        frame += static_cast<char>(0x80 | 127);
        for (int shift = 56; shift >= 0; shift -= 8)
            frame += static_cast<char>(payload.size() >> shift);
    }
    frame += std::string(4, '\0');  // a mask of zeros leaves the payload as it is
    send(frame.append(payload));
}

std::optional<Frame> RawClient::frame() {
    const auto need = [this](std::size_t bytes) {
        while (received_.size() < bytes) {
            if (!more()) return false;
        }
        return true;
    };
    if (!need(2)) return std::nullopt;
    std::size_t length = received_[1] & 0x7f, head = 2;
    const std::size_t extra = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (!need(head + extra)) return std::nullopt;
    if (extra > 0) length = 0;
    for (std::size_t i = 0; i < extra; ++i)
        length = length << 8 | static_cast<unsigned char>(received_[head++]);
    if (!need(head + length)) return std::nullopt;
    Frame frame{received_[0] & 0x0f, received_.substr(head, length)};
    received_.erase(0, head + length);
    return frame;
}

std::string RawClient::text() {
    for (;;) {
        const auto next = frame();
        if (!next) return "(closed)";
        if (next->opcode == 9) {
            send_frame(10, next->payload);
        } else {
            return next->opcode == 1 ? next->payload : "(close " + std::to_string(next->close_code()) + ")";
        }
    }
}

}  // namespace atelier::tests
