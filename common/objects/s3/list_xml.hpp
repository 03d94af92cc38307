#pragma once
// Private to common/objects/s3: the little XML that S3 answers with. No entity is expanded but the five of
// XML itself and character references, so nothing grows or is fetched.

#include <string>
#include <string_view>
#include <vector>

#include "common/objects/object_store.hpp"

namespace atelier::objects {

/// The `<Contents>` of a ListObjectsV2 answer. Error: unavailable when it is not one.
Result<std::vector<ObjectInfo>> parse_list(std::string_view xml);

/// The text of the first `<Code>` of an error answer; empty when there is none.
std::string parse_error_code(std::string_view xml);

}  // namespace atelier::objects
