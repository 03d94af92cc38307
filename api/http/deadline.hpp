#pragma once
// Cancels a socket's reads and writes when they take too long, without closing it: a 408 can still be
// written. One timer for a whole connection; moving the deadline later costs only an assignment.

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>

namespace atelier::api::http {

class Deadline {
  public:
    using Clock = std::chrono::steady_clock;

    explicit Deadline(boost::asio::ip::tcp::socket& socket)
        : socket_(socket), timer_(socket.get_executor()) {}

    /// `keeper` keeps the socket alive while the timer runs.
    void arm(std::chrono::milliseconds time, std::shared_ptr<void> keeper) {
        expired_ = false;
        at_ = Clock::now() + time;
        if (running_ && timer_.expiry() <= at_) return;
        wait(std::move(keeper));
    }
    void disarm() { at_ = Clock::time_point::max(); }
    void stop() {
        disarm();
        timer_.cancel();
    }
    bool expired() const { return expired_; }

  private:
    void wait(std::shared_ptr<void> keeper) {
        running_ = true;
        timer_.expires_at(at_);
        timer_.async_wait([this, keeper = std::move(keeper)](boost::system::error_code error) mutable {
            if (error) return;  // another wait took over, or stop()
            running_ = false;
            if (at_ == Clock::time_point::max()) return;
            if (Clock::now() < at_) return wait(std::move(keeper));
            expired_ = true;
            boost::system::error_code ignored;
            socket_.cancel(ignored);
        });
    }

    boost::asio::ip::tcp::socket& socket_;
    boost::asio::steady_timer timer_;
    Clock::time_point at_ = Clock::time_point::max();
    bool running_ = false;
    bool expired_ = false;
};

}  // namespace atelier::api::http
