#pragma once
// A TLS peer on loopback that speaks HTTP/2 (RFC 9113), as little of it as a client needs: every request gets
// 200 and the body "h2", and none is answered before a given number of them is waiting.

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

class H2Server {
  public:
    /// Makes its certificate. Throws when it cannot.
    explicit H2Server(int answers_together);
    ~H2Server();
    H2Server(const H2Server&) = delete;
    H2Server& operator=(const H2Server&) = delete;

    std::string url(const std::string& path) const;
    /// Its certificate, for the client to trust; removed with the server.
    const std::filesystem::path& certificate() const { return certificate_; }
    int connections() const { return connections_; }

  private:
    struct Tls;
    void serve();
    void converse(int socket);

    const int answers_together_;
    int listener_ = -1;
    unsigned short port_ = 0;
    std::filesystem::path certificate_;
    Tls* tls_ = nullptr;
    std::atomic<bool> stopping_ = false;
    std::atomic<int> connections_ = 0;
    std::vector<std::thread> conversations_;
    std::thread thread_;
};
