#pragma once
// Designs, their photographs and their pictures for the tests of rendering.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "common/design/model/design.hpp"
#include "workers/adaptation/design/render.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::adaptation::design_render::testing {

/// The names of schemas/design/examples, ordered.
std::vector<std::string> example_names();
design::Design example(const std::string& name);
/// One of golden/NAME.json.
design::Design drawn_test(const std::string& name);

/// The photographs of ops/photos, by name.
class Photos final : public PictureSource {
  public:
    Result<std::string> fetch(const design::Picture& picture) override;
};

/// Fails the test where it does not render.
Rendered rendered(const design::Design& design, const RenderRequest& request);
imaging::Image picture(const std::string& bytes);

/// A folder that goes with its owner.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

  private:
    std::filesystem::path path_;
};

std::string read(const std::filesystem::path& path);
void write(const std::filesystem::path& path, std::string_view bytes);
/// What the command prints. Fails the test when it fails.
std::string run(const std::string& command);

}  // namespace atelier::adaptation::design_render::testing
