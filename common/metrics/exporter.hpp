#pragma once
// /metrics and /health of a program that has no other HTTP server: workers.
//
// One thread, one connection at a time, each at most a few seconds: for a scraper in the same network, not
// for the public.

#include <cstdint>
#include <memory>
#include <string>
#include <thread>

#include "common/errors/error.hpp"
#include "common/metrics/registry.hpp"

namespace atelier::metrics {

class Exporter {
  public:
    /// Serves `registry` on `ADDRESS:PORT` (`[ADDRESS]:PORT` for IPv6, port 0 takes a free one), or does
    /// nothing when `listen` is empty. The registry must outlive it. Errors: validation_failed (no numeric
    /// address and port), unavailable (it cannot be listened on).
    static Result<std::unique_ptr<Exporter>> start(const std::string& listen, const Registry& registry);
    /// Ends a request under way and joins the thread.
    ~Exporter();
    Exporter(const Exporter&) = delete;

    /// The port really listened on; 0 when nothing is served.
    std::uint16_t port() const { return port_; }

  private:
    explicit Exporter(const Registry& registry) : registry_(registry) {}
    Result<void> open(const std::string& listen);
    void serve();
    void answer(int connection) const;

    const Registry& registry_;
    int listener_ = -1;
    int stop_ = -1;  ///< an eventfd: readable when the thread shall end
    std::uint16_t port_ = 0;
    std::thread thread_;
};

}  // namespace atelier::metrics
