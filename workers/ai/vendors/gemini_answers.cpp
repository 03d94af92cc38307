#include "workers/ai/vendors/gemini_answers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "workers/ai/vendors/exchange/numbers.hpp"

namespace atelier::ai {
namespace {

/// A daily allowance comes back at the vendor's midnight; the delay that the answer names beside it is for
/// the minute's.
constexpr std::chrono::hours kDailyPause{1};

constexpr std::array<std::string_view, 8> kBlocked{
    "SAFETY",       "PROHIBITED_CONTENT",       "BLOCKLIST",       "SPII", "RECITATION",
    "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION"};

/// `"30s"`, `"1.5s"`.
std::optional<std::chrono::milliseconds> parse_duration(const std::string& text) {
    double seconds = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (code != std::errc() || std::string_view(end) != "s" || seconds < 0 || seconds > 86'400)
        return std::nullopt;
    return std::chrono::milliseconds(std::llround(seconds * 1000));
}

Complaint complaint_of(const std::string& status) {
    if (status == "RESOURCE_EXHAUSTED") return Complaint::rate;
    if (status == "UNAUTHENTICATED") return Complaint::wrong_key;
    if (status == "PERMISSION_DENIED") return Complaint::forbidden;
    if (status == "NOT_FOUND") return Complaint::unknown_model;
    if (status == "UNAVAILABLE") return Complaint::overloaded;
    return Complaint::none;
}

}  // namespace

VendorError read_gemini_error(int, const json::Value& body) {
    const json::Value& error = body["error"];
    VendorError said{complaint_of(error["status"].as_string()), error["status"].as_string()};
    for (const auto& detail : error["details"].array()) {
        if (detail["reason"].as_string() == "API_KEY_INVALID") {
            said.complaint = Complaint::wrong_key;
            said.code = "API_KEY_INVALID";
        }
        if (auto delay = parse_duration(detail["retryDelay"].as_string()); delay && !said.retry_after)
            said.retry_after = delay;
        for (const auto& violation : detail["violations"].array())
            if (violation["quotaId"].as_string().find("PerDay") != std::string::npos)
                said.retry_after = kDailyPause;
    }
    const std::string& message = error["message"].as_string();
    if (said.complaint == Complaint::none && message.find("token count") != std::string::npos &&
        message.find("exceeds") != std::string::npos)
        said.complaint = Complaint::too_long;
    return said;
}

Answered<const json::Value*> gemini_candidate(const json::Value& reply, const std::string& vendor_id) {
    if (reply["promptFeedback"]["blockReason"].is_string()) return refusal(vendor_id);
    const json::Value& candidate = reply["candidates"].at(0);
    if (!candidate.is_object()) return malformed(vendor_id, "without a candidate");
    const std::string& reason = candidate["finishReason"].as_string();
    if (std::find(kBlocked.begin(), kBlocked.end(), reason) != kBlocked.end()) return refusal(vendor_id);
    if (reason == "MAX_TOKENS") return malformed(vendor_id, "with a text that stops at its limit");
    return &candidate;
}

std::string gemini_text(const json::Value& candidate) {
    std::string text;
    for (const auto& part : candidate["content"]["parts"].array())
        if (!part["thought"].as_bool()) text += part["text"].as_string();
    return text;
}

Usage gemini_usage(const json::Value& reply) {
    const json::Value& said = reply["usageMetadata"];
    Usage usage{token_count(said["promptTokenCount"]), token_count(said["candidatesTokenCount"])};
    // Thoughts are charged as output.
    if (usage.output_tokens) *usage.output_tokens += token_count(said["thoughtsTokenCount"]).value_or(0);
    return usage;
}

}  // namespace atelier::ai
