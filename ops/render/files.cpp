#include "ops/render/files.hpp"

#include <fstream>
#include <sstream>

namespace atelier::render_program {

Result<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return not_found("file " + path.string());
    std::ostringstream bytes;
    bytes << file.rdbuf();
    if (file.bad()) return unavailable(path.string() + " cannot be read.");
    return std::move(bytes).str();
}

Result<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
    std::error_code error;
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), std::streamsize(bytes.size()));
    file.close();
    if (!file) return unavailable(path.string() + " cannot be written.");
    return {};
}

}  // namespace atelier::render_program
