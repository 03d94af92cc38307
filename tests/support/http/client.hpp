#pragma once
// A plain socket for tests: sends exactly the bytes it is given and shows exactly what comes back.

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace atelier::tests {

struct HttpResponse {
    int status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;

    std::string header(const std::string& lower_case_name) const {
        const auto found = headers.find(lower_case_name);
        return found == headers.end() ? "" : found->second;
    }
};

struct Frame {
    int opcode = 0;  ///< 1 text, 8 close, 9 ping, 10 pong
    std::string payload;
    int close_code() const {
        return payload.size() < 2
                   ? 0
                   : static_cast<unsigned char>(payload[0]) * 256 + static_cast<unsigned char>(payload[1]);
    }
};

class RawClient {
  public:
    /// Throws when nothing listens. `receive_buffer` > 0 shrinks the socket's buffer, for slow readers. Waiting for
    /// bytes throws after `patience`.
    explicit RawClient(std::uint16_t port, int receive_buffer = 0,
                       std::chrono::seconds patience = std::chrono::seconds(10));
    ~RawClient();
    RawClient(const RawClient&) = delete;

    /// False when the peer had closed.
    bool send(std::string_view bytes);
    /// One response, by Content-Length or to the end. 1xx responses count. Nothing when the peer closes first.
    std::optional<HttpResponse> response(bool to_head = false);
    HttpResponse request(std::string_view bytes);
    /// Everything until the peer closes; nothing when it does not within 10 s.
    std::optional<std::string> rest();
    /// Reads until `text` has come; false when the peer closes first or after 10 s.
    bool wait_for(std::string_view text);
    const std::string& received() const { return received_; }

    /// Upgrades with these additional header lines (each with its CR LF) and returns the answer.
    HttpResponse upgrade(std::string_view target, std::string_view headers = "");
    void send_text(std::string_view text) { send_frame(1, text); }
    void send_frame(int opcode, std::string_view payload);
    /// The next frame; nothing when the peer closes the socket or after 10 s.
    std::optional<Frame> frame();
    /// The next frame that is no ping.
    std::string text();

  private:
    bool more();

    int socket_ = -1;
    const std::chrono::milliseconds patience_;
    std::string received_;
};

}  // namespace atelier::tests
