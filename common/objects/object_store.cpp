#include "common/objects/object_store.hpp"

#include <algorithm>

namespace atelier::objects {

namespace {

constexpr std::size_t kMaxKey = 512, kMaxSegment = 128, kMaxContentType = 80;

bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_key_character(char c) {
    return is_alphanumeric(c) || c == '.' || c == '_' || c == '-';
}

/// One segment, or the beginning of one when `partial`.
bool is_segment(std::string_view segment, bool partial) {
    if (segment.empty()) return partial;
    return segment.size() <= kMaxSegment && segment.front() != '.' &&
           std::all_of(segment.begin(), segment.end(), is_key_character);
}

bool is_path(std::string_view path, bool partial) {
    if (path.size() > kMaxKey) return false;
    for (auto slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
        if (!is_segment(path.substr(0, slash), false)) return false;
        path.remove_prefix(slash + 1);
    }
    return is_segment(path, partial);
}

std::chrono::sys_seconds system_now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace

Result<PresignedRequest> ObjectStore::presign_put(std::string_view key, std::string_view content_type,
                                                  std::int64_t size, std::chrono::seconds lifetime) {
    return presign_put(key, content_type, size, lifetime, system_now());
}

Result<std::string> ObjectStore::presign_get(std::string_view key, std::chrono::seconds lifetime,
                                             const DownloadOptions& options) {
    return presign_get(key, lifetime, system_now(), options);
}

Result<void> check_key(std::string_view key) {
    if (is_path(key, false)) return {};
    return invalid("/key", "pattern",
                   "an object key is 1 to 512 letters, digits, `.`, `_`, `-` in segments joined by `/`");
}

Result<void> check_prefix(std::string_view prefix) {
    if (is_path(prefix, true)) return {};
    return invalid("/prefix", "pattern", "a prefix is the beginning of an object key");
}

Result<void> check_content_type(std::string_view type) {
    const auto slash = type.find('/');
    const auto allowed = [](char c) {
        return is_alphanumeric(c) ? !(c >= 'A' && c <= 'Z') : c == '.' || c == '+' || c == '-';
    };
    const bool good = type.size() <= kMaxContentType && slash != std::string_view::npos && slash > 0 &&
                      slash + 1 < type.size() && std::all_of(type.begin(), type.begin() + slash, allowed) &&
                      std::all_of(type.begin() + slash + 1, type.end(), allowed);
    if (good) return {};
    return invalid("/content_type", "pattern",
                   "a content type is `type/subtype` in lowercase, without parameters");
}

}  // namespace atelier::objects
