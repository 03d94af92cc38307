#pragma once
// A brand kit as the organization keeps it, and as designs wear it.

#include <string>

#include "common/design/model/design.hpp"

namespace atelier::design {

/// `kit` is `{"colors", "fonts", "logos": [{asset_id}], "voice"}`, checked by its schema; its first logo is
/// the brand's.
Brand brand_of_kit(const std::string& name, const json::Value& kit);

}  // namespace atelier::design
