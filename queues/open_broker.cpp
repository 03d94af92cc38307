#include <fmt/format.h>

#include <algorithm>

#include "queues/broker.hpp"
#include "queues/embedded/embedded_broker.hpp"
#include "queues/rabbitmq/rabbitmq_broker.hpp"

namespace atelier::queues {
namespace {

constexpr std::string_view kEmbeddedUrl = "embedded:";

bool is_prefix(std::string_view text) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), plain);
}

void check_range(std::vector<FieldError>& errors, std::string name, long long value, long long low,
                 long long high) {
    if (value < low || value > high)
        errors.push_back({std::move(name), "range", fmt::format("must be {}…{}, not {}", low, high, value)});
}

}  // namespace

Result<> BrokerSettings::check() const {
    std::vector<FieldError> errors;
    if (url != kEmbeddedUrl)
        if (auto endpoint = rabbitmq::parse_endpoint(url); !endpoint)
            errors.push_back({"url", "format", endpoint.error().message});
    if (!is_prefix(prefix)) errors.push_back({"prefix", "format", "must be 1…64 of a–z, 0–9, '-' and '_'"});
    check_range(errors, "heartbeat_s", heartbeat_s, 1, 60);
    check_range(errors, "connect_timeout", connect_timeout.count(), 100, 600'000);
    check_range(errors, "publish_timeout", publish_timeout.count(), 100, 600'000);
    check_range(errors, "max_length", max_length, 1, 100'000'000);
    check_range(errors, "delivery_limit", delivery_limit, 1, 1'000'000);
    if (!errors.empty()) return invalid(std::move(errors));
    return {};
}

std::string_view to_string(PublishOutcome outcome) {
    switch (outcome) {
        case PublishOutcome::confirmed:
            return "confirmed";
        case PublishOutcome::unroutable:
            return "unroutable";
        case PublishOutcome::refused:
            return "refused";
        case PublishOutcome::unavailable:
            return "unavailable";
    }
    return "unknown";
}

Result<std::unique_ptr<Broker>> open_broker(const BrokerSettings& settings) {
    if (auto checked = settings.check(); !checked) return checked.error();
    if (settings.url == kEmbeddedUrl) return embedded::open_embedded_broker(settings);
    return rabbitmq::open_rabbitmq_broker(settings);
}

}  // namespace atelier::queues
