#pragma once
// Private to workers/ai/vendors: what Gemini's answers and errors say.

#include <string>

#include "workers/ai/vendors/exchange/failures.hpp"

namespace atelier::ai {

VendorError read_gemini_error(int status, const json::Value& body);

/// The first candidate, when it was finished and not blocked. Valid as long as the reply. Failures:
/// unsafe_prompt, malformed_output.
Answered<const json::Value*> gemini_candidate(const json::Value& reply, const std::string& vendor_id);

/// All text of a candidate, without what the model thought aloud.
std::string gemini_text(const json::Value& candidate);

Usage gemini_usage(const json::Value& reply);

}  // namespace atelier::ai
