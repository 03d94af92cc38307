#pragma once
// The change of a design as a patch that people can read: layers come, go and change places as a whole.

#include "common/json/patch.hpp"

namespace atelier::ai::builtin::instructions {

/// apply(from, patch_between(from, to)) == to, both canonical designs. Layers are told apart by their ids;
/// what is left after adding, removing and moving them is told member by member.
json::Patch patch_between(const json::Value& from, const json::Value& to);

}  // namespace atelier::ai::builtin::instructions
