// Health, figures and the served contract.

#include <doctest/doctest.h>

#include "tests/support/api/server.hpp"

using namespace atelier;
using namespace atelier::tests;

TEST_CASE("health tells that requests are served, to anybody") {
    ApiServer server;
    const Answer health = server.send("GET", "/health");
    CHECK(health.status == 200);
    CHECK(health.body == json::Value(json::Object{{"status", "ok"}}));
}

TEST_CASE("detailed health names every dependency and the queues, to admins") {
    ApiServer server;
    const Account ada = server.found("ada");
    CHECK(server.send("GET", "/health/detailed").status == 401);
    CHECK(server.get("/health/detailed", server.join(ada, "bob")).status == 403);
    const Answer health = server.get("/health/detailed", ada);
    CHECK(health.status == 200);
    CHECK(health.body["status"].as_string() == "ok");
    for (const char* part : {"database", "broker", "objects"})
        CHECK_MESSAGE(health.body["components"][part]["status"].as_string() == "up", part);
    CHECK(health.body["queues"].size() == 4);
    CHECK(health.body["queues"].at(0)["stage"].as_string() == "analysis");
}

TEST_CASE("detailed health is 503 when a part is away, and says which") {
    ApiServer server;
    const Account ada = server.found("ada");
    server.backend().broker->close();
    const Answer health = server.get("/health/detailed", ada);
    CHECK(health.status == 503);
    CHECK(health.body["status"].as_string() == "degraded");
    CHECK(health.body["components"]["broker"]["status"].as_string() == "down");
    CHECK(health.body["components"]["database"]["status"].as_string() == "up");
}

TEST_CASE("figures count requests by method, route and status, and show the queues") {
    ApiServer server;
    server.send("GET", "/health");
    server.send("GET", "/assets/1234");
    const Answer metrics = server.send("GET", "/metrics");
    CHECK(metrics.status == 200);
    CHECK(metrics.headers.at("content-type").starts_with("text/plain; version=0.0.4"));
    const auto has = [&](std::string_view text) { return metrics.text.find(text) != std::string::npos; };
    CHECK(has("method=\"GET\",route=\"/api/v1/health\""));
    CHECK(has("route=\"/api/v1/assets/{asset_id}\""));
    CHECK(has("status=\"401\""));
    CHECK_FALSE(has("1234"));
    CHECK(has("atelier_queue_messages{"));
    CHECK(has("stage=\"moderation\""));
}

TEST_CASE("the contract is served") {
    ApiServer server;
    const Answer openapi = server.send("GET", "/openapi.json");
    CHECK(openapi.status == 200);
    CHECK(openapi.body["openapi"].as_string() == "3.1.0");
    CHECK(openapi.body["paths"].has("/auth/login"));
}

TEST_CASE("password guessing runs into the limit of its address") {
    ApiServer server(Sets{{"ATELIER_RATE_FACTOR", "0.1"}});  // two sign-ins a minute
    const json::Value guess = json::Object{{"email", "ada@example.com"}, {"password", "a guess"}};
    Answer answer;
    for (int i = 0; i < 5 && answer.status != 429; ++i)
        answer = server.send("POST", "/auth/login", "", guess);
    CHECK(answer.status == 429);
    CHECK(answer.error_code() == "RATE_LIMITED");
    CHECK(std::stoi(answer.headers.at("retry-after")) > 0);
}
