#pragma once
// Stage 3: brings a parsed document into the form of the schema, whatever a model made of it.
//
// Works from the outside in: the root is unwrapped, keys get their canonical names, layers their type (what
// no renderer knows moves to `isolated`), fields their place; then the schema itself is walked: what is
// missing gets its default, numbers are clamped, words and colours normalised, what does not belong is
// removed; last come ids, z_index and texts that were trapped in pictures. Every change is an operation of
// the editor's record. Repairing a repaired document changes nothing.

#include "common/design/repair/editor.hpp"

namespace atelier::design {

/// Any value is taken; afterwards check_design() finds nothing wrong with the editor's document.
void repair_design(Editor& editor);

}  // namespace atelier::design
