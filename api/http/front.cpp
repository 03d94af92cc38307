#include "api/http/front.hpp"

namespace atelier::api::http {

namespace {

bool needs_principal(const Route& route) {
    return route.access == Access::user || route.access == Access::admin;
}

}  // namespace

Result<void> Front::spend(RateClass rate_class, std::string_view key) {
    const auto wait = limiter.take(rate_class, key);
    if (!wait) return {};
    if (observers.on_rate_limited) observers.on_rate_limited(rate_class);
    return Error{ErrorCode::rate_limited, "Too many requests; slow down.", {}, *wait};
}

Result<Principal> Front::identify(const Request& request) {
    return charged_if_wrong(authenticator.authenticate(request), request);
}

Result<Principal> Front::charged_if_wrong(Result<Principal> principal, const Request& request) {
    if (principal || principal.error().code != ErrorCode::unauthenticated) return principal;
    if (const auto spent = spend(RateClass::auth, request.remote_address); !spent) return spent.error();
    return principal;
}

Result<void> Front::admit(const Route& route, Request& request) {
    if (!needs_principal(route)) return spend(route.rate_class, request.remote_address);
    request.for_admins = route.access == Access::admin;
    return enter(route, request, identify(request));
}

std::optional<Result<void>> Front::admit_at_once(const Route& route, Request& request) {
    if (!needs_principal(route)) return spend(route.rate_class, request.remote_address);
    request.for_admins = route.access == Access::admin;
    if (!authenticator.recognize) return std::nullopt;
    auto recognized = authenticator.recognize(request);
    if (!recognized) return std::nullopt;
    return enter(route, request, charged_if_wrong(std::move(*recognized), request));
}

Result<void> Front::enter(const Route& route, Request& request, Result<Principal> principal) {
    if (!principal) return principal.error();
    request.principal = std::move(*principal);
    if (route.access == Access::admin && request.principal->role != Role::admin) {
        return forbidden("This needs an administrator.");
    }
    return spend(route.rate_class, request.principal->user_id);
}

Connection::Connection(Front& front, IoLoop& loop) : front_(front), loop_(loop) {
    loop_.open.insert(this);
    std::lock_guard lock(front_.mutex);
    ++front_.connections;
}

Connection::~Connection() {
    loop_.open.erase(this);
    std::lock_guard lock(front_.mutex);
    --front_.connections;
    front_.closed.notify_all();
}

}  // namespace atelier::api::http
