#include "api/handlers/idempotent.hpp"

#include <algorithm>

#include "common/crypto/hash.hpp"
#include "common/store/idempotency.hpp"

namespace atelier::api {
namespace {

constexpr std::size_t kLongestKey = 200;

Result<void> check_key(std::string_view key) {
    const bool printable =
        std::all_of(key.begin(), key.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
    if (key.empty() || key.size() > kLongestKey || !printable)
        return invalid("header:Idempotency-Key", "format",
                       "An Idempotency-Key is 1 to 200 printable characters.");
    return {};
}

Reply replay(const store::StoredAnswer& stored) {
    return Reply::text(stored.status, "application/json", stored.body).with("Idempotent-Replayed", "true");
}

/// An answer for a key that is not fresh.
Reply known(const Request& request, const store::IdempotencyStart& start) {
    using Outcome = store::IdempotencyStart::Outcome;
    if (start.outcome == Outcome::answered) return replay(start.answer);
    if (start.outcome == Outcome::mismatch)
        return Reply::error(
            invalid("header:Idempotency-Key", "reuse", "This key was used for another request."),
            request.request_id);
    Error running = conflict("The first request with this Idempotency-Key is still running.");
    running.retry_after_s = 1;
    return Reply::error(running, request.request_id);
}

/// Runs `work`, with `finish` in the same transaction.
Reply run(const Request& request, ApiServices& services,
          const std::function<Result<Created>(soci::session&)>& work,
          const std::function<Result<void>(soci::session&, const Created&)>& finish) {
    auto created = services.db.write([&](soci::session& session) -> Result<Created> {
        auto made = work(session);
        if (!made) return made.error();
        if (auto stored = finish(session, *made); !stored) return stored.error();
        return made;
    });
    if (!created) return Reply::error(created.error(), request.request_id);
    if (created->after_commit) created->after_commit();
    return Reply::json(created->status, created->body);
}

}  // namespace

Result<std::optional<store::IdempotencyKey>> idempotency_key(const Request& request) {
    const std::string* header = request.headers.find("Idempotency-Key");
    if (!header) return std::optional<store::IdempotencyKey>();
    if (auto ok = check_key(*header); !ok) return ok.error();
    const std::string scope = request.principal ? request.principal->organization_id : request.remote_address;
    return std::optional(store::IdempotencyKey{scope, *header});
}

std::string fingerprint(const Request& request, const ApiServices& services) {
    const auto body = json::parse(request.body);
    const std::string key = crypto::derive_key(services.settings.accounts.secret_key.reveal(), "idempotency");
    return crypto::to_hex(crypto::hmac_sha256(key, std::string(http::to_string(request.method)) + "\n" +
                                                       request.path + "\n" +
                                                       (body ? json::write_canonical(*body) : request.body)));
}

Reply create_once(const Request& request, ApiServices& services,
                  const std::function<Result<Created>(soci::session&)>& work) {
    const auto given = idempotency_key(request);
    if (!given) return Reply::error(given.error(), request.request_id);
    if (!*given)
        return run(request, services, work, [](soci::session&, const Created&) { return Result<void>(); });
    const store::IdempotencyKey& key = **given;
    auto start = services.db.write([&](soci::session& session) -> Result<store::IdempotencyStart> {
        return store::begin_idempotent(session, key, fingerprint(request, services));
    });
    if (!start) return Reply::error(start.error(), request.request_id);
    if (start->outcome != store::IdempotencyStart::Outcome::fresh) return known(request, *start);

    Reply reply =
        run(request, services, work, [&](soci::session& session, const Created& made) -> Result<void> {
            if (!store::finish_idempotent(session, key, start->claim, {made.status, json::write(made.body)}))
                return conflict("Another request with this Idempotency-Key has taken over.");
            return {};
        });
    if (reply.status >= 400)
        (void)services.db.write([&](soci::session& session) -> Result<void> {
            store::abandon_idempotent(session, key, start->claim);
            return {};
        });
    return reply;
}

}  // namespace atelier::api
