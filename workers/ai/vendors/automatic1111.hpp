#pragma once
// AUTOMATIC1111's web API and those that are compatible with it: /sdapi/v1/txt2img and img2img.
//
// The key, where the server was started with --api-auth, is `user:password`. Options, all optional: `steps`
// (28), `cfg_scale` (7), `sampler` (the server's), `denoising` (0.6; of edits without a mask), `pixels` (at
// most so many, 1048576), `checkpoint` (false: the call's model is not switched to, the loaded one is used).
// The API takes no idempotency key, and a request that is broken off is finished by the server all the same.

#include "workers/ai/vendors/vendor.hpp"

namespace atelier::ai {

Result<std::unique_ptr<Provider>> make_automatic1111(const VendorSettings& settings,
                                                     http_client::Client& client);

}  // namespace atelier::ai
