#include "queues/rabbitmq/endpoint.hpp"

#include <doctest/doctest.h>

using namespace atelier::queues::rabbitmq;

TEST_CASE("a URL names host, port, credentials and vhost") {
    const auto full = parse_endpoint("amqp://anna:se%40cret@broker.example:5673/pictures");
    REQUIRE(full.has_value());
    CHECK(full->host == "broker.example");
    CHECK(full->port == 5673);
    CHECK(full->user == "anna");
    CHECK(full->password == "se@cret");
    CHECK(full->vhost == "pictures");
    CHECK(full->shown() == "broker.example:5673/pictures");
}

TEST_CASE("missing parts take AMQP's defaults") {
    for (const char* url : {"amqp://host", "amqp://host/", "amqp://host:5672/%2F"}) {
        CAPTURE(url);
        const auto endpoint = parse_endpoint(url);
        REQUIRE(endpoint.has_value());
        CHECK(endpoint->port == 5672);
        CHECK(endpoint->user == "guest");
        CHECK(endpoint->vhost == "/");
    }
}

TEST_CASE("what cannot be a RabbitMQ is refused without repeating it") {
    for (const char* url : {"", "amqp:", "http://anna:secret@host", "amqps://anna:secret@host",
                            "amqp://anna:secret@host:port/", "amqp://anna:secret@host:5672/a/b"}) {
        CAPTURE(url);
        const auto endpoint = parse_endpoint(url);
        REQUIRE(endpoint.has_error());
        CHECK(endpoint.error().message.find("secret") == std::string::npos);
    }
}
