#pragma once
// The adaptation stage's table of steps: `adapt` makes one photo into one format,
// `render_design` one revision of a design into one file, `finish_design` stores a design that the engine made.

#include <cstddef>

#include "workers/runtime/step.hpp"

namespace atelier::adaptation {

struct StageSettings {
    std::size_t decoded_bytes =
        48 * 1024 * 1024;  ///< decoded photos kept (two of 12 megapixels), shared by the process's slots
};

/// Formats of one photo that run in one process decode it once.
runtime::StepTable steps(const StageSettings& settings = {});

}  // namespace atelier::adaptation
