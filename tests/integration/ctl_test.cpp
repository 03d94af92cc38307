// atelierctl as an operator types it, beside a running server on the same database; and what the orders do to
// the dead-letter queue when they run in the server's process.

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>

#include "common/store/providers.hpp"
#include "queues/dead_letters.hpp"
#include "queues/rabbitmq/rabbitmq_broker.hpp"
#include "tests/support/api/things.hpp"

using namespace atelier;
using namespace atelier::tests;

namespace {

struct Ran {
    int exit_code = -1;
    std::string out;  ///< stdout and stderr
};

/// `arguments` hold nothing that a shell would take for its own.
Ran ctl(const ApiServer& server, const std::string& arguments) {
    const std::string command = "'" + std::string(ATELIER_BINARY_DIR) +
                                "/bin/atelierctl' --set ATELIER_DATABASE_URL='" +
                                server.settings().database.url + "' " + arguments + " 2>&1";
    Ran ran;
    FILE* pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> piece;
    for (std::size_t got; (got = std::fread(piece.data(), 1, piece.size(), pipe)) > 0;)
        ran.out.append(piece.data(), got);
    const int status = ::pclose(pipe);
    ran.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}

bool has(const Ran& ran, std::string_view text) {
    return ran.out.find(text) != std::string::npos;
}

struct Dead {
    store::Job job;
    TaskId task;
};

Dead add_dead(ApiServer& server, const Account& owner) {
    const store::Asset asset = add_asset(server, owner);
    const store::Job job = add_job(server, owner, add_project(server, owner, asset.id), asset.id);
    return {job, let_task_die(server)};
}

queues::DeadLetterParts parts(ApiServer& server) {
    return {server.db(), *server.backend().broker, *server.backend().announcer};
}

}  // namespace

TEST_CASE("the command line explains itself and refuses what it does not know") {
    ApiServer server;
    const Ran help = ctl(server, "--help");
    CHECK(help.exit_code == 0);
    for (const char* command : {"adapt", "dead-letters", "jobs", "migrate", "organizations", "queues"})
        CHECK_MESSAGE(has(help, command), command);
    CHECK(ctl(server, "--version").exit_code == 0);
    CHECK(ctl(server, "").exit_code == 2);
    CHECK(ctl(server, "fly").exit_code == 2);
    CHECK(ctl(server, "--set ATELIER_NONSENSE=1 migrate").exit_code == 2);
    CHECK(ctl(server, "migrate").exit_code == 0);
    CHECK(ctl(server, "migrate --set ATELIER_NONSENSE=1").exit_code == 2);
    CHECK(ctl(server, "queues").exit_code == 2);  // they are inside the server's process
}

TEST_CASE("an operator lists organizations, changes a plan and grants credits") {
    ApiServer server;
    const Account ada = server.found("ada");
    const std::string id = ada.organization.value;
    CHECK(has(ctl(server, "organizations list"), id));
    const Ran listed = ctl(server, "organizations list --json");
    const auto line = json::parse(listed.out.substr(0, listed.out.find('\n')));
    REQUIRE(line.has_value());
    CHECK((*line)["balance"].as_int() == 100);

    CHECK(ctl(server, "organizations plan " + id + " premium").exit_code == 0);
    CHECK(server.get("/users/me", ada).body["organization"]["plan"].as_string() == "premium");
    CHECK(ctl(server, "organizations plan " + id + " golden").exit_code == 2);
    CHECK(ctl(server, "organizations plan nobody premium").exit_code == 1);
    CHECK(ctl(server, "organizations grant " + id + " 50 --note Thanks").exit_code == 0);
    CHECK(server.get("/credits", ada).body["balance"].as_int() == 150);
    CHECK(ctl(server, "organizations grant " + id + " 0").exit_code == 2);
}

TEST_CASE("an operator shows and cancels any job") {
    ApiServer server;
    const Account ada = server.found("ada");
    const store::Asset asset = add_asset(server, ada);
    const store::Job job = add_job(server, ada, add_project(server, ada, asset.id), asset.id);
    const std::string id = job.id.value;
    CHECK(has(ctl(server, "jobs list --organization " + ada.organization.value), id));
    const Ran shown = ctl(server, "jobs show --json " + id);
    const auto read = json::parse(shown.out);
    REQUIRE(read.has_value());
    CHECK((*read)["steps"].at(0)["step"].as_string() == "analyze");

    CHECK(ctl(server, "jobs cancel " + id).exit_code == 0);
    CHECK(server.get("/jobs/" + id, ada).body["state"].as_string() == "cancelled");
    CHECK(server.get("/credits", ada).body["balance"].as_int() == 100);
    CHECK(ctl(server, "jobs cancel " + id).exit_code == 1);
    CHECK(ctl(server, "jobs show 7").exit_code == 1);
}

TEST_CASE("an operator lists, rehearses, requeues and discards dead letters of every organization") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const Dead hers = add_dead(server, ada), other = add_dead(server, eve);
    const Ran all = ctl(server, "dead-letters list");
    CHECK(has(all, hers.task.value));
    CHECK(has(all, other.task.value));
    CHECK(has(all, "The photo is cursed."));
    CHECK_FALSE(has(ctl(server, "dead-letters list --older-than 1h"), hers.task.value));
    CHECK(has(ctl(server, "dead-letters list --json --job " + hers.job.id.value), hers.task.value));
    CHECK(has(ctl(server, "dead-letters show " + hers.task.value), "\"asset_id\""));
    CHECK(ctl(server, "dead-letters show 7").exit_code == 1);
    CHECK(ctl(server, "dead-letters list --older-than soon").exit_code == 2);
    CHECK(ctl(server, "dead-letters requeue").exit_code == 2);

    CHECK(has(ctl(server, "dead-letters requeue --dry-run --stage analysis"),
              "2 tasks of 2 jobs would be requeued"));
    CHECK(has(ctl(server, "dead-letters requeue --lane priority " + hers.task.value),
              "1 tasks of 1 jobs requeued"));
    CHECK(let_task_die(server) == hers.task);  // the server's dispatcher sent it out
    CHECK(ctl(server, "dead-letters discard --organization " + eve.organization.value).exit_code == 0);
    const Ran left = ctl(server, "dead-letters list");
    CHECK(has(left, hers.task.value));
    CHECK_FALSE(has(left, other.task.value));
}

TEST_CASE("messages that no dead task explains are shown to the operator and can be dropped") {
    ApiServer server;
    const Account ada = server.found("ada");
    const Dead dead = add_dead(server, ada);
    queues::Broker& broker = *server.backend().broker;
    REQUIRE(broker.publish_dead(queues::Stage::moderation, "m1", "no message of ours", "strange") ==
            queues::PublishOutcome::confirmed);

    const auto view = queues::list_dead_letters(parts(server), {}, 100);
    REQUIRE(view.has_value());
    REQUIRE(view->entries.size() == 1);
    CHECK(view->entries[0].message.has_value());
    REQUIRE(view->unexplained.size() == 1);
    CHECK(view->unexplained[0].message_id == "m1");
    store::DeadFilter of_tenant;
    of_tenant.organization = ada.organization;
    CHECK(queues::list_dead_letters(parts(server), of_tenant, 100)->unexplained.empty());

    CHECK(*queues::drop_unexplained(parts(server), queues::Stage::analysis) == 0);
    CHECK(*queues::drop_unexplained(parts(server), {}) == 1);
    CHECK(broker.browse_dead(queues::Stage::analysis, 10)->size() == 1);
}

TEST_CASE("an order of the past takes no message of a later death") {
    ApiServer server;
    const Account ada = server.found("ada");
    const Dead dead = add_dead(server, ada);
    queues::DeadOrder order;
    order.filter.ids = {dead.task};
    REQUIRE(queues::requeue_dead_letters(parts(server), order).has_value());
    server.backend().dispatcher->nudge();
    CHECK(let_task_die(server) == dead.task);
    const auto view = queues::list_dead_letters(parts(server), {}, 100);
    REQUIRE(view->entries.size() == 1);
    CHECK(view->entries[0].message.has_value());
    CHECK(view->unexplained.empty());
}

TEST_CASE("orders reach the dead-letter queue of a real RabbitMQ") {
    const char* url = std::getenv("ATELIER_TEST_AMQP_URL");
    if (!url || !*url) {
        MESSAGE("skipped: ATELIER_TEST_AMQP_URL names no RabbitMQ (ops/test starts one)");
        return;
    }
    ApiServer server;
    const Account ada = server.found("ada");
    const Dead first = add_dead(server, ada), second = add_dead(server, ada);
    queues::BrokerSettings settings;
    settings.url = url;
    settings.prefix = "ctl-" + std::to_string(getpid());
    {
        auto broker = queues::open_broker(settings);
        REQUIRE(broker.has_value());
        for (const queues::DeadLetter& letter :
             *server.backend().broker->browse_dead(queues::Stage::analysis, 10))
            REQUIRE((*broker)->publish_dead(queues::Stage::analysis, letter.message_id, letter.body,
                                            letter.reason) == queues::PublishOutcome::confirmed);
        queues::Announcer announcer(**broker);
        const queues::DeadLetterParts over_rabbitmq{server.db(), **broker, announcer};

        const auto view = queues::list_dead_letters(over_rabbitmq, {}, 100);
        REQUIRE(view->entries.size() == 2);
        CHECK(view->entries[0].message->reason == "The photo is cursed.");
        CHECK(view->entries[1].message.has_value());

        queues::DeadOrder order;
        order.filter.ids = {first.task};
        REQUIRE(queues::requeue_dead_letters(over_rabbitmq, order).has_value());
        CHECK((*broker)->browse_dead(queues::Stage::analysis, 10)->size() == 1);
        order.filter.ids = {second.task};
        REQUIRE(queues::discard_dead_letters(over_rabbitmq, order).has_value());
        CHECK((*broker)->browse_dead(queues::Stage::analysis, 10)->empty());
    }
    CHECK(queues::rabbitmq::remove_topology(settings).has_value());

    const Ran depths = ctl(server, "--set ATELIER_BROKER_URL=" + std::string(url) + " queues --json");
    CHECK(depths.exit_code == 0);
    CHECK(has(depths, "\"stage\":\"moderation\""));
}

TEST_CASE("an operator switches a provider of AI off and on for everybody") {
    ApiServer server;
    const Account ada = server.found("ada");
    server.db()
        .write([](soci::session& session) -> Result<void> {
            store::register_provider(
                session,
                {.id = "painter",
                 .vendor = "replicate",
                 .offers = json::Array{json::Object{
                     {"capability", "image"}, {"model", "brush"}, {"position", 1}, {"is_priced", true}}}});
            return {};
        })
        .value();
    CHECK(has(ctl(server, "providers list"), "brush"));
    CHECK(ctl(server, "providers disable nobody").exit_code == 1);
    CHECK(ctl(server, "providers disable painter").exit_code == 0);
    CHECK_FALSE(
        server.get("/admin/providers", ada).body["items"].at(0)["is_enabled_by_operator"].as_bool(true));
    CHECK(has(ctl(server, "providers list --json"), "\"is_enabled\":false"));
    CHECK(ctl(server, "providers enable painter").exit_code == 0);
    CHECK(server.get("/admin/providers", ada).body["items"].at(0)["is_enabled_by_operator"].as_bool());
}
