#include "api/handlers/credits/credits.hpp"

#include "api/handlers/idempotent.hpp"

namespace atelier::api {

json::Value to_json(const store::CreditTransaction& transaction) {
    json::Value v = json::Object{{"id", transaction.id.value},
                                 {"type", transaction.type},
                                 {"amount", transaction.amount},
                                 {"balance_after", transaction.balance_after}};
    v.set("job_id", transaction.job_id ? json::Value(transaction.job_id->value) : json::Value())
        .set("note", transaction.note ? json::Value(*transaction.note) : json::Value())
        .set("created_at", time_json(transaction.created_at));
    return v;
}

Reply get_credits(const Request& request, ApiServices& services) {
    return answer(request, services.db.read([&](soci::session& session) -> Result<Reply> {
        auto credits = store::read_credits(session, organization_of(request));
        if (!credits) return credits.error();
        return Reply::json(200, json::Object{{"balance", credits->balance}, {"reserved", credits->reserved}});
    }));
}

Reply list_credit_transactions(const Request& request, ApiServices& services) {
    auto page = page_of(request);
    if (!page) return Reply::error(page.error(), request.request_id);
    return answer(request, services.db.read([&](soci::session& session) -> Result<Reply> {
        auto found = store::list_credit_transactions(session, organization_of(request), *page);
        if (!found) return found.error();
        return page_reply(*found, [](const auto& transaction) { return to_json(transaction); });
    }));
}

Reply grant_credits(const Request& request, ApiServices& services) {
    auto body = body_of(request, services, "http/credit_grant.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    store::Grant grant{organization_of(request), user_of(request), (*body)["amount"].as_int(), {}};
    if (body->has("note")) grant.note = (*body)["note"].as_string();
    return create_once(request, services, [&](soci::session& session) -> Result<Created> {
        auto transaction = store::grant_credits(session, grant);
        if (!transaction) return transaction.error();
        return Created{201, to_json(*transaction)};
    });
}

}  // namespace atelier::api
