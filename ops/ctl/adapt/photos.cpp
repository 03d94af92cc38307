#include "ops/ctl/adapt/photos.hpp"

#include <fstream>
#include <set>

#include "common/media/media.hpp"

namespace atelier::ctl {
namespace {

std::string unique_name(const std::string& wanted, std::set<std::string>& taken) {
    std::string name = wanted;
    for (int i = 2; !taken.insert(name).second; ++i)
        name = wanted + "-" + std::to_string(i);
    return name;
}

std::string first_reason(const Error& error) {
    return error.details.empty() ? error.message : error.details.front().message;
}

}  // namespace

std::string safe_name(const std::string& name) {
    std::string safe;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = byte >= 0x80 || std::isalnum(byte) || c == '.' || c == '_' || c == '-';
        safe += plain ? c : '_';
    }
    if (safe.empty() || safe.front() == '.') safe.insert(0, "_");
    return safe;
}

Result<std::vector<Photo>> look_at_photos(const std::vector<std::string>& files) {
    std::vector<Photo> photos;
    std::set<std::string> taken;
    std::vector<FieldError> problems;
    for (const std::string& file : files) {
        std::error_code error;
        const auto size = std::filesystem::file_size(file, error);
        if (error || !std::ifstream(file, std::ios::binary)) {
            problems.push_back({file, "readable", "The file cannot be read."});
            continue;
        }
        const auto info = media::inspect_file(file);
        if (!info) {
            problems.push_back({file, "picture", first_reason(info.error())});
            continue;
        }
        const std::filesystem::path path(file);
        photos.push_back({path,
                          unique_name(safe_name(path.stem().string()), taken),
                          info->content_type,
                          static_cast<std::int64_t>(size),
                          {}});
    }
    if (!problems.empty())
        return Error{ErrorCode::validation_failed, "Not every photo is usable.", problems, {}};
    return photos;
}

}  // namespace atelier::ctl
