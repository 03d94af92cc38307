#pragma once
// Where bytes live: originals, results and previews, under keys of our own making.
//
// Two implementations (a local folder, S3) hold to one contract, tests/contract/objects_contract.cpp. All
// functions may be called from any thread and block, except presign_*, which only compute. Codes: not_found ·
// too_large (a cap was hit) · validation_failed (bad key, type or size: a bug of the caller or a hostile
// request) · unavailable (store away, disk full).

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/errors/error.hpp"

namespace atelier::objects {

struct ObjectInfo {
    std::string key;
    std::int64_t size = 0;
    std::string content_type = {};  ///< empty in the answers of list
    std::string etag = {};          ///< opaque; changes whenever the object is written
};

/// What a client needs to upload or download without any other permission. Nothing of it may be logged.
struct PresignedRequest {
    std::string method;
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;  ///< must be sent exactly so
    std::chrono::sys_seconds expires;
};

struct DownloadOptions {
    std::string filename = {};      ///< not empty: the client is told to save it under this name
    std::string content_type = {};  ///< not empty: answered instead of the stored type
};

inline constexpr std::int64_t kDefaultReadCap = std::int64_t{256} << 20;

class ObjectStore {
  public:
    virtual ~ObjectStore() = default;

    /// Stores all of it or nothing, durable when it returns; replaces what was there.
    virtual Result<ObjectInfo> put(std::string_view key, std::string_view bytes,
                                   std::string_view content_type) = 0;
    /// The same from a file, which stays where it is.
    virtual Result<ObjectInfo> put_file(std::string_view key, const std::filesystem::path& file,
                                        std::string_view content_type) = 0;

    /// The bytes; too_large when there are more than the cap.
    virtual Result<std::string> get(std::string_view key, std::int64_t max_bytes = kDefaultReadCap) = 0;
    /// Writes the bytes to `file` (made or replaced as a whole, absent after a failure). The folder must
    /// exist.
    virtual Result<ObjectInfo> get_to_file(std::string_view key, const std::filesystem::path& file,
                                           std::int64_t max_bytes = kDefaultReadCap) = 0;
    virtual Result<ObjectInfo> head(std::string_view key) = 0;
    /// Succeeds also when there is no such object.
    virtual Result<void> remove(std::string_view key) = 0;
    /// Objects whose key begins with the prefix and is greater than `after`, in byte order of keys; at most
    /// limit (1…1000).
    virtual Result<std::vector<ObjectInfo>> list(std::string_view prefix, int limit = 1000,
                                                 std::string_view after = {}) = 0;
    /// Bytes and type; replaces the target.
    virtual Result<ObjectInfo> copy(std::string_view from, std::string_view to) = 0;
    /// copy, then remove of the source: a fault in between leaves both.
    virtual Result<ObjectInfo> move(std::string_view from, std::string_view to) = 0;

    /// Lets somebody put exactly `size` bytes of that type under the key until `now + lifetime`. Type and
    /// length are signed.
    virtual Result<PresignedRequest> presign_put(std::string_view key, std::string_view content_type,
                                                 std::int64_t size, std::chrono::seconds lifetime,
                                                 std::chrono::sys_seconds now) = 0;
    virtual Result<std::string> presign_get(std::string_view key, std::chrono::seconds lifetime,
                                            std::chrono::sys_seconds now,
                                            const DownloadOptions& options = {}) = 0;

    /// Whether objects can be written and read now. For health pages; cheap enough for once a second.
    virtual Result<void> check() = 0;

    /// presign_put and presign_get by this machine's clock.
    Result<PresignedRequest> presign_put(std::string_view key, std::string_view content_type,
                                         std::int64_t size, std::chrono::seconds lifetime);
    Result<std::string> presign_get(std::string_view key, std::chrono::seconds lifetime,
                                    const DownloadOptions& options = {});
};

/// Keys are 1…512 characters: segments of `A-Z a-z 0-9 . _ -` (1…128 each, not beginning with a dot) joined
/// by single `/`.
Result<void> check_key(std::string_view key);
/// A prefix is empty or the beginning of a valid key.
Result<void> check_prefix(std::string_view prefix);
/// `type/subtype`, lowercase, without parameters, at most 80 characters.
Result<void> check_content_type(std::string_view content_type);

}  // namespace atelier::objects
