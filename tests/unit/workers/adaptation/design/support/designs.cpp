#include "tests/unit/workers/adaptation/design/support/designs.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "common/json/value.hpp"
#include "workers/imaging/decode.hpp"
#include "workers/imaging/start.hpp"

namespace atelier::adaptation::design_render::testing {
namespace {

const std::filesystem::path kSource = ATELIER_SOURCE_DIR;

design::Design design_in(const std::filesystem::path& path) {
    auto value = json::parse(read(path));
    REQUIRE_MESSAGE(value.has_value(), path.string());
    auto design = design::parse_design(*value);
    REQUIRE_MESSAGE(design.has_value(), path.string());
    return *design;
}

}  // namespace

std::vector<std::string> example_names() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(kSource / "schemas/design/examples"))
        names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

design::Design example(const std::string& name) {
    return design_in(kSource / "schemas/design/examples" / (name + ".json"));
}

design::Design drawn_test(const std::string& name) {
    return design_in(kSource / "tests/unit/workers/adaptation/design/golden" / (name + ".json"));
}

Result<std::string> Photos::fetch(const design::Picture& picture) {
    const std::filesystem::path path = kSource / "ops/photos" / (picture.asset_id.value_or("") + ".jpg");
    if (!picture.asset_id || !std::filesystem::exists(path)) return not_found("picture");
    return read(path);
}

Rendered rendered(const design::Design& design, const RenderRequest& request) {
    REQUIRE(imaging::init().has_value());
    Photos photos;
    auto out = render(design, request, photos);
    if (!out) FAIL(out.error());
    return *out;
}

imaging::Image picture(const std::string& bytes) {
    REQUIRE(imaging::init().has_value());
    imaging::DecodeOptions options;
    options.keep_alpha = true;
    auto decoded = imaging::decode(bytes, options);
    if (!decoded) FAIL(decoded.error());
    return decoded->image;
}

Folder::Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "atelier-design.XXXXXX").string();
    REQUIRE(mkdtemp(name.data()));
    path_ = name;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE_MESSAGE(file.good(), path.string());
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return std::move(bytes).str();
}

void write(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), std::streamsize(bytes.size()));
    REQUIRE_MESSAGE(file.good(), path.string());
}

std::string run(const std::string& command) {
    std::FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe);
    std::string out;
    std::array<char, 4096> buffer;
    for (std::size_t count; (count = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
        out.append(buffer.data(), count);
    REQUIRE_MESSAGE(pclose(pipe) == 0, command);
    return out;
}

}  // namespace atelier::adaptation::design_render::testing
