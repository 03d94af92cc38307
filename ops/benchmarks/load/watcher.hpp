#pragma once
// A client of the API's WebSocket: just enough of RFC 6455 for a peer that is trusted. Frames go out with an
// all-zero mask, which leaves their bytes as they are; pings are answered.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ops/benchmarks/load/socket.hpp"

namespace atelier::bench {

class Watcher {
  public:
    /// Connects and shakes hands, blocking.
    Watcher(std::uint16_t port, std::string_view token);

    /// From event `after` + 1 on. The answers are messages like all others.
    void subscribe(std::string_view job_id, std::int64_t after);
    /// The next text. A blocking socket waits for it, others give nothing when none is complete.
    std::optional<std::string> next();

    /// Blocking until told otherwise.
    void set_blocking(bool blocking) {
        is_blocking_ = blocking;
        socket_.set_blocking(blocking);
    }
    int number() const { return socket_.number(); }

  private:
    struct Frame {
        int opcode = 0;
        std::string payload;
    };
    std::optional<Frame> take_frame();
    void send_frame(int opcode, std::string_view payload);

    Socket socket_;
    std::string received_;
    bool is_blocking_ = true;
};

}  // namespace atelier::bench
