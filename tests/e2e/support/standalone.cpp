#include "tests/e2e/support/standalone.hpp"

#include <stdexcept>

namespace atelier::e2e {

void wait_healthy(const std::string& url, Process& server) {
    const Client client(url);
    const bool healthy =
        eventually(seconds(60), [&] { return client.get("/health").status == 200 || !server.is_running(); });
    if (!healthy || !server.is_running())
        throw std::runtime_error("the server did not start; its log:\n" + server.log());
}

Standalone::Standalone(Environment settings)
    : address_("127.0.0.1:" + std::to_string(free_port())),
      url_("http://" + address_),
      settings_(std::move(settings)) {
    settings_.try_emplace("ATELIER_RATE_FACTOR", "0");
    settings_.try_emplace("ATELIER_LEASE_S", "3");
    start();
}

void Standalone::start() {
    process_.reset();
    process_ = std::make_unique<Process>(
        std::vector{program("atelier"), std::string("serve"), std::string("--listen"), address_,
                    std::string("--data"), folder_ / "data"},
        settings_, folder_ / "log");
    wait_healthy(url_, *process_);
}

Client Standalone::user() const {
    Client client(url_);
    client.sign_up();
    return client;
}

}  // namespace atelier::e2e
