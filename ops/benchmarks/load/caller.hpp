#pragma once
// One keep-alive connection that asks and waits.

#include <cstdint>
#include <string>
#include <string_view>

#include "ops/benchmarks/load/socket.hpp"

namespace atelier::bench {

class Caller {
  public:
    Caller(std::uint16_t port, std::string token) : socket_(port), token_(std::move(token)) {}

    /// Sends without waiting.
    void post(std::string_view path, std::string_view body);
    /// The body of the next answer, which must have a status of success.
    std::string answer();
    /// Creates a job; its id.
    std::string create_job(std::string_view body);

  private:
    Socket socket_;
    std::string token_;
    std::string received_;
};

}  // namespace atelier::bench
