#pragma once
// Pictures of a design from folders: `asset_id` is a file's name without its ending.

#include <filesystem>
#include <vector>

#include "workers/adaptation/design/render.hpp"

namespace atelier::render_program {

class FolderPictures final : public adaptation::design_render::PictureSource {
  public:
    explicit FolderPictures(std::vector<std::filesystem::path> folders) : folders_(std::move(folders)) {}

    /// not_found for a picture that is known by its URL only: nothing is fetched from the network.
    Result<std::string> fetch(const design::Picture& picture) override;

  private:
    std::vector<std::filesystem::path> folders_;
};

}  // namespace atelier::render_program
