#pragma once
// Keeps one connection alive on a thread of its own: connects, declares the topology, reads, and starts over
// with a growing pause when the connection is lost. librabbitmq is not thread-safe, so all its calls for this
// connection are made on that thread; others hand over work and `wake` it. Private to queues/rabbitmq.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "queues/broker.hpp"
#include "queues/rabbitmq/connection.hpp"

namespace atelier::queues::rabbitmq {

/// Who uses the connection. All calls come from the link's thread. An error ends the connection.
class LinkUser {
  public:
    virtual ~LinkUser() = default;
    /// The topology is declared; channel 1 is open.
    virtual Result<> opened(Connection& connection) = 0;
    virtual Result<> received(Connection& connection, const amqp_frame_t& frame) = 0;
    /// After every `wake`, and after frames came.
    virtual Result<> woken(Connection& connection) = 0;
    virtual void lost(const Error& why) = 0;
    /// Last words before an orderly close; `lost` follows.
    virtual void closing(Connection& connection) = 0;
};

class Link {
  public:
    /// `purpose` names the connection in the log. Both references must outlive the link.
    Link(const Endpoint& endpoint, const BrokerSettings& settings, LinkUser& user, std::string purpose);
    /// Call `stop` first, while the user still lives whole.
    ~Link();

    void start();
    /// Waits until it is connected. Errors: conflict and forbidden as soon as they are known, else
    /// unavailable after `connect_timeout`.
    Result<> wait_until_connected();
    void wake();
    bool connected() const { return connected_; }
    BrokerHealth health() const;
    /// Ends the thread, within a few seconds even when the peer is silent.
    void stop();

  private:
    void run();
    Error session();
    Error serve(Connection& connection);
    Result<bool> read_some(Connection& connection);
    Result<> wait_for_something(const Connection& connection);
    void publish_state(bool connected, const Error* why, int socket);
    void pause(int failures);

    const Endpoint endpoint_;
    const BrokerSettings& settings_;
    LinkUser& user_;
    const std::string purpose_;
    int wake_fd_ = -1;
    std::thread thread_;

    std::atomic<bool> stopping_ = false, connected_ = false;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Error last_error_;
    bool failed_ = false;    ///< last_error_ holds something
    bool finished_ = false;  ///< the thread is about to end
    int socket_ = -1;        ///< of the live connection, to cut it when it blocks the thread
};

}  // namespace atelier::queues::rabbitmq
