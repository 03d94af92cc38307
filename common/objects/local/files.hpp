#pragma once
// Private to common/objects: files that are written whole and durably, or not at all.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "common/errors/error.hpp"

namespace atelier::objects {

/// A descriptor that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int number = -1) : number_(number) {}
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept;
    Descriptor& operator=(Descriptor&& other) noexcept;
    int number() const { return number_; }
    bool is_open() const { return number_ >= 0; }

  private:
    int number_;
};

/// Removes a file at the end of a scope unless told to keep it.
class TemporaryFile {
  public:
    explicit TemporaryFile(std::filesystem::path path) : path_(std::move(path)) {}
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    const std::filesystem::path& path() const { return path_; }
    void keep() { kept_ = true; }

  private:
    std::filesystem::path path_;
    bool kept_ = false;
};

/// A new file with these bytes, fsynced. Error: unavailable, also when the disk is full.
Result<void> write_durably(const std::filesystem::path& path, std::string_view bytes);
/// A new file with another's bytes, fsynced. Errors: not_found, too_large over the cap, unavailable.
Result<void> copy_durably(const std::filesystem::path& from, const std::filesystem::path& to,
                          std::int64_t max_bytes);
/// Makes a file's bytes, or a folder's entries, survive a power cut.
Result<void> sync(const std::filesystem::path& path);
/// Makes the missing folders below `base` (which exists), each entry durable.
Result<void> make_folders(const std::filesystem::path& base, const std::filesystem::path& folder);

Error disk_error(std::string_view doing);

}  // namespace atelier::objects
