#pragma once
// What Atelier asks of a message broker: confirmed publishing, pulling with settlement, dead letters, and a
// bus.
//
// Two implementations hold to tests/contract/broker_contract: embedded/ (one process) and rabbitmq/. Messages
// may arrive more than once and in another order than they were published; the database decides what they
// mean. Every function is safe to call from any thread and returns within the time-outs of BrokerSettings.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "queues/stage.hpp"

namespace atelier::queues {

struct BrokerSettings {
    /// `embedded:` or `amqp://user:password@host:port/vhost`.
    std::string url = "embedded:";
    /// First word of every exchange and queue name, so that several installations can share a vhost.
    std::string prefix = "atelier";
    /// Seconds between heartbeats, 1…60. A dead peer is noticed within two of them plus five seconds.
    int heartbeat_s = 10;
    /// How long `open_broker` tries to reach the broker.
    std::chrono::milliseconds connect_timeout{10'000};
    /// How long `publish` waits for confirms.
    std::chrono::milliseconds publish_timeout{10'000};
    /// Messages a work queue holds before it refuses more. Part of a queue's identity: see topology.hpp.
    int max_length = 100'000;
    /// Redeliveries after which a message is dead-lettered. Part of a queue's identity as well.
    int delivery_limit = 20;

    /// Error: validation_failed, one detail per wrong field. Never repeats the password.
    Result<> check() const;
};

struct OutgoingTask {
    Stage stage = Stage::analysis;
    Lane lane = Lane::primary;
    std::string message_id;  ///< "<task id>:<dispatch>"
    std::string body;        ///< an encoded TaskMessage
};

enum class PublishOutcome {
    confirmed,    ///< the broker holds it durably
    unroutable,   ///< no queue takes it: the topology is damaged
    refused,      ///< the queue is full; back off
    unavailable,  ///< no answer in time: it may or may not have been taken
};
std::string_view to_string(PublishOutcome outcome);

struct Delivery {
    Stage stage = Stage::analysis;
    Lane lane = Lane::primary;
    std::string message_id;
    std::string body;
    int redeliveries = 0;  ///< how often it came back unsettled or released
    /// Which connection delivered it and its place there; meaningful to the Consumer only.
    std::uint64_t generation = 0, tag = 0;
};

/// Pulls one stage's tasks. Settle each delivery once: a second settlement, and one of a delivery whose
/// connection was lost meanwhile (the broker delivers it again), does nothing. Destruction hands back what is
/// not settled.
class Consumer {
  public:
    virtual ~Consumer() = default;

    /// Waits for a task; nothing after `wait`, or at once after `stop_fetching`. Priority goes first, but of
    /// nine tasks one is primary while any waits. At most `slots` deliveries per lane are unsettled at any
    /// time.
    virtual std::optional<Delivery> next(std::chrono::milliseconds wait) = 0;

    /// Done with it, for good.
    virtual void ack(const Delivery& delivery) = 0;
    /// To the stage's dead letters, where `reason` can be read. May wait for a confirm.
    virtual void reject(const Delivery& delivery, std::string_view reason) = 0;
    /// Back to its queue for anybody; counts as a redelivery.
    virtual void release(const Delivery& delivery) = 0;

    /// For draining: takes nothing new and hands back what was fetched but not yet given out by `next`.
    virtual void stop_fetching() = 0;
    /// False between the loss of the connection and its recovery.
    virtual bool connected() const = 0;
};

struct DeadLetter {
    std::string message_id;
    std::string body;
    std::string reason;  ///< what `reject` said, or the broker's word: `rejected`, `delivery_limit`, …
    std::string queue;   ///< where it died; empty when it never was in a queue
    std::optional<std::int64_t>
        died_at_ms;  ///< epoch milliseconds, by the broker's or the burying worker's clock
};

struct StageDepth {
    Stage stage = Stage::analysis;
    std::size_t primary = 0, priority = 0,
                dead = 0;       ///< messages ready for delivery, without those in flight
    std::size_t consumers = 0;  ///< of the stage's primary queue, also draining ones
};
using Depths = std::array<StageDepth, kStages.size()>;

/// Ends with its destructor: no callback runs after that. Never destroy it from inside its own callback.
class Subscription {
  public:
    virtual ~Subscription() = default;
};

/// Callbacks run on a thread of the broker, one at a time per subscription. They must be quick and must not
/// call back into functions of the broker that wait.
struct EventHandlers {
    std::function<void(std::string_view job_id, std::string_view payload)> on_event;
    /// Events may have been lost (the connection was): read the truth from the database. Optional.
    std::function<void()> on_gap;
};
using ControlHandler = std::function<void(std::string_view payload)>;

struct BrokerHealth {
    bool connected = false;
    std::string last_error;  ///< why it is not, or was not last time; empty when nothing ever failed
};

class Broker {
  public:
    virtual ~Broker() = default;

    /// Publishes all in one pipelined batch; outcome i belongs to task i.
    virtual std::vector<PublishOutcome> publish(std::span<const OutgoingTask> tasks) = 0;

    /// `slots` ≥ 1: how many tasks the caller works on at once. Must not outlive the broker.
    virtual std::unique_ptr<Consumer> consume(Stage stage, int slots) = 0;

    /// Up to `limit` dead letters, left where they are (others see them again when the call returns). In no
    /// promised order: looking at some of a queue may show others first next time. Error: unavailable.
    virtual Result<std::vector<DeadLetter>> browse_dead(Stage stage, std::size_t limit) = 0;
    /// Shows dead letters one by one to `wanted` and removes those it says true to, after it said so, until
    /// `limit` are removed or all were seen. A crash in between shows one again: `wanted` must bear
    /// repetition. Returns how many went.
    virtual Result<std::size_t> take_dead(Stage stage, const std::function<bool(const DeadLetter&)>& wanted,
                                          std::size_t limit) = 0;
    /// Adds a dead letter, confirmed: for bodies that no task row explains.
    virtual PublishOutcome publish_dead(Stage stage, std::string_view message_id, std::string_view body,
                                        std::string_view reason) = 0;

    /// Error: unavailable.
    virtual Result<Depths> depths() = 0;

    /// Fire and forget: lost when the broker is away. Every process that subscribed gets it, this one too.
    virtual void publish_event(std::string_view job_id, std::string_view payload) = 0;
    virtual std::unique_ptr<Subscription> subscribe_events(EventHandlers handlers) = 0;
    /// The same for orders to all workers, such as cancellations.
    virtual void broadcast_control(std::string_view payload) = 0;
    virtual std::unique_ptr<Subscription> subscribe_control(ControlHandler handler) = 0;

    virtual BrokerHealth health() const = 0;
    /// Ends all waiting calls; afterwards publishing answers `unavailable` and consumers return nothing.
    virtual void close() = 0;
};

/// Connects and declares the topology. Errors: validation_failed (settings), unavailable (not reached in
/// `connect_timeout`), conflict (a queue exists with other arguments; the message names it).
Result<std::unique_ptr<Broker>> open_broker(const BrokerSettings& settings);

}  // namespace atelier::queues
