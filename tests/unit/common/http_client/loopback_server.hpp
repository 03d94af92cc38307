#pragma once
// A server on loopback that answers every connection with fixed bytes, chosen by path. For tests of the
// client.

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

/// Given the request (head and whatever body came), answers the raw response. The connection then closes
/// unless the response says `keep-alive`.
using Answer = std::function<std::string(const std::string& request)>;

class LoopbackServer {
  public:
    explicit LoopbackServer(Answer answer);
    ~LoopbackServer();
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;

    unsigned short port() const { return port_; }
    std::string url(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(port_) + path;
    }
    int connections() const { return connections_; }

  private:
    void serve();
    void converse(int connection);

    Answer answer_;
    int listener_ = -1;
    unsigned short port_ = 0;
    std::atomic<bool> stopping_ = false;
    std::atomic<int> connections_ = 0;
    std::vector<std::thread> conversations_;
    std::thread thread_;
};
