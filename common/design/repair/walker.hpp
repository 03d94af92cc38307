#pragma once
// Private to repair/: makes a value fit the schema by walking both.

#include <string>

#include "common/design/repair/editor.hpp"

namespace atelier::design {

/// Walks the document beside design_schema(). Layers have a known type already; ids are still to be given.
void fit_to_schema(Editor& editor);

}  // namespace atelier::design
