#pragma once
// One AMQP connection of one thread: librabbitmq's state, owned, with its calls turned into Results.
// Private to queues/rabbitmq. Not thread-safe.

#include <amqp.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "queues/rabbitmq/endpoint.hpp"
#include "queues/topology.hpp"

namespace atelier::queues::rabbitmq {

amqp_bytes_t bytes(std::string_view text);  ///< borrows
std::string_view view(amqp_bytes_t text);   ///< borrows

class Connection {
  public:
    /// Connects and logs in. A black hole is noticed after `timeout` while connecting and after two
    /// heartbeats later on. Errors: unavailable, forbidden (credentials or vhost).
    static Result<Connection> open(const Endpoint& endpoint, int heartbeat_s,
                                   std::chrono::milliseconds timeout);

    amqp_connection_state_t raw() const { return state_.get(); }
    int socket() const;

    Result<> open_channel(amqp_channel_t channel);
    /// The answer to the last synchronous call; `doing` begins the error's sentence.
    /// Errors: conflict (406), not_found (404), forbidden (403), unavailable (all else; the connection is
    /// unusable).
    Result<> answered(std::string_view doing) const;
    /// For the calls that only send.
    static Result<> sent(int status, std::string_view doing);

    /// The next frame; nothing when none came within `wait`.
    Result<std::optional<amqp_frame_t>> read(std::chrono::milliseconds wait);
    /// Frees what finished messages used; invalidates frames that `read` gave.
    void recycle();
    /// Says good-bye within the RPC time-out.
    void close();

  private:
    struct Destroy {
        void operator()(amqp_connection_state_t state) const { amqp_destroy_connection(state); }
    };
    using State = std::unique_ptr<amqp_connection_state_t_, Destroy>;

    explicit Connection(State state) : state_(std::move(state)) {}
    State state_;
};

/// A server's `connection.close` or `channel.close` as an Error, by its reply code.
Error closed_by_server(std::string_view doing, const amqp_method_t& method);

/// librabbitmq's form of queue arguments; borrows from them.
class ArgumentTable {
  public:
    explicit ArgumentTable(const std::vector<Argument>& arguments);
    amqp_table_t table();

  private:
    std::vector<amqp_table_entry_t> entries_;
};

/// Declares the whole table on `channel`, which stays open. Idempotent. Error: conflict names the queue or
/// exchange that exists with other arguments.
Result<> declare(Connection& connection, amqp_channel_t channel, const Topology& table);

}  // namespace atelier::queues::rabbitmq
