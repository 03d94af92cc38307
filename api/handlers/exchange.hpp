#pragma once
// What every handler does with its request and reply: ids, bodies, pages, errors.

#include <string>
#include <string_view>

#include "api/http/reply.hpp"
#include "api/http/request.hpp"
#include "api/services.hpp"
#include "common/ids/id.hpp"
#include "common/store/page.hpp"
#include "queues/pipelines/pipeline.hpp"

namespace atelier::api {

using http::Reply;
using http::Request;

/// On routes for users and admins; anonymous ones have no principal.
OrganizationId organization_of(const Request& request);
UserId user_of(const Request& request);
queues::Requester requester_of(const Request& request);

/// The JSON body, checked against `schemas/<schema>`. Errors: unsupported_media, bad_request,
/// validation_failed with every wrong field.
Result<json::Value> body_of(const Request& request, const ApiServices& services, std::string_view schema);

/// The id in the path. Error: not_found (`what`), also for text that cannot be an id.
template <class IdType>
Result<IdType> id_of(const Request& request, std::string_view parameter, std::string_view what) {
    auto id = ids::parse_id<IdType>(request.parameter(parameter));
    if (!id) return not_found(what);
    return *id;
}

/// `limit` and `cursor` of the query. Error: validation_failed at `query:limit`.
Result<store::PageRequest> page_of(const Request& request);
/// A whole number of the query, or `fallback`. Error: validation_failed at `query:<name>`.
Result<std::int64_t> number_of(const Request& request, std::string_view name, std::int64_t fallback,
                               std::int64_t lowest);

/// `{"items": […], "next_cursor": …}`
template <class T, class ToJson>
Reply page_reply(const store::Page<T>& page, ToJson to_json) {
    json::Value items = json::Array{};
    for (const T& item : page.items)
        items.push(to_json(item));
    json::Value body = json::Object{{"items", std::move(items)}};
    body.set("next_cursor", page.next_cursor ? json::Value(*page.next_cursor) : json::Value());
    return Reply::json(200, body);
}

/// The reply, or the error in its envelope.
Reply answer(const Request& request, Result<Reply> reply);

/// RFC 3339, or null.
json::Value time_json(std::optional<std::int64_t> epoch_ms);

}  // namespace atelier::api
