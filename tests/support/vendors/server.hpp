#pragma once
// A small HTTP/1.1 server on loopback whose answers can be slow, broken or endless. A thread a connection;
// all end with the server.

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace atelier::tests {

struct HttpRequest {
    std::string method, target;
    std::map<std::string, std::string> headers;  ///< names in lowercase
    std::string body;

    std::string header(const std::string& lowercase_name) const;
    /// The target without its query.
    std::string_view path() const;
    /// A parameter of the query, percent-decoded; empty when it is not there.
    std::string parameter(std::string_view name) const;
};

enum class Pace {
    whole,
    drip,    ///< the head at once, the body at 1 byte a second
    half,    ///< the whole length is announced, half of it is sent, and the connection closes
    silent,  ///< nothing, until the client goes
    huge,    ///< the body, then blanks up to 3 GB, without an announced length
};

struct HttpReply {
    int status = 200;
    std::map<std::string, std::string> headers = {};
    std::string body = {};
    Pace pace = Pace::whole;
    std::chrono::milliseconds delay{0};
};

class HttpServer {
  public:
    /// `answer` is called in the connections' threads.
    explicit HttpServer(std::function<HttpReply(const HttpRequest&)> answer);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    std::uint16_t port() const { return port_; }
    int connections() const { return connections_; }
    /// Bytes of huge bodies that were taken from it.
    std::int64_t huge_bytes() const { return huge_bytes_; }

  private:
    struct Conversation {
        int socket = -1;
        std::atomic<bool> is_over = false;
        std::thread thread;
    };

    void serve();
    void converse(Conversation& conversation);
    /// False when the connection is to be closed.
    bool reply(int socket, const HttpReply& reply);
    bool drip(int socket, std::string_view body);
    bool flood(int socket);
    bool send(int socket, std::string_view bytes);
    /// Waits for bytes; false when the server stops first or `limit` passes.
    bool readable(int socket, std::chrono::milliseconds limit = std::chrono::milliseconds(-1)) const;
    void wait_until_gone(int socket) const;
    void sweep();

    std::function<HttpReply(const HttpRequest&)> answer_;
    int listener_ = -1, stop_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<int> connections_ = 0;
    std::atomic<std::int64_t> huge_bytes_ = 0;
    std::list<Conversation> conversations_;
    std::thread thread_;
};

}  // namespace atelier::tests
