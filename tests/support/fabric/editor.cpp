#include "tests/support/fabric/editor.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "workers/imaging/decode.hpp"

namespace atelier::test {
namespace {

namespace fs = std::filesystem;

const std::string kFolder = ATELIER_SOURCE_DIR "/tests/support/fabric";

std::string read(const fs::path& path) {
    std::stringstream out;
    out << std::ifstream(path, std::ios::binary).rdbuf();
    return out.str();
}

/// Gone with this object.
class Folder {
  public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "atelier-fabric.XXXXXX").string();
        if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

std::string quoted(const std::string& path) {
    return "'" + path + "'";
}
bool succeeds(const std::string& command) {
    return std::system(command.c_str()) == 0;
}
/// Throws what the command wrote when it fails.
void run(const std::string& command, const fs::path& log) {
    if (!succeeds(command + " >" + quoted(log.string()) + " 2>&1")) throw std::runtime_error(read(log));
}

}  // namespace

bool has_node() {
    return succeeds("command -v node >/dev/null && command -v npm >/dev/null");
}

std::map<std::string, Saved> edit_in_fabric(const std::vector<Sitting>& sittings) {
    const Folder folder;
    json::Array properties;
    for (const std::string_view property : design::kFabricProperties)
        properties.emplace_back(property);
    for (const Sitting& sitting : sittings)
        std::ofstream(folder.path() / (sitting.name + ".json")) << json::write(
            json::Object{{"canvas", sitting.canvas}, {"properties", properties}, {"edits", sitting.edits}});
    run(quoted(kFolder + "/install"), folder.path() / "log");
    run("node " + quoted(kFolder + "/edit.mjs") + " " + quoted(folder.path().string()),
        folder.path() / "log");
    std::map<std::string, Saved> out;
    for (const Sitting& sitting : sittings) {
        auto canvas = json::parse(read(folder.path() / (sitting.name + ".out.json")));
        if (!canvas) throw std::runtime_error(sitting.name + ": " + canvas.error().message);
        out[sitting.name] = {std::move(*canvas), read(folder.path() / (sitting.name + ".png"))};
    }
    return out;
}

namespace {

/// As a file: URL writes it.
std::string escaped(const std::string& path) {
    std::string out;
    for (const char c : path)
        out += c == ' ' ? std::string("%20") : std::string(1, c);
    return out;
}

}  // namespace

design::FabricPictures photographs() {
    return [](const design::Picture& picture) -> std::optional<design::FabricPicture> {
        const fs::path path = ATELIER_SOURCE_DIR "/ops/photos/" + picture.asset_id.value_or("none") + ".jpg";
        if (!fs::exists(path)) return std::nullopt;
        const auto header = imaging::read_header(read(path));
        if (!header) return std::nullopt;
        return design::FabricPicture{"file://" + escaped(path.string()), header->size.width,
                                     header->size.height};
    };
}

}  // namespace atelier::test
