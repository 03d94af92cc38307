#pragma once
// Replicate: pictures by predictions, created with `Prefer: wait`, then polled at growing pauses, cancelled
// when the call stops or runs out of time.
//
// A model is `owner/name`, or `owner/name:version`. What a model's inputs are called differs; options say it:
//   names         {"prompt": …, "negative_prompt": …, "width": …, "height": …, "aspect_ratio": …, "count": …,
//                 "seed": …, "image": …, "mask": …}; a name that is empty leaves the input out. Unless told:
//                 prompt, aspect_ratio, num_outputs, seed, image, mask; and those of them alone
//   input         further inputs with fixed values
//   poll_ms       the first pause between polls, 500 unless told; each is half as long again, up to 5 s
//   output_port, output_addresses   see options.hpp
//
// Webhooks are not used: a worker has no address that the internet can reach, and the front neither knows nor
// holds a worker's call. `Prefer: wait` answers most predictions within its first request; polling costs the
// rest one small request every few seconds. Replicate takes no idempotency key: a creation whose answer was
// lost is made, and paid, again when it is repeated.

#include "workers/ai/vendors/vendor.hpp"

namespace atelier::ai {

Result<std::unique_ptr<Provider>> make_replicate(const VendorSettings& settings, http_client::Client& client);

}  // namespace atelier::ai
