#include "workers/runtime/step.hpp"

#include "queues/leftovers.hpp"

namespace atelier::runtime {

StepFate fate_of(const Error& error) {
    switch (error.code) {
        case ErrorCode::unavailable:
        case ErrorCode::rate_limited:
        case ErrorCode::request_timeout:
        case ErrorCode::generation_failed:
        case ErrorCode::internal:
        case ErrorCode::conflict:
            return Retry{error};
        default:
            return Fail{error};
    }
}

std::string result_prefix(const store::Claim& claim) {
    return queues::results_folder(claim.organization_id, claim.job_id, claim.id) + "/" +
           std::to_string(claim.fence);
}

std::string StepContext::result_key(std::string_view name) const {
    return result_prefix(claim_) + "/" + std::string(name);
}

}  // namespace atelier::runtime
