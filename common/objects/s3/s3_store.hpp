#pragma once
// The object store in a bucket of any S3-compatible service. Every operation is presigned by us and sent by
// the HTTP client.
//
// Answers 5xx and 429 and broken or late transfers are tried again, four times in all within about two
// seconds of waiting; every operation may be repeated safely. The bucket must exist.

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "common/http_client/client.hpp"
#include "common/objects/object_store.hpp"
#include "common/objects/s3/sigv4.hpp"

namespace atelier::objects {

struct S3Settings {
    std::string bucket;
    std::string endpoint;              ///< `https://host[:port]` that this process reaches
    std::string public_endpoint = {};  ///< for presigned URLs; empty: the same
    std::string region = "us-east-1";
    bool path_style = false;  ///< `endpoint/bucket/key` instead of `bucket.endpoint/key`
    S3Credentials credentials = {};
    std::chrono::milliseconds transfer_timeout{120'000};
    std::chrono::milliseconds first_pause{
        100};  ///< before the second try; doubled for each further one, ±20 %
};

class S3Store final : public ObjectStore {
  public:
    /// Checks the settings without reaching out. Error: validation_failed naming what is wrong.
    static Result<std::unique_ptr<S3Store>> open(S3Settings settings);

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
    /// lifetime: 1 s to 7 days.
    Result<PresignedRequest> presign_put(std::string_view key, std::string_view content_type,
                                         std::int64_t size, std::chrono::seconds lifetime,
                                         std::chrono::sys_seconds now) override;
    Result<std::string> presign_get(std::string_view key, std::chrono::seconds lifetime,
                                    std::chrono::sys_seconds now,
                                    const DownloadOptions& options = {}) override;
    Result<void> check() override;

  private:
    explicit S3Store(S3Settings settings);
    S3Operation operation(std::string method, std::string_view key, const std::string& endpoint) const;
    Result<http_client::Response> send(const S3Operation& operation, http_client::Request request) const;
    Result<ObjectInfo> upload(std::string_view key, std::string_view content_type, std::int64_t size,
                              http_client::Request request) const;

    S3Settings settings_;
    http_client::Client client_;
};

}  // namespace atelier::objects
