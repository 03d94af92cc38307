#include "queues/rabbitmq/consumer.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>

#include "queues/lane_turn.hpp"
#include "queues/rabbitmq/link.hpp"
#include "queues/rabbitmq/message_assembler.hpp"
#include "queues/rabbitmq/publisher.hpp"
#include "queues/rabbitmq/settlements.hpp"

namespace atelier::queues::rabbitmq {
namespace {

constexpr amqp_channel_t kChannel = 1;

class RabbitConsumer : public Consumer, private LinkUser {
  public:
    RabbitConsumer(const Endpoint& endpoint, const BrokerSettings& settings, Publisher& publisher,
                   OpenConsumers& siblings, Stage stage, int slots)
        : settings_(settings),
          publisher_(publisher),
          siblings_(siblings),
          stage_(stage),
          slots_(static_cast<std::uint16_t>(std::clamp(slots, 1, 65'535))),
          link_(endpoint, settings, *this, std::string(to_string(stage)) + " tasks") {
        siblings_.add(*this);
        link_.start();
    }
    ~RabbitConsumer() override {
        siblings_.remove(*this);
        link_.stop();
    }

    std::optional<Delivery> next(std::chrono::milliseconds wait) override;
    void ack(const Delivery& delivery) override { settle(delivery, Settlement::ack); }
    void reject(const Delivery& delivery, std::string_view reason) override;
    void release(const Delivery& delivery) override { settle(delivery, Settlement::release); }
    void stop_fetching() override;
    bool connected() const override { return link_.connected(); }

  private:
    Result<> opened(Connection& connection) override;
    Result<> received(Connection& connection, const amqp_frame_t& frame) override;
    Result<> woken(Connection& connection) override;
    void lost(const Error& why) override;
    void closing(Connection& connection) override;

    void settle(const Delivery& delivery, Settlement how);
    bool claim(const Delivery& delivery);
    void hand_over(std::uint64_t generation, SettledTag settled);
    Result<> cancel(Connection& connection);
    Result<> send_settlements(Connection& connection);
    std::deque<Delivery>& buffer(Lane lane) { return buffers_[static_cast<std::size_t>(lane)]; }

    const BrokerSettings& settings_;
    Publisher& publisher_;
    OpenConsumers& siblings_;
    const Stage stage_;
    const std::uint16_t slots_;

    std::mutex mutex_;
    std::condition_variable changed_;
    // Guarded by mutex_:
    std::array<std::deque<Delivery>, kLanes.size()> buffers_;  // fetched, not yet given out
    std::set<std::uint64_t> given_out_;
    std::vector<SettledTag> settled_;
    LaneTurn turn_;
    std::uint64_t generation_ = 0;
    bool draining_ = false;

    // The link's thread only:
    std::set<std::uint64_t> unsettled_;  // by the broker's account
    bool consuming_ = false;
    MessageAssembler assembler_;

    Link link_;
};

std::optional<Delivery> RabbitConsumer::next(std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    std::deque<Delivery>&primary = buffer(Lane::primary), &priority = buffer(Lane::priority);
    const auto ready = [&] { return draining_ || !primary.empty() || !priority.empty(); };
    if (!changed_.wait_for(lock, wait, ready) || draining_) return std::nullopt;
    std::deque<Delivery>& from = buffer(turn_.choose(!primary.empty(), !priority.empty()));
    Delivery delivery = std::move(from.front());
    from.pop_front();
    given_out_.insert(delivery.tag);
    return delivery;
}

/// Takes the delivery out of the open ones; false when it was settled already or its connection is gone.
bool RabbitConsumer::claim(const Delivery& delivery) {
    std::lock_guard lock(mutex_);
    return delivery.generation == generation_ && given_out_.erase(delivery.tag) > 0;
}

void RabbitConsumer::hand_over(std::uint64_t generation, SettledTag settled) {
    {
        std::lock_guard lock(mutex_);
        if (generation != generation_)
            return;  // the connection was lost meanwhile, its tags mean nothing now
        settled_.push_back(settled);
    }
    link_.wake();
}

void RabbitConsumer::settle(const Delivery& delivery, Settlement how) {
    if (claim(delivery)) hand_over(delivery.generation, {delivery.tag, how});
}

/// basic.reject carries no reason. So the letter is published with it, and the original acked once that is
/// confirmed; when it cannot be, the broker buries the original with its own word.
void RabbitConsumer::reject(const Delivery& delivery, std::string_view reason) {
    if (!claim(delivery)) return;
    auto how = Settlement::reject;
    if (!reason.empty()) {
        const auto outcome = publisher_.publish(
            {{dead_exchange(settings_.prefix), std::string(to_string(stage_)), delivery.message_id,
              delivery.body, std::string(reason), work_queue(settings_.prefix, stage_, delivery.lane)}});
        if (outcome.front() == PublishOutcome::confirmed) how = Settlement::ack;
    }
    hand_over(delivery.generation, {delivery.tag, how});
}

void RabbitConsumer::stop_fetching() {
    {
        std::lock_guard lock(mutex_);
        draining_ = true;
    }
    changed_.notify_all();
    link_.wake();
}

Result<> RabbitConsumer::opened(Connection& connection) {
    {
        std::lock_guard lock(mutex_);
        ++generation_;
        if (draining_) return {};
    }
    amqp_basic_qos(connection.raw(), kChannel, 0, slots_,
                   false);  // quorum queues know no channel-wide prefetch
    if (auto done = connection.answered("set the prefetch"); !done) return done;
    for (Lane lane : kLanes) {
        const std::string queue = work_queue(settings_.prefix, stage_, lane);
        amqp_basic_consume(connection.raw(), kChannel, bytes(queue), bytes(to_string(lane)), false, false,
                           false, amqp_empty_table);
        if (auto done = connection.answered("consume from " + queue); !done) return done;
    }
    consuming_ = true;
    return {};
}

Result<> RabbitConsumer::received(Connection&, const amqp_frame_t& frame) {
    auto message = assembler_.add(frame);
    if (!message || message->method != AMQP_BASIC_DELIVER_METHOD) return {};
    unsettled_.insert(message->delivery_tag);
    const Lane lane = parse_lane(message->consumer_tag).value_or(Lane::primary);
    {
        std::lock_guard lock(mutex_);
        buffer(lane).push_back({stage_, lane, std::move(message->letter.message_id),
                                std::move(message->letter.body), message->redeliveries, generation_,
                                message->delivery_tag});
    }
    changed_.notify_one();
    return {};
}

Result<> RabbitConsumer::woken(Connection& connection) {
    bool draining;
    {
        std::lock_guard lock(mutex_);
        draining = draining_;
        // Also what was on its way while the consumers were being cancelled.
        if (draining)
            for (auto& buffered : buffers_) {
                for (const Delivery& delivery : buffered)
                    settled_.push_back({delivery.tag, Settlement::release});
                buffered.clear();
            }
    }
    if (draining && consuming_)
        if (auto done = cancel(connection); !done) return done;
    return send_settlements(connection);
}

Result<> RabbitConsumer::cancel(Connection& connection) {
    consuming_ = false;
    for (Lane lane : kLanes) {
        amqp_basic_cancel(connection.raw(), kChannel, bytes(to_string(lane)));
        if (auto done = connection.answered("stop consuming"); !done) return done;
    }
    return {};
}

Result<> RabbitConsumer::send_settlements(Connection& connection) {
    std::vector<SettledTag> settled;
    {
        std::lock_guard lock(mutex_);
        settled.swap(settled_);
    }
    for (const Acknowledgement& one : combine(unsettled_, std::move(settled))) {
        const int status =
            one.how == Settlement::ack
                ? amqp_basic_ack(connection.raw(), kChannel, one.tag, one.multiple)
                : amqp_basic_nack(connection.raw(), kChannel, one.tag, false, one.how == Settlement::release);
        if (auto done = Connection::sent(status, "settle a delivery"); !done) return done;
    }
    return {};
}

void RabbitConsumer::lost(const Error&) {
    std::lock_guard lock(mutex_);
    for (auto& buffered : buffers_)
        buffered.clear();
    given_out_.clear();
    settled_.clear();
    ++generation_;
    unsettled_.clear();
    consuming_ = false;
    assembler_ = {};
}

/// Settles what was decided, then hands back the rest: the close alone would do that too, but later.
void RabbitConsumer::closing(Connection& connection) {
    if (consuming_ && !cancel(connection)) return;
    if (!send_settlements(connection)) return;
    if (!unsettled_.empty()) amqp_basic_nack(connection.raw(), kChannel, 0, true, true);
    amqp_channel_close(connection.raw(), kChannel, AMQP_REPLY_SUCCESS);
}

}  // namespace

void OpenConsumers::add(Consumer& consumer) {
    std::lock_guard lock(mutex_);
    consumers_.insert(&consumer);
    if (stopped_) consumer.stop_fetching();
}

void OpenConsumers::remove(Consumer& consumer) {
    std::lock_guard lock(mutex_);
    consumers_.erase(&consumer);
}

void OpenConsumers::stop_all() {
    std::lock_guard lock(mutex_);
    stopped_ = true;
    for (Consumer* consumer : consumers_)
        consumer->stop_fetching();
}

std::unique_ptr<Consumer> open_consumer(const Endpoint& endpoint, const BrokerSettings& settings,
                                        Publisher& publisher, OpenConsumers& siblings, Stage stage,
                                        int slots) {
    return std::make_unique<RabbitConsumer>(endpoint, settings, publisher, siblings, stage, slots);
}

}  // namespace atelier::queues::rabbitmq
