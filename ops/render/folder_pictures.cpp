#include "ops/render/folder_pictures.hpp"

#include "ops/render/files.hpp"

namespace atelier::render_program {

Result<std::string> FolderPictures::fetch(const design::Picture& picture) {
    const bool is_name = picture.asset_id && picture.asset_id->find('/') == std::string::npos;
    if (!is_name) return not_found("picture");
    for (const std::filesystem::path& folder : folders_)
        for (const char* ending : {".jpg", ".jpeg", ".png", ".webp"}) {
            const std::filesystem::path file = folder / (*picture.asset_id + ending);
            if (std::filesystem::is_regular_file(file)) return read_file(file);
        }
    return not_found("picture");
}

}  // namespace atelier::render_program
