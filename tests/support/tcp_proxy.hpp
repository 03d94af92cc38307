#pragma once
// A TCP relay on loopback that a test can cut or turn into a black hole, to see how a client bears it.

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace atelier::tests {

class TcpProxy {
  public:
    /// Relays to `host` (an IPv4 address or `localhost`). Throws std::system_error when it cannot listen.
    TcpProxy(std::string host, int port);
    ~TcpProxy();

    /// Where it listens on 127.0.0.1.
    int port() const { return port_; }
    /// Resets every connection and refuses new ones until `restore`.
    void cut();
    /// Keeps connections open but passes nothing on, either way, until `restore`.
    void swallow() { mode_ = Mode::swallowing; }
    /// Relays again. Connections of the black hole are reset: bytes of theirs are missing.
    void restore();
    /// Relays new connections, while those of the black hole stay in it: who does not notice waits for ever.
    void restore_for_new();

  private:
    enum class Mode { relaying, swallowing, cut };
    struct Pair {
        int client = -1, server = -1;
        bool swallowed = false;
    };

    void run();
    void accept_one();
    /// False when the pair came to its end.
    bool relay(const Pair& pair, short client_events, short server_events);
    bool pump(int from, int to);
    void drop_all();

    const std::string host_;
    const int target_port_;
    int listener_ = -1, port_ = 0;
    std::atomic<Mode> mode_ = Mode::relaying;
    std::atomic<bool> stopping_ = false, drop_ = false, give_up_ = false;
    std::vector<Pair> pairs_;  // the thread's only
    std::thread thread_;
};

}  // namespace atelier::tests
