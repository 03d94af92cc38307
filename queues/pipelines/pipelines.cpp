#include <algorithm>

#include "queues/pipelines/pipeline.hpp"

namespace atelier::queues {

const Pipeline* find_pipeline(std::string_view kind) {
    const auto all = pipelines();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Pipeline* p) { return p->kind == kind; });
    return found == all.end() ? nullptr : *found;
}

const Step* find_step(const Pipeline& pipeline, std::string_view name) {
    const auto found = std::find_if(pipeline.steps.begin(), pipeline.steps.end(),
                                    [&](const Step& step) { return step.name == name; });
    return found == pipeline.steps.end() ? nullptr : &*found;
}

}  // namespace atelier::queues
