#include "workers/generation/steps.hpp"
#include "workers/imaging/start.hpp"
#include "workers/runtime/program.hpp"

int main(int argc, char** argv) {
    using namespace atelier;
    return runtime::run_worker_program(argc, argv, queues::Stage::generation,
                                       [](const runtime::StageParts& parts) -> Result<runtime::StepTable> {
                                           if (auto ready = imaging::init(); !ready) return ready.error();
                                           auto engine =
                                               generation::open_engine(parts.settings.workers.models_dir,
                                                                       parts.settings.workers.providers_file,
                                                                       parts.db, parts.metrics);
                                           if (!engine) return engine.error();
                                           return generation::steps(std::move(*engine));
                                       });
}
