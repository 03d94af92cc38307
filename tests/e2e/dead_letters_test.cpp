// A task that cannot be done, from its death to its requeue, with the operator's own tool.

#include <doctest/doctest.h>

#include "common/objects/open.hpp"
#include "tests/e2e/support/fleet.hpp"

using namespace atelier;
using namespace atelier::e2e;

namespace {

Finished dead_letters(const Fleet& fleet, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {program("atelierctl"), "dead-letters"});
    return run(arguments, fleet.environment());
}

std::unique_ptr<objects::ObjectStore> objects_of(const Fleet& fleet) {
    const Environment& all = fleet.environment();
    auto store = objects::open_store(
        {.url = all.at("ATELIER_OBJECTS_URL"), .signing_secret = all.at("ATELIER_SECRET_KEY")});
    REQUIRE(store.has_value());
    return std::move(*store);
}

}  // namespace

TEST_CASE("a photo whose bytes are lost fails its job with a refund; back again, a requeue completes it") {
    const auto fleet = Fleet::start();
    if (!fleet) return;
    const Client user = fleet->user();
    const std::int64_t before = user.balance();
    const std::string asset = user.upload(photo("cup.jpg"))["id"].as_string();
    const auto objects = objects_of(*fleet);
    const std::string key = fleet->sql().value("SELECT object_key FROM assets WHERE id = '" + asset + "'");
    const auto bytes = objects->get(key);
    REQUIRE(bytes.has_value());
    REQUIRE(objects->remove(key).has_value());

    json::Value ids = json::Array{};
    ids.push(asset);
    const std::string job =
        user.post_ok(202, "/projects/upload", json::Object{{"name", "Lost"}, {"asset_ids", ids}})["job_id"]
            .as_string();
    const json::Value failed = user.ended(job);
    CHECK(failed["state"].as_string() == "failed");
    CHECK(failed["error"]["step"].as_string() == "analyze");
    CHECK(user.balance() == before);
    CHECK(user.ledger(job) == std::vector<std::string>{"reserve -1", "refund 1"});

    // The message lies in the real queue.
    json::Value letter;
    CHECK(eventually(seconds(15), [&] {
        const Finished listed = dead_letters(*fleet, {"list", "--json", "--job", job});
        const auto line = json::parse(listed.output.substr(0, listed.output.find('\n')));
        letter = line ? *line : json::Value();
        return letter["message"].is_object();
    }));
    CHECK(letter["job_id"].as_string() == job);
    CHECK(letter["message"]["queue"].as_string() == "atelier.analysis.primary");
    const json::Value over_http = user.get_ok("/admin/dead-letters?job_id=" + job);
    REQUIRE(over_http["items"].size() == 1);
    CHECK(over_http["items"].at(0)["task_id"] == letter["task_id"]);

    const Finished dry = dead_letters(*fleet, {"requeue", "--job", job, "--dry-run"});
    CHECK(dry.exit_code == 0);
    CHECK(user.get_ok("/jobs/" + job)["state"].as_string() == "failed");

    REQUIRE(objects->put(key, *bytes, "image/jpeg").has_value());
    const Finished requeued = dead_letters(*fleet, {"requeue", "--job", job});
    CHECK_MESSAGE(requeued.exit_code == 0, requeued.errors);
    REQUIRE(eventually(seconds(60),
                       [&] { return user.get_ok("/jobs/" + job)["state"].as_string() == "completed"; }));
    CHECK(user.ledger(job) == std::vector<std::string>{"reserve -1", "refund 1", "reserve -1", "settle 0"});
    CHECK(user.balance() == before - 1);
    CHECK(dead_letters(*fleet, {"list", "--json"}).output == "");
}
