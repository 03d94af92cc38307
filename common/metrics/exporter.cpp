#include "common/metrics/exporter.hpp"

#include <netdb.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <string_view>

namespace atelier::metrics {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMaxHead = 8 * 1024;
constexpr std::chrono::seconds kPatience{5};

struct Place {
    std::string address, port;
};

Result<Place> parse(const std::string& listen) {
    const auto colon = listen.rfind(':');
    if (colon == std::string::npos)
        return invalid("/listen", "format", "Metrics are served on ADDRESS:PORT, not on \"" + listen + "\".");
    Place place{listen.substr(0, colon), listen.substr(colon + 1)};
    if (place.address.size() > 2 && place.address.front() == '[' && place.address.back() == ']')
        place.address = place.address.substr(1, place.address.size() - 2);
    return place;
}

Error cannot_listen(const std::string& listen) {
    return unavailable("Metrics cannot be served on " + listen + ": " + std::strerror(errno) + ".");
}

/// Waits until `fd` is ready for `events`; false when the time is over or `stop` was asked for.
bool wait_for(int fd, short events, int stop, Clock::time_point until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) return false;
    std::array<pollfd, 2> watched{{{fd, events, 0}, {stop, POLLIN, 0}}};
    return ::poll(watched.data(), watched.size(), static_cast<int>(left)) > 0 && watched[1].revents == 0;
}

/// The first line of a request whose head has come completely; empty when it did not come.
std::string read_request_line(int connection, int stop, Clock::time_point until) {
    std::string head;
    std::array<char, 1024> piece;
    while (head.find("\r\n\r\n") == std::string::npos) {
        if (head.size() > kMaxHead || !wait_for(connection, POLLIN, stop, until)) return "";
        const ssize_t got = ::recv(connection, piece.data(), piece.size(), 0);
        if (got <= 0) return "";
        head.append(piece.data(), static_cast<std::size_t>(got));
    }
    return head.substr(0, head.find("\r\n"));
}

void write_all(int connection, int stop, std::string_view bytes, Clock::time_point until) {
    while (!bytes.empty() && wait_for(connection, POLLOUT, stop, until)) {
        const ssize_t sent = ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno == EAGAIN) continue;
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

std::string response(std::string_view status, std::string_view type, std::string_view body, bool with_body) {
    std::string text = "HTTP/1.1 " + std::string(status) + "\r\nContent-Type: " + std::string(type) +
                       "\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n";
    if (with_body) text += body;
    return text;
}

}  // namespace

Result<std::unique_ptr<Exporter>> Exporter::start(const std::string& listen, const Registry& registry) {
    std::unique_ptr<Exporter> exporter(new Exporter(registry));
    if (listen.empty()) return exporter;
    if (auto opened = exporter->open(listen); !opened) return opened.error();
    exporter->thread_ = std::thread([raw = exporter.get()] { raw->serve(); });
    return exporter;
}

Result<void> Exporter::open(const std::string& listen) {
    const auto place = parse(listen);
    if (!place) return place.error();
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(place->address.c_str(), place->port.c_str(), &hints, &found) != 0)
        return invalid("/listen", "format", "\"" + listen + "\" is no numeric ADDRESS:PORT.");
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> address(found, ::freeaddrinfo);

    stop_ = ::eventfd(0, EFD_CLOEXEC);
    listener_ = ::socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (stop_ < 0 || listener_ < 0 || ::bind(listener_, address->ai_addr, address->ai_addrlen) != 0 ||
        ::listen(listener_, 16) != 0)
        return cannot_listen(listen);

    sockaddr_storage bound{};
    socklen_t size = sizeof bound;
    std::array<char, NI_MAXSERV> port{};
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&bound), &size);
    ::getnameinfo(reinterpret_cast<sockaddr*>(&bound), size, nullptr, 0, port.data(), port.size(),
                  NI_NUMERICSERV);
    port_ = static_cast<std::uint16_t>(std::stoi(port.data()));
    return {};
}

Exporter::~Exporter() {
    if (thread_.joinable()) {
        const std::uint64_t one = 1;
        if (::write(stop_, &one, sizeof one) == sizeof one) thread_.join();
    }
    if (listener_ >= 0) ::close(listener_);
    if (stop_ >= 0) ::close(stop_);
}

void Exporter::serve() {
    for (;;) {
        std::array<pollfd, 2> watched{{{listener_, POLLIN, 0}, {stop_, POLLIN, 0}}};
        if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) return;
        if (watched[1].revents != 0) return;
        if (watched[0].revents == 0) continue;
        const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) continue;
        answer(connection);
        ::close(connection);
    }
}

void Exporter::answer(int connection) const {
    const auto until = Clock::now() + kPatience;
    const std::string line = read_request_line(connection, stop_, until);
    if (line.empty()) return;
    const auto space = line.find(' ');
    const std::string_view method = std::string_view(line).substr(0, space);
    const std::string target =
        space == std::string::npos ? "" : line.substr(space + 1, line.rfind(' ') - space - 1);
    const bool head = method == "HEAD";
    std::string text;
    if (method != "GET" && !head) {
        text = response("405 Method Not Allowed", "text/plain", "Only GET.\n", true);
    } else if (target == "/metrics") {
        text = response("200 OK", Registry::kContentType, registry_.expose(), !head);
    } else if (target == "/health") {
        text = response("200 OK", "application/json", R"({"status":"ok"})", !head);
    } else {
        text = response("404 Not Found", "text/plain", "Here are /metrics and /health.\n", !head);
    }
    write_all(connection, stop_, text, until);
}

}  // namespace atelier::metrics
