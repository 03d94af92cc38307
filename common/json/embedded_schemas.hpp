#pragma once
// The schemas of the folder schemas/ that are compiled into the program.

#include "common/errors/error.hpp"
#include "common/json/schema_set.hpp"

namespace atelier::json {

/// Every `http/*.json` (request bodies) and `jobs/*.json` (`jobs/<kind>.json`: a job's input). Compile once, in main.
/// `more` join them, and win where the names are the same.
Result<SchemaSet> embedded_schemas(const SchemaSet::Texts& more = {});

}  // namespace atelier::json
