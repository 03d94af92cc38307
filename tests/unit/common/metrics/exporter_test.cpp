#include "common/metrics/exporter.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

using namespace atelier;
using namespace atelier::metrics;

namespace {

class Connection {
  public:
    explicit Connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    }
    ~Connection() { ::close(socket_); }

    void send(std::string_view bytes) {
        REQUIRE(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
                static_cast<ssize_t>(bytes.size()));
    }
    std::string rest() {
        std::string all;
        std::array<char, 4096> piece;
        for (ssize_t got; (got = ::recv(socket_, piece.data(), piece.size(), 0)) > 0;)
            all.append(piece.data(), static_cast<std::size_t>(got));
        return all;
    }

  private:
    int socket_;
};

std::string ask(std::uint16_t port, std::string_view request_line) {
    Connection connection(port);
    connection.send(std::string(request_line) + "\r\nHost: here\r\n\r\n");
    return connection.rest();
}

}  // namespace

TEST_CASE("figures and health are served, nothing else") {
    Registry registry("atelier-test");
    registry.set(Gauge::slots_total, 7);
    auto exporter = Exporter::start("127.0.0.1:0", registry);
    REQUIRE(exporter.has_value());
    const std::uint16_t port = (*exporter)->port();

    const std::string metrics = ask(port, "GET /metrics HTTP/1.1");
    CHECK(metrics.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(metrics.find("text/plain; version=0.0.4") != std::string::npos);
    CHECK(metrics.find("atelier_slots{service=\"atelier-test\"} 7") != std::string::npos);
    CHECK(ask(port, "GET /health HTTP/1.1").ends_with("{\"status\":\"ok\"}"));
    CHECK(ask(port, "HEAD /health HTTP/1.1").ends_with("\r\n\r\n"));
    CHECK(ask(port, "GET /secrets HTTP/1.1").starts_with("HTTP/1.1 404"));
    CHECK(ask(port, "DELETE /metrics HTTP/1.1").starts_with("HTTP/1.1 405"));
    CHECK(ask(port, "nonsense").starts_with("HTTP/1.1 405"));
    CHECK(ask(port, "GET /" + std::string(20'000, 'x')).empty());
}

TEST_CASE("nothing is served where no address is given") {
    Registry registry("atelier-test");
    auto exporter = Exporter::start("", registry);
    REQUIRE(exporter.has_value());
    CHECK((*exporter)->port() == 0);
}

TEST_CASE("an address that is none, or is taken, is told") {
    Registry registry("atelier-test");
    CHECK(Exporter::start("nowhere", registry).error().code == ErrorCode::validation_failed);
    CHECK(Exporter::start("localhost:http", registry).error().code == ErrorCode::validation_failed);
    auto first = Exporter::start("127.0.0.1:0", registry);
    REQUIRE(first.has_value());
    const auto second = Exporter::start("127.0.0.1:" + std::to_string((*first)->port()), registry);
    REQUIRE(second.has_error());
    CHECK(second.error().code == ErrorCode::unavailable);
}

TEST_CASE("it ends at once although somebody keeps a connection open") {
    Registry registry("atelier-test");
    auto exporter = Exporter::start("127.0.0.1:0", registry);
    REQUIRE(exporter.has_value());
    Connection silent((*exporter)->port());
    silent.send("GET /metr");
    exporter->reset();
    CHECK(silent.rest().empty());
}
