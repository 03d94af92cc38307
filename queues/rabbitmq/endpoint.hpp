#pragma once
// Where a RabbitMQ is, read from `amqp://user:password@host:port/vhost`.

#include <string>
#include <string_view>

#include "common/errors/error.hpp"

namespace atelier::queues::rabbitmq {

struct Endpoint {
    std::string host;
    int port = 5672;
    std::string user = "guest", password = "guest", vhost = "/";
    /// `host:port/vhost`, for logs: without the credentials.
    std::string shown() const;
};

/// Missing parts take AMQP's defaults. A vhost is percent-encoded (`%2F` is `/`, an empty one means `/`). TLS
/// (`amqps:`) is not spoken. Error: bad_request, without repeating the URL.
Result<Endpoint> parse_endpoint(std::string_view url);

}  // namespace atelier::queues::rabbitmq
