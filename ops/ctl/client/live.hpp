#pragma once
// The WebSocket of the contract, as a client: /api/v1/ws. The only code of atelierctl that names Beast.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "common/json/value.hpp"

namespace atelier::ctl {

/// One thread.
class LiveSocket {
  public:
    /// Error: unavailable, for whatever reason; also for https servers, whose TLS it does not speak.
    static Result<LiveSocket> open(const std::string& server, const std::string& access_token);
    LiveSocket(LiveSocket&&) noexcept;
    ~LiveSocket();

    Result<void> subscribe(const std::string& job_id, std::int64_t after);
    /// The next message; nothing when none came in time. Error: unavailable when the connection is gone.
    Result<std::optional<json::Value>> next(std::chrono::milliseconds patience);

  private:
    class Impl;
    explicit LiveSocket(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace atelier::ctl
