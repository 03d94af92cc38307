#pragma once
// Makes a document that refers to other files complete in itself.

#include <functional>
#include <string_view>

#include "common/errors/error.hpp"
#include "common/json/value.hpp"

namespace atelier::api {

/// Every `$ref: folder/name.json#/definitions/part` becomes `#/components/schemas/folder.name.part`, and what
/// it refers to is added there. `load` gives a file by its path from the document. Error: internal for a file
/// or part that is missing.
Result<json::Value> bundle(json::Value document,
                           const std::function<Result<json::Value>(std::string_view)>& load);

}  // namespace atelier::api
