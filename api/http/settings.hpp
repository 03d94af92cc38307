#pragma once
// What an operator may change about the front.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "api/http/rate_class.hpp"
#include "common/errors/error.hpp"

namespace atelier::api::http {

struct ServerSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;           ///< 0: any free one, see Server::port()
    int io_threads = 1;                  ///< 1…16
    int handler_threads = 8;             ///< 1…256; handlers block on the database
    std::size_t handler_queue = 1024;    ///< requests that may wait for a handler thread before 503
    std::size_t max_connections = 1024;  ///< more are answered 503

    std::size_t header_limit = 8 * 1024;
    std::size_t json_limit = 1024 * 1024;
    std::chrono::milliseconds request_time{30'000};  ///< to deliver a request; uploads get more by their size
    std::chrono::milliseconds keep_alive_time{60'000};  ///< between requests
    std::chrono::milliseconds write_time{30'000};       ///< for the reader to take 256 KiB
    std::chrono::milliseconds handler_time{
        30'000};  ///< a request that waited longer for a thread is answered 503
    std::uint64_t upload_bytes_per_second = 64 * 1024;  ///< slower uploads time out
    std::chrono::milliseconds drain_time{10'000};       ///< stop() waits so long for what is in flight

    std::filesystem::path
        upload_folder;  ///< where uploads are streamed to; must exist when a route takes uploads
    std::vector<std::string> cors_origins;  ///< `https://app.example`, or `*`; empty: no cross-origin callers
    std::vector<RateRule> rate_rules = default_rate_rules();
    std::size_t rate_keys = 100'000;  ///< callers remembered by the limiter

    std::string websocket_path = "/api/v1/ws";
    std::size_t websocket_message_limit = 64 * 1024;
    std::chrono::milliseconds websocket_auth_time{10'000};
    std::chrono::milliseconds websocket_idle_time{60'000};  ///< pings go out after half of it
    std::chrono::milliseconds heartbeat_time{15'000};       ///< comment lines on quiet event streams
    /// Bytes that one slow reader may cost before it is cut off, those in the kernel's buffer included.
    std::size_t reader_limit = 256 * 1024;

    static std::vector<RateRule> default_rate_rules();
    /// One FieldError for every setting that cannot work.
    Result<void> check() const;
};

}  // namespace atelier::api::http
