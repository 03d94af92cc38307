#include "ops/benchmarks/load/watcher.hpp"

#include <stdexcept>

namespace atelier::bench {
namespace {

constexpr int kText = 1, kClose = 8, kPing = 9, kPong = 10;

std::size_t byte_at(const std::string& bytes, std::size_t index) {
    return static_cast<unsigned char>(bytes[index]);
}

}  // namespace

Watcher::Watcher(std::uint16_t port, std::string_view token) : socket_(port) {
    socket_.send(
        "GET /api/v1/ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: YmVuY2htYXJrLXdhdGNoZXI=\r\n"
        "Authorization: Bearer " +
        std::string(token) + "\r\n\r\n");
    std::size_t end = std::string::npos;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos)
        socket_.receive(received_);
    if (!received_.starts_with("HTTP/1.1 101"))
        throw std::runtime_error("no WebSocket: " + received_.substr(0, 600));
    received_.erase(0, end + 4);
}

void Watcher::subscribe(std::string_view job_id, std::int64_t after) {
    send_frame(kText, R"({"type":"subscribe","job_id":")" + std::string(job_id) + R"(","after":)" +
                          std::to_string(after) + "}");
}

std::optional<std::string> Watcher::next() {
    for (;;) {
        while (auto frame = take_frame()) {
            if (frame->opcode == kText) return std::move(frame->payload);
            if (frame->opcode == kPing) send_frame(kPong, frame->payload);
            if (frame->opcode == kClose) throw std::runtime_error("the server closed a WebSocket");
        }
        if (!socket_.receive(received_) && !is_blocking_) return std::nullopt;
    }
}

std::optional<Watcher::Frame> Watcher::take_frame() {
    if (received_.size() < 2) return std::nullopt;
    std::size_t length = byte_at(received_, 1) & 0x7f, head = 2;
    if (length == 127) throw std::runtime_error("a frame of more than 64 KiB");
    if (length == 126) {
        if (received_.size() < 4) return std::nullopt;
        length = byte_at(received_, 2) << 8 | byte_at(received_, 3);
        head = 4;
    }
    if (received_.size() < head + length) return std::nullopt;
    Frame frame{static_cast<int>(byte_at(received_, 0) & 0x0f), received_.substr(head, length)};
    received_.erase(0, head + length);
    return frame;
}

void Watcher::send_frame(int opcode, std::string_view payload) {
    if (payload.size() > 125) {
        std::string bytes{static_cast<char>(0x80 | opcode), static_cast<char>(0x80 | 126),
                          static_cast<char>(payload.size() >> 8), static_cast<char>(payload.size() & 0xff)};
        return socket_.send(bytes + std::string(4, '\0') + std::string(payload));
    }
    std::string bytes{static_cast<char>(0x80 | opcode), static_cast<char>(0x80 | payload.size())};
    socket_.send(bytes + std::string(4, '\0') + std::string(payload));
}

}  // namespace atelier::bench
