#pragma once
// The main function of a worker binary.

#include <functional>

#include "common/settings/settings.hpp"
#include "queues/stage.hpp"
#include "workers/runtime/worker.hpp"

namespace atelier::runtime {

/// What a stage's steps may be made of.
struct StageParts {
    const settings::Settings& settings;
    store::Database& db;
    metrics::Registry& metrics;
};
/// Makes the stage's steps: loads its models, sizes its caches. The parts outlive them. Errors stop the
/// start.
using MakeSteps = std::function<Result<StepTable>(const StageParts&)>;

/// `atelier-<stage>`: reads settings, opens the services, works until SIGTERM, drains. Returns the exit code.
int run_worker_program(int argc, char** argv, queues::Stage stage, const MakeSteps& make_steps);

}  // namespace atelier::runtime
