#include "queues/embedded/embedded_broker.hpp"

#include <atomic>

#include "queues/embedded/bus.hpp"
#include "queues/embedded/stage_queues.hpp"
#include "queues/topology.hpp"

namespace atelier::queues::embedded {
namespace {

class EmbeddedConsumer : public Consumer {
  public:
    EmbeddedConsumer(std::shared_ptr<StageQueues> queues, int slots) : queues_(std::move(queues)) {
        reader_.slots = static_cast<std::size_t>(slots);
        queues_->attach(reader_);
    }
    ~EmbeddedConsumer() override { queues_->detach(reader_); }

    std::optional<Delivery> next(std::chrono::milliseconds wait) override {
        return queues_->pull(reader_, wait);
    }
    void ack(const Delivery& delivery) override { settle(delivery, StageQueues::Settlement::ack); }
    void reject(const Delivery& delivery, std::string_view reason) override {
        settle(delivery, StageQueues::Settlement::reject, reason);
    }
    void release(const Delivery& delivery) override { settle(delivery, StageQueues::Settlement::release); }
    void stop_fetching() override { queues_->drain(reader_); }
    bool connected() const override { return true; }

  private:
    void settle(const Delivery& delivery, StageQueues::Settlement how, std::string_view reason = {}) {
        queues_->settle(reader_, delivery.tag, how, reason);
    }

    const std::shared_ptr<StageQueues> queues_;
    StageQueues::Reader reader_;
};

/// Letters that are being shown: those not taken go back in their order, also when the caller throws.
class Shown {
  public:
    explicit Shown(StageQueues& queues) : queues_(queues) {}
    ~Shown() { queues_.restore_dead(std::move(kept_)); }
    void keep(DeadLetter letter) { kept_.push_back(std::move(letter)); }
    DeadLetter& last() { return kept_.back(); }
    void drop_last() { kept_.pop_back(); }

  private:
    StageQueues& queues_;
    std::deque<DeadLetter> kept_;
};

class EmbeddedBroker : public Broker {
  public:
    explicit EmbeddedBroker(const BrokerSettings& settings) {
        const Limits limits{static_cast<std::size_t>(settings.max_length), settings.delivery_limit};
        for (Stage stage : kStages)
            stages_[static_cast<std::size_t>(stage)] =
                std::make_shared<StageQueues>(stage, limits, settings.prefix);
    }
    ~EmbeddedBroker() override { close(); }

    std::vector<PublishOutcome> publish(std::span<const OutgoingTask> tasks) override {
        std::vector<PublishOutcome> outcomes;
        outcomes.reserve(tasks.size());
        for (const OutgoingTask& task : tasks)
            outcomes.push_back(closed_                      ? PublishOutcome::unavailable
                               : at(task.stage)->push(task) ? PublishOutcome::confirmed
                                                            : PublishOutcome::refused);
        return outcomes;
    }

    std::unique_ptr<Consumer> consume(Stage stage, int slots) override {
        return std::make_unique<EmbeddedConsumer>(at(stage), slots);
    }

    Result<std::vector<DeadLetter>> browse_dead(Stage stage, std::size_t limit) override {
        return at(stage)->browse_dead(limit);
    }

    Result<std::size_t> take_dead(Stage stage, const std::function<bool(const DeadLetter&)>& wanted,
                                  std::size_t limit) override {
        Shown shown(*at(stage));
        std::size_t taken = 0;
        while (taken < limit) {
            auto letter = at(stage)->pop_dead();
            if (!letter) break;
            shown.keep(std::move(*letter));
            if (!wanted(shown.last())) continue;
            shown.drop_last();
            ++taken;
        }
        return taken;
    }

    PublishOutcome publish_dead(Stage stage, std::string_view message_id, std::string_view body,
                                std::string_view reason) override {
        if (closed_) return PublishOutcome::unavailable;
        at(stage)->push_dead(
            {std::string(message_id), std::string(body), std::string(reason), "", std::nullopt});
        return PublishOutcome::confirmed;
    }

    Result<Depths> depths() override {
        Depths depths;
        for (Stage stage : kStages)
            depths[static_cast<std::size_t>(stage)] = at(stage)->depth();
        return depths;
    }

    void publish_event(std::string_view job_id, std::string_view payload) override {
        events_.publish(job_id, payload);
    }
    std::unique_ptr<Subscription> subscribe_events(EventHandlers handlers) override {
        return events_.subscribe(std::move(handlers.on_event), std::move(handlers.on_gap),
                                 kSubscriberMaxLength);
    }
    void broadcast_control(std::string_view payload) override { control_.publish({}, payload); }
    std::unique_ptr<Subscription> subscribe_control(ControlHandler handler) override {
        return control_.subscribe(
            [handler = std::move(handler)](std::string_view, std::string_view payload) { handler(payload); },
            {}, kSubscriberMaxLength);
    }

    BrokerHealth health() const override { return {!closed_, closed_ ? "the broker was closed" : ""}; }

    void close() override {
        closed_ = true;
        for (auto& stage : stages_)
            stage->close();
        events_.close();
        control_.close();
    }

  private:
    const std::shared_ptr<StageQueues>& at(Stage stage) {
        return stages_.at(static_cast<std::size_t>(stage));
    }

    std::array<std::shared_ptr<StageQueues>, kStages.size()> stages_;
    Bus events_, control_;
    std::atomic<bool> closed_ = false;
};

}  // namespace

std::unique_ptr<Broker> open_embedded_broker(const BrokerSettings& settings) {
    return std::make_unique<EmbeddedBroker>(settings);
}

}  // namespace atelier::queues::embedded
