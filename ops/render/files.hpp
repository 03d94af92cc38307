#pragma once
// Whole files.

#include <filesystem>
#include <string>
#include <string_view>

#include "common/errors/error.hpp"

namespace atelier::render_program {

/// Errors: not_found; unavailable when it cannot be read.
Result<std::string> read_file(const std::filesystem::path& path);
/// Makes the folders around it. Error: unavailable.
Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace atelier::render_program
