#pragma once
// One row of the route table: `api/routes.cpp` is a constexpr array of these.

#include <cstdint>
#include <span>
#include <string_view>

#include "api/http/rate_class.hpp"
#include "api/http/reply.hpp"
#include "api/http/request.hpp"

namespace atelier::api {
struct ApiServices;  // defined in api/services.hpp; the room api/http only hands it through
}

namespace atelier::api::http {

/// `signed_url` is anonymous to the session: the handler (or `upload_limit`) checks the signature.
enum class Access { anonymous, user, admin, signed_url };

enum class BodyPolicy {
    none,    ///< a body is refused
    json,    ///< `application/json` up to ServerSettings::json_limit, into Request::body; may be empty
    upload,  ///< streamed to Request::upload; Content-Length is required and `upload_limit` decides
};

/// Runs on a worker thread and may block. Exceptions become 500.
using Handler = Reply (*)(const Request&, ApiServices&);
/// Answers requests of one route that arrived close together, so that they can share a transaction; one reply
/// each, in order. Runs on a worker thread and may block. Exceptions become 500 for all.
using GroupHandler = std::vector<Reply> (*)(std::span<const Request* const>, ApiServices&);
/// Runs before a byte of the body is read: the most bytes that may come, or why none may.
using UploadLimit = Result<std::uint64_t> (*)(const Request&, ApiServices&);

struct Route {
    Method method;
    std::string_view
        pattern;  ///< `/api/v1/projects/{project_id}`; a last segment `{name*}` takes the rest of the path
    Access access;
    RateClass rate_class;
    BodyPolicy body;
    Handler handler;
    UploadLimit upload_limit = nullptr;    ///< required for, and only for, BodyPolicy::upload
    GroupHandler group_handler = nullptr;  ///< where there is one, it answers instead of `handler`
};

}  // namespace atelier::api::http
