// The server dies and comes back: nothing is lost, nothing is done twice.

#include <doctest/doctest.h>
#include <signal.h>

#include <set>

#include "tests/e2e/support/standalone.hpp"

using namespace atelier;
using namespace atelier::e2e;

TEST_CASE(
    "a server that is killed in mid-job and later stopped in mid-job finishes it after each restart, once") {
    Standalone server;
    const Client user = server.user();
    const std::string project = user.analysed_project({photo("people.jpg")});
    const std::string job = user.generate(project);
    const auto reaches = [&](int percent) {
        return eventually(seconds(60),
                          [&] { return user.get_ok("/jobs/" + job)["progress"].as_int() >= percent; });
    };
    REQUIRE(reaches(15));
    server.process().send(SIGKILL);
    REQUIRE(server.process().wait(seconds(10)) == 137);
    server.start();
    const json::Array before = user.events(job);
    CHECK(before.back()["type"].as_string() == "job:progress");

    REQUIRE(reaches(40));
    CHECK(server.process().stop(seconds(30)) == 0);
    server.start();

    user.completed(job);
    const json::Array pictures = user.results(job);
    std::set<std::string> formats;
    for (const json::Value& picture : pictures) {
        formats.insert(picture["format"]["slug"].as_string());
        CAPTURE(picture["format"]["slug"].as_string());
        CHECK(picture["moderation"].as_string() == "approved");
        CHECK(user.fetch(picture["url"].as_string()).status == 200);
    }
    CHECK(pictures.size() == 21);
    CHECK(formats.size() == 21);
    CHECK(user.ledger(job) == std::vector<std::string>{"reserve -21", "settle 0"});
    // Whoever had watched goes on where the connection was lost.
    const json::Array after = user.events(job, before.back()["seq"].as_int());
    CHECK(after.front()["seq"].as_int() == before.back()["seq"].as_int() + 1);
    CHECK(after.back()["type"].as_string() == "job:completed");
}
