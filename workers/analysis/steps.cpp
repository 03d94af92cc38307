#include "workers/analysis/steps.hpp"

namespace atelier::analysis {

runtime::StepTable steps(std::shared_ptr<const vision::Models> models) {
    return {
        {"analyze", [models](runtime::StepContext& context) { return analyze(context, *models); }},
        {"rank", rank},
        {"propose_brand", propose_brand},
    };
}

}  // namespace atelier::analysis
