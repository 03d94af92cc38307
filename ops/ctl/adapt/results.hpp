#pragma once
// What a job has made: the files and the table of them.

#include <filesystem>
#include <string>
#include <vector>

#include "ops/ctl/adapt/photos.hpp"
#include "ops/ctl/client/api.hpp"

namespace atelier::ctl {

struct Picture {
    json::Value told;  ///< the server's GeneratedAsset
    std::string photo;
    std::string file;  ///< its name in the folder; empty when there is nothing to have (yet)
    std::string url;
};

/// Pictures in the order of the photos, then as the server lists them. A flagged one is its blurred preview,
/// PHOTO--FORMAT.flagged-preview.jpg.
std::vector<Picture> name_pictures(const json::Value& results, const std::vector<Photo>& photos);

/// Four at a time into `folder`. Error: the first that failed, naming the file.
Result<void> download_pictures(Api& api, const std::vector<Picture>& pictures,
                               const std::filesystem::path& folder);

/// `faces 3/3 text 1/2`: elements that the picture shows whole, of those on the photo. A single subject that
/// is shown in part: `product 71%`. Nothing to keep: `-`.
std::string kept_in_words(const json::Value& elements_kept);

/// Aligned columns with a heading.
std::string table_of(const std::vector<Picture>& pictures);

}  // namespace atelier::ctl
