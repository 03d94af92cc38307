// The editor adapter against the real Fabric.js.

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/fabric/alikeness.hpp"
#include "tests/support/fabric/editor.hpp"
#include "tests/unit/common/design/support/differences.hpp"
#include "tests/unit/common/design/support/examples.hpp"
#include "tests/unit/common/design/support/random_design.hpp"
#include "workers/adaptation/design/render.hpp"
#include "workers/imaging/start.hpp"

using namespace atelier;
using namespace atelier::design;

namespace {

/// ops/photos by their names, as the renderer wants them.
class Photographs final : public adaptation::design_render::PictureSource {
  public:
    Result<std::string> fetch(const Picture& picture) override {
        const std::filesystem::path path =
            ATELIER_SOURCE_DIR "/ops/photos/" + picture.asset_id.value_or("none") + ".jpg";
        if (!std::filesystem::exists(path)) return not_found("photograph");
        std::stringstream out;
        out << std::ifstream(path, std::ios::binary).rdbuf();
        return out.str();
    }
};

/// Kept for people when ATELIER_FABRIC_PICTURES names a folder.
void keep(const std::string& name, const std::string& png) {
    if (const char* folder = std::getenv("ATELIER_FABRIC_PICTURES"))
        std::ofstream(std::filesystem::path(folder) / name, std::ios::binary) << png;
}

bool cannot_run() {
    static const auto reason = test::missing_fabric();
    if (reason) MESSAGE("skipped: " << *reason);
    return reason.has_value();
}

}  // namespace

TEST_CASE(
    "every example is loaded, painted and exported by Fabric, comes back as it was, and looks like ours") {
    if (cannot_run()) return;
    REQUIRE(imaging::init().has_value());
    std::vector<test::Sitting> sittings;
    for (const test::Example& sample : test::examples())
        sittings.push_back({sample.name, to_fabric(*parse_design(sample.value), test::photographs()), {}});
    const auto saved = test::edit_in_fabric(sittings);
    for (const test::Example& sample : test::examples()) {
        CAPTURE(sample.name);
        const test::Saved& ours = saved.at(sample.name);
        const auto back = from_fabric(ours.canvas);
        REQUIRE(back.has_value());
        CHECK(test::first_difference(to_json(*back), sample.value) == "");

        Photographs photographs;
        const auto rendered = adaptation::design_render::render(*parse_design(sample.value), {}, photographs);
        REQUIRE(rendered.has_value());
        const auto alike = test::compare(rendered->bytes, ours.png);
        REQUIRE(alike.has_value());
        MESSAGE(sample.name << ": mean distance " << alike->mean_distance << ", structure "
                            << alike->structure);
        keep(sample.name + ".fabric.png", ours.png);
        keep(sample.name + ".ours.png", rendered->bytes);
    }
}

TEST_CASE("any design comes back from Fabric as it was") {
    if (cannot_run()) return;
    REQUIRE(imaging::init().has_value());
    std::vector<test::Sitting> sittings;
    for (std::uint32_t seed = 0; seed < 60; ++seed)
        sittings.push_back({"random-" + std::to_string(seed),
                            to_fabric(test::random_design(seed), test::photographs()),
                            {}});
    const auto saved = test::edit_in_fabric(sittings);
    for (std::uint32_t seed = 0; seed < 60; ++seed) {
        CAPTURE(seed);
        const auto back = from_fabric(saved.at("random-" + std::to_string(seed)).canvas);
        REQUIRE(back.has_value());
        CHECK(test::first_difference(to_json(*back), to_json(test::random_design(seed))) == "");
    }
}
