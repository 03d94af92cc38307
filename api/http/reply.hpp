#pragma once
// What a handler answers. The session adds framing, X-Request-Id, security and CORS headers.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

#include "api/http/request.hpp"
#include "common/errors/error.hpp"
#include "common/json/value.hpp"

namespace atelier::api::http {

/// The one place where error codes become HTTP.
int http_status(ErrorCode code);
/// `Not Found` for 404; empty for a status nobody here sends.
std::string_view reason_phrase(int status);

/// A file sent from disk. The session answers Range, If-None-Match and If-Range by the file's size and time.
struct FileBody {
    std::filesystem::path path;
    std::string content_type;
    std::string download_name;  ///< offered to browsers as the file's name when not empty
};

/// Server-sent events of one job; the session subscribes after the handler returns and ends with the job.
struct EventStreamBody {
    std::string job_id;
    std::int64_t after = 0;  ///< only events with a greater seq
};

struct Reply {
    int status = 200;
    Headers headers;
    std::variant<std::string, FileBody, EventStreamBody> body;

    static Reply json(int status, const json::Value& value);
    /// The error envelope of every endpoint; sets Retry-After when the error has one.
    static Reply error(const Error& error, std::string_view request_id);
    static Reply no_content();
    static Reply text(int status, std::string_view content_type, std::string body);
    static Reply file(std::filesystem::path path, std::string content_type, std::string download_name = {});
    static Reply events(std::string job_id, std::int64_t after);

    Reply& with(std::string name, std::string value) {
        headers.set(name, std::move(value));
        return *this;
    }
    /// The text of the body; empty for files and streams.
    const std::string& text_body() const;
};

/// The envelope alone: `{"error":{…},"request_id":…}`.
json::Value error_envelope(const Error& error, std::string_view request_id);

}  // namespace atelier::api::http
