#pragma once
// Google's Gemini API: generateContent with a response schema, vision by inline pictures, pictures by models
// that answer with inline pictures, Imagen (`:predict`, models named imagen-…), embeddings.
//
// Options: `output_dimensionality` of embeddings; `safety`, a list of {category, threshold} as the API has
// them; `image_size` ("1K", "2K") of Imagen. Gemini takes no idempotency key. It makes one picture a request:
// it is asked `count` times, and when one request fails after another has succeeded, the answer holds what
// came. A mask and a canvas to extend go along as further pictures, told in words; Imagen does not edit here,
// so edits of an Imagen model are a permanent failure.

#include "workers/ai/vendors/vendor.hpp"

namespace atelier::ai {

Result<std::unique_ptr<Provider>> make_gemini(const VendorSettings& settings, http_client::Client& client);

}  // namespace atelier::ai
