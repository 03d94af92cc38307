#include "tests/faults/small_disk.hpp"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace atelier::faults {
namespace {

constexpr std::string_view kFiller = "filler";

}  // namespace

std::unique_ptr<SmallDisk> SmallDisk::mount(int mebibytes, std::string& why) {
    std::unique_ptr<SmallDisk> disk(new SmallDisk);
    // Servers of other users live in it, and must be able to pass.
    const std::string options = "mode=711,size=" + std::to_string(mebibytes) + "m";
    disk->mounted_ =
        ::mount("tmpfs", disk->path().c_str(), "tmpfs", MS_NOSUID | MS_NODEV, options.c_str()) == 0;
    if (disk->mounted_) return disk;
    why = std::string("a tmpfs cannot be mounted: ") + std::strerror(errno) +
          (::geteuid() != 0 ? " (it takes root)" : "");
    return nullptr;
}

SmallDisk::~SmallDisk() {
    if (mounted_) ::umount2(path().c_str(), MNT_DETACH);
}

void SmallDisk::fill(long left) {
    const int file = ::open((*this / kFiller).c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error("the disk cannot be filled");
    // Others write meanwhile: what was free a moment ago may be too much to take.
    for (long space = free_bytes(); space > left; space = free_bytes())
        (void)::posix_fallocate(file, ::lseek(file, 0, SEEK_END), space - left);
    ::close(file);
}

void SmallDisk::clear() {
    ::unlink((*this / kFiller).c_str());
}

long SmallDisk::free_bytes() const {
    struct statvfs info {};
    if (::statvfs(path().c_str(), &info) != 0) throw std::runtime_error("the disk cannot be asked");
    return static_cast<long>(info.f_bavail * info.f_bsize);
}

}  // namespace atelier::faults
