#pragma once
// Slugs of catalog entries whose creator gave none.

#include <string>
#include <string_view>

#include "common/errors/error.hpp"

namespace atelier::api {

/// `Instagram Story (9:16)` → `instagram-story-9-16`, at most 64 characters. Error: validation_failed on
/// `/slug` when nothing of the name can be in a slug.
Result<std::string> slug_of(std::string_view name);

}  // namespace atelier::api
