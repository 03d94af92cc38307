#pragma once
// What language and image models are told. Each request carries the same twice: `input` for engines that do
// the task themselves, instructions and prompt for models. What a user wrote is quoted as data, never mixed
// with instructions.

#include <string>
#include <vector>

#include "workers/ai/capabilities/capability.hpp"

namespace atelier::ai {

/// `brand` is a design's brand as JSON, or null.
TextRequest brief_request(const std::string& prompt, const json::Value& brand, int variants,
                          std::int64_t seed);

struct DesignWish {
    json::Value brief, brand;  ///< brand: null without one
    int width = 0, height = 0;
    int variant = 0, variants = 1;
    std::int64_t seed = 0;
};
TextRequest design_request(const DesignWish& wish);

TextRequest edit_request(const json::Value& document, const std::string& instruction,
                         const json::Value& brand);

/// Answer: {texts}, as many as came, in their order.
TextRequest translation_request(const std::vector<std::string>& texts, const std::string& language);

/// The enhanced prompt of a picture: what it shows, the design's theme, the place that it takes, keywords and
/// colours. What the context does not say is left out.
std::string picture_prompt(const std::string& prompt, const design::HolisticContext& context);

}  // namespace atelier::ai
