#pragma once
// Files that bodies come from and go to. Everything here blocks: call it on worker threads, one at a time per
// object.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "api/http/request.hpp"
#include "common/crypto/hash.hpp"
#include "common/errors/error.hpp"

namespace atelier::api::http {

/// Owns a descriptor.
class OpenFile {
  public:
    OpenFile() = default;
    explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
    OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    OpenFile& operator=(OpenFile&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~OpenFile();
    int descriptor() const { return descriptor_; }

  private:
    int descriptor_ = -1;
};

/// A file being sent.
struct FileSource {
    OpenFile file;
    std::uint64_t size = 0;
    std::string etag;  ///< quoted; from size and time of change

    /// Error: not_found unless it is a readable regular file.
    static Result<FileSource> open(const std::filesystem::path& path);
    /// Up to `length` bytes at `offset`; fewer only at the end. Error: internal.
    Result<std::string> read(std::uint64_t offset, std::size_t length) const;
};

/// A body being received into a fresh file of `folder`; the file is gone with the object unless finish() was
/// called.
class UploadSink {
  public:
    UploadSink() = default;
    ~UploadSink();
    UploadSink(UploadSink&&) = default;
    UploadSink& operator=(UploadSink&&) = delete;

    /// Errors here and below: unavailable when the disk is full or refuses.
    static Result<UploadSink> create(const std::filesystem::path& folder);
    Result<void> write(std::string_view bytes);
    /// Hands the file over: whoever takes it removes it.
    Result<UploadedFile> finish();

  private:
    OpenFile file_;
    std::filesystem::path path_;  ///< empty: nothing to remove
    std::uint64_t size_ = 0;
    crypto::Sha256 hash_;
};

}  // namespace atelier::api::http
