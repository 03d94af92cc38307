#include "workers/adaptation/steps.hpp"
#include "workers/imaging/start.hpp"
#include "workers/runtime/program.hpp"

int main(int argc, char** argv) {
    using namespace atelier;
    return runtime::run_worker_program(argc, argv, queues::Stage::adaptation,
                                       [](const runtime::StageParts&) -> Result<runtime::StepTable> {
                                           if (auto ready = imaging::init(); !ready) return ready.error();
                                           return adaptation::steps();
                                       });
}
