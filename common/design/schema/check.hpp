#pragma once
// Stage 2: whether a value is a Design JSON, and every place where it is not.
//
// The schema (schemas/design/design.json) says what each field may hold; a few rules bind fields to each
// other and are checked after it: unique ids, z_index equal to the position, at most kMaxLayers layers and
// kMaxGroupDepth groups in each other, gradient offsets that do not fall, points for polygons, no empty
// `isolated`.

#include <vector>

#include "common/errors/error.hpp"
#include "common/json/value.hpp"

namespace atelier::design {

inline constexpr std::size_t kMaxDocumentBytes = 1 << 20;
inline constexpr std::size_t kMaxDocumentDepth = 32;
inline constexpr std::size_t kMaxLayers = 300;    ///< all lists together, groups counted too
inline constexpr std::size_t kMaxGroupDepth = 4;  ///< a group in a group in a group in a group

/// Whether more than `levels` lists and objects lie in each other.
bool is_nested_deeper(const json::Value& value, std::size_t levels);

/// At most json::kMaxSchemaErrors of the schema and as many of the rules, in the order of the document.
/// Thread-safe.
std::vector<FieldError> check_design(const json::Value& value);

/// The schema as JSON, for those who walk it. Immutable.
const json::Value& design_schema();

}  // namespace atelier::design
