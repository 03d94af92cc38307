#pragma once
// Numbers of an answer, believed only where they can be true.

#include <optional>
#include <string_view>
#include <vector>

#include "workers/ai/vendors/exchange/failures.hpp"

namespace atelier::ai {

/// A count of tokens: nothing for what is no whole number from 0 to a milliard.
std::optional<std::int64_t> token_count(const json::Value& value);
/// Adds what is known.
void add(Usage& sum, const Usage& part);

/// Vectors as an embedding's answer: one a text, finite, equally long, scaled to length 1. Failure:
/// malformed_output.
Answered<EmbeddingAnswer> embedding_answer(const std::vector<const json::Value*>& vectors, Usage usage,
                                           std::string_view vendor_id);

}  // namespace atelier::ai
