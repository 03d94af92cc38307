// A worker, a dispatcher, a broker and a database, with made-up steps: on the embedded broker with SQLite,
// and on RabbitMQ with PostgreSQL when the environment names them.
#include <doctest/doctest.h>
#include <stdlib.h>
#include <unistd.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "common/objects/open.hpp"
#include "queues/rabbitmq/rabbitmq_broker.hpp"
#include "tests/support/in_transaction.hpp"
#include "tests/support/protocol_audit.hpp"
#include "tests/support/studio.hpp"
#include "tests/support/tcp_proxy.hpp"
#include "workers/runtime/active_tasks.hpp"
#include "workers/runtime/worker.hpp"

using namespace atelier;
using namespace atelier::testing;
using namespace atelier::queues;
using namespace atelier::runtime;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 20s;  // for what must happen

template <class Condition>
bool eventually(Condition holds) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(20ms);
    }
    return true;
}

class TemporaryFolder {
  public:
    TemporaryFolder() : path_((std::filesystem::temp_directory_path() / "atelier-worker-XXXXXX").string()) {
        REQUIRE(mkdtemp(path_.data()));
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

/// Everything of a small installation. Workers are started by the test.
class Plant {
  public:
    Plant(TestDatabase& database, BrokerSettings settings)
        : database(database), studio(database, {.photos = 1}), settings_(std::move(settings)) {
        broker = open_broker(settings_).value();
        objects::ObjectsSettings wanted;
        wanted.url = "file://" + folder_.path();
        wanted.signing_secret = std::string(32, 's');
        wanted.public_base_url = "http://127.0.0.1";
        objects = objects::open_store(wanted).value();
        announcer = std::make_unique<Announcer>(*broker);
        DispatcherSettings fast;
        fast.poll = 50ms;
        fast.reap_every = 100ms;
        dispatcher = std::make_unique<Dispatcher>(fast, *database, *broker, *announcer);
    }
    ~Plant() {
        dispatcher->stop();
        dispatcher.reset();
        broker.reset();
        if (settings_.url != "embedded:") (void)rabbitmq::remove_topology(settings_);
    }

    std::unique_ptr<Worker> worker(StepTable steps, WorkerSettings wanted = {},
                                   Stage stage = Stage::analysis) {
        return worker_on(*database, std::move(steps), wanted, stage);
    }
    std::unique_ptr<Worker> worker_on(store::Database& db, StepTable steps, WorkerSettings wanted = {},
                                      Stage stage = Stage::analysis) {
        return std::make_unique<Worker>(
            wanted, stage, std::move(steps),
            WorkerServices{db, *broker, *objects, *dispatcher, *announcer, metrics});
    }
    JobId begin(Lane lane = Lane::primary) {
        JobRequest request = studio.analysis();
        request.lane = lane;
        const JobId job = studio.begin(request);
        dispatcher->nudge();
        return job;
    }
    /// Retries fall due at once.
    bool eventually_in(const JobId& job, store::JobState state) {
        return eventually([&] {
            database.change_rows("UPDATE tasks SET not_before = 0 WHERE state = 'ready' AND attempt > 0");
            return studio.job(job).state == state;
        });
    }
    bool eventually_task(const std::string& condition) {
        return eventually([&] { return studio.number("SELECT count(*) FROM tasks WHERE " + condition) > 0; });
    }
    std::size_t stored_results() { return objects->list("results/").value().size(); }
    std::size_t dead_letters() { return broker->browse_dead(Stage::analysis, 10).value().size(); }

    TestDatabase& database;
    Studio studio;
    metrics::Registry metrics{"test"};
    std::unique_ptr<Broker> broker;
    std::unique_ptr<objects::ObjectStore> objects;
    std::unique_ptr<Announcer> announcer;
    std::unique_ptr<Dispatcher> dispatcher;

  private:
    BrokerSettings settings_;
    TemporaryFolder folder_;
};

void in_each_plant(const std::function<void(Plant&)>& body) {
    SUBCASE("embedded broker, SQLite") {
        auto database = TestDatabase::sqlite();
        Plant plant(*database, {});
        body(plant);
    }
    SUBCASE("RabbitMQ, PostgreSQL") {
        const char* url = std::getenv("ATELIER_TEST_AMQP_URL");
        auto database = TestDatabase::postgresql();
        if (!url || !*url || !database) {
            MESSAGE("skipped: ATELIER_TEST_AMQP_URL or ATELIER_TEST_POSTGRESQL_URL names no server");
            return;
        }
        static int opened = 0;
        BrokerSettings settings;
        settings.url = url;
        settings.prefix = "worker-" + std::to_string(getpid()) + "-" + std::to_string(++opened);
        Plant plant(*database, settings);
        body(plant);
    }
}

StepTable analyze(std::function<StepFate(StepContext&)> run) {
    return {{"analyze", std::move(run)}};
}

StepFate done(StepContext& context) {
    return Done{made_up_output(context.claim())};
}

/// Holds steps back until it is opened.
class Gate {
  public:
    void open() {
        std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    void pass() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return open_; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
};

}  // namespace

TEST_CASE("two stages work a job off") {
    in_each_plant([](Plant& plant) {
        auto analysis = plant.worker(analyze(done));
        auto moderation = plant.worker({{"moderate_upload", done}}, {}, Stage::moderation);
        const JobId job = plant.begin();
        CHECK(plant.eventually_in(job, store::JobState::completed));
        CHECK(breaches(plant.studio.db()) == "");
    });
}

TEST_CASE("a step that asks to retry, or throws, or throws something odd, is tried again") {
    in_each_plant([](Plant& plant) {
        auto worker = plant.worker(analyze([](StepContext& context) -> StepFate {
            switch (context.claim().attempt) {
                case 1:
                    return Retry{unavailable("Not now.")};
                case 2:
                    throw std::runtime_error("a bug");
                case 3:
                    throw 42;
                default:
                    return done(context);
            }
        }));
        const JobId job = plant.begin();
        plant.eventually_in(job, store::JobState::running);
        CHECK(eventually([&] {
            plant.database.change_rows(
                "UPDATE tasks SET not_before = 0 WHERE state = 'ready' AND attempt > 0");
            return plant.studio.tasks_in(job, "done") == 1;
        }));
        CHECK(plant.studio.number("SELECT attempt FROM tasks WHERE step = 'analyze'") == 4);
    });
}

TEST_CASE("a step that fails for good ends its job, and its message lies among the dead letters") {
    in_each_plant([](Plant& plant) {
        auto worker = plant.worker(analyze([](StepContext&) -> StepFate {
            return Fail{Error{ErrorCode::unsupported_media, "This is no photo.", {}, {}}};
        }));
        const JobId job = plant.begin();
        CHECK(plant.eventually_in(job, store::JobState::failed));
        CHECK(plant.studio.job(job).error["message"].as_string() == "This is no photo.");
        REQUIRE(eventually([&] { return plant.dead_letters() == 1; }));
        CHECK(plant.broker->browse_dead(Stage::analysis, 1)->at(0).reason == "This is no photo.");
        CHECK(breaches(plant.studio.db()) == "");
    });
}

TEST_CASE("what cannot be stored because its asset is gone is not tried again, and its objects are swept") {
    in_each_plant([](Plant& plant) {
        auto worker = plant.worker(analyze([](StepContext& context) -> StepFate {
            context.objects().put(context.result_key("picture"), "bytes", "image/png").value();
            return Done{json::Object{}, [](soci::session&) -> Result<void> { return not_found("asset"); }};
        }));
        const JobId job = plant.begin();
        CHECK(plant.eventually_in(job, store::JobState::failed));
        CHECK(plant.studio.number("SELECT attempt FROM tasks") == 1);
        CHECK(eventually([&] { return plant.stored_results() == 0; }));
    });
}

TEST_CASE("a task past its deadline is told to stop and keeps its lease no longer; another one does") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 2});
        studio.begin(studio.analysis());
        ActiveTasks active(*database, 5s);
        const auto late = active.add(studio.claim_next(), 0s), early = active.add(studio.claim_next(), 60s);
        const auto lease = [&](const auto& task) {
            return studio.number("SELECT lease_until FROM tasks WHERE id = '" + task->claim.id.value + "'");
        };
        const std::int64_t late_lease = lease(late);
        database.change_rows("UPDATE tasks SET lease_until = lease_until - 600000");
        CHECK(eventually([&] { return late->stop.stop_requested(); }));
        CHECK(eventually([&] { return lease(early) > studio.number("SELECT atelier_now()"); }));
        CHECK(late->is_late);
        CHECK_FALSE(late->is_void);
        CHECK_FALSE(early->stop.stop_requested());
        CHECK(lease(late) == late_lease - 600000);
    });
}

TEST_CASE("a task that is added while the worker stops is told so at once") {
    auto database = TestDatabase::sqlite();
    ActiveTasks active(**database, 5s);
    active.stop_all();
    CHECK(active.add({}, 60s)->stop.stop_requested());
}

TEST_CASE("cancelling reaches a running step at once, and what it wrote is swept") {
    in_each_plant([](Plant& plant) {
        std::atomic<bool> told{false};
        auto worker = plant.worker(analyze([&](StepContext& context) -> StepFate {
            context.objects().put(context.result_key("picture"), "bytes", "image/png").value();
            while (!context.cancelled())
                std::this_thread::sleep_for(5ms);
            told = true;
            return Retry{unavailable("stopped")};
        }));
        const JobId job = plant.begin();
        REQUIRE(plant.eventually_task("state = 'running'"));
        REQUIRE(eventually([&] { return plant.stored_results() == 1; }));
        const auto asked = std::chrono::steady_clock::now();
        REQUIRE(plant.studio.cancel(job).has_value());
        plant.announcer->announce_cancel(job);
        CHECK(eventually([&] { return told.load(); }));
        CHECK(std::chrono::steady_clock::now() - asked < 2s);
        CHECK(eventually([&] { return plant.stored_results() == 0; }));
        CHECK(plant.dead_letters() == 0);
        CHECK(breaches(plant.studio.db()) == "");
    });
}

TEST_CASE("a worker that drains gives back what it cannot finish, without counting the attempt") {
    in_each_plant([](Plant& plant) {
        auto worker = plant.worker(analyze([](StepContext& context) -> StepFate {
                                       while (!context.cancelled())
                                           std::this_thread::sleep_for(5ms);
                                       return Retry{unavailable("stopped")};
                                   }),
                                   {.drain = 50ms});
        const JobId job = plant.begin();
        REQUIRE(plant.eventually_task("state = 'running'"));
        worker->stop();
        CHECK(plant.studio.number("SELECT attempt FROM tasks") == 0);
        CHECK(plant.studio.tasks_in(job, "running") == 0);
        auto other = plant.worker(analyze(done));
        CHECK(eventually([&] { return plant.studio.tasks_in(job, "done") == 1; }));
    });
}

TEST_CASE("a worker that drains lets a step finish in time") {
    in_each_plant([](Plant& plant) {
        Gate gate;
        auto worker = plant.worker(analyze([&](StepContext& context) -> StepFate {
            gate.pass();
            return done(context);
        }));
        const JobId job = plant.begin();
        REQUIRE(plant.eventually_task("state = 'running'"));
        std::thread stopping([&] { worker->stop(); });
        gate.open();
        stopping.join();
        CHECK(plant.studio.tasks_in(job, "done") == 1);
    });
}

TEST_CASE("a message that is no envelope is buried, and the next one is worked on") {
    in_each_plant([](Plant& plant) {
        auto worker = plant.worker(analyze(done));
        plant.broker->publish({{{Stage::analysis, Lane::primary, "x:0", "not a task"}}});
        CHECK(eventually([&] { return plant.dead_letters() == 1; }));
        const JobId job = plant.begin();
        CHECK(eventually([&] { return plant.studio.tasks_in(job, "done") == 1; }));
    });
}

TEST_CASE("a task that this worker knows no step for is left for better ones") {
    in_each_plant([](Plant& plant) {
        auto worker = plant.worker({{"other", done}});
        plant.begin();
        CHECK(plant.eventually_task("attempt = 1 AND state = 'ready' AND error IS NOT NULL"));
    });
}

TEST_CASE("heartbeats keep the lease of a long step and store its progress") {
    in_each_plant([](Plant& plant) {
        Gate gate;
        auto worker = plant.worker(analyze([&](StepContext& context) -> StepFate {
                                       context.progress(0.5);
                                       gate.pass();
                                       return done(context);
                                   }),
                                   {.lease = 5s});
        const JobId job = plant.begin();
        CHECK(plant.eventually_task("state = 'running' AND progress = 0.5"));
        const std::int64_t lease = plant.studio.number("SELECT lease_until FROM tasks");
        CHECK(plant.eventually_task("lease_until > " + std::to_string(lease)));
        CHECK(plant.studio.number("SELECT attempt FROM tasks") == 1);
        gate.open();
        CHECK(eventually([&] { return plant.studio.tasks_in(job, "done") == 1; }));
    });
}

TEST_CASE("an outcome that comes too late is dropped and its objects are swept, not those of the winner") {
    in_each_plant([](Plant& plant) {
        Gate gate;
        auto worker = plant.worker(analyze([&](StepContext& context) -> StepFate {
            context.objects().put(context.result_key("picture"), "bytes", "image/png").value();
            if (context.claim().attempt == 1) gate.pass();
            return done(context);
        }));
        const JobId job = plant.begin();
        REQUIRE(plant.eventually_task("state = 'running'"));
        // As if this worker's machine had slept: its claim is taken away.
        plant.database.change_rows(
            "UPDATE tasks SET state = 'ready', dispatch = dispatch + 1, not_before = 0, lease_until = NULL "
            "WHERE state = 'running'");
        plant.dispatcher->nudge();
        CHECK(eventually([&] { return plant.studio.tasks_in(job, "done") == 1; }));
        CHECK(plant.stored_results() == 2);
        gate.open();
        CHECK(eventually([&] { return plant.stored_results() == 1; }));
        CHECK(plant.objects->list("results/")->at(0).key.find("/2/picture") != std::string::npos);
    });
}

TEST_CASE("an expired lease goes to another worker") {
    in_each_plant([](Plant& plant) {
        const JobId job = plant.studio.begin(plant.studio.analysis());
        // A worker that claimed and died, by hand.
        plant.database.change_rows(
            "UPDATE tasks SET state = 'running', fence = fence + 1, attempt = 1, lease_until = 1");
        auto worker = plant.worker(analyze(done));
        CHECK(plant.eventually_task("state = 'ready' OR state = 'done' OR attempt = 2"));
        CHECK(eventually([&] {
            plant.database.change_rows(
                "UPDATE tasks SET not_before = 0 WHERE state = 'ready' AND attempt > 0");
            return plant.studio.tasks_in(job, "done") == 1;
        }));
    });
}

TEST_CASE("the priority lane overtakes what waits") {
    in_each_plant([](Plant& plant) {
        Gate gate;
        std::mutex mutex;
        std::vector<std::string> order;
        const auto watch = [&](StepContext& context) -> StepFate {
            gate.pass();
            std::lock_guard lock(mutex);
            order.push_back(context.claim().lane);
            return done(context);
        };
        auto worker = plant.worker(analyze(watch), {.slots = 1});
        for (int i = 0; i < 3; ++i)
            plant.begin();
        REQUIRE(plant.eventually_task("state = 'running'"));
        plant.begin(Lane::priority);
        REQUIRE(plant.eventually_task("lane = 'priority' AND state = 'queued'"));
        // The consumer has its next message, or gets it any moment.
        std::this_thread::sleep_for(300ms);
        gate.open();
        REQUIRE(eventually([&] {
            std::lock_guard lock(mutex);
            return order.size() == 4;
        }));
        CHECK(order[1] == "priority");
    });
}

TEST_CASE("a database that is away while a task finishes costs neither the work nor an attempt") {
    auto database = TestDatabase::postgresql();
    if (!database) {
        MESSAGE("skipped: ATELIER_TEST_POSTGRESQL_URL names no server");
        return;
    }
    store::DatabaseSettings settings = database->settings();
    const std::size_t name = settings.url.find("port=");
    REQUIRE(name != std::string::npos);
    const std::size_t first = settings.url.find_first_of("0123456789", name);
    const std::size_t end = settings.url.find_first_not_of("0123456789", first);
    tests::TcpProxy proxy("127.0.0.1", std::stoi(settings.url.substr(first, end - first)));
    settings.url.replace(first, (end == std::string::npos ? settings.url.size() : end) - first,
                         std::to_string(proxy.port()));
    auto far = store::Database::open(settings).value();

    Plant plant(*database, {});
    Gate gate;
    auto worker = plant.worker_on(*far, analyze([&](StepContext& context) -> StepFate {
        gate.pass();
        context.objects().put(context.result_key("picture"), "bytes", "image/png").value();
        return done(context);
    }));
    const JobId job = plant.begin();
    REQUIRE(plant.eventually_task("state = 'running'"));
    proxy.cut();
    gate.open();
    REQUIRE(eventually([&] { return plant.stored_results() == 1; }));
    std::this_thread::sleep_for(500ms);
    CHECK(plant.studio.tasks_in(job, "running") == 1);
    proxy.restore();
    CHECK(eventually([&] { return plant.studio.tasks_in(job, "done") == 1; }));
    CHECK(plant.studio.number("SELECT attempt FROM tasks WHERE step = 'analyze'") == 1);
    worker->stop();
    CHECK(plant.stored_results() == 1);
}

TEST_CASE("a slow broker keeps nobody from the database") {
    auto database = TestDatabase::sqlite();
    Plant plant(*database, {});
    plant.dispatcher->stop();
    plant.broker->close();  // publishing answers `unavailable`
    plant.studio.begin(plant.studio.analysis());
    CHECK(*plant.dispatcher->dispatch_once() == 0);
    CHECK(plant.studio.number(
              "SELECT count(*) FROM tasks WHERE state = 'ready' AND not_before > atelier_now()") == 1);
}
