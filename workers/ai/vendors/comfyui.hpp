#pragma once
// ComfyUI: a graph of nodes is queued (/prompt), its history looked at until it is done, its pictures viewed.
//
// Options, all optional: `workflow`, `edit_workflow`, `outpaint_workflow`: graphs in the API's format, in
// place of the built-in ones (comfyui_graphs.hpp names the placeholders that are filled in); `pixels` (at
// most so many, 1048576); `poll_ms` (500). The key, where a proxy in front of the server asks for one, is
// sent as a bearer token. A call that stops takes its prompt out of the queue and interrupts it.

#include "workers/ai/vendors/vendor.hpp"

namespace atelier::ai {

Result<std::unique_ptr<Provider>> make_comfyui(const VendorSettings& settings, http_client::Client& client);

}  // namespace atelier::ai
