#include "common/objects/local/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

namespace atelier::objects {

namespace {

Result<void> write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return disk_error("write an object");
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

Descriptor create(const std::filesystem::path& path) {
    return Descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
}

}  // namespace

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
}

TemporaryFile::~TemporaryFile() {
    if (!kept_) ::unlink(path_.c_str());
}

Error disk_error(std::string_view doing) {
    return unavailable("the object store could not " + std::string(doing) + ": " + std::strerror(errno));
}

Result<void> write_durably(const std::filesystem::path& path, std::string_view bytes) {
    const Descriptor file = create(path);
    if (!file.is_open()) return disk_error("make a file");
    if (auto written = write_all(file.number(), bytes); !written) return written;
    if (::fsync(file.number()) != 0) return disk_error("sync an object");
    return {};
}

Result<void> copy_durably(const std::filesystem::path& from, const std::filesystem::path& to,
                          std::int64_t max_bytes) {
    const Descriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (!source.is_open() || ::fstat(source.number(), &status) != 0 || !S_ISREG(status.st_mode))
        return not_found("file");
    if (status.st_size > max_bytes)
        return Error{ErrorCode::too_large, "the object is larger than allowed", {}, {}};
    const Descriptor target = create(to);
    if (!target.is_open()) return disk_error("make a file");
    std::vector<char> buffer(1 << 18);
    for (;;) {
        const ssize_t count = ::read(source.number(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return disk_error("read an object");
        if (count == 0) break;
        if (auto written = write_all(target.number(), {buffer.data(), static_cast<std::size_t>(count)});
            !written)
            return written;
    }
    if (::fsync(target.number()) != 0) return disk_error("sync an object");
    return {};
}

Result<void> sync(const std::filesystem::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open() || ::fsync(file.number()) != 0) return disk_error("sync a folder");
    return {};
}

Result<void> make_folders(const std::filesystem::path& base, const std::filesystem::path& folder) {
    auto path = base;
    for (const auto& part : folder.lexically_relative(base)) {
        const auto parent = path;
        path /= part;
        if (::mkdir(path.c_str(), 0750) == 0) {
            if (auto synced = sync(parent); !synced) return synced;
        } else if (errno != EEXIST) {
            return disk_error("make a folder");
        }
    }
    return {};
}

}  // namespace atelier::objects
