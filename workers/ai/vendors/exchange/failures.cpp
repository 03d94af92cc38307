#include "workers/ai/vendors/exchange/failures.hpp"

#include <algorithm>
#include <cctype>

namespace atelier::ai {
namespace {

constexpr std::size_t kMaxCodeLength = 64;

Complaint complaint_of_status(int status) {
    switch (status) {
        case 401:
            return Complaint::wrong_key;
        case 402:
            return Complaint::quota;
        case 403:
            return Complaint::forbidden;
        case 404:
            return Complaint::unknown_model;
        case 429:
            return Complaint::rate;
        case 503:
        case 529:
            return Complaint::overloaded;
        default:
            return Complaint::none;
    }
}

FailureKind kind_of(Complaint complaint, int status) {
    switch (complaint) {
        case Complaint::rate:
            return FailureKind::rate_limited;
        case Complaint::refusal:
            return FailureKind::unsafe_prompt;
        case Complaint::overloaded:
            return FailureKind::transient;
        case Complaint::none:
            break;
        default:
            return FailureKind::permanent;
    }
    const bool may_pass = status >= 500 || status == 408 || status == 409 || status == 425;
    return may_pass ? FailureKind::transient : FailureKind::permanent;
}

std::string_view words_for(Complaint complaint) {
    switch (complaint) {
        case Complaint::rate:
            return "takes no more calls for now";
        case Complaint::quota:
            return "says that the account's quota is used up";
        case Complaint::refusal:
            return "refuses this content";
        case Complaint::too_long:
            return "says that this is longer than the model's context";
        case Complaint::wrong_key:
            return "does not accept the key";
        case Complaint::forbidden:
            return "does not allow this";
        case Complaint::unknown_model:
            return "knows no such model";
        case Complaint::overloaded:
            return "is overloaded";
        case Complaint::bad_request:
            return "cannot serve this request";
        case Complaint::none:
            break;
    }
    return "answered with an error";
}

}  // namespace

std::string shown_code(std::string_view text, std::string_view secret) {
    const auto plain = [](unsigned char c) {
        return std::isalnum(c) || c == '_' || c == '-' || c == '.' || c == ':';
    };
    if (text.size() > kMaxCodeLength || !std::all_of(text.begin(), text.end(), plain)) return {};
    if (!secret.empty() && text.find(secret) != std::string_view::npos) return {};
    return std::string(text);
}

Failure failure_of_status(std::string_view vendor_id, int status, const VendorError& said,
                          std::optional<std::chrono::milliseconds> retry_after) {
    const Complaint complaint =
        said.complaint == Complaint::none ? complaint_of_status(status) : said.complaint;
    std::string message = std::string(vendor_id) + " " + std::string(words_for(complaint)) + " (" +
                          std::to_string(status) + (said.code.empty() ? "" : " " + said.code) + ")";
    Failure failure{kind_of(complaint, status), std::move(message), {}, status};
    const bool may_pass = failure.kind == FailureKind::rate_limited || failure.kind == FailureKind::transient;
    if (may_pass) failure.retry_after = said.retry_after ? said.retry_after : retry_after;
    return failure;
}

Failure failure_of_transfer(std::string_view vendor_id, const Error& error) {
    const std::string id(vendor_id);
    switch (error.code) {
        case ErrorCode::conflict:
            return stopped();
        case ErrorCode::request_timeout:
            return {FailureKind::transient, id + " did not answer in time"};
        case ErrorCode::too_large:
            return malformed(vendor_id, "with more than is accepted");
        case ErrorCode::validation_failed:
            return {FailureKind::permanent, id + " has an address that cannot be used"};
        default:
            return {FailureKind::transient, id + " could not be reached or broke off"};
    }
}

Failure malformed(std::string_view vendor_id, std::string_view what) {
    return {FailureKind::malformed_output, std::string(vendor_id) + " answered " + std::string(what)};
}

Failure refusal(std::string_view vendor_id) {
    return {FailureKind::unsafe_prompt, std::string(vendor_id) + " refuses this content"};
}

Failure stopped() {
    return {FailureKind::cancelled, "the call was stopped"};
}

}  // namespace atelier::ai
