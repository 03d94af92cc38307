// Registering, signing in and out, rotating refresh tokens, and who is let in afterwards.

#include <doctest/doctest.h>

#include "common/crypto/password.hpp"
#include "tests/support/api/server.hpp"

using namespace atelier;
using namespace atelier::tests;

namespace {

json::Value login(const Account& account) {
    return json::Object{{"email", account.email}, {"password", account.password}};
}

Answer refresh(ApiServer& server, const std::string& token) {
    return server.send("POST", "/auth/refresh", "", json::Object{{"refresh_token", token}});
}

}  // namespace

TEST_CASE("the first user of an organization is its admin and starts with credits and a catalog") {
    ApiServer server;
    const Answer made = server.send("POST", "/auth/register", "",
                                    json::Object{{"email", "Ada@Example.com"},
                                                 {"password", "correct horse"},
                                                 {"username", "Ada"},
                                                 {"organization_name", "Ada's studio"}});
    REQUIRE(made.status == 201);
    CHECK(made.body["user"]["email"].as_string() == "ada@example.com");
    CHECK(made.body["user"]["username"].as_string() == "Ada");
    CHECK(made.body["user"]["role"].as_string() == "admin");
    CHECK(made.body["organization"]["plan"].as_string() == "standard");
    CHECK(made.body["token_type"].as_string() == "Bearer");
    CHECK(made.body["expires_in"].as_int() == 1800);
    CHECK(made.text.find("password") == std::string::npos);

    const std::string token = made.body["access_token"].as_string();
    const Answer me = server.send("GET", "/users/me", token);
    CHECK(me.status == 200);
    CHECK(me.body["user"] == made.body["user"]);
    CHECK(me.body["organization"] == made.body["organization"]);
    CHECK(server.send("GET", "/credits", token).body["balance"].as_int() == 100);
    CHECK(server.send("GET", "/admin/formats?limit=100", token).body["items"].size() == 21);
}

TEST_CASE("a registration names every wrong field, and an address that is taken") {
    ApiServer server;
    const Answer wrong =
        server.send("POST", "/auth/register", "",
                    json::Object{{"email", "nobody"}, {"password", "short"}, {"admin", true}});
    CHECK(wrong.status == 422);
    CHECK(wrong.error_code() == "VALIDATION_FAILED");
    CHECK(wrong.pointers().size() == 4);  // email, password, organization_name, admin

    const Account ada = server.found("ada");
    const Answer taken = server.send(
        "POST", "/auth/register", "",
        json::Object{
            {"email", "ADA@example.com"}, {"password", "another password"}, {"organization_name", "Other"}});
    CHECK(taken.status == 409);
    CHECK(taken.pointers() == std::vector<std::string>{"/email"});

    CHECK(server.send("POST", "/auth/login", "", std::nullopt, {{"Content-Type", "text/plain"}}).status ==
          415);
}

TEST_CASE(
    "a repeated registration gives the same account with fresh tokens, another request under its key 422") {
    ApiServer server;
    const json::Value body = json::Object{
        {"email", "ada@example.com"}, {"password", "correct horse"}, {"organization_name", "Studio"}};
    const Headers key{{"Idempotency-Key", "first try"}};
    CHECK(server.send("POST", "/auth/register", "", body, key).status == 422);  // a space is no key

    const Headers good{{"Idempotency-Key", "first-try"}};
    const Answer first = server.send("POST", "/auth/register", "", body, good);
    REQUIRE(first.status == 201);
    const Answer again = server.send("POST", "/auth/register", "", body, good);
    REQUIRE(again.status == 201);
    CHECK(again.headers.at("idempotent-replayed") == "true");
    CHECK(again.body["user"]["id"] == first.body["user"]["id"]);
    CHECK_FALSE(again.body["refresh_token"] == first.body["refresh_token"]);
    CHECK(server.send("GET", "/users/me", again.body["access_token"].as_string()).status == 200);
    CHECK(refresh(server, first.body["refresh_token"].as_string()).status == 200);

    json::Value other = body;
    other.set("password", "wrong horse!");
    CHECK(server.send("POST", "/auth/register", "", other, good).status == 422);
}

TEST_CASE("signing in tells nothing about why it failed") {
    ApiServer server;
    const Account ada = server.found("ada");
    CHECK(server.send("POST", "/auth/login", "", login(ada)).status == 200);

    const Answer wrong =
        server.send("POST", "/auth/login", "", json::Object{{"email", ada.email}, {"password", "not it"}});
    const Answer unknown = server.send("POST", "/auth/login", "",
                                       json::Object{{"email", "eve@example.com"}, {"password", "not it"}});
    CHECK(wrong.status == 401);
    CHECK(unknown.status == 401);
    CHECK(wrong.body["error"] == unknown.body["error"]);
}

TEST_CASE("a weaker password hash is replaced at the next good sign-in") {
    ApiServer server;
    const Account ada = server.found("ada");
    const Account bob = server.join(ada, "bob");  // joined with a cheap hash, signed in once
    const auto stored = server.db().read(
        [&](soci::session& session) { return store::find_user(session, bob.organization, bob.user); });
    REQUIRE(stored.has_value());
    CHECK_FALSE(crypto::needs_rehash(stored->password_hash));
    CHECK(server.send("POST", "/auth/login", "", login(bob)).status == 200);
}

TEST_CASE("a refresh token works once; coming twice it ends the whole sign-in") {
    ApiServer server;
    const Account ada = server.found("ada");
    const Answer second = refresh(server, ada.refresh_token);
    REQUIRE(second.status == 200);
    CHECK(server.send("GET", "/users/me", second.body["access_token"].as_string()).status == 200);
    const std::string next = second.body["refresh_token"].as_string();

    CHECK(refresh(server, ada.refresh_token).status == 401);
    CHECK(refresh(server, next).status == 401);
    CHECK(refresh(server, "made up").status == 401);
    CHECK(refresh(server, "").status == 422);
}

TEST_CASE("signing out ends the sign-in, and an unknown token is no error") {
    ApiServer server;
    const Account ada = server.found("ada");
    const json::Value body = json::Object{{"refresh_token", ada.refresh_token}};
    CHECK(server.send("POST", "/auth/logout", "", body).status == 204);
    CHECK(refresh(server, ada.refresh_token).status == 401);
    CHECK(server.send("POST", "/auth/logout", "", body).status == 204);
    CHECK(server.send("POST", "/auth/logout", "", json::Object{{"refresh_token", "made up"}}).status == 204);
}

TEST_CASE("a token that is missing, forged or another server's opens nothing") {
    ApiServer server, other(Sets{{"ATELIER_SECRET_KEY", "another secret, also long enough for a key"}});
    const Account ada = server.found("ada");
    CHECK(server.send("GET", "/users/me").status == 401);
    CHECK(server.send("GET", "/users/me", "nonsense").status == 401);
    CHECK(server.send("GET", "/users/me", ada.access_token + "x").status == 401);
    CHECK(server.send("GET", "/users/me", other.found("ada").access_token).status == 401);
}

TEST_CASE("a deactivated user is out at once, and in again when switched on") {
    ApiServer server;
    const Account ada = server.found("ada");
    const Account bob = server.join(ada, "bob");
    CHECK(server.get("/users/me", bob).status == 200);

    const std::string path = "/admin/users/" + bob.user.value;
    const Answer off = server.send("PATCH", path, ada.access_token, json::Object{{"is_active", false}});
    CHECK(off.status == 200);
    CHECK_FALSE(off.body["is_active"].as_bool(true));
    CHECK(server.get("/users/me", bob).status == 401);
    CHECK(refresh(server, bob.refresh_token).status == 401);
    CHECK(server.send("POST", "/auth/login", "", login(bob)).status == 401);

    CHECK(server.send("PATCH", path, ada.access_token, json::Object{{"is_active", true}}).status == 200);
    CHECK(server.send("POST", "/auth/login", "", login(bob)).status == 200);
}
