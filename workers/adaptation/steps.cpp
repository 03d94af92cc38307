#include "workers/adaptation/steps.hpp"

#include "workers/adaptation/steps/adapt.hpp"
#include "workers/adaptation/steps/finish_design.hpp"
#include "workers/adaptation/steps/render_design.hpp"

namespace atelier::adaptation {

runtime::StepTable steps(const StageSettings& settings) {
    auto cache = std::make_shared<imaging::DecodedCache>(settings.decoded_bytes);
    return {{"adapt", [cache](runtime::StepContext& context) { return adapt(context, *cache); }},
            {"render_design", render_design},
            {"finish_design", finish_design}};
}

}  // namespace atelier::adaptation
