// `atelier serve`: the API and every stage in one process, on the embedded broker and SQLite unless told
// otherwise.

#include <filesystem>
#include <thread>

#include "api/front.hpp"
#include "common/log/log.hpp"
#include "common/program/program.hpp"
#include "workers/adaptation/steps.hpp"
#include "workers/analysis/steps.hpp"
#include "workers/generation/steps.hpp"
#include "workers/imaging/start.hpp"
#include "workers/moderation/steps.hpp"
#include "workers/runtime/worker.hpp"

namespace {

using namespace atelier;

struct StageSteps {
    queues::Stage stage;
    runtime::StepTable steps;
};

Result<std::vector<StageSteps>> all_steps(const settings::Settings& settings, store::Database& db,
                                          metrics::Registry& metrics) {
    if (auto started = imaging::init(); !started) return started.error();
    auto loaded = vision::Models::load(settings.workers.models_dir, vision::ModelSet::all);
    if (!loaded) return loaded.error();
    const std::shared_ptr<const vision::Models> models = std::move(*loaded);
    auto engine =
        generation::open_engine(settings.workers.models_dir, settings.workers.providers_file, db, metrics);
    if (!engine) return engine.error();
    return std::vector<StageSteps>{{queues::Stage::analysis, analysis::steps(models)},
                                   {queues::Stage::generation, generation::steps(std::move(*engine))},
                                   {queues::Stage::adaptation, adaptation::steps()},
                                   {queues::Stage::moderation, moderation::steps(models)}};
}

/// The folder of everything that the server keeps, and with it the secret that nobody has given.
Result<void> prepare_data(settings::Settings& settings) {
    std::error_code error;
    std::filesystem::create_directories(settings.data_dir, error);
    if (error)
        return unavailable("The folder " + settings.data_dir + " cannot be made: " + error.message() + ".");
    if (!settings.accounts.secret_key.empty()) return {};
    auto key = settings::secret_key_in(settings.data_dir);
    if (!key) return key.error();
    settings.accounts.secret_key = std::move(*key);
    return {};
}

int serve(settings::Settings settings) {
    if (auto prepared = prepare_data(settings); !prepared)
        return program::give_up("The server cannot start", prepared.error());
    auto backend = queues::open_backend(settings);
    if (!backend) return program::give_up("The server cannot start", backend.error());
    metrics::Registry metrics("atelier");
    auto steps = all_steps(settings, *backend->db, metrics);
    if (!steps) return program::give_up("The steps cannot be prepared", steps.error());

    std::vector<std::unique_ptr<runtime::Worker>> workers;
    for (StageSteps& stage : *steps)
        workers.push_back(std::make_unique<runtime::Worker>(
            runtime::WorkerSettings{.slots = settings.workers.slots,
                                    .lease = std::chrono::seconds(settings.workers.lease_s)},
            stage.stage, std::move(stage.steps),
            runtime::WorkerServices{*backend->db, *backend->broker, *backend->objects, *backend->dispatcher,
                                    *backend->announcer, metrics}));
    auto front = api::Front::start(settings, *backend, metrics);
    if (!front) return program::give_up("The server cannot start", front.error());
    log::info("Serving {} from {}", (*front)->url(), settings.data_dir);
    program::wait_for_stop();
    (*front)->stop();
    std::vector<std::jthread> drains;  // together, so that the longest task counts and not their sum
    for (auto& worker : workers)
        drains.emplace_back([&worker] { worker->stop(); });
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const program::Start start =
        program::start(argc, argv,
                       {"atelier", "Atelier in one process: the API and every worker.",
                        settings::Program::standalone, "serve"});
    return start.exit_code ? *start.exit_code : serve(start.settings);
}
