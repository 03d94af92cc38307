#include <doctest/doctest.h>

#include <algorithm>
#include <future>

#include "common/store/credits.hpp"
#include "common/store/idempotency.hpp"
#include "common/store/organizations.hpp"
#include "common/store/refresh_tokens.hpp"
#include "common/store/users.hpp"
#include "tests/support/in_transaction.hpp"

using namespace atelier;
using namespace atelier::store;
using namespace atelier::testing;

namespace {

constexpr std::int64_t kHour = 3'600'000;

Result<Founded> found(TestDatabase& database, const std::string& email, std::int64_t credits = 100) {
    return write(database, [&](soci::session& session) {
        return create_organization(session, {.name = "Studio",
                                             .email = email,
                                             .password_hash = "hash",
                                             .username = "ada",
                                             .sign_up_credits = credits});
    });
}

User add_user(TestDatabase& database, const OrganizationId& organization, const std::string& email,
              Role role) {
    User user{.id = ids::new_id<UserId>(), .organization_id = organization, .email = email, .role = role};
    write(database, [&](soci::session& session) { return insert_user(session, user); }).value();
    return user;
}

Result<User> patch(TestDatabase& database, const User& user, const UserPatch& change) {
    return write(database, [&](soci::session& session) {
        return patch_user(session, user.organization_id, user.id, change);
    });
}

Rotation rotate(TestDatabase& database, const std::string& hash, const std::string& next) {
    return write(database,
                 [&](soci::session& session) { return rotate_refresh_token(session, hash, next, kHour); });
}

void issue(TestDatabase& database, const std::string& hash, const UserId& user,
           std::int64_t lifetime = kHour) {
    write(database, [&](soci::session& session) {
        issue_refresh_token(session, hash, ids::new_id<TokenFamilyId>(), user, lifetime);
    });
}

IdempotencyStart begin(TestDatabase& database, const IdempotencyKey& key, const std::string& hash) {
    return write(database, [&](soci::session& session) { return begin_idempotent(session, key, hash); });
}

using Started = IdempotencyStart::Outcome;
using Rotated = Rotation::Outcome;

}  // namespace

TEST_CASE(
    "a new organization has an admin, its sign-up credits in the ledger and an address that nobody else can "
    "take") {
    for_each_database([](TestDatabase& database) {
        const auto founded = found(database, "Ada@Example.ORG", 250);
        REQUIRE(founded.has_value());
        CHECK(founded->organization.balance == 250);
        CHECK(founded->admin.role == Role::admin);
        const auto by_email = write(
            database, [](soci::session& session) { return find_user_by_email(session, "aDa@example.org"); });
        REQUIRE(by_email.has_value());
        CHECK(by_email->id == founded->admin.id);
        CHECK(by_email->username == "ada");
        const auto ledger = write(database, [&](soci::session& session) {
            return list_credit_transactions(session, founded->organization.id, {});
        });
        REQUIRE(ledger->items.size() == 1);
        CHECK(ledger->items.front().type == "grant");
        CHECK(ledger->items.front().balance_after == 250);
        CHECK(fields(found(database, "ADA@example.org")) == "CONFLICT /email");
    });
}

TEST_CASE("the refused second registration leaves no organization behind") {
    for_each_database([](TestDatabase& database) {
        REQUIRE(found(database, "ada@example.org").has_value());
        CHECK(found(database, "ada@example.org").has_error());
        const auto fresh = found(database, "bob@example.org");
        REQUIRE(fresh.has_value());
        const auto users = write(database, [&](soci::session& session) {
            return list_users(session, fresh->organization.id, {});
        });
        CHECK(users->items.size() == 1);
    });
}

TEST_CASE("a member of another organization is not found, listed or changed") {
    for_each_database([](TestDatabase& database) {
        const auto mine = found(database, "ada@example.org"), theirs = found(database, "bob@example.org");
        User stranger = theirs->admin;
        CHECK(failure(write(database, [&](soci::session& session) {
                  return find_user(session, mine->organization.id, stranger.id);
              })) == "NOT_FOUND");
        stranger.organization_id = mine->organization.id;
        CHECK(failure(patch(database, stranger, {.role = Role::user, .is_active = {}})) == "NOT_FOUND");
    });
}

TEST_CASE("pages go from the newest to the oldest, each row once") {
    for_each_database([](TestDatabase& database) {
        const auto organization = found(database, "ada@example.org")->organization.id;
        std::vector<UserId> expected;
        for (int i = 0; i < 4; ++i) {
            expected.insert(
                expected.begin(),
                add_user(database, organization, std::to_string(i) + "@example.org", Role::user).id);
        }
        std::vector<UserId> seen;
        PageRequest request{.limit = 2, .cursor = {}};
        int pages = 0;
        do {
            const auto page = write(
                database, [&](soci::session& session) { return list_users(session, organization, request); });
            REQUIRE(page.has_value());
            for (const User& user : page->items)
                seen.push_back(user.id);
            request.cursor = page->next_cursor.value_or("");
            ++pages;
        } while (!request.cursor.empty());
        CHECK(pages == 3);
        REQUIRE(seen.size() == 5);
        CHECK(std::equal(expected.begin(), expected.end(), seen.begin()));
        for (const PageRequest& wrong :
             {PageRequest{0, ""}, PageRequest{101, ""}, PageRequest{10, "nonsense"}}) {
            CHECK(failure(write(database, [&](soci::session& session) {
                      return list_users(session, organization, wrong);
                  })) == "VALIDATION_FAILED");
        }
    });
}

TEST_CASE("the last active admin can neither be demoted nor deactivated") {
    for_each_database([](TestDatabase& database) {
        const User ada = found(database, "ada@example.org")->admin;
        CHECK(failure(patch(database, ada, {.role = Role::user, .is_active = {}})) == "CONFLICT");
        CHECK(failure(patch(database, ada, {.role = {}, .is_active = false})) == "CONFLICT");
        const User bob = add_user(database, ada.organization_id, "bob@example.org", Role::admin);
        CHECK(patch(database, ada, {.role = Role::user, .is_active = {}}).has_value());
        CHECK(failure(patch(database, bob, {.role = {}, .is_active = false})) == "CONFLICT");
    });
}

TEST_CASE("of two admins who demote each other at the same time one stays") {
    for_each_database([](TestDatabase& database) {
        const User ada = found(database, "ada@example.org")->admin;
        const User bob = add_user(database, ada.organization_id, "bob@example.org", Role::admin);
        const auto demote = [&](const User& user) {
            return std::async(std::launch::async, [&] {
                return patch(database, user, {.role = Role::user, .is_active = {}}).has_value();
            });
        };
        auto first = demote(ada), second = demote(bob);
        CHECK(int(first.get()) + int(second.get()) == 1);
    });
}

TEST_CASE("a refresh token works once; its second use ends the family") {
    for_each_database([](TestDatabase& database) {
        const User ada = found(database, "ada@example.org")->admin;
        issue(database, "one", ada.id);
        const Rotation first = rotate(database, "one", "two");
        CHECK(first.outcome == Rotated::rotated);
        CHECK(first.user.id == ada.id);
        CHECK(rotate(database, "two", "three").outcome == Rotated::rotated);
        CHECK(rotate(database, "one", "stolen").outcome == Rotated::reused);
        CHECK(rotate(database, "three", "four").outcome == Rotated::refused);
        CHECK(rotate(database, "unknown", "x").outcome == Rotated::refused);
    });
}

TEST_CASE("of two threads with one refresh token one rotates and the family is revoked") {
    for_each_database([](TestDatabase& database) {
        const User ada = found(database, "ada@example.org")->admin;
        issue(database, "shared", ada.id);
        const auto race = [&](std::string next) {
            return std::async(std::launch::async,
                              [&, next] { return rotate(database, "shared", next).outcome; });
        };
        auto a = race("a"), b = race("b");
        std::vector<Rotated> outcomes{a.get(), b.get()};
        CHECK(std::ranges::count(outcomes, Rotated::rotated) == 1);
        CHECK(std::ranges::count(outcomes, Rotated::reused) == 1);
        CHECK(rotate(database, "a", "c").outcome == Rotated::refused);
        CHECK(rotate(database, "b", "d").outcome == Rotated::refused);
    });
}

TEST_CASE("expired and signed-out tokens and those of a deactivated user are refused") {
    for_each_database([](TestDatabase& database) {
        const User ada = found(database, "ada@example.org")->admin;
        const User bob = add_user(database, ada.organization_id, "bob@example.org", Role::user);
        issue(database, "old", ada.id, -1);
        issue(database, "left", ada.id);
        issue(database, "fired", bob.id);
        CHECK(write(database, [](soci::session& session) { return revoke_token_family(session, "left"); }));
        CHECK(
            !write(database, [](soci::session& session) { return revoke_token_family(session, "unknown"); }));
        CHECK(patch(database, bob, {.role = {}, .is_active = false}).has_value());
        CHECK(patch(database, bob, {.role = {}, .is_active = true}).has_value());
        for (const char* hash : {"old", "left", "fired"}) {
            CAPTURE(hash);
            CHECK(rotate(database, hash, std::string(hash) + "+").outcome == Rotated::refused);
        }
        CHECK(write(database, [](soci::session& session) { return sweep_refresh_tokens(session, 0); }) == 1);
    });
}

TEST_CASE("an idempotency key runs once, then gives the stored answer") {
    for_each_database([](TestDatabase& database) {
        const IdempotencyKey key{"organization", "k1"};
        const auto first = begin(database, key, "request");
        CHECK(first.outcome == Started::fresh);
        CHECK(begin(database, key, "request").outcome == Started::running);
        CHECK(begin(database, key, "other").outcome == Started::mismatch);
        CHECK(begin(database, {"somebody else", "k1"}, "other").outcome == Started::fresh);
        const auto finish = [&](std::int64_t claim) {
            return write(database, [&](soci::session& session) {
                return finish_idempotent(session, key, claim, {201, R"({"id":1})"});
            });
        };
        CHECK(finish(first.claim));
        CHECK(!finish(first.claim));
        const auto again = begin(database, key, "request");
        CHECK(again.outcome == Started::answered);
        CHECK(again.answer.status == 201);
        CHECK(again.answer.body == R"({"id":1})");
    });
}

TEST_CASE("an abandoned key is free again; a dead request's key is taken over and its late finish refused") {
    for_each_database([](TestDatabase& database) {
        const IdempotencyKey key{"organization", "k1"};
        const auto failed = begin(database, key, "request");
        write(database, [&](soci::session& session) { abandon_idempotent(session, key, failed.claim); });
        CHECK(begin(database, key, "request").outcome == Started::fresh);
        database.change_rows("UPDATE idempotency_keys SET created_at = created_at - 61000");
        const auto dead_claim = failed.claim;
        const auto heir = begin(database, key, "request");
        CHECK(heir.outcome == Started::fresh);
        const auto finish = [&](std::int64_t claim) {
            return write(database, [&](soci::session& session) {
                return finish_idempotent(session, key, claim, {200, "{}"});
            });
        };
        CHECK(!finish(dead_claim - 61000));
        CHECK(finish(heir.claim));
        CHECK(write(database, [](soci::session& session) { return sweep_idempotency_keys(session); }) == 0);
        database.change_rows("UPDATE idempotency_keys SET created_at = created_at - 90000000");
        CHECK(write(database, [](soci::session& session) { return sweep_idempotency_keys(session); }) == 1);
    });
}

TEST_CASE("of two threads that begin with one key exactly one is fresh") {
    for_each_database([](TestDatabase& database) {
        const auto race = [&] {
            return std::async(std::launch::async, [&] {
                return begin(database, {"organization", "k"}, "request").outcome;
            });
        };
        auto a = race(), b = race();
        std::vector<Started> outcomes{a.get(), b.get()};
        CHECK(std::ranges::count(outcomes, Started::fresh) == 1);
        CHECK(std::ranges::count(outcomes, Started::running) == 1);
    });
}

TEST_CASE("grants and reserves show in the credits; a plan must be known") {
    for_each_database([](TestDatabase& database) {
        const auto founded = found(database, "ada@example.org", 0);
        const auto& organization = founded->organization.id;
        const auto grant = [&](std::int64_t amount) {
            return write(database, [&](soci::session& session) {
                return grant_credits(session, {organization, founded->admin.id, amount, "thanks"});
            });
        };
        CHECK(grant(40)->balance_after == 40);
        CHECK(grant(2)->balance_after == 42);
        CHECK(fields(grant(0)) == "VALIDATION_FAILED /amount");
        const auto credits =
            write(database, [&](soci::session& session) { return read_credits(session, organization); });
        CHECK(credits->balance == 42);
        CHECK(credits->reserved == 0);
        const auto plan = [&](const char* name) {
            return write(database,
                         [&](soci::session& session) { return set_plan(session, organization, name); });
        };
        CHECK(plan("premium").has_value());
        CHECK(fields(plan("gold")) == "VALIDATION_FAILED /plan");
    });
}
