#pragma once
// Puts a message together from the frames it arrives in: method, header, bodies. Private to queues/rabbitmq.

#include <amqp.h>

#include <cstdint>
#include <optional>
#include <string>

#include "queues/broker.hpp"

namespace atelier::queues::rabbitmq {

struct Incoming {
    amqp_method_number_t method = 0;  ///< basic.deliver, basic.return or basic.get-ok
    std::uint64_t delivery_tag = 0;
    std::string consumer_tag;  ///< of basic.deliver
    std::string routing_key;
    int redeliveries = 0;  ///< quorum queues count them in a header
    DeadLetter letter;     ///< message_id, body, and what the headers tell of its death
};

class MessageAssembler {
  public:
    /// One per channel: messages of a channel do not interleave. Gives the message when `frame` completes
    /// one.
    std::optional<Incoming> add(const amqp_frame_t& frame);

  private:
    void begin(const amqp_method_t& method);
    std::optional<Incoming> finish_if_complete();

    std::optional<Incoming> current_;
    std::uint64_t body_size_ = 0;
    bool has_header_ = false;
};

/// Headers of letters that a worker buried itself, instead of the broker.
inline constexpr const char* kReasonHeader = "x-atelier-reason";
inline constexpr const char* kQueueHeader = "x-atelier-queue";
inline constexpr const char* kTimeHeader = "x-atelier-died-at-ms";

}  // namespace atelier::queues::rabbitmq
