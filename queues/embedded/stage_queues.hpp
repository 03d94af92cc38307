#pragma once
// One stage's two work queues and its dead letters, in memory, with the settle rules of the RabbitMQ
// topology. Thread-safe. Waiting readers are woken by whatever changes.

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "queues/broker.hpp"
#include "queues/lane_turn.hpp"

namespace atelier::queues::embedded {

struct Limits {
    std::size_t max_length = 0;
    int delivery_limit = 0;
};

class StageQueues {
  public:
    /// A consumer's own state; guarded by the mutex of the StageQueues it reads.
    struct Reader {
        std::size_t slots = 1;
        std::map<std::uint64_t, Delivery> unsettled;
        std::array<std::size_t, kLanes.size()> in_flight{};
        LaneTurn turn;
        bool draining = false;
    };
    enum class Settlement { ack, reject, release };

    StageQueues(Stage stage, Limits limits, std::string_view prefix);

    /// False when the lane is full.
    bool push(const OutgoingTask& task);
    std::optional<Delivery> pull(Reader& reader, std::chrono::milliseconds wait);
    void settle(Reader& reader, std::uint64_t tag, Settlement how, std::string_view reason = {});
    void drain(Reader& reader);
    void attach(Reader& reader);
    /// Everything unsettled goes back.
    void detach(Reader& reader);

    void push_dead(DeadLetter letter);
    std::vector<DeadLetter> browse_dead(std::size_t limit) const;
    std::optional<DeadLetter> pop_dead();
    void restore_dead(std::deque<DeadLetter> letters);

    StageDepth depth() const;
    void close();

  private:
    struct Message {
        std::string message_id, body;
        int redeliveries = 0;
    };

    std::optional<Lane> next_lane(Reader& reader) const;
    void bury(const Delivery& delivery, std::string_view reason);
    void give_back(Delivery delivery);
    std::deque<Message>& lane(Lane lane) { return lanes_[static_cast<std::size_t>(lane)]; }

    const Stage stage_;
    const Limits limits_;
    const std::string prefix_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::array<std::deque<Message>, kLanes.size()> lanes_;
    std::deque<DeadLetter> dead_;
    std::uint64_t last_tag_ = 0;
    std::size_t readers_ = 0;
    bool closed_ = false;
};

}  // namespace atelier::queues::embedded
