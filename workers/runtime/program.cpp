#include "workers/runtime/program.hpp"

#include "common/log/log.hpp"
#include "common/metrics/exporter.hpp"
#include "common/program/program.hpp"
#include "queues/backend.hpp"

namespace atelier::runtime {

int run_worker_program(int argc, char** argv, queues::Stage stage, const MakeSteps& make_steps) {
    const std::string stage_name(queues::to_string(stage));
    const std::string name = "atelier-" + stage_name;
    const program::Start start = program::start(
        argc, argv, {name, "Works on Atelier's " + stage_name + " tasks.", settings::Program::worker, ""});
    if (start.exit_code) return *start.exit_code;
    const settings::Settings& settings = start.settings;

    auto backend = queues::open_backend(settings);
    if (!backend) return program::give_up("The worker cannot start", backend.error());
    metrics::Registry metrics(name);
    auto steps = make_steps({settings, *backend->db, metrics});
    if (!steps) return program::give_up("The steps cannot be prepared", steps.error());
    auto metrics_server = metrics::Exporter::start(settings.workers.metrics_listen, metrics);
    if (!metrics_server) return program::give_up("The metrics cannot be served", metrics_server.error());
    Worker worker({.slots = settings.workers.slots, .lease = std::chrono::seconds(settings.workers.lease_s)},
                  stage, std::move(*steps),
                  {*backend->db, *backend->broker, *backend->objects, *backend->dispatcher,
                   *backend->announcer, metrics});
    log::info("Working on {} with {} slots", stage_name, settings.workers.slots);
    program::wait_for_stop();
    worker.stop();
    return 0;
}

}  // namespace atelier::runtime
