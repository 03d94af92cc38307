#include "tests/support/tcp_proxy.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace atelier::tests {
namespace {

constexpr int kTickMs = 20;

sockaddr_in address(const std::string& host, int port) {
    sockaddr_in made{};
    made.sin_family = AF_INET;
    made.sin_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host.c_str(), &made.sin_addr);
    return made;
}

[[noreturn]] void fail(const char* doing) {
    throw std::system_error(errno, std::generic_category(), doing);
}

void reset(int socket) {
    const linger hard{1, 0};
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    ::close(socket);
}

}  // namespace

TcpProxy::TcpProxy(std::string host, int port) : host_(std::move(host)), target_port_(port) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in own = address("127.0.0.1", 0);
    socklen_t size = sizeof own;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&own), size) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&own), &size) != 0)
        fail("listen");
    port_ = ntohs(own.sin_port);
    thread_ = std::thread([this] { run(); });
}

TcpProxy::~TcpProxy() {
    stopping_ = true;
    thread_.join();
    drop_all();
    ::close(listener_);
}

void TcpProxy::cut() {
    mode_ = Mode::cut;
    drop_ = true;
    while (drop_)
        std::this_thread::yield();
}

void TcpProxy::restore() {
    drop_ = true;
    mode_ = Mode::relaying;
    while (drop_)
        std::this_thread::yield();
}

void TcpProxy::restore_for_new() {
    give_up_ = true;
    mode_ = Mode::relaying;
    while (give_up_)
        std::this_thread::yield();
}

void TcpProxy::run() {
    while (!stopping_) {
        if (drop_) {
            drop_all();
            drop_ = false;
        }
        if (give_up_) {
            for (Pair& pair : pairs_)
                pair.swallowed = true;
            give_up_ = false;
        }
        const bool relays = mode_ == Mode::relaying;
        std::vector<pollfd> waiting{{listener_, POLLIN, 0}};
        // Descriptors below zero are not waited for.
        for (const Pair& pair : pairs_) {
            const bool heard = relays && !pair.swallowed;
            waiting.push_back({heard ? pair.client : -1, POLLIN, 0});
            waiting.push_back({heard ? pair.server : -1, POLLIN, 0});
        }
        if (::poll(waiting.data(), waiting.size(), kTickMs) <= 0) continue;
        std::vector<Pair> alive;
        for (std::size_t i = 0; i < pairs_.size(); ++i)
            if (relay(pairs_[i], waiting[1 + 2 * i].revents, waiting[2 + 2 * i].revents))
                alive.push_back(pairs_[i]);
        pairs_ = std::move(alive);
        if (waiting[0].revents) accept_one();
    }
}

bool TcpProxy::relay(const Pair& pair, short client_events, short server_events) {
    if ((!client_events || pump(pair.client, pair.server)) &&
        (!server_events || pump(pair.server, pair.client)))
        return true;
    ::close(pair.client);
    ::close(pair.server);
    return false;
}

void TcpProxy::accept_one() {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    if (mode_ == Mode::cut) return reset(client);
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in target = address(host_, target_port_);
    if (::connect(server, reinterpret_cast<const sockaddr*>(&target), sizeof target) != 0) {
        ::close(server);
        return reset(client);
    }
    pairs_.push_back({client, server});
}

bool TcpProxy::pump(int from, int to) {
    std::array<char, 65536> buffer;
    const ssize_t got = ::recv(from, buffer.data(), buffer.size(), 0);
    if (got <= 0) return false;
    for (ssize_t done = 0; done < got;) {
        const ssize_t sent =
            ::send(to, buffer.data() + done, static_cast<std::size_t>(got - done), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        done += sent;
    }
    return true;
}

void TcpProxy::drop_all() {
    for (const Pair& pair : pairs_) {
        reset(pair.client);
        reset(pair.server);
    }
    pairs_.clear();
}

}  // namespace atelier::tests
