#include <doctest/doctest.h>

#include "queues/broker.hpp"

using namespace atelier;
using namespace atelier::queues;

TEST_CASE("the default settings are the embedded broker and pass their check") {
    CHECK(BrokerSettings{}.check().has_value());
    CHECK(open_broker(BrokerSettings{}).has_value());
}

TEST_CASE("every wrong setting is named, and the password is not") {
    BrokerSettings settings;
    settings.url = "http://user:hunter2@host/";
    settings.prefix = "No Good";
    settings.heartbeat_s = 0;
    settings.max_length = 0;
    const auto checked = settings.check();
    REQUIRE(checked.has_error());
    CHECK(checked.error().code == ErrorCode::validation_failed);
    REQUIRE(checked.error().details.size() == 4);
    for (const FieldError& detail : checked.error().details) {
        CAPTURE(detail.message);
        CHECK(detail.message.find("hunter2") == std::string::npos);
    }
    CHECK(open_broker(settings).has_error());
}

TEST_CASE("a broker that nobody answers for is unavailable, in the time allowed") {
    BrokerSettings settings;
    settings.url = "amqp://user:hunter2@127.0.0.1:1/";  // nothing listens on port 1
    settings.connect_timeout = std::chrono::milliseconds(300);
    const auto opened = open_broker(settings);
    REQUIRE(opened.has_error());
    CHECK(opened.error().code == ErrorCode::unavailable);
    CHECK(opened.error().message.find("127.0.0.1:1") != std::string::npos);
    CHECK(opened.error().message.find("hunter2") == std::string::npos);
}
