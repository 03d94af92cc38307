#include "api/handlers/exchange.hpp"

#include <charconv>

#include "common/json/schema.hpp"
#include "common/time/rfc3339.hpp"

namespace atelier::api {

OrganizationId organization_of(const Request& request) {
    return request.principal ? OrganizationId{request.principal->organization_id} : OrganizationId{};
}

UserId user_of(const Request& request) {
    return request.principal ? UserId{request.principal->user_id} : UserId{};
}

queues::Requester requester_of(const Request& request) {
    return {organization_of(request), user_of(request)};
}

Result<json::Value> body_of(const Request& request, const ApiServices& services, std::string_view schema) {
    if (request.content_type() != "application/json")
        return Error{ErrorCode::unsupported_media, "The body must be application/json.", {}, {}};
    return json::parse_valid(request.body, services.schemas.at(schema));
}

Result<std::int64_t> number_of(const Request& request, std::string_view name, std::int64_t fallback,
                               std::int64_t lowest) {
    const std::string* text = request.query.find(name);
    if (!text) return fallback;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc() || end != text->data() + text->size() || number < lowest)
        return invalid(
            "query:" + std::string(name), "minimum",
            std::string(name) + " must be a whole number of at least " + std::to_string(lowest) + ".");
    return number;
}

Result<store::PageRequest> page_of(const Request& request) {
    auto limit = number_of(request, "limit", store::PageRequest{}.limit, 1);
    if (!limit) return limit.error();
    if (*limit > 100) return invalid("query:limit", "maximum", "limit must be at most 100.");
    return store::PageRequest{.limit = static_cast<int>(*limit),
                              .cursor = std::string(request.query.get("cursor"))};
}

Reply answer(const Request& request, Result<Reply> reply) {
    return reply ? std::move(*reply) : Reply::error(reply.error(), request.request_id);
}

json::Value time_json(std::optional<std::int64_t> epoch_ms) {
    return epoch_ms ? json::Value(rfc3339(*epoch_ms)) : json::Value();
}

}  // namespace atelier::api
