#include "queues/rabbitmq/connection.hpp"

#include <amqp_tcp_socket.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>

namespace atelier::queues::rabbitmq {
namespace {

constexpr int kChannelMax = 16;

timeval to_timeval(std::chrono::milliseconds time) {
    return {static_cast<time_t>(time.count() / 1000), static_cast<suseconds_t>(time.count() % 1000 * 1000)};
}

amqp_table_entry_t text_entry(const char* key, std::string_view text) {
    amqp_table_entry_t made{amqp_cstring_bytes(key), {}};
    made.value.kind = AMQP_FIELD_KIND_UTF8;
    made.value.value.bytes = bytes(text);
    return made;
}

amqp_table_entry_t flag_entry(const char* key, bool flag) {
    amqp_table_entry_t made{amqp_cstring_bytes(key), {}};
    made.value.kind = AMQP_FIELD_KIND_BOOLEAN;
    made.value.value.boolean = flag;
    return made;
}

/// Unsent data is given up after two heartbeats as well, not after the kernel's quarter of an hour.
void watch_peer(int socket, int heartbeat_s) {
    const unsigned silence_ms = 2000u * static_cast<unsigned>(heartbeat_s);
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &silence_ms, sizeof silence_ms);
    setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

Result<> log_in(amqp_connection_state_t state, const Endpoint& endpoint, int heartbeat_s) {
    std::array capabilities{flag_entry("connection.blocked", true),
                            flag_entry("consumer_cancel_notify", true),
                            flag_entry("authentication_failure_close", true)};
    std::array properties{text_entry("connection_name", "atelier"), amqp_table_entry_t{}};
    properties[1].key = amqp_cstring_bytes("capabilities");
    properties[1].value.kind = AMQP_FIELD_KIND_TABLE;
    properties[1].value.value.table = {static_cast<int>(capabilities.size()), capabilities.data()};
    const amqp_table_t table{static_cast<int>(properties.size()), properties.data()};
    const amqp_rpc_reply_t reply = amqp_login_with_properties(
        state, endpoint.vhost.c_str(), kChannelMax, AMQP_DEFAULT_FRAME_SIZE, heartbeat_s, &table,
        AMQP_SASL_METHOD_PLAIN, endpoint.user.c_str(), endpoint.password.c_str());
    const std::string doing = fmt::format("log in to RabbitMQ at {}", endpoint.shown());
    if (reply.reply_type == AMQP_RESPONSE_NORMAL) return {};
    if (reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION) return closed_by_server(doing, reply.reply);
    return Connection::sent(reply.library_error, doing);
}

Error fault(int code, std::string message) {
    switch (code) {
        case AMQP_PRECONDITION_FAILED:
            return conflict(std::move(message));
        case AMQP_NOT_FOUND:
            return Error{ErrorCode::not_found, std::move(message), {}, {}};
        case AMQP_ACCESS_REFUSED:
        case AMQP_NOT_ALLOWED:
            return forbidden(std::move(message));
        default:
            return unavailable(std::move(message));
    }
}

}  // namespace

amqp_bytes_t bytes(std::string_view text) {
    return {text.size(), const_cast<char*>(text.data())};
}
std::string_view view(amqp_bytes_t text) {
    return {static_cast<const char*>(text.bytes), text.len};
}

Error closed_by_server(std::string_view doing, const amqp_method_t& method) {
    if (method.id == AMQP_CONNECTION_CLOSE_METHOD) {
        const auto& close = *static_cast<const amqp_connection_close_t*>(method.decoded);
        return fault(close.reply_code, fmt::format("cannot {}: {}", doing, view(close.reply_text)));
    }
    if (method.id == AMQP_CHANNEL_CLOSE_METHOD) {
        const auto& close = *static_cast<const amqp_channel_close_t*>(method.decoded);
        return fault(close.reply_code, fmt::format("cannot {}: {}", doing, view(close.reply_text)));
    }
    return unavailable(fmt::format("cannot {}: unexpected answer {:#x}", doing, method.id));
}

Result<Connection> Connection::open(const Endpoint& endpoint, int heartbeat_s,
                                    std::chrono::milliseconds timeout) {
    State state(amqp_new_connection());
    if (!state) throw std::bad_alloc();
    const timeval limit = to_timeval(timeout);
    amqp_set_handshake_timeout(state.get(), &limit);
    amqp_set_rpc_timeout(state.get(), &limit);
    amqp_socket_t* socket = amqp_tcp_socket_new(state.get());  // the state owns it
    if (!socket) throw std::bad_alloc();
    const int status = amqp_socket_open_noblock(socket, endpoint.host.c_str(), endpoint.port, &limit);
    if (auto opened = sent(status, fmt::format("connect to RabbitMQ at {}", endpoint.shown())); !opened)
        return opened.error();
    watch_peer(amqp_get_sockfd(state.get()), heartbeat_s);
    if (auto in = log_in(state.get(), endpoint, heartbeat_s); !in) return in.error();
    return Connection(std::move(state));
}

int Connection::socket() const {
    return amqp_get_sockfd(raw());
}

Result<> Connection::sent(int status, std::string_view doing) {
    if (status == AMQP_STATUS_OK) return {};
    return unavailable(fmt::format("cannot {}: {}", doing, amqp_error_string2(status)));
}

Result<> Connection::answered(std::string_view doing) const {
    const amqp_rpc_reply_t reply = amqp_get_rpc_reply(raw());
    if (reply.reply_type == AMQP_RESPONSE_NORMAL) return {};
    if (reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION) return closed_by_server(doing, reply.reply);
    return sent(reply.library_error, doing);
}

Result<> Connection::open_channel(amqp_channel_t channel) {
    amqp_channel_open(raw(), channel);
    return answered("open a channel");
}

Result<std::optional<amqp_frame_t>> Connection::read(std::chrono::milliseconds wait) {
    const timeval limit = to_timeval(wait);
    amqp_frame_t frame;
    const int status = amqp_simple_wait_frame_noblock(raw(), &frame, &limit);
    if (status == AMQP_STATUS_TIMEOUT) return std::optional<amqp_frame_t>();
    if (auto got = sent(status, "read from RabbitMQ"); !got) return got.error();
    return std::optional(frame);
}

void Connection::recycle() {
    amqp_maybe_release_buffers(raw());
}

void Connection::close() {
    amqp_connection_close(raw(), AMQP_REPLY_SUCCESS);
}

ArgumentTable::ArgumentTable(const std::vector<Argument>& arguments) {
    for (const Argument& argument : arguments) {
        amqp_table_entry_t made{bytes(argument.key), {}};
        if (const int* number = std::get_if<int>(&argument.value)) {
            made.value.kind = AMQP_FIELD_KIND_I32;
            made.value.value.i32 = *number;
        } else {
            made.value.kind = AMQP_FIELD_KIND_UTF8;
            made.value.value.bytes = bytes(std::get<std::string>(argument.value));
        }
        entries_.push_back(made);
    }
}

amqp_table_t ArgumentTable::table() {
    return {static_cast<int>(entries_.size()), entries_.data()};
}

Result<> declare(Connection& connection, amqp_channel_t channel, const Topology& table) {
    for (const Exchange& exchange : table.exchanges) {
        amqp_exchange_declare(connection.raw(), channel, bytes(exchange.name), bytes(exchange.type), false,
                              true, false, false, amqp_empty_table);
        if (auto done = connection.answered(fmt::format("declare exchange {}", exchange.name)); !done)
            return done;
    }
    for (const Queue& queue : table.queues) {
        ArgumentTable arguments(queue.arguments);
        amqp_queue_declare(connection.raw(), channel, bytes(queue.name), false, true, false, false,
                           arguments.table());
        if (auto done = connection.answered(fmt::format("declare queue {}", queue.name)); !done) return done;
        amqp_queue_bind(connection.raw(), channel, bytes(queue.name), bytes(queue.exchange),
                        bytes(queue.routing_key), amqp_empty_table);
        if (auto done = connection.answered(fmt::format("bind queue {}", queue.name)); !done) return done;
        connection.recycle();
    }
    return {};
}

}  // namespace atelier::queues::rabbitmq
