#include "workers/analysis/steps.hpp"

namespace atelier::analysis {

runtime::StepTable steps(std::shared_ptr<const vision::Models> models) {
    return {
        {"analyze", [models](runtime::StepContext& context) { return analyze(context, *models); }},
        {"rank", rank},
    };
}

}  // namespace atelier::analysis
