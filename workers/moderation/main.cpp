#include "common/settings/settings.hpp"
#include "workers/imaging/start.hpp"
#include "workers/moderation/steps.hpp"
#include "workers/runtime/program.hpp"

int main(int argc, char** argv) {
    using namespace atelier;
    return runtime::run_worker_program(argc, argv, queues::Stage::moderation,
                                       [](const runtime::StageParts& parts) -> Result<runtime::StepTable> {
                                           if (auto started = imaging::init(); !started)
                                               return started.error();
                                           auto models =
                                               vision::Models::load(parts.settings.workers.models_dir,
                                                                    vision::ModelSet::moderation);
                                           if (!models) return models.error();
                                           return moderation::steps(std::move(*models));
                                       });
}
