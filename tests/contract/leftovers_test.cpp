// What workers that were killed left in the object store, on both databases.

#include <doctest/doctest.h>

#include "common/objects/open.hpp"
#include "queues/leftovers.hpp"
#include "tests/e2e/support/process.hpp"
#include "tests/support/studio.hpp"

using namespace atelier;
using namespace atelier::testing;
using std::chrono::milliseconds;

namespace {

struct Store {
    e2e::TempFolder folder;
    std::unique_ptr<objects::ObjectStore> objects = std::move(*objects::open_store(
        {.url = "file://" + folder / "objects", .signing_secret = std::string(40, 's')}));

    /// As a step under this claim would.
    std::string write(const store::Claim& claim) {
        const std::string key = queues::results_folder(claim.organization_id, claim.job_id, claim.id) + "/" +
                                std::to_string(claim.fence) + "/picture.jpg";
        REQUIRE(objects->put(key, "bytes", "image/jpeg").has_value());
        return key;
    }
    bool has(const std::string& key) { return objects->head(key).has_value(); }
    int sweep(TestDatabase& database, milliseconds grace = milliseconds(0)) {
        store::LeftoverMark mark;
        return queues::sweep_leftovers(*database, *objects, grace, mark).value();
    }
};

}  // namespace

TEST_CASE("the result of a lost claim is swept, the winner's stays") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database);
        Store store;
        studio.begin(studio.analysis());
        const store::Claim lost = studio.claim_next();
        const std::string left = store.write(lost);
        studio.expire_leases();
        REQUIRE(queues::reap(*database, std::chrono::minutes(3), {}).value().retried == 1);
        studio.let_time_pass();
        store::Claim winner = studio.claim_next();
        while (winner.id != lost.id)
            winner = studio.claim_next();
        const std::string kept = store.write(winner);
        CHECK(store.sweep(database) == 0);  // the task has not ended
        studio.finish(winner);
        CHECK(store.sweep(database, std::chrono::minutes(1)) == 0);  // too young
        CHECK(store.sweep(database) == 1);
        CHECK(!store.has(left));
        CHECK(store.has(kept));
        CHECK(store.sweep(database) == 0);
    });
}

TEST_CASE("what a worker wrote for a job that was cancelled is swept") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database);
        Store store;
        const JobId job = studio.begin(studio.analysis());
        const std::string left = store.write(studio.claim_next());
        REQUIRE(studio.cancel(job).has_value());
        CHECK(store.sweep(database) == 1);
        CHECK(!store.has(left));
    });
}

TEST_CASE("what a task wrote before it died is swept, what it writes once requeued is not") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database);
        Store store;
        const JobId job = studio.begin(studio.analysis());
        const store::Claim dead = studio.claim_next();
        const std::string left = store.write(dead);
        studio.fail(dead, false);
        REQUIRE(store.sweep(database) == 1);
        studio.requeue(job);
        store::Claim again = studio.claim_next();
        while (again.id != dead.id)
            again = studio.claim_next();
        const std::string kept = store.write(again);
        CHECK(store.sweep(database) == 0);
        studio.finish(again);
        CHECK(store.sweep(database) == 0);
        CHECK(store.has(kept));
    });
}
