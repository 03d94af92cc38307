#include "workers/moderation/steps.hpp"

namespace atelier::moderation {

runtime::StepTable steps(std::shared_ptr<const vision::Models> models) {
    return {
        {"moderate_upload", [models](runtime::StepContext& c) { return moderate_upload(c, *models); }},
        {"moderate_image", [models](runtime::StepContext& c) { return moderate_upload(c, *models); }},
        {"moderate_design", [models](runtime::StepContext& c) { return moderate_design(c, *models); }},
        {"moderate", [models](runtime::StepContext& c) { return moderate_generated(c, *models); }},
    };
}

}  // namespace atelier::moderation
