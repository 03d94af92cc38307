#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "common/settings/settings.hpp"

namespace atelier::settings {
namespace {

constexpr std::size_t kKeyLength = 64;

Error failed(std::string_view what, const std::string& path) {
    return internal(fmt::format("{} {}: {}.", what, path, std::strerror(errno)));
}

Result<std::string> random_hex() {
    std::array<unsigned char, kKeyLength / 2> bytes;
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        return internal("The kernel gave no random bytes for the secret key.");
    std::string hex;
    for (const unsigned char byte : bytes)
        hex += fmt::format("{:02x}", byte);
    return hex;
}

Result<> write_private_file(const std::string& path, const std::string& text) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return failed("Cannot create", path);
    const bool written =
        write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(file) == 0;
    const Error error = failed("Cannot write", path);
    close(file);
    if (!written) return error;
    return {};
}

}  // namespace

Result<Secret> secret_key_in(const std::string& data_dir) {
    const std::string path = data_dir + "/secret.key";
    std::error_code ignored;
    std::filesystem::create_directories(data_dir, ignored);
    if (!std::filesystem::exists(path, ignored)) {
        const auto key = random_hex();
        if (!key) return key.error();
        // A complete file appears under its name at once; when two processes race, link() lets one win and
        // both read it.
        const std::string draft = fmt::format("{}.{}", path, getpid());
        if (auto done = write_private_file(draft, *key + "\n"); !done) return done.error();
        const bool linked = link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST;
        const Error error = failed("Cannot create", path);
        unlink(draft.c_str());
        if (!linked) return error;
    }
    std::ifstream file(path);
    std::string key;
    std::getline(file, key);
    if (key.size() < kKeyLength)
        return internal("The secret key in " + path + " cannot be read or is too short.");
    return Secret(key);
}

}  // namespace atelier::settings
