#pragma once
// Fans a text out to everybody who subscribed in this process. A thread of its own per subscriber, so that a
// slow one holds up neither the publisher nor the others; it loses the oldest texts instead.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "queues/broker.hpp"

namespace atelier::queues::embedded {

class Bus {
  public:
    using Handler = std::function<void(std::string_view topic, std::string_view payload)>;

    Bus();
    ~Bus();

    void publish(std::string_view topic, std::string_view payload);
    /// `on_gap` (may be empty) runs, in order with the rest, where texts were dropped.
    std::unique_ptr<Subscription> subscribe(Handler handler, std::function<void()> on_gap,
                                            std::size_t max_length);
    /// Nothing is delivered any more.
    void close();

  private:
    struct Members;
    class Mailbox;
    std::shared_ptr<Members> members_;  // shared with the subscriptions, which may outlive the bus
};

}  // namespace atelier::queues::embedded
