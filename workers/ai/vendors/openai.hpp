#pragma once
// OpenAI's API, and every server that speaks it: chat completions with a JSON schema, vision, pictures
// (generations and edits), embeddings, moderations.
//
// Options, all optional:
//   structured        "json_schema" (strict where the schema allows it), "json_object" or "none": then the
//   schema
//                     is told in words, for compatible servers that know no response formats
//   max_tokens_member "max_completion_tokens", or the older "max_tokens"; the older one is usual for base
//   URLs
//                     other than OpenAI's own
//   temperature       false: none is sent, for models that refuse one (those named o1, o3, o4, gpt-5 are
//   known) organization, project                         sent as headers embedding_dimensions fewer than the
//   model's own output_port, output_addresses                 see options.hpp; for servers that answer with
//   URLs of pictures
//
// Models that make one picture at a time are asked `count` times; when one of those requests fails after
// another has succeeded, the answer holds what came. Outpainting is an edit of the picture on a larger
// canvas.

#include "workers/ai/vendors/vendor.hpp"

namespace atelier::ai {

inline constexpr std::string_view kOpenAiBaseUrl = "https://api.openai.com/v1";

Result<std::unique_ptr<Provider>> make_openai(const VendorSettings& settings, http_client::Client& client);

}  // namespace atelier::ai
