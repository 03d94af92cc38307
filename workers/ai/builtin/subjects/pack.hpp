#pragma once
// The packed illustrations (ops/illustrations/pack.js describes the format), compiled into the program.

#include <span>
#include <string>
#include <string_view>

#include "common/errors/error.hpp"

namespace atelier::ai::builtin {

struct PackedPicture {
    std::string_view name;
    std::size_t offset = 0, packed = 0, plain = 0;  ///< bytes; the offset counts from the pack's beginning
};

/// Ordered by name. Read once; any thread.
std::span<const PackedPicture> packed_pictures();

/// The SVG document. Error: internal when the bytes are damaged.
Result<std::string> unpack(const PackedPicture& picture);

}  // namespace atelier::ai::builtin
