#include "common/objects/local/local_store.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>

#include "common/crypto/hash.hpp"
#include "common/ids/id.hpp"
#include "common/objects/local/files.hpp"
#include "common/objects/percent.hpp"

namespace atelier::objects {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMinSecretBytes = 32;

std::string_view last_segment(std::string_view key) {
    return key.substr(key.rfind('/') + 1);  // npos + 1 is 0
}

/// `<last segment>@<type>`: neither part can hold an `@`.
std::string file_name(std::string_view key, std::string_view content_type) {
    return std::string(last_segment(key)) + "@" + percent_encode(content_type);
}

std::int64_t nanoseconds(const timespec& time) {
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

/// A rename keeps the inode's times, so the identity of a written file is its time, size and inode.
std::string etag_of(const struct stat& status) {
    return std::to_string(nanoseconds(status.st_mtim)) + "-" + std::to_string(status.st_size) + "-" +
           std::to_string(status.st_ino);
}

std::optional<StoredFile> stat_file(const fs::path& path, std::string_view key, std::string_view encoded_type,
                                    std::int64_t* written = nullptr) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    if (written) *written = nanoseconds(status.st_mtim);
    return StoredFile{path,
                      {.key = std::string(key),
                       .size = status.st_size,
                       .content_type = percent_decode(encoded_type).value_or(""),
                       .etag = etag_of(status)}};
}

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

template <class Visit>
void for_each_name(const fs::path& folder, Visit visit) {
    const std::unique_ptr<DIR, CloseFolder> open(::opendir(folder.c_str()));
    if (!open) return;
    while (const dirent* entry = ::readdir(open.get())) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") visit(name);
    }
}

/// Two files of one key exist only between a rename and the unlink of the other type: the younger one counts.
std::optional<StoredFile> find_file(const fs::path& shard, std::string_view key) {
    const std::string begin = std::string(last_segment(key)) + "@";
    std::optional<StoredFile> found;
    std::int64_t youngest = 0;
    for_each_name(shard, [&](std::string_view name) {
        if (!name.starts_with(begin)) return;
        std::int64_t written = 0;
        auto file = stat_file(shard / name, key, name.substr(begin.size()), &written);
        if (file && (!found || written > youngest)) found = std::move(file), youngest = written;
    });
    return found;
}

/// Held while a shard's names change. Another process that removes the empty shard meanwhile makes the rename
/// fail: try again.
Descriptor lock_folder(const fs::path& folder) {
    Descriptor open(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    while (open.is_open() && ::flock(open.number(), LOCK_EX) != 0 && errno == EINTR) {
    }
    return open;
}

void remove_other_types(const fs::path& shard, std::string_view key, const std::string& kept) {
    const std::string begin = std::string(last_segment(key)) + "@";
    std::vector<std::string> others;
    for_each_name(shard, [&](std::string_view name) {
        if (name.starts_with(begin) && name != kept) others.emplace_back(name);
    });
    for (const auto& name : others)
        ::unlink((shard / name).c_str());
}

std::string read_file(int file, std::int64_t size, bool& failed) {
    std::string bytes(static_cast<std::size_t>(size), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::read(file, bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        done += static_cast<std::size_t>(count);
    }
    failed = done < bytes.size();
    return bytes;
}

/// Keys in byte order below one folder. Only what may match is walked.
class Listing {
  public:
    Listing(std::string_view prefix, std::string_view after, std::size_t limit)
        : prefix_(prefix), after_(after), limit_(limit) {}

    void walk(const fs::path& folder, const std::string& key_prefix) {
        std::vector<Entry> entries;
        for_each_name(folder, [&](std::string_view name) {
            if (!name.starts_with('='))
                entries.push_back({key_prefix + std::string(name) + "/", folder / name, {}});
            else
                for_each_name(folder / name, [&](std::string_view file) {
                    const auto at = file.find('@');
                    if (at == std::string_view::npos) return;
                    entries.push_back(
                        {key_prefix + std::string(file.substr(0, at)), folder / name, std::string(file)});
                });
        });
        std::sort(entries.begin(), entries.end(),
                  [](const Entry& a, const Entry& b) { return a.key < b.key; });
        for (const auto& entry : entries) {
            if (found_.size() == limit_) return;
            entry.file.empty() ? enter(entry) : take(entry);
        }
    }

    std::vector<ObjectInfo> take_found() { return std::move(found_); }

  private:
    struct Entry {
        std::string key;  ///< a folder's ends with `/`
        fs::path path;    ///< of the folder, or of the file's shard
        std::string file;
    };

    void enter(const Entry& entry) {
        const std::string_view key = entry.key;
        const bool may_match = key.starts_with(prefix_) || prefix_.starts_with(key);
        const bool may_follow = key > after_ || after_.starts_with(key);
        if (may_match && may_follow) walk(entry.path, entry.key);
    }

    void take(const Entry& entry) {
        if (!entry.key.starts_with(prefix_) || entry.key <= after_) return;
        if (!found_.empty() && found_.back().key == entry.key) return;  // two types for a moment
        auto file = find_file(entry.path, entry.key);
        if (!file) return;  // removed meanwhile
        file->info.content_type.clear();
        found_.push_back(std::move(file->info));
    }

    std::string_view prefix_, after_;
    std::size_t limit_;
    std::vector<ObjectInfo> found_;
};

}  // namespace

LocalStore::LocalStore(LocalSettings settings)
    : objects_(settings.folder / "objects"),
      temporary_(settings.folder / "temporary"),
      signer_(settings.signing_secret, std::move(settings.public_base_url)) {}

Result<std::unique_ptr<LocalStore>> LocalStore::open(LocalSettings settings) {
    if (!settings.folder.is_absolute())
        return invalid("/objects_url", "absolute", "the folder must be an absolute path");
    if (settings.signing_secret.size() < kMinSecretBytes)
        return invalid("/signing_secret", "minLength", "must have at least 32 bytes");
    std::unique_ptr<LocalStore> store(new LocalStore(std::move(settings)));
    std::error_code code;
    fs::create_directories(store->objects_, code);
    if (!code) fs::create_directories(store->temporary_, code);
    if (code) return unavailable("the folder for objects cannot be made: " + code.message());
    if (auto checked = store->check(); !checked) return checked.error();
    return store;
}

fs::path LocalStore::shard_of(std::string_view key) const {
    const std::string hash = crypto::to_hex(crypto::sha256(last_segment(key)));
    const auto slash = key.rfind('/');
    const fs::path folder = slash == std::string_view::npos ? objects_ : objects_ / key.substr(0, slash);
    return folder / ("=" + hash.substr(0, 2));
}

fs::path LocalStore::new_temporary_path() const {
    return temporary_ / (ids::new_uuid() + ".part");
}

Result<ObjectInfo> LocalStore::commit(std::string_view key, std::string_view content_type,
                                      const fs::path& temporary) {
    const fs::path shard = shard_of(key);
    const std::string name = file_name(key, content_type);
    constexpr int kTries = 20;  // each lost only to a remover of the empty folder at that very moment
    Error last = unavailable("an object's folder keeps vanishing");
    for (int i = 0; i < kTries; ++i) {
        if (auto made = make_folders(objects_, shard); !made) {
            last = made.error();
            continue;
        }
        const Descriptor lock = lock_folder(shard);
        if (!lock.is_open()) continue;
        auto file = stat_file(temporary, key, percent_encode(content_type));
        if (!file) return disk_error("find what it wrote");
        if (::rename(temporary.c_str(), (shard / name).c_str()) != 0) {
            if (errno == ENOENT) continue;
            return disk_error("store an object");
        }
        if (::fsync(lock.number()) != 0) return disk_error("sync a folder");
        remove_other_types(shard, key, name);
        return std::move(file->info);
    }
    return last;
}

Result<ObjectInfo> LocalStore::put(std::string_view key, std::string_view bytes,
                                   std::string_view content_type) {
    if (auto checked = check_key(key); !checked) return checked.error();
    if (auto checked = check_content_type(content_type); !checked) return checked.error();
    const TemporaryFile file(new_temporary_path());
    if (auto written = write_durably(file.path(), bytes); !written) return written.error();
    return commit(key, content_type, file.path());
}

Result<ObjectInfo> LocalStore::put_file(std::string_view key, const fs::path& source,
                                        std::string_view content_type) {
    if (auto checked = check_key(key); !checked) return checked.error();
    if (auto checked = check_content_type(content_type); !checked) return checked.error();
    const TemporaryFile file(new_temporary_path());
    if (auto copied = copy_durably(source, file.path(), std::numeric_limits<std::int64_t>::max()); !copied)
        return copied.error();
    return commit(key, content_type, file.path());
}

Result<StoredFile> LocalStore::locate(std::string_view key) const {
    if (auto checked = check_key(key); !checked) return checked.error();
    auto file = find_file(shard_of(key), key);
    if (!file) return not_found("object");
    return std::move(*file);
}

/// A writer that changes the type unlinks the file that was found: look again, so that readers see the old or
/// the new.
template <class Use>
auto LocalStore::locate_and(std::string_view key, Use use) const
    -> std::invoke_result_t<Use, const StoredFile&> {
    constexpr int kTries = 5;
    for (int i = 1;; ++i) {
        auto file = locate(key);
        if (!file) return file.error();
        auto result = use(*file);
        if (result || result.error().code != ErrorCode::not_found || i == kTries) return result;
    }
}

Result<ObjectInfo> LocalStore::head(std::string_view key) {
    auto file = locate(key);
    if (!file) return file.error();
    return std::move(file->info);
}

Result<std::string> LocalStore::get(std::string_view key, std::int64_t max_bytes) {
    auto found = locate_and(key, [](const StoredFile& file) -> Result<Descriptor> {
        Descriptor open(::open(file.path.c_str(), O_RDONLY | O_CLOEXEC));
        if (!open.is_open()) return not_found("object");
        return open;
    });
    if (!found) return found.error();
    const Descriptor open = std::move(*found);
    struct stat status {};
    if (::fstat(open.number(), &status) != 0) return disk_error("read an object");
    if (status.st_size > max_bytes)
        return Error{ErrorCode::too_large, "the object is larger than allowed", {}, {}};
    bool failed = false;
    std::string bytes = read_file(open.number(), status.st_size, failed);
    if (failed) return disk_error("read an object");
    return bytes;
}

Result<ObjectInfo> LocalStore::get_to_file(std::string_view key, const fs::path& target,
                                           std::int64_t max_bytes) {
    return locate_and(key, [&](const StoredFile& file) -> Result<ObjectInfo> {
        const TemporaryFile part(target.string() + "." + ids::new_uuid() + ".part");
        if (auto copied = copy_durably(file.path, part.path(), max_bytes); !copied) return copied.error();
        if (::rename(part.path().c_str(), target.c_str()) != 0) return disk_error("place a file");
        return file.info;
    });
}

Result<void> LocalStore::remove(std::string_view key) {
    if (auto checked = check_key(key); !checked) return checked;
    fs::path folder = shard_of(key);
    {
        const Descriptor lock = lock_folder(folder);
        if (!lock.is_open()) return {};
        remove_other_types(folder, key, "");
        if (::fsync(lock.number()) != 0) return disk_error("sync a folder");
    }
    for (; folder != objects_ && ::rmdir(folder.c_str()) == 0; folder = folder.parent_path()) {
    }
    return {};
}

Result<std::vector<ObjectInfo>> LocalStore::list(std::string_view prefix, int limit, std::string_view after) {
    if (auto checked = check_prefix(prefix); !checked) return checked.error();
    Listing listing(prefix, after, static_cast<std::size_t>(std::clamp(limit, 1, 1000)));
    const auto slash = prefix.rfind('/');
    const std::string folder(slash == std::string_view::npos ? std::string_view()
                                                             : prefix.substr(0, slash + 1));
    listing.walk(objects_ / folder, folder);
    return listing.take_found();
}

Result<ObjectInfo> LocalStore::copy(std::string_view from, std::string_view to) {
    return locate_and(
        from, [&](const StoredFile& file) { return put_file(to, file.path, file.info.content_type); });
}

Result<ObjectInfo> LocalStore::move(std::string_view from, std::string_view to) {
    auto copied = copy(from, to);
    if (!copied || from == to) return copied;
    if (auto removed = remove(from); !removed) return removed.error();
    return copied;
}

Result<PresignedRequest> LocalStore::presign_put(std::string_view key, std::string_view content_type,
                                                 std::int64_t size, std::chrono::seconds lifetime,
                                                 std::chrono::sys_seconds now) {
    if (auto checked = check_key(key); !checked) return checked.error();
    if (auto checked = check_content_type(content_type); !checked) return checked.error();
    if (size < 0) return invalid("/size", "minimum", "must not be negative");
    const SignedObject object{.method = "PUT",
                              .key = std::string(key),
                              .size = size,
                              .content_type = std::string(content_type),
                              .expires = now + lifetime};
    return PresignedRequest{"PUT",
                            signer_.sign(object),
                            {{"Content-Type", object.content_type}, {"Content-Length", std::to_string(size)}},
                            object.expires};
}

Result<std::string> LocalStore::presign_get(std::string_view key, std::chrono::seconds lifetime,
                                            std::chrono::sys_seconds now, const DownloadOptions& options) {
    if (auto checked = check_key(key); !checked) return checked.error();
    return signer_.sign({.method = "GET",
                         .key = std::string(key),
                         .content_type = options.content_type,
                         .filename = options.filename,
                         .expires = now + lifetime});
}

Result<void> LocalStore::check() {
    const TemporaryFile file(new_temporary_path());
    if (auto written = write_durably(file.path(), "health"); !written) return written;
    if (::access(objects_.c_str(), R_OK | W_OK | X_OK) != 0) return disk_error("reach its folder");
    return {};
}

Result<SignedObject> LocalStore::verify_signed_request(std::string_view method, std::string_view path,
                                                       std::string_view query, std::string_view content_type,
                                                       std::optional<std::int64_t> content_length,
                                                       std::chrono::sys_seconds now) const {
    return signer_.verify(method, path, query, content_type, content_length, now);
}

Result<ObjectInfo> LocalStore::accept_upload(const SignedObject& object, const fs::path& temporary) {
    if (object.method != "PUT") return forbidden("this link is not for uploads");
    auto file = stat_file(temporary, object.key, "");
    if (!file) return not_found("upload");
    if (file->info.size != object.size) {
        const std::string message = "the upload has " + std::to_string(file->info.size) +
                                    " bytes instead of " + std::to_string(object.size);
        return invalid("header:Content-Length", "const", message);
    }
    if (auto synced = sync(temporary); !synced) return synced.error();
    return commit(object.key, object.content_type, temporary);
}

Result<int> LocalStore::sweep_temporary(std::chrono::seconds older_than) {
    std::error_code code;
    const auto limit = fs::file_time_type::clock::now() - older_than;
    int removed = 0;
    for (fs::directory_iterator entry(temporary_, code), end; !code && entry != end; entry.increment(code)) {
        std::error_code gone;  // by its owner or another sweep
        const auto written = entry->last_write_time(gone);
        if (!gone && written < limit && fs::remove(entry->path(), gone)) ++removed;
    }
    if (code) return unavailable("the folder for temporary files cannot be read: " + code.message());
    return removed;
}

}  // namespace atelier::objects
