#pragma once
// What one live reader may cost the server, the kernel's part included: ServerSettings::reader_limit is
// divided between the hub's queue and the socket's send buffer, which Linux would let grow to megabytes.

#include <boost/asio/ip/tcp.hpp>
#include <cstddef>

namespace atelier::api::http {

/// For the hub's queue: five eighths.
constexpr std::size_t queue_share(std::size_t reader_limit) {
    return reader_limit / 8 * 5;
}

/// Gives the socket its three eighths. Linux doubles what it is told, for its own records.
inline void limit_send_buffer(boost::asio::ip::tcp::socket& socket, std::size_t reader_limit) {
    boost::system::error_code ignored;
    socket.set_option(boost::asio::socket_base::send_buffer_size(static_cast<int>(reader_limit / 16 * 3)),
                      ignored);
}

/// Once the queue is gone: room for the message that got stuck and a word of farewell, so that a reader who
/// wakes up after the connection was dropped still learns why.
inline void make_room_for_farewell(boost::asio::ip::tcp::socket& socket, std::size_t reader_limit) {
    boost::system::error_code ignored;
    socket.set_option(boost::asio::socket_base::send_buffer_size(static_cast<int>(reader_limit / 4 * 3)),
                      ignored);
}

}  // namespace atelier::api::http
