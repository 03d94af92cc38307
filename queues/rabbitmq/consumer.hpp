#pragma once
// One stage's tasks over a connection of their own. Private to queues/rabbitmq.

#include <memory>
#include <mutex>
#include <set>

#include "queues/broker.hpp"
#include "queues/rabbitmq/endpoint.hpp"

namespace atelier::queues::rabbitmq {

class Publisher;

/// The consumers of a broker, so that closing it can end their waiting.
class OpenConsumers {
  public:
    void add(Consumer& consumer);
    void remove(Consumer& consumer);
    /// Also for those that are added later.
    void stop_all();

  private:
    std::mutex mutex_;
    std::set<Consumer*> consumers_;
    bool stopped_ = false;
};

/// All references must outlive it.
std::unique_ptr<Consumer> open_consumer(const Endpoint& endpoint, const BrokerSettings& settings,
                                        Publisher& publisher, OpenConsumers& siblings, Stage stage,
                                        int slots);

}  // namespace atelier::queues::rabbitmq
