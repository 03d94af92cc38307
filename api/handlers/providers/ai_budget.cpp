#include <algorithm>
#include <cmath>

#include "api/handlers/providers/providers.hpp"
#include "common/store/ai_budgets.hpp"

namespace atelier::api {
namespace {

json::Value dollars(std::int64_t micro_usd) {
    return static_cast<double>(micro_usd) / 1e6;
}

json::Value to_json(const store::AiBudget& budget) {
    json::Value shown = json::Object{{"month", budget.month},
                                     {"spent_usd", dollars(budget.spent_micro_usd)},
                                     {"reserved_usd", dollars(budget.reserved_micro_usd)}};
    const auto& limit = budget.monthly_micro_usd;
    const std::int64_t held = budget.spent_micro_usd + budget.reserved_micro_usd;
    shown.set("monthly_usd", limit ? dollars(*limit) : json::Value())
        .set("remaining_usd", limit ? dollars(std::max<std::int64_t>(0, *limit - held)) : json::Value());
    return shown;
}

}  // namespace

Reply get_ai_budget(const Request& request, ApiServices& services) {
    return answer(request, services.db.read([&](soci::session& session) -> Result<Reply> {
        return Reply::json(200, to_json(store::read_ai_budget(session, organization_of(request))));
    }));
}

Reply put_ai_budget(const Request& request, ApiServices& services) {
    auto body = body_of(request, services, "http/ai_budget.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    std::optional<std::int64_t> limit;
    if (const json::Value& usd = (*body)["monthly_usd"]; usd.is_number())
        limit = std::llround(usd.as_double() * 1e6);
    return answer(request, services.db.write([&](soci::session& session) -> Result<Reply> {
        if (auto set = store::set_ai_budget(session, organization_of(request), limit); !set)
            return set.error();
        return Reply::json(200, to_json(store::read_ai_budget(session, organization_of(request))));
    }));
}

}  // namespace atelier::api
