#include "workers/runtime/step.hpp"

namespace atelier::runtime {

StepFate fate_of(const Error& error) {
    switch (error.code) {
        case ErrorCode::unavailable:
        case ErrorCode::rate_limited:
        case ErrorCode::request_timeout:
        case ErrorCode::internal:
        case ErrorCode::conflict:
            return Retry{error};
        default:
            return Fail{error};
    }
}

std::string result_prefix(const store::Claim& claim) {
    return "results/" + claim.organization_id.value + "/" + claim.job_id.value + "/" + claim.id.value + "/" +
           std::to_string(claim.fence);
}

std::string StepContext::result_key(std::string_view name) const {
    return result_prefix(claim_) + "/" + std::string(name);
}

}  // namespace atelier::runtime
