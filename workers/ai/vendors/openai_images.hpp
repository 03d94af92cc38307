#pragma once
// Private to workers/ai/vendors: what OpenAI's families of picture models take, and requests by it.

#include <span>
#include <string_view>

#include "workers/ai/vendors/multipart.hpp"
#include "workers/ai/vendors/pictures.hpp"

namespace atelier::ai {

struct OpenAiImageFamily {
    std::string_view prefix;  ///< of the model's name
    std::span<const PixelSize> sizes;
    std::string_view low, medium, high;  ///< words for quality; empty: the parameter is left out
    int most_at_once;
    bool takes_response_format;  ///< asked for base64; the others know nothing else
    bool can_be_transparent;
    std::string_view picture_part;  ///< of an edit's form
};
/// The family of a model; names that are not known are taken for compatible servers' own.
const OpenAiImageFamily& openai_family_of(std::string_view model);

json::Value openai_generation(const ImageRequest& request, std::string_view model, int count);
/// The request's pictures and mask must be as the API wants them: PNG, the mask transparent where it may
/// change.
Multipart openai_edit(const ImageRequest& request, std::string_view model, int count);

}  // namespace atelier::ai
