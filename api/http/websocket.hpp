#pragma once
// Live events over WebSocket (`schemas/asyncapi.yaml`). Client messages: auth, subscribe, unsubscribe; a
// message that makes no sense is answered with an error and costs nothing else.

#include <boost/asio/ip/tcp.hpp>

#include "api/http/front.hpp"
#include "api/http/request.hpp"

namespace atelier::api::http {

/// Takes over a socket whose client sent `request`, an upgrade, and nothing after it. Without
/// Request::principal the first message has to authenticate. Call on the loop's thread.
void serve_websocket(Front& front, IoLoop& loop, boost::asio::ip::tcp::socket socket, Request request);

}  // namespace atelier::api::http
