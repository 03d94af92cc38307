#include <doctest/doctest.h>

#include "common/json/embedded_schemas.hpp"
#include "tests/support/in_transaction.hpp"
#include "tests/support/protocol_audit.hpp"
#include "tests/support/studio.hpp"

using namespace atelier;
using namespace atelier::testing;
using namespace atelier::queues;

namespace {

std::int64_t rows(Studio& studio) {
    return studio.number(
        "SELECT (SELECT count(*) FROM jobs) + (SELECT count(*) FROM tasks) + (SELECT count(*) FROM "
        "job_events) + "
        "(SELECT count(*) FROM credit_transactions WHERE type <> 'grant')");
}

}  // namespace

TEST_CASE("accepting stores job, first tasks, event 1 and the reserve") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 3, .credits = 10});
        const auto accepted = studio.accept(studio.analysis());
        REQUIRE(accepted.has_value());
        CHECK(studio.tasks_in(accepted->job.id, "ready") == 3);
        CHECK(studio.balance() == 7);
        const store::Job job = studio.job(accepted->job.id);
        CHECK(job.state == store::JobState::queued);
        CHECK(job.price == 3);
        CHECK(job.created_at > 0);
        REQUIRE(studio.events(job.id).size() == 1);
        CHECK(studio.events(job.id)[0].seq == 1);
        CHECK(studio.events(job.id)[0].created_at > 0);
        CHECK(breaches(studio.db()) == "");
    });
}

TEST_CASE("a request that its caller rolls back leaves nothing") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database);
        const auto schemas = json::embedded_schemas().value();
        const auto given_up = studio.db().write([&](soci::session& session) -> Result<int> {
            if (auto accepted = accept(session, schemas, studio.analysis()); !accepted)
                return accepted.error();
            return internal("The caller changed its mind.");
        });
        CHECK(failure(given_up) == "INTERNAL");
        CHECK(rows(studio) == 0);
        CHECK(studio.balance() == 100);
    });
}

TEST_CASE("a job that costs more than is left is refused and leaves nothing") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 2, .credits = 1});
        CHECK(failure(studio.accept(studio.analysis())) == "INSUFFICIENT_CREDITS");
        CHECK(rows(studio) == 0);
        CHECK(studio.balance() == 1);
    });
}

TEST_CASE("every wrong field of an input is named") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database);
        JobRequest request = studio.analysis();
        request.input = json::Object{{"project_id", 7}, {"surprise", true}};
        const std::string wrong = fields(studio.accept(request));
        CAPTURE(wrong);
        for (const char* part : {"VALIDATION_FAILED", "/project_id", "/asset_ids", "/surprise"})
            CHECK(wrong.find(part) != std::string::npos);
        CHECK(rows(studio) == 0);
    });
}

TEST_CASE("an unknown kind is a wrong field") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database);
        JobRequest request = studio.analysis();
        request.kind = "alchemy";
        CHECK(fields(studio.accept(request)) == "VALIDATION_FAILED /kind");
    });
}

TEST_CASE("another organization's project and photos do not exist") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database), stranger(database);
        JobRequest request = stranger.analysis();
        request.requester = studio.analysis().requester;
        CHECK(fields(studio.accept(request)) == "VALIDATION_FAILED /project_id");
        request = studio.analysis();
        request.input.set("asset_ids", json::Array{stranger.photos[0].value, studio.photos[0].value});
        CHECK(fields(studio.accept(request)) == "VALIDATION_FAILED /asset_ids/0");
        CHECK(rows(studio) == 0);
    });
}

TEST_CASE("a stranger cannot cancel a job") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database), stranger(database);
        const JobId job = studio.begin(studio.analysis());
        CHECK(failure(stranger.cancel(job)) == "NOT_FOUND");
        CHECK(studio.job(job).state == store::JobState::queued);
    });
}
