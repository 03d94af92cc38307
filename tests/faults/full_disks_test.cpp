// No space left: under the object store, the databases and the broker in turn.

#include <doctest/doctest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include "common/http_client/client.hpp"
#include "common/store/database.hpp"
#include "tests/e2e/support/standalone.hpp"
#include "tests/faults/private_services.hpp"
#include "tests/faults/report.hpp"
#include "tests/faults/small_disk.hpp"
#include "tests/faults/steady_customer.hpp"
#include "tests/support/drill/submit.hpp"
#include "tests/support/protocol_audit.hpp"

using namespace atelier;
using namespace atelier::faults;
using std::chrono::seconds;

namespace {

constexpr const char* kGoal = "clear 503 or failed job, nothing half-written, recovers";

std::unique_ptr<SmallDisk> small_disk(int mebibytes) {
    std::string why;
    auto disk = SmallDisk::mount(mebibytes, why);
    if (!disk) MESSAGE("skipped: " << why);
    return disk;
}

std::set<std::string> files_on(const SmallDisk& disk) {
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(disk.path()))
        if (entry.is_regular_file() && entry.path().filename() != "filler") files.insert(entry.path());
    return files;
}

/// Announces an asset of `size` bytes and sends them: the status of the second.
http_client::Response upload(const e2e::Client& customer, std::size_t size) {
    const json::Value made = customer.post_ok(201, "/assets",
                                              json::Object{{"filename", "a.jpg"},
                                                           {"content_type", "image/jpeg"},
                                                           {"size_bytes", static_cast<std::int64_t>(size)}});
    const json::Value& presigned = made["upload"];
    http_client::Request put{.method = presigned["method"].as_string(), .url = presigned["url"].as_string()};
    for (const auto& [name, value] : presigned["headers"].object())
        put.headers.push_back({name, value.as_string()});
    put.body = std::string(size, 'j');
    return http_client::Client().send(put).value();
}

drill::Order writing(int jobs) {
    return {.jobs = jobs, .input = [](int) { return json::Object{{"write", 300'000}}; }};
}

}  // namespace

TEST_CASE("a full disk under the object store fails uploads and tasks clearly, until there is space again") {
    Scenario scenario("disk full under the objects", kGoal);
    const auto disk = small_disk(16);
    if (!disk) return;
    const auto fleet = start_fleet({.workers = 2,
                                    .slots = 2,
                                    .objects_url = "file://" + (*disk / "objects"),
                                    .objects_folder = *disk / "objects"});
    if (!fleet) return;
    const e2e::Client customer = fleet->customer();
    std::vector<std::string> accepted = drill::submit(customer, writing(3)).jobs;
    REQUIRE(fleet->all_ended(seconds(20)));
    const auto before = files_on(*disk);

    disk->fill(100'000);
    const auto refused = upload(customer, 300'000);
    CHECK(refused.status == 503);
    CHECK(refused.retry_after_s().value_or(0) > 0);
    const auto orders = drill::submit(customer, writing(6));
    accepted.insert(accepted.end(), orders.jobs.begin(), orders.jobs.end());
    CHECK(orders.odd.empty());
    CHECK(e2e::eventually(seconds(20), [&] {
        return fleet->count("SELECT count(*) FROM tasks WHERE state = 'ready' AND error IS NOT NULL") == 6;
    }));
    CHECK(files_on(*disk) == before);
    if (is_full()) {
        CHECK(fleet->all_ended(seconds(60)));
        CHECK(files_on(*disk) == before);
        const std::string told = fleet->sql().value("SELECT error FROM jobs WHERE state = 'failed' LIMIT 1");
        CAPTURE(told);
        CHECK(told.find("No space left on device") != told.npos);
        scenario.figure("failed and refunded",
                        fleet->count("SELECT count(*) FROM jobs WHERE state = 'failed'"));
    }

    disk->clear();
    CHECK(upload(customer, 300'000).status == 200);
    const auto later = drill::submit(customer, writing(5));
    accepted.insert(accepted.end(), later.jobs.begin(), later.jobs.end());
    CHECK(fleet->all_ended(seconds(60)));
    CHECK(fleet->count("SELECT count(*) FROM jobs WHERE state = 'completed'") == (is_full() ? 8 : 14));
    check_at_rest(scenario, *fleet, accepted);
}

TEST_CASE("a full disk under SQLite is 503 to writers and nothing to readers, and no row is half-written") {
    Scenario scenario("disk full under the standalone's SQLite", kGoal);
    const auto disk = small_disk(24);
    if (!disk) return;
    const std::string url = "sqlite://" + (*disk / "atelier.db");
    int refused = 0, answered = 0;
    {
        e2e::Standalone server({{"ATELIER_DATABASE_URL", url}});
        const e2e::Client user = server.user();
        const json::Value photo = user.upload(e2e::photo("cup.jpg"));
        const json::Value project{json::Object{{"name", "Tests"}, {"asset_ids", json::Array{photo["id"]}}}};
        const std::string job = user.post_ok(202, "/projects/upload", project)["job_id"].as_string();
        disk->fill();
        for (int i = 0; i < scaled(100, 30); ++i) {
            const auto answer = user.post("/projects/upload", project);
            answered += answer.status == 202;
            refused += answer.status == 503;
            CHECK((answer.status == 202 || answer.status == 503));
            CHECK(user.get("/assets").status == 200);
        }
        CHECK(refused > 0);
        disk->clear();
        CHECK(user.post("/projects/upload", project).status == 202);
        user.completed(job);
        CHECK(e2e::eventually(seconds(60), [&] {
            const json::Value jobs = user.get_ok("/jobs?limit=100");
            return std::all_of(
                jobs["items"].array().begin(), jobs["items"].array().end(),
                [](const json::Value& one) { return one["state"].as_string() == "completed"; });
        }));
        CHECK(server.process().stop() == 0);
    }
    const auto database = store::Database::open({.url = url}).value();
    CHECK(testing::breaches(*database) == "");
    scenario.figure("503", static_cast<long long>(refused));
    scenario.figure("202", static_cast<long long>(answered));
}

namespace {

/// Orders go on while `fill` takes the space of a server, and for some seconds; then `clear` gives it back.
void starve(Scenario& scenario, drill::Fleet& fleet,
            const std::function<bool(const SteadyCustomer&)>& is_felt, const std::function<void()>& fill,
            const std::function<void()>& clear) {
    SteadyCustomer customer(fleet.customer());
    REQUIRE(e2e::eventually(seconds(10), [&] {
        return fleet.count("SELECT count(*) FROM jobs WHERE state = 'completed'") >= 10;
    }));
    fill();
    CHECK(e2e::eventually(seconds(60), [&] { return is_felt(customer); }));
    const int accepted = customer.accepted();
    std::this_thread::sleep_for(seconds(scaled(10, 3)));
    scenario.figure("accepted while full", static_cast<long long>(customer.accepted() - accepted));
    clear();
    const auto cleared = std::chrono::steady_clock::now();
    const int then = customer.accepted();
    CHECK(e2e::eventually(seconds(60), [&] { return customer.accepted() >= then + 10; }));
    customer.stop();
    CHECK(fleet.all_ended(seconds(90)));
    scenario.figure("all done after",
                    std::chrono::duration<double>(std::chrono::steady_clock::now() - cleared).count());
    scenario.figure("503", static_cast<long long>(customer.busy()));
    CHECK(customer.odd() == std::vector<std::string>{});
    check_at_rest(scenario, fleet, with_unanswered(fleet, customer.jobs()));
}

constexpr const char* kReadyTasks = "SELECT count(*) FROM tasks WHERE state = 'ready'";

/// While this lives the environment names these servers, if there are any.
class PointedTo {
  public:
    explicit PointedTo(const std::optional<PrivateServices>& servers) {
        if (!servers) return;
        point("ATELIER_TEST_POSTGRESQL_URL", servers->database_url());
        point("ATELIER_TEST_AMQP_URL", servers->broker_url());
    }
    ~PointedTo() {
        for (const auto& [name, value] : before_)
            ::setenv(name.c_str(), value.c_str(), 1);
    }

  private:
    void point(const std::string& name, const std::string& value) {
        const char* known = std::getenv(name.c_str());
        before_[name] = known ? known : "";
        ::setenv(name.c_str(), value.c_str(), 1);
    }
    std::map<std::string, std::string> before_;
};

}  // namespace

TEST_CASE(
    "a RabbitMQ whose disk is nearly full takes no messages: orders are accepted and done when there is "
    "space") {
    Scenario scenario("disk full under RabbitMQ", kGoal);
    // A node of our own with a disk of its own takes half a minute to start: the short form only moves the
    // limit.
    const auto disk = is_full() ? small_disk(300) : nullptr;
    const e2e::TempFolder elsewhere;
    std::optional<PrivateServices> servers;
    if (is_full() && !disk) return;
    if (disk) servers.emplace(elsewhere.path(), disk->path());
    const PointedTo here(servers);
    const auto fleet = start_fleet();
    if (!fleet) return;
    if (!disk && !control_rabbitmq("set_disk_free_limit 50MB")) {
        MESSAGE("skipped: no way to RabbitMQ's own tool");
        return;
    }
    starve(
        scenario, *fleet, [&](const SteadyCustomer&) { return fleet->count(kReadyTasks) >= 5; },
        [&] { disk ? disk->fill(20 << 20) : (void)control_rabbitmq("set_disk_free_limit 1000000GB"); },
        [&] { disk ? disk->clear() : (void)control_rabbitmq("set_disk_free_limit 50MB"); });
}

TEST_CASE(
    "a PostgreSQL without space is 503, also when it panics, and goes on with every row when there is some") {
    if (!is_full()) {
        MESSAGE("skipped: only in the full form");
        return;
    }
    Scenario scenario("disk full under PostgreSQL", kGoal);
    const auto disk = small_disk(160);
    if (!disk) return;
    const e2e::TempFolder elsewhere;
    std::optional<PrivateServices> servers(std::in_place, disk->path(), elsewhere.path());
    const PointedTo here(servers);
    const auto fleet = start_fleet();
    starve(
        scenario, *fleet, [](const SteadyCustomer& customer) { return customer.busy() > 0; },
        [&] { disk->fill(); },
        [&] {
            disk->clear();
            servers->revive();
        });
}
