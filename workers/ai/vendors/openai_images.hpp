#pragma once
// Private to workers/ai/vendors: what OpenAI's families of picture models take, and requests by it.

#include <span>
#include <string_view>

#include "workers/ai/vendors/exchange/multipart.hpp"
#include "workers/ai/vendors/exchange/pictures.hpp"

namespace atelier::ai {

struct OpenAiImageFamily {
    std::string_view prefix;  ///< of the model's name
    std::span<const PixelSize> sizes;
    std::string_view low, medium, high;  ///< words for quality; empty: the parameter is left out
    int most_at_once;
    std::size_t longest_prompt;  ///< bytes; what is longer is cut, since the API would refuse it
    bool takes_response_format;  ///< asked for base64; the others know nothing else
    bool can_be_transparent;
    std::string_view picture_part;  ///< of an edit's form
};
/// The family of a model; names that are not known are taken for compatible servers' own.
const OpenAiImageFamily& openai_family_of(std::string_view model);

/// The request as the API wants it: an outpainting put as an edit on its canvas, the mask clear where it may
/// change.
Answered<ImageRequest> openai_prepared(const ImageRequest& request, std::string_view model,
                                       std::string_view vendor_id);

json::Value openai_generation(const ImageRequest& request, std::string_view model, int count);
/// Of a prepared request.
Multipart openai_edit(const ImageRequest& request, std::string_view model, int count);

}  // namespace atelier::ai
