#include "workers/ai/vendors/exchange/numbers.hpp"

#include <cmath>

namespace atelier::ai {
namespace {

constexpr std::int64_t kMostTokens = 1'000'000'000;
/// Components of real embeddings are far below; what is beyond would overflow when it is squared and summed.
constexpr double kLargestComponent = 1e9;

/// Empty when it is no vector or has no direction.
std::vector<float> unit_vector(const json::Value& given) {
    double sum = 0;
    for (const auto& x : given.array()) {
        if (!x.is_number() || std::abs(x.as_double()) > kLargestComponent) return {};
        sum += x.as_double() * x.as_double();
    }
    if (!(sum > 0)) return {};
    const double length = std::sqrt(sum);
    std::vector<float> vector;
    vector.reserve(given.size());
    for (const auto& x : given.array())
        vector.push_back(static_cast<float>(x.as_double() / length));
    return vector;
}

}  // namespace

std::optional<std::int64_t> token_count(const json::Value& value) {
    if (!value.is_int() || value.as_int() < 0 || value.as_int() > kMostTokens) return std::nullopt;
    return value.as_int();
}

void add(Usage& sum, const Usage& part) {
    if (part.input_tokens) sum.input_tokens = sum.input_tokens.value_or(0) + *part.input_tokens;
    if (part.output_tokens) sum.output_tokens = sum.output_tokens.value_or(0) + *part.output_tokens;
}

Answered<EmbeddingAnswer> embedding_answer(const std::vector<const json::Value*>& vectors, Usage usage,
                                           std::string_view vendor_id) {
    EmbeddingAnswer answer;
    answer.usage = usage;
    for (const json::Value* given : vectors) {
        answer.vectors.push_back(given ? unit_vector(*given) : std::vector<float>{});
        if (answer.vectors.back().empty() || answer.vectors.back().size() != answer.vectors[0].size())
            return malformed(vendor_id, "without a vector for each text");
    }
    return answer;
}

}  // namespace atelier::ai
