// Designs through separate programs, over RabbitMQ and PostgreSQL.

#include <doctest/doctest.h>

#include <csignal>
#include <thread>

#include "tests/e2e/support/fleet.hpp"
#include "tests/unit/common/design/support/examples.hpp"

using namespace atelier;
using namespace atelier::e2e;
using test::example;

TEST_CASE("a fleet exports the revision that was pinned, though the design changed and went meanwhile") {
    const auto fleet = Fleet::start();
    if (!fleet) return;
    const Client user = fleet->user();
    const json::Value design =
        user.post_ok(201, "/designs", json::Object{{"design", example("jazz_poster")}});
    const std::string id = design["id"].as_string(), path = "/designs/" + id;
    CHECK(user.get(path + "?as=svg").bytes.starts_with("<svg"));
    const auto ask = [&] {
        return user.post_ok(202, "/export", json::Object{{"design_id", id}, {"format", "svg"}})["job_id"]
            .as_string();
    };
    const std::string first = ask();
    user.patch_ok(200, path, json::Object{{"version", 1}, {"design", example("quote_card")}});
    const std::string second = ask();
    REQUIRE(user.send("DELETE", path).status == 204);

    const auto made = [&](const std::string& job) {
        user.completed(job);
        const json::Array pictures = user.results(job);
        REQUIRE(pictures.size() == 1);
        CHECK(user.ledger(job) == std::vector<std::string>{"reserve -1", "settle 0"});
        return pictures.front();
    };
    const json::Value old = made(first), newer = made(second);
    CHECK(old["design_version"].as_int() == 1);
    CHECK(newer["design_version"].as_int() == 2);
    CHECK(old["width"] == example("jazz_poster")["canvas"]["width"]);
    CHECK(newer["width"] == example("quote_card")["canvas"]["width"]);
    CHECK(user.fetch(old["url"].as_string()).bytes.find("<svg") < 200);

    const std::string logo = user.upload(photo("cup.jpg"))["id"].as_string();
    const json::Value proposed = user.completed(
        user.post_ok(202, "/brands/propose", json::Object{{"asset_id", logo}})["job_id"].as_string());
    user.post_ok(201, "/brands", proposed["result"]["brand"]);
}

TEST_CASE("a prompt becomes designs in a fleet, though the workers that make them die on the way") {
    const auto fleet = Fleet::start();
    if (!fleet) return;
    const Client user = fleet->user();
    const std::string job = user.post_ok(202, "/ai/generate-designs",
                                         json::Object{{"prompt", "Spring sale on garden chairs, fresh green"},
                                                      {"variants", 4}})["job_id"]
                                .as_string();
    for (const char* stage : {"generation", "adaptation"}) {
        const std::string phase = stage == std::string("generation") ? "generating" : "rendering";
        for (int i = 0; i < 400 && user.get_ok("/jobs/" + job)["state"].as_string() != "completed"; ++i) {
            if (user.get_ok("/jobs/" + job)["phase"].as_string() == phase) break;
            std::this_thread::sleep_for(std::chrono::milliseconds(25));
        }
        fleet->add_worker(stage);
        const std::string worker = fleet->sql().value(
            "SELECT coalesce(max(worker), '') FROM tasks WHERE state = 'running' AND stage = '" +
            std::string(stage) + "'");
        if (Process* holder = worker.empty() ? nullptr : fleet->holder(worker)) holder->send(SIGKILL);
    }
    const json::Value result = user.completed(job)["result"];
    CHECK(result["designs"].size() == 4);
    CHECK(user.results(job).size() == 4);
    CHECK(user.ledger(job) == std::vector<std::string>{"reserve -8", "settle 0"});
    CHECK(user.get_ok("/designs?limit=100")["items"].size() == 4);
}
