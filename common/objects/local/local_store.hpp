#pragma once
// The object store in a folder. Several processes of one machine may share it.
//
// Layout: `objects/<folders of the key>/=hh/<last segment>@<type>` (hh: a byte of the last segment's hash, so
// no folder grows without bound) and `temporary/` on the same file system. A write goes to temporary/, is
// fsynced and renamed, then the folder is fsynced: readers see the old object or the new one, and a crash
// leaves only a temporary file.

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "common/objects/local/signed_url.hpp"
#include "common/objects/object_store.hpp"

namespace atelier::objects {

struct LocalSettings {
    std::filesystem::path folder;
    std::string signing_secret = {};   ///< at least 32 bytes
    std::string public_base_url = {};  ///< may be empty: URLs then begin with `/`
};

/// Where an object lies, for a server that streams it. The file may be replaced or removed at any time: open
/// it once.
struct StoredFile {
    std::filesystem::path path;
    ObjectInfo info;
};

class LocalStore final : public ObjectStore {
  public:
    /// Makes the folders. Error: validation_failed for settings, unavailable for the disk.
    static Result<std::unique_ptr<LocalStore>> open(LocalSettings settings);

    using ObjectStore::presign_get;
    using ObjectStore::presign_put;
    Result<ObjectInfo> put(std::string_view key, std::string_view bytes,
                           std::string_view content_type) override;
    Result<ObjectInfo> put_file(std::string_view key, const std::filesystem::path& file,
                                std::string_view content_type) override;
    Result<std::string> get(std::string_view key, std::int64_t max_bytes = kDefaultReadCap) override;
    Result<ObjectInfo> get_to_file(std::string_view key, const std::filesystem::path& file,
                                   std::int64_t max_bytes = kDefaultReadCap) override;
    Result<ObjectInfo> head(std::string_view key) override;
    Result<void> remove(std::string_view key) override;
    Result<std::vector<ObjectInfo>> list(std::string_view prefix, int limit = 1000,
                                         std::string_view after = {}) override;
    Result<ObjectInfo> copy(std::string_view from, std::string_view to) override;
    Result<ObjectInfo> move(std::string_view from, std::string_view to) override;
    Result<PresignedRequest> presign_put(std::string_view key, std::string_view content_type,
                                         std::int64_t size, std::chrono::seconds lifetime,
                                         std::chrono::sys_seconds now) override;
    Result<std::string> presign_get(std::string_view key, std::chrono::seconds lifetime,
                                    std::chrono::sys_seconds now,
                                    const DownloadOptions& options = {}) override;
    Result<void> check() override;

    /// For the handler of /api/v1/objects/{key}: see UrlSigner::verify.
    Result<SignedObject> verify_signed_request(std::string_view method, std::string_view path,
                                               std::string_view query, std::string_view content_type,
                                               std::optional<std::int64_t> content_length,
                                               std::chrono::sys_seconds now) const;
    /// A path in temporary/ that nobody else uses, for receiving an upload. The file is not made.
    std::filesystem::path new_temporary_path() const;
    /// Turns a received file (at a path of new_temporary_path) into the object: checks the signed size,
    /// fsyncs, renames. On failure the file is left for the caller to remove, or for the sweep.
    Result<ObjectInfo> accept_upload(const SignedObject& object, const std::filesystem::path& temporary);
    /// The object's file, for streaming it.
    Result<StoredFile> locate(std::string_view key) const;
    /// Removes temporary files that were last written longer ago than that; answers how many.
    Result<int> sweep_temporary(std::chrono::seconds older_than);

  private:
    explicit LocalStore(LocalSettings settings);
    std::filesystem::path shard_of(std::string_view key) const;
    template <class Use>
    auto locate_and(std::string_view key, Use use) const -> std::invoke_result_t<Use, const StoredFile&>;
    Result<ObjectInfo> commit(std::string_view key, std::string_view content_type,
                              const std::filesystem::path& temporary);

    std::filesystem::path objects_;
    std::filesystem::path temporary_;
    UrlSigner signer_;
};

}  // namespace atelier::objects
