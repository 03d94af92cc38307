#include "queues/rabbitmq/rabbitmq_broker.hpp"

#include <atomic>

#include "queues/rabbitmq/connection.hpp"
#include "queues/rabbitmq/consumer.hpp"
#include "queues/rabbitmq/inspection.hpp"
#include "queues/rabbitmq/publisher.hpp"
#include "queues/rabbitmq/subscriber.hpp"
#include "queues/topology.hpp"

namespace atelier::queues::rabbitmq {
namespace {

class RabbitBroker : public Broker {
  public:
    RabbitBroker(Endpoint endpoint, const BrokerSettings& settings)
        : endpoint_(std::move(endpoint)), settings_(settings), publisher_(endpoint_, settings_) {}
    ~RabbitBroker() override { RabbitBroker::close(); }

    Result<> start() { return publisher_.start(); }

    std::vector<PublishOutcome> publish(std::span<const OutgoingTask> tasks) override {
        std::vector<Publication> messages;
        messages.reserve(tasks.size());
        for (const OutgoingTask& task : tasks)
            messages.push_back({tasks_exchange(settings_.prefix),
                                work_key(task.stage, task.lane),
                                task.message_id,
                                task.body,
                                {},
                                {}});
        return publisher_.publish(std::move(messages));
    }

    std::unique_ptr<Consumer> consume(Stage stage, int slots) override {
        return open_consumer(endpoint_, settings_, publisher_, consumers_, stage, slots);
    }

    Result<std::vector<DeadLetter>> browse_dead(Stage stage, std::size_t limit) override {
        return rabbitmq::browse_dead(endpoint_, settings_, stage, limit);
    }
    Result<std::size_t> take_dead(Stage stage, const std::function<bool(const DeadLetter&)>& wanted,
                                  std::size_t limit) override {
        return rabbitmq::take_dead(endpoint_, settings_, stage, wanted, limit);
    }
    PublishOutcome publish_dead(Stage stage, std::string_view message_id, std::string_view body,
                                std::string_view reason) override {
        const std::string_view told = reason.empty() ? "rejected" : reason;
        return publisher_
            .publish({{dead_exchange(settings_.prefix),
                       std::string(to_string(stage)),
                       std::string(message_id),
                       std::string(body),
                       std::string(told),
                       {}}})
            .front();
    }

    Result<Depths> depths() override { return read_depths(endpoint_, settings_); }

    void publish_event(std::string_view job_id, std::string_view payload) override {
        publisher_.post(
            {events_exchange(settings_.prefix), std::string(job_id), {}, std::string(payload), {}, {}});
    }
    std::unique_ptr<Subscription> subscribe_events(EventHandlers handlers) override {
        return open_subscriber(endpoint_, settings_, events_exchange(settings_.prefix),
                               {std::move(handlers.on_event), std::move(handlers.on_gap)});
    }
    void broadcast_control(std::string_view payload) override {
        publisher_.post({control_exchange(settings_.prefix), {}, {}, std::string(payload), {}, {}});
    }
    std::unique_ptr<Subscription> subscribe_control(ControlHandler handler) override {
        return open_subscriber(
            endpoint_, settings_, control_exchange(settings_.prefix),
            {[handler = std::move(handler)](std::string_view, std::string_view payload) { handler(payload); },
             {}});
    }

    BrokerHealth health() const override { return publisher_.health(); }

    void close() override {
        consumers_.stop_all();
        if (!closed_.exchange(true)) publisher_.stop();
    }

  private:
    const Endpoint endpoint_;
    const BrokerSettings settings_;
    Publisher publisher_;
    OpenConsumers consumers_;
    std::atomic<bool> closed_ = false;
};

}  // namespace

Result<std::unique_ptr<Broker>> open_rabbitmq_broker(const BrokerSettings& settings) {
    auto endpoint = parse_endpoint(settings.url);
    if (!endpoint) return endpoint.error();
    auto broker = std::make_unique<RabbitBroker>(*endpoint, settings);
    if (auto started = broker->start(); !started) return started.error();
    return std::unique_ptr<Broker>(std::move(broker));
}

Result<> remove_topology(const BrokerSettings& settings) {
    auto endpoint = parse_endpoint(settings.url);
    if (!endpoint) return endpoint.error();
    auto connection = Connection::open(*endpoint, settings.heartbeat_s, settings.connect_timeout);
    if (!connection) return connection.error();
    if (auto channel = connection->open_channel(1); !channel) return channel;
    const Topology table = topology(settings);
    // Work queues are listed after the dead-letter queue that they feed: backwards, nothing is buried
    // meanwhile.
    for (auto queue = table.queues.rbegin(); queue != table.queues.rend(); ++queue) {
        amqp_queue_delete(connection->raw(), 1, bytes(queue->name), false, false);
        if (auto done = connection->answered("delete queue " + queue->name); !done) return done;
    }
    for (const Exchange& exchange : table.exchanges) {
        amqp_exchange_delete(connection->raw(), 1, bytes(exchange.name), false);
        if (auto done = connection->answered("delete exchange " + exchange.name); !done) return done;
    }
    connection->close();
    return {};
}

}  // namespace atelier::queues::rabbitmq
