#include "common/store/watchdog.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>

#include "common/log/log.hpp"

namespace atelier::store {
namespace {

using std::chrono::milliseconds;

/// How long nothing came; nothing to go by for a socket that is not TCP, such as a Unix one.
milliseconds silence(int socket, milliseconds fallback) {
    tcp_info info{};
    socklen_t size = sizeof info;
    if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return fallback;
    return milliseconds(info.tcpi_last_data_recv);
}

}  // namespace

Watchdog::Watchdog(milliseconds patience) : patience_(patience) {}

Watchdog::~Watchdog() {
    if (looking_) looking_->stop();
}

Watchdog::Watch::Watch(Watchdog& watchdog, int socket) : watchdog_(watchdog) {
    const std::lock_guard lock(watchdog_.mutex_);
    place_ = watchdog_.watched_.insert(watchdog_.watched_.end(), {socket, Clock::now()});
    if (watchdog_.looking_) return;
    const auto interval = std::clamp(watchdog_.patience_ / 20, milliseconds(20), milliseconds(500));
    watchdog_.looking_ = std::make_unique<async::PeriodicTask>(
        async::PeriodicTask::Options{"db-watchdog", interval, 0.1, false}, [&watchdog] { watchdog.look(); });
}

Watchdog::Watch::~Watch() {
    const std::lock_guard lock(watchdog_.mutex_);
    watchdog_.watched_.erase(place_);
}

void Watchdog::look() {
    const std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    for (Watched& one : watched_) {
        const auto waited = std::chrono::duration_cast<milliseconds>(now - one.since);
        if (one.cut || waited < patience_ || silence(one.socket, waited) < patience_) continue;
        one.cut = true;
        log::warning("The database said nothing for {} ms: giving the connection up", waited.count());
        ::shutdown(one.socket, SHUT_RDWR);
    }
}

}  // namespace atelier::store
