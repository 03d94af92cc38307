#pragma once
// One HTTP connection: reads requests one after another, answers each before it reads the next.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <optional>
#include <string>

#include "api/http/deadline.hpp"
#include "api/http/disk.hpp"
#include "api/http/front.hpp"
#include "api/http/head.hpp"
#include "api/http/reply.hpp"
#include "api/live/hub.hpp"

namespace atelier::api::http {

class Session final : public Connection, public std::enable_shared_from_this<Session> {
  public:
    Session(Front& front, IoLoop& loop, boost::asio::ip::tcp::socket socket);

    /// Serves until the connection ends. Call on the loop's thread.
    void start();
    void finish() override;
    void abort() override;

  private:
    template <class T>
    using Async = boost::asio::awaitable<T>;

    /// One request on its way to an answer.
    struct Exchange {
        Request request;
        const Route* route = nullptr;
        bool known_method = true;
        int minor_version = 1;
        bool keep_alive = false;
        bool body_unread = false;  ///< bytes may follow that nobody will read: close after the answer
        int status = 0;
        Deadline::Clock::time_point started = Deadline::Clock::now();
    };
    /// A connection that ended or went elsewhere needs no answer.
    using Answer = std::optional<Reply>;

    Async<void> run();
    Async<bool> serve_one();
    Async<Result<std::optional<Head>>> read_head();
    Async<Answer> answer(Exchange& exchange, Head& head);
    Async<Answer> dispatch(Exchange& exchange, const Head& head);
    Async<Answer> upgrade(Exchange& exchange, Head& head);
    Reply call_handler(const Route& route, Request& request);

    Async<Result<void>> receive_body(Exchange& exchange, const Head& head);
    Async<Result<void>> admit(const Route& route, Request& request);
    Async<Result<void>> receive_json(Request& request, const Head& head);
    Async<Result<void>> receive_upload(Request& request, std::uint64_t length);
    /// More bytes into received_. Error: request_timeout; an empty one (internal) when the client went away.
    Async<Result<void>> receive_more();

    Async<void> send(Exchange& exchange, Reply reply);
    Async<void> send_file(Exchange& exchange, Reply reply);
    Async<void> send_events(Exchange& exchange, Reply reply);
    Async<bool> stream_events(const std::shared_ptr<live::Reader>& reader);
    Async<bool> write(std::string_view first, std::string_view second = {});
    Async<void> linger();
    void watch_for_disconnect();
    void record(const Exchange& exchange) const;
    std::string head_of(const Exchange& exchange, const Reply& reply,
                        std::optional<std::uint64_t> length) const;

    boost::asio::ip::tcp::socket socket_;
    Deadline deadline_;
    boost::asio::steady_timer wake_;  ///< event streams wait on it
    std::string remote_address_;
    std::string received_;  ///< bytes that came and are not consumed
    bool idle_ = false;
    bool ending_ = false;  ///< answer what is in flight, then close
    bool gone_ = false;    ///< the client closed or a write failed
    bool linger_ = false;
};

}  // namespace atelier::api::http
