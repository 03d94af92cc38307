#include "tests/support/drill/step.hpp"
#include "workers/runtime/program.hpp"

int main(int argc, char** argv) {
    using namespace atelier;
    return runtime::run_worker_program(
        argc, argv, queues::Stage::generation,
        [](const runtime::StageParts&) -> Result<runtime::StepTable> { return drill::steps(); });
}
