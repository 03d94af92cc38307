#include "api/http/settings.hpp"

#include <fmt/format.h>

namespace atelier::api::http {

namespace {

template <class T>
void require_range(std::vector<FieldError>& wrong, std::string_view name, T value, T least, T most) {
    if (value >= least && value <= most) return;
    wrong.push_back(
        {std::string(name), "range", fmt::format("{} is {}; it may be {} to {}.", name, value, least, most)});
}

}  // namespace

std::vector<RateRule> ServerSettings::default_rate_rules() {
    return {{RateClass::auth, 20, 60},      {RateClass::read, 1200, 60},    {RateClass::write, 240, 60},
            {RateClass::upload, 240, 60},   {RateClass::render, 100, 3600}, {RateClass::generate, 10, 3600},
            {RateClass::picture, 50, 3600}, {RateClass::stream, 120, 60}};
}

Result<void> ServerSettings::check() const {
    std::vector<FieldError> wrong;
    require_range(wrong, "io_threads", io_threads, 1, 16);
    require_range(wrong, "handler_threads", handler_threads, 1, 256);
    require_range<std::size_t>(wrong, "handler_queue", handler_queue, 1, 1'000'000);
    require_range<std::size_t>(wrong, "max_connections", max_connections, 1, 1'000'000);
    require_range<std::size_t>(wrong, "header_limit", header_limit, 512, 1024 * 1024);
    require_range<std::size_t>(wrong, "json_limit", json_limit, 1024, 64 * 1024 * 1024);
    require_range<std::uint64_t>(wrong, "upload_bytes_per_second", upload_bytes_per_second, 1, 1 << 30);
    require_range<std::size_t>(wrong, "reader_limit", reader_limit, 4096, 64 * 1024 * 1024);
    require_range<std::size_t>(wrong, "websocket_message_limit", websocket_message_limit, 256,
                               16 * 1024 * 1024);
    for (const auto& [name, time] : {std::pair{"request_time", request_time},
                                     {"keep_alive_time", keep_alive_time},
                                     {"write_time", write_time},
                                     {"handler_time", handler_time},
                                     {"websocket_auth_time", websocket_auth_time},
                                     {"websocket_idle_time", websocket_idle_time},
                                     {"heartbeat_time", heartbeat_time}}) {
        require_range<long>(wrong, name, time.count(), 1, 86'400'000);
    }
    for (const RateRule& rule : rate_rules) {
        if (rule.requests >= 1 && rule.per_seconds >= 1) continue;
        wrong.push_back({"rate_rules", "range",
                         fmt::format("The rate of class {} needs at least 1 request per 1 second.",
                                     to_string(rule.rate_class))});
    }
    if (!wrong.empty()) return invalid(std::move(wrong));
    return {};
}

}  // namespace atelier::api::http
