#include "common/store/idempotency.hpp"

#include <algorithm>

#include "common/store/database.hpp"
#include "common/store/prepared.hpp"
#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

struct Row {
    std::string request_hash;
    std::optional<int> status;
    std::optional<std::string> response;
    std::int64_t created_at = 0;
};

bool insert_key(soci::session& session, const IdempotencyKey& key, std::string_view request_hash,
                std::int64_t now) {
    return changed(
               session.prepare
                   << "INSERT INTO idempotency_keys (scope, key, request_hash, created_at) VALUES (:scope,"
                      " :key, :hash, :now) ON CONFLICT DO NOTHING",
               soci::use(key.scope), soci::use(key.key), soci::use(std::string(request_hash)),
               soci::use(now)) == 1;
}

std::optional<Row> lock_key(soci::session& session, const IdempotencyKey& key) {
    return select_one<Row>(
        session.prepare << "SELECT request_hash, status, response, created_at FROM idempotency_keys"
                           " WHERE scope = :scope AND key = :key"
                        << for_update(session),
        [](auto& prepared, Row& row) {
            prepared, soci::into(row.request_hash), soci::into(row.status), soci::into(row.response),
                soci::into(row.created_at);
        },
        soci::use(key.scope), soci::use(key.key));
}

// The claim is the row's time; it must differ from the one that is taken over, which is at least a minute
// older.
void take_over(soci::session& session, const IdempotencyKey& key, std::int64_t now) {
    changed(session.prepare
                << "UPDATE idempotency_keys SET created_at = :now WHERE scope = :scope AND key = :key",
            soci::use(now), soci::use(key.scope), soci::use(key.key));
}

}  // namespace

IdempotencyStart begin_idempotent(soci::session& session, const IdempotencyKey& key,
                                  std::string_view request_hash) {
    using Outcome = IdempotencyStart::Outcome;
    const std::int64_t now = now_ms(session);
    if (insert_key(session, key, request_hash, now)) return {Outcome::fresh, now, {}};
    const auto row = lock_key(session, key);
    if (!row)
        return {
            Outcome::running, 0, {}};  // swept or abandoned this very moment: the client's next try is fresh
    if (row->request_hash != request_hash) return {Outcome::mismatch, 0, {}};
    if (row->status) return {Outcome::answered, 0, {*row->status, row->response.value_or("")}};
    if (now - row->created_at < kIdempotencyTakeoverMs) return {Outcome::running, 0, {}};
    take_over(session, key, now);
    return {Outcome::fresh, now, {}};
}

bool finish_idempotent(soci::session& session, const IdempotencyKey& key, std::int64_t claim,
                       const StoredAnswer& answer) {
    return changed(
               session.prepare << "UPDATE idempotency_keys SET status = :status, response = :response WHERE"
                                  " scope = :scope AND key = :key AND created_at = :claim AND status IS NULL",
               soci::use(answer.status), soci::use(answer.body), soci::use(key.scope), soci::use(key.key),
               soci::use(claim)) == 1;
}

std::vector<bool> store_answers(soci::session& session, std::span<const KeyedAnswer> answers) {
    static const Prepared kStore(
        "INSERT INTO idempotency_keys (scope, key, request_hash, status, response, created_at) SELECT "
        "r.whose, r.word, "
        "r.hash, r.code, r.body, atelier_now() FROM r WHERE true ON CONFLICT DO NOTHING RETURNING "
        "scope, key",
        "whose text, word text, hash text, code bigint, body text");
    std::vector<bool> stored(answers.size(), false);
    if (answers.empty()) return stored;
    json::Value rows = json::Array{};
    for (const auto& [key, hash, answer] : answers)
        rows.push(json::Object{{"whose", key.scope},
                               {"word", key.key},
                               {"hash", hash},
                               {"code", answer.status},
                               {"body", answer.body}});
    for (const IdempotencyKey& fresh : select_all<IdempotencyKey>(
             session, kStore,
             [](auto&prepared, IdempotencyKey&key) { prepared, soci::into(key.scope), soci::into(key.key); },
             soci::use(rows))) {
        const auto first = std::find_if(answers.begin(), answers.end(), [&](const KeyedAnswer& one) {
            return one.key.scope == fresh.scope && one.key.key == fresh.key;
        });
        stored[first - answers.begin()] = true;
    }
    return stored;
}

void drop_answers(soci::session& session, std::span<const KeyedAnswer> answers) {
    for (const KeyedAnswer& answer : answers)
        changed(session.prepare << "DELETE FROM idempotency_keys WHERE scope = :scope AND key = :key",
                soci::use(answer.key.scope), soci::use(answer.key.key));
}

void abandon_idempotent(soci::session& session, const IdempotencyKey& key, std::int64_t claim) {
    changed(session.prepare
                << "DELETE FROM idempotency_keys WHERE scope = :scope AND key = :key AND created_at = :claim"
                   " AND status IS NULL",
            soci::use(key.scope), soci::use(key.key), soci::use(claim));
}

long long sweep_idempotency_keys(soci::session& session, std::int64_t age_ms) {
    return changed(session.prepare << "DELETE FROM idempotency_keys WHERE created_at < atelier_now() - :age",
                   soci::use(age_ms));
}

}  // namespace atelier::store
