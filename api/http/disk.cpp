#include "api/http/disk.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "common/ids/id.hpp"

namespace atelier::api::http {

namespace {

Error disk_error(int code) {
    return unavailable(fmt::format("The upload could not be stored: {}.", std::strerror(code)), 30);
}

}  // namespace

OpenFile::~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<FileSource> FileSource::open(const std::filesystem::path& path) {
    FileSource source;
    source.file = OpenFile(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    if (source.file.descriptor() < 0 || ::fstat(source.file.descriptor(), &status) != 0 ||
        !S_ISREG(status.st_mode)) {
        return not_found("file");
    }
    source.size = static_cast<std::uint64_t>(status.st_size);
    source.etag =
        fmt::format("\"{:x}-{:x}{:08x}\"", source.size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    return source;
}

Result<std::string> FileSource::read(std::uint64_t offset, std::size_t length) const {
    std::string bytes(length, '\0');
    std::size_t got = 0;
    while (got < length) {
        const ssize_t n =
            ::pread(file.descriptor(), bytes.data() + got, length - got, static_cast<off_t>(offset + got));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return internal("A file could not be read.");
        if (n == 0) break;
        got += static_cast<std::size_t>(n);
    }
    bytes.resize(got);
    return bytes;
}

UploadSink::~UploadSink() {
    if (!path_.empty()) ::unlink(path_.c_str());
}

Result<UploadSink> UploadSink::create(const std::filesystem::path& folder) {
    UploadSink sink;
    const std::filesystem::path path = folder / (ids::new_uuid() + ".upload");
    sink.file_ = OpenFile(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (sink.file_.descriptor() < 0) return disk_error(errno);
    sink.path_ = path;
    return sink;
}

Result<void> UploadSink::write(std::string_view bytes) {
    hash_.update(bytes);
    size_ += bytes.size();
    while (!bytes.empty()) {
        const ssize_t n = ::write(file_.descriptor(), bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return disk_error(errno);
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return {};
}

Result<UploadedFile> UploadSink::finish() {
    // Without this a full disk may show only after the client was told that all is well.
    if (::fdatasync(file_.descriptor()) != 0) return disk_error(errno);
    UploadedFile done{path_, size_, crypto::to_hex(hash_.finish())};
    path_.clear();
    return done;
}

}  // namespace atelier::api::http
