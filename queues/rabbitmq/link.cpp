#include "queues/rabbitmq/link.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <random>
#include <system_error>

#include "common/log/log.hpp"

namespace atelier::queues::rabbitmq {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kAttemptTimeout{5'000};  // one step of connecting, one synchronous call
constexpr milliseconds kFirstPause{100}, kLongestPause{5'000};
constexpr milliseconds kStopPatience{3'000};
constexpr int kTickMs = 500;  // a fraction of the shortest heartbeat, which only runs inside library calls
constexpr int kFramesPerTurn = 256;

}  // namespace

Link::Link(const Endpoint& endpoint, const BrokerSettings& settings, LinkUser& user, std::string purpose)
    : endpoint_(endpoint),
      settings_(settings),
      user_(user),
      purpose_(std::move(purpose)),
      wake_fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (wake_fd_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Link::~Link() {
    stop();
    ::close(wake_fd_);
}

void Link::start() {
    thread_ = std::thread([this] { run(); });
}

Result<> Link::wait_until_connected() {
    std::unique_lock lock(mutex_);
    const auto is_final = [&] {
        return failed_ &&
               (last_error_.code == ErrorCode::conflict || last_error_.code == ErrorCode::forbidden);
    };
    changed_.wait_for(lock, settings_.connect_timeout, [&] { return connected_ || stopping_ || is_final(); });
    if (connected_) return {};
    if (failed_) return last_error_;
    return unavailable("no connection to RabbitMQ at " + endpoint_.shown());
}

void Link::wake() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wake_fd_, &one, sizeof one);  // full means: awake already
}

BrokerHealth Link::health() const {
    std::lock_guard lock(mutex_);
    return {connected_, failed_ ? last_error_.message : std::string()};
}

void Link::stop() {
    if (!thread_.joinable()) return;
    {
        std::unique_lock lock(mutex_);
        stopping_ = true;
        changed_.notify_all();
        wake();
        changed_.wait_for(lock, kStopPatience, [&] { return finished_; });
        if (!finished_ && socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
    }
    thread_.join();
}

void Link::run() {
    int failures = 0;
    while (!stopping_) {
        const Error why = session();
        const bool was_connected = connected_;
        publish_state(false, &why, -1);
        user_.lost(why);
        failures = was_connected ? 1 : failures + 1;
        if (stopping_) break;
        if (was_connected || failures == 1)
            log::warning("The broker connection for {} is down, trying again: {}", purpose_, why.message);
        pause(failures);
    }
    std::lock_guard lock(mutex_);
    finished_ = true;
    changed_.notify_all();
}

void Link::publish_state(bool connected, const Error* why, int socket) {
    std::lock_guard lock(mutex_);
    connected_ = connected;
    socket_ = socket;
    if (why && !stopping_) {
        last_error_ = *why;
        failed_ = true;
    }
    changed_.notify_all();
}

/// Doubles from the first to the longest pause, ±20 % so that a fleet does not return in step.
void Link::pause(int failures) {
    thread_local std::minstd_rand random(std::random_device{}());
    const double factor = std::uniform_real_distribution(0.8, 1.2)(random);
    const auto doubled = std::min(kLongestPause, kFirstPause * (1 << std::min(failures - 1, 6)));
    const milliseconds length(static_cast<long>(static_cast<double>(doubled.count()) * factor));
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, length, [&] { return stopping_.load(); });
}

Error Link::session() {
    const milliseconds attempt = std::min(kAttemptTimeout, settings_.connect_timeout);
    auto connection = Connection::open(endpoint_, settings_.heartbeat_s, attempt);
    if (!connection) return connection.error();
    if (auto open = connection->open_channel(1); !open) return open.error();
    if (auto declared = declare(*connection, 1, topology(settings_)); !declared) return declared.error();
    if (auto opened = user_.opened(*connection); !opened) return opened.error();
    publish_state(true, nullptr, connection->socket());
    const Error why = serve(*connection);
    // The descriptor is about to be closed and reused: nobody may cut it any more.
    std::lock_guard lock(mutex_);
    socket_ = -1;
    return why;
}

Error Link::serve(Connection& connection) {
    for (;;) {
        if (stopping_) {
            user_.closing(connection);
            connection.close();
            return unavailable("the broker was closed");
        }
        auto more = read_some(connection);
        if (!more) return more.error();
        if (auto done = user_.woken(connection); !done) return done.error();
        if (*more) continue;
        if (auto waited = wait_for_something(connection); !waited) return waited.error();
    }
}

/// True when there may be more to read.
Result<bool> Link::read_some(Connection& connection) {
    for (int i = 0; i < kFramesPerTurn; ++i) {
        auto frame = connection.read(milliseconds(0));
        if (!frame) return frame.error();
        if (!*frame) {
            connection.recycle();
            return false;
        }
        if ((*frame)->frame_type == AMQP_FRAME_METHOD) {
            const amqp_method_t& method = (*frame)->payload.method;
            if (method.id == AMQP_CONNECTION_CLOSE_METHOD || method.id == AMQP_CHANNEL_CLOSE_METHOD)
                return closed_by_server("go on with RabbitMQ", method);
            if (method.id == AMQP_BASIC_CANCEL_METHOD)
                return unavailable("RabbitMQ cancelled a consumer: its queue is gone or without a leader");
        }
        if (auto taken = user_.received(connection, **frame); !taken) return taken.error();
    }
    connection.recycle();
    return true;
}

Result<> Link::wait_for_something(const Connection& connection) {
    pollfd waiting[] = {{connection.socket(), POLLIN, 0}, {wake_fd_, POLLIN, 0}};
    if (::poll(waiting, 2, kTickMs) < 0 && errno != EINTR)
        return unavailable("poll failed: " + std::generic_category().message(errno));
    std::uint64_t count;
    if (waiting[1].revents) [[maybe_unused]]
        const auto read = ::read(wake_fd_, &count, sizeof count);
    return {};
}

}  // namespace atelier::queues::rabbitmq
