#pragma once
// The photos of the command line, looked at before anything is sent.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "common/errors/error.hpp"

namespace atelier::ctl {

struct Photo {
    std::filesystem::path path;
    std::string name;  ///< for results and messages: the file's stem, made unique
    std::string content_type;
    std::int64_t size_bytes = 0;
    std::string asset_id;  ///< once it is uploaded
};

/// Error: validation_failed, one detail per file that is no JPEG, PNG or WebP or cannot be read.
Result<std::vector<Photo>> look_at_photos(const std::vector<std::string>& files);

/// Letters, digits and `._-` of a name; everything else becomes `_`. Never empty, never hidden.
std::string safe_name(const std::string& name);

}  // namespace atelier::ctl
