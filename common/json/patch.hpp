#pragma once
// JSON Patch (RFC 6902): operations that turn one document into another.

#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "common/json/value.hpp"

namespace atelier::json {

enum class PatchKind { add, remove, replace, move, copy, test };
std::string_view to_string(PatchKind kind);

struct PatchOperation {
    PatchKind kind = PatchKind::test;
    std::string path;
    std::string from;  ///< of move and copy
    Value value;       ///< of add, replace and test
    bool operator==(const PatchOperation&) const = default;
};
using Patch = std::vector<PatchOperation>;

/// Changes the document by one operation. Error: conflict, naming the pointer that leads nowhere or the test
/// that failed; the document is then as it was.
Result<> apply(Value& document, const PatchOperation& operation);

/// Changes the document by all operations or, when one of them fails, not at all.
Result<> apply(Value& document, const Patch& patch);

/// `{"op","path",…}` as the RFC writes it.
Value to_json(const PatchOperation& operation);
Value to_json(const Patch& patch);
/// Error: validation_failed with every wrong member; members that the RFC does not know are ignored, as it
/// asks.
Result<Patch> parse_patch(const Value& value);

/// Operations that turn `from` into `to`: apply(from, diff(from, to)) == to. Lists are compared by position,
/// so an insertion at the front rewrites what follows. Empty exactly when the two are equal.
Patch diff(const Value& from, const Value& to);

}  // namespace atelier::json
