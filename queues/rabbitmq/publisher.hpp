#pragma once
// Publishes over one connection: confirmed messages in pipelined batches, and unconfirmed ones for the bus.
// Private to queues/rabbitmq.

#include <deque>
#include <map>
#include <memory>
#include <mutex>

#include "queues/rabbitmq/link.hpp"
#include "queues/rabbitmq/message_assembler.hpp"

namespace atelier::queues::rabbitmq {

struct Publication {
    std::string exchange, routing_key, message_id, body;
    std::string reason, queue;  ///< for letters that a worker buries: become headers, with the time
};

class Publisher : private LinkUser {
  public:
    /// `settings` must outlive it.
    Publisher(const Endpoint& endpoint, const BrokerSettings& settings);
    ~Publisher() override;

    Result<> start();
    /// Persistent, mandatory and confirmed; waits at most `publish_timeout`.
    std::vector<PublishOutcome> publish(std::vector<Publication> messages);
    /// Fire and forget. When the connection is slower than the callers the oldest are dropped.
    void post(Publication message);
    BrokerHealth health() const;
    void stop();

  private:
    struct Batch;
    /// One message of a batch, which lives until its caller gives up on it.
    struct Item {
        std::shared_ptr<Batch> batch;
        std::size_t index = 0;
        Publication message;
        bool returned = false;
    };

    Result<> opened(Connection& connection) override;
    Result<> received(Connection& connection, const amqp_frame_t& frame) override;
    Result<> woken(Connection& connection) override;
    void lost(const Error& why) override;
    void closing(Connection&) override {}

    Result<> send_posts(Connection& connection);
    Result<> send_items(Connection& connection);
    void settle(std::uint64_t tag, bool multiple, PublishOutcome outcome);
    void mark_returned(const Incoming& message);
    void drop_abandoned();  ///< with mutex_ held

    const BrokerSettings& settings_;
    mutable std::mutex mutex_;
    std::deque<Item> waiting_;       // guarded by mutex_
    std::deque<Publication> posts_;  // guarded by mutex_
    bool closed_ = false;            // guarded by mutex_
    std::string blocked_;            // guarded by mutex_; why the broker takes nothing, e.g. low memory

    // The link's thread only:
    std::map<std::uint64_t, Item> unconfirmed_;
    std::uint64_t last_tag_ = 0;
    MessageAssembler returns_;

    Link link_;
};

}  // namespace atelier::queues::rabbitmq
