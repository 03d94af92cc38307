#include "queues/rabbitmq/subscriber.hpp"

#include "queues/rabbitmq/link.hpp"
#include "queues/rabbitmq/message_assembler.hpp"

namespace atelier::queues::rabbitmq {
namespace {

constexpr amqp_channel_t kChannel = 1;

class Subscriber : public Subscription, private LinkUser {
  public:
    Subscriber(const Endpoint& endpoint, const BrokerSettings& settings, std::string exchange,
               SubscriberHandlers handlers)
        : exchange_(std::move(exchange)),
          handlers_(std::move(handlers)),
          link_(endpoint, settings, *this, exchange_) {
        link_.start();
        // A failure is logged and repeated by the link; subscribers read the database at start anyway.
        static_cast<void>(link_.wait_until_connected());
    }
    ~Subscriber() override { link_.stop(); }

  private:
    Result<> opened(Connection& connection) override {
        if (auto listening = listen(connection); !listening) return listening;
        if (was_open_ && handlers_.on_gap) handlers_.on_gap();
        was_open_ = true;
        return {};
    }

    Result<> listen(Connection& connection) {
        const std::vector<Argument> arguments = subscriber_arguments();
        const amqp_queue_declare_ok_t* declared =
            amqp_queue_declare(connection.raw(), kChannel, amqp_empty_bytes, false, false, true, true,
                               ArgumentTable(arguments).table());
        if (auto done = connection.answered("declare a queue for " + exchange_); !done) return done;
        const std::string queue(view(declared->queue));
        amqp_queue_bind(connection.raw(), kChannel, bytes(queue), bytes(exchange_), bytes("#"),
                        amqp_empty_table);
        if (auto done = connection.answered("bind to " + exchange_); !done) return done;
        amqp_basic_consume(connection.raw(), kChannel, bytes(queue), amqp_empty_bytes, false, true, true,
                           amqp_empty_table);
        return connection.answered("consume from " + exchange_);
    }

    Result<> received(Connection&, const amqp_frame_t& frame) override {
        if (auto message = assembler_.add(frame))
            handlers_.on_message(message->routing_key, message->letter.body);
        return {};
    }

    Result<> woken(Connection&) override { return {}; }
    void lost(const Error&) override { assembler_ = {}; }
    void closing(Connection&) override {}

    const std::string exchange_;
    const SubscriberHandlers handlers_;
    MessageAssembler assembler_;
    bool was_open_ = false;
    Link link_;
};

}  // namespace

std::unique_ptr<Subscription> open_subscriber(const Endpoint& endpoint, const BrokerSettings& settings,
                                              std::string exchange, SubscriberHandlers handlers) {
    return std::make_unique<Subscriber>(endpoint, settings, std::move(exchange), std::move(handlers));
}

}  // namespace atelier::queues::rabbitmq
