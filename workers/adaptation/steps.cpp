#include "workers/adaptation/steps.hpp"

#include "workers/adaptation/steps/adapt.hpp"

namespace atelier::adaptation {

runtime::StepTable steps(const StageSettings& settings) {
    auto cache = std::make_shared<imaging::DecodedCache>(settings.decoded_bytes);
    return {{"adapt", [cache](runtime::StepContext& context) { return adapt(context, *cache); }}};
}

}  // namespace atelier::adaptation
