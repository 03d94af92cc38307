#include "common/settings/settings.hpp"
#include "workers/analysis/steps.hpp"
#include "workers/imaging/start.hpp"
#include "workers/runtime/program.hpp"

int main(int argc, char** argv) {
    using namespace atelier;
    return runtime::run_worker_program(argc, argv, queues::Stage::analysis,
                                       [](const runtime::StageParts& parts) -> Result<runtime::StepTable> {
                                           if (auto started = imaging::init(); !started)
                                               return started.error();
                                           auto models = vision::Models::load(
                                               parts.settings.workers.models_dir, vision::ModelSet::analysis);
                                           if (!models) return models.error();
                                           return analysis::steps(std::move(*models));
                                       });
}
