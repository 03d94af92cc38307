#include "queues/rabbitmq/endpoint.hpp"

#include <amqp.h>
#include <fmt/format.h>

namespace atelier::queues::rabbitmq {

std::string Endpoint::shown() const {
    return vhost == "/" ? fmt::format("{}:{}", host, port) : fmt::format("{}:{}/{}", host, port, vhost);
}

Result<Endpoint> parse_endpoint(std::string_view url) {
    if (url.starts_with("amqps:"))
        return bad_request("amqps: is not supported; terminate TLS beside the broker");
    if (!url.starts_with("amqp://"))
        return bad_request("must be embedded: or amqp://user:password@host:port/vhost");
    std::string text(url);
    amqp_connection_info info;
    if (amqp_parse_url(text.data(), &info) != AMQP_STATUS_OK || !info.host || !*info.host)
        return bad_request("cannot be read as amqp://user:password@host:port/vhost");
    Endpoint endpoint{info.host, info.port, info.user, info.password, info.vhost};
    if (endpoint.vhost.empty()) endpoint.vhost = "/";
    return endpoint;
}

}  // namespace atelier::queues::rabbitmq
