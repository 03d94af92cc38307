#pragma once
// TCP to a server on this machine, without Nagle's delay. Errors are thrown: a benchmark that loses a
// connection has nothing to report.

#include <cstdint>
#include <string>
#include <string_view>

namespace atelier::bench {

class Socket {
  public:
    /// Connects to 127.0.0.1:`port`; blocking until set_blocking(false).
    explicit Socket(std::uint16_t port);
    ~Socket();
    Socket(Socket&& other) noexcept;
    Socket& operator=(Socket&&) = delete;

    int number() const { return fd_; }
    void set_blocking(bool blocking);

    /// All of it, waiting where the socket is full.
    void send(std::string_view bytes);
    /// Appends what has arrived to `to`; a blocking socket waits for the first byte. False when nothing has.
    bool receive(std::string& to);

  private:
    int fd_;
};

/// As many files as the system lets this process open; thousands of clients need them.
void raise_file_limit();

}  // namespace atelier::bench
