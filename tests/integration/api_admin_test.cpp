// People, credits, moderation and dead letters of an organization.

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "common/store/ledger.hpp"
#include "tests/support/api/things.hpp"

using namespace atelier;
using namespace atelier::tests;

namespace {

/// A dead analysis task of the owner's.
struct Dead {
    store::Job job;
    TaskId task;
};

Dead add_dead(ApiServer& server, const Account& owner) {
    const store::Asset asset = add_asset(server, owner);
    const store::Job job = add_job(server, owner, add_project(server, owner, asset.id), asset.id);
    return {job, let_task_die(server)};
}

json::Value by_id(const TaskId& task, bool dry_run = false) {
    return json::Object{{"ids", json::Array{task.value}}, {"dry_run", dry_run}};
}

std::size_t buried(ApiServer& server) {
    return server.backend().broker->browse_dead(queues::Stage::analysis, 100)->size();
}

}  // namespace

TEST_CASE("admins see and change the organization's people, who lose and gain doors at once") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const Account bob = server.join(ada, "bob");
    const Answer people = server.get("/admin/users", ada);
    CHECK(people.body["items"].size() == 2);
    CHECK(people.text.find("hash") == std::string::npos);
    CHECK(server.get("/admin/users", bob).status == 403);

    const std::string path = "/admin/users/" + bob.user.value;
    CHECK(server.send("PATCH", path, eve.access_token, json::Object{{"role", "admin"}}).status == 404);
    CHECK(server.send("PATCH", path, ada.access_token, json::Object{{"role", "owner"}, {"x", 1}})
              .pointers()
              .size() == 2);
    CHECK(server.send("PATCH", path, ada.access_token, json::Object{{"role", "admin"}}).status == 200);
    CHECK(server.get("/admin/users", bob).status == 200);  // the same token, the new role
    CHECK(server.send("PATCH", path, ada.access_token, json::Object{{"role", "user"}}).status == 200);
    CHECK(server.get("/admin/users", bob).status == 403);
}

TEST_CASE("an organization keeps an active admin") {
    ApiServer server;
    const Account ada = server.found("ada");
    const std::string path = "/admin/users/" + ada.user.value;
    CHECK(server.send("PATCH", path, ada.access_token, json::Object{{"role", "user"}}).status == 409);
    CHECK(server.send("PATCH", path, ada.access_token, json::Object{{"is_active", false}}).status == 409);
    CHECK(server.get("/users/me", ada).body["user"]["role"].as_string() == "admin");
}

TEST_CASE("a grant is one entry of the ledger, however often it is sent") {
    ApiServer server;
    const Account ada = server.found("ada");
    const json::Value grant = json::Object{{"amount", 500}, {"note", "Spring"}};
    const Headers key{{"Idempotency-Key", "spring"}};
    const Answer given = server.send("POST", "/admin/credits/grants", ada.access_token, grant, key);
    CHECK(given.status == 201);
    CHECK(given.body["balance_after"].as_int() == 600);
    CHECK(server.send("POST", "/admin/credits/grants", ada.access_token, grant, key).body == given.body);
    CHECK(server.get("/credits", ada).body["balance"].as_int() == 600);

    const Answer ledger = server.get("/credits/transactions", ada);
    REQUIRE(ledger.body["items"].size() == 2);
    CHECK(ledger.body["items"].at(0) == given.body);
    CHECK(server.post("/admin/credits/grants", ada, json::Object{{"amount", 0}}).status == 422);
    CHECK(server.post("/admin/credits/grants", server.join(ada, "bob"), grant).status == 403);
}

TEST_CASE("flagged pictures wait blurred for an admin, whose decision stands") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const store::Asset photo = add_flagged_asset(server, ada);
    const ProjectId project = add_project(server, ada, photo.id);
    const store::Job job = add_job(server, ada, project, photo.id);
    const GeneratedAssetId picture =
        add_generated(server, ada, project, job.id, photo.id, store::Moderation::flagged);
    add_asset(server, ada);

    const Answer queue = server.get("/admin/moderation", ada);
    REQUIRE(queue.body["items"].size() == 2);
    CHECK(queue.body["items"].at(0)["id"].as_string() == picture.value);
    CHECK(queue.body["items"].at(0)["type"].as_string() == "generated");
    const json::Value& upload = queue.body["items"].at(1);
    CHECK(upload["type"].as_string() == "upload");
    CHECK(upload["scores"]["porn"].as_double() == 0.9);
    CHECK(upload["preview_url"].as_string().find("previews/") != std::string::npos);
    CHECK(queue.text.find("originals/") == std::string::npos);
    CHECK(server.get("/admin/moderation", eve).body["items"].size() == 0);

    CHECK(server.get("/assets/" + photo.id.value, ada).body["download_url"].is_null());
    const std::string release = "/admin/moderation/" + photo.id.value + "/release";
    const Answer released = server.send("POST", release, ada.access_token);
    CHECK(released.status == 200);
    CHECK(released.body["moderation"].as_string() == "released");
    CHECK(server.send("POST", release, ada.access_token).status == 409);
    CHECK(server.get("/assets/" + photo.id.value, ada).body["download_url"].is_string());

    const std::string reject = "/admin/moderation/" + picture.value + "/reject";
    CHECK(server.send("POST", reject, eve.access_token).status == 404);
    CHECK(server.send("POST", reject, ada.access_token).body["moderation"].as_string() == "rejected");
    CHECK(server.get("/generated-assets/" + picture.value, ada).body["url"].is_null());
    CHECK(server.get("/admin/moderation", ada).body["items"].size() == 0);
}

TEST_CASE("pages of the moderation queue mix uploads and generated pictures without losing one") {
    ApiServer server;
    const Account ada = server.found("ada");
    std::vector<std::string> added;
    for (int i = 0; i < 3; ++i) {
        const store::Asset photo = add_flagged_asset(server, ada);
        const ProjectId project = add_project(server, ada, photo.id);
        const store::Job job = add_job(server, ada, project, photo.id);
        const auto picture =
            add_generated(server, ada, project, job.id, photo.id, store::Moderation::flagged);
        added.insert(added.begin(), {picture.value, photo.id.value});
    }
    std::vector<std::string> seen;
    std::string cursor;
    for (int pages = 0; pages < 10; ++pages) {
        const Answer page =
            server.get("/admin/moderation?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor), ada);
        REQUIRE(page.status == 200);
        for (const json::Value& item : page.body["items"].array())
            seen.push_back(item["id"].as_string());
        cursor = page.body["next_cursor"].as_string();
        if (cursor.empty()) break;
    }
    CHECK(seen == added);
}

TEST_CASE("dead letters are listed with their message and only to their own organization") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const Dead dead = add_dead(server, ada);
    const Answer list = server.get("/admin/dead-letters", ada);
    REQUIRE(list.body["items"].size() == 1);
    const json::Value& item = list.body["items"].at(0);
    CHECK(item["task_id"].as_string() == dead.task.value);
    CHECK(item["job_id"].as_string() == dead.job.id.value);
    CHECK(item["job_kind"].as_string() == "asset_analysis");
    CHECK(item["stage"].as_string() == "analysis");
    CHECK(item["error"]["message"].as_string() == "The photo is cursed.");
    CHECK(item["message"]["reason"].as_string() == "The photo is cursed.");
    CHECK(server.get("/admin/dead-letters", eve).body["items"].size() == 0);

    const std::string list_path = "/admin/dead-letters?";
    CHECK(server.get(list_path + "stage=analysis&step=analyze&job_id=" + dead.job.id.value, ada)
              .body["items"]
              .size() == 1);
    CHECK(server.get(list_path + "stage=moderation", ada).body["items"].size() == 0);
    CHECK(server.get(list_path + "older_than_s=3600", ada).body["items"].size() == 0);
    CHECK(server.get(list_path + "stage=kitchen&job_id=7&older_than_s=-1", ada).pointers() ==
          std::vector<std::string>{"query:stage", "query:job_id", "query:older_than_s"});
}

TEST_CASE("requeueing first says what it would do, then revives the task and takes its message away") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const Dead dead = add_dead(server, ada);
    const std::string path = "/admin/dead-letters/requeue";
    CHECK(server.post(path, eve, by_id(dead.task)).body["tasks"].size() == 0);

    const Answer rehearsal = server.post(path, ada, by_id(dead.task, true));
    CHECK(rehearsal.body["dry_run"].as_bool());
    CHECK(rehearsal.body["tasks"].at(0).as_string() == dead.task.value);
    CHECK(buried(server) == 1);
    CHECK(server.get("/jobs/" + dead.job.id.value, ada).body["state"].as_string() == "failed");

    const Answer done = server.post(path, ada, by_id(dead.task));
    CHECK(done.status == 200);
    CHECK(done.body["jobs"].at(0).as_string() == dead.job.id.value);
    CHECK(done.body["refused"].size() == 0);
    CHECK(buried(server) == 0);
    const std::string state = server.get("/jobs/" + dead.job.id.value, ada).body["state"].as_string();
    CHECK((state == "queued" || state == "running"));
    CHECK(let_task_die(server) == dead.task);  // it went out again, and can die again
    CHECK(server.post(path, ada, json::Object{{"filter", json::Object{{"stage", "analysis"}}}})
              .body["tasks"]
              .size() == 1);
}

TEST_CASE("a job that its organization cannot pay for stays dead and is named") {
    ApiServer server(Sets{{"ATELIER_SIGNUP_CREDITS", "5"}});
    const Account ada = server.found("ada");
    const Dead dead = add_dead(server, ada);
    const auto spent = server.db().write([&](soci::session& session) {
        return store::reserve_credits(session, {ada.organization, ada.user, dead.job.id, 99, 5});
    });
    REQUIRE(spent.has_value());
    const Answer answer = server.post("/admin/dead-letters/requeue", ada, by_id(dead.task));
    CHECK(answer.status == 200);
    CHECK(answer.body["tasks"].size() == 0);
    REQUIRE(answer.body["refused"].size() == 1);
    CHECK(answer.body["refused"].at(0)["job_id"].as_string() == dead.job.id.value);
    CHECK(answer.body["refused"].at(0)["code"].as_string() == "INSUFFICIENT_CREDITS");
    CHECK(buried(server) == 1);
}

TEST_CASE("discarding gives a task up for good") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const Dead dead = add_dead(server, ada);
    const std::string path = "/admin/dead-letters/discard";
    CHECK(server.post(path, eve, by_id(dead.task)).body["tasks"].size() == 0);
    CHECK(server
              .post(path, ada,
                    json::Object{{"ids", json::Array{"7"}}, {"filter", json::Object{{"job_id", "8"}}}})
              .pointers() == std::vector<std::string>{"/ids/0", "/filter/job_id"});
    CHECK(server.post(path, ada, json::Object{{"dry_run", true}}).status == 422);

    CHECK(server.post(path, ada, by_id(dead.task)).body["tasks"].size() == 1);
    CHECK(buried(server) == 0);
    CHECK(server.get("/admin/dead-letters", ada).body["items"].size() == 0);
    CHECK(server.get("/jobs/" + dead.job.id.value, ada).body["state"].as_string() == "failed");
    CHECK(server.post("/admin/dead-letters/requeue", ada, by_id(dead.task)).body["tasks"].size() == 0);
}
