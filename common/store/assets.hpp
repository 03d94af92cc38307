#pragma once
// Uploaded pictures. Another organization's asset is not found.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/json/value.hpp"
#include "common/store/moderation.hpp"
#include "common/store/page.hpp"

namespace soci {
class session;
}

namespace atelier::store {

enum class AssetState { awaiting_upload, ready, deleted };
std::string_view to_string(AssetState state);
std::optional<AssetState> parse(std::string_view name, AssetState*);

/// Where its bytes come from: a person, or a recipe.
enum class AssetOrigin { upload, generated };
std::string_view to_string(AssetOrigin origin);
std::optional<AssetOrigin> parse(std::string_view name, AssetOrigin*);

struct Asset {
    AssetId id;
    OrganizationId organization_id;
    UserId user_id;
    std::string filename, content_type;
    std::int64_t size_bytes = 0;
    AssetState state = AssetState::awaiting_upload;
    std::string object_key;
    std::optional<std::string> preview_key;
    std::optional<int> width, height;  ///< upright; set when ready
    std::optional<int> orientation;    ///< EXIF, 1…8
    std::optional<std::string> sha256;
    Moderation moderation = Moderation::pending;
    std::optional<bool> is_nsfw;
    json::Value scores;
    AssetOrigin origin = AssetOrigin::upload;
    std::int64_t created_at = 0, updated_at = 0;  ///< epoch milliseconds
};

/// Nobody gets its bytes: moderation holds it back, or it was made here and has no verdict yet. An upload without a
/// verdict goes back to whom it came from.
bool is_held_back(const Asset& asset);

/// A row that awaits its bytes. Sets the times.
void insert_asset(soci::session& session, Asset& asset);

/// A picture that was made here: its bytes are there already. Sets the times. False when a row with this id
/// is there: nothing was changed.
bool insert_generated_picture(soci::session& session, Asset& asset);

/// What was found in the bytes.
struct UploadedPicture {
    std::string content_type;
    std::int64_t size_bytes = 0;
    int width = 0, height = 0, orientation = 1;
    std::string sha256;
};
/// awaiting_upload → ready; a ready asset is returned as it is. Error: not_found.
Result<Asset> complete_asset(soci::session& session, const OrganizationId& organization, const AssetId& id,
                             const UploadedPicture& picture);

/// Deleted assets are not found.
Result<Asset> find_asset(soci::session& session, const OrganizationId& organization, const AssetId& id);
/// In the order of `ids`, all of them ready. Error: validation_failed with `/<field>/<index>` for each that
/// is not.
Result<std::vector<Asset>> find_ready_assets(soci::session& session, const OrganizationId& organization,
                                             const std::vector<AssetId>& ids,
                                             std::string_view field = "asset_ids");

/// Those of `ids` that there are, in no order; texts that are no ids are no assets.
std::vector<Asset> find_assets(soci::session& session, const OrganizationId& organization,
                               const std::vector<std::string>& ids);

struct AssetFilter {
    std::optional<AssetState> state;  ///< none: all but deleted ones
    std::optional<Moderation> moderation;
};
Result<Page<Asset>> list_assets(soci::session& session, const OrganizationId& organization,
                                const AssetFilter& filter, const PageRequest& page);

/// Returns the row, so that its objects can be removed. Errors: not_found; conflict while a job that uses it
/// is queued or running.
Result<Asset> delete_asset(soci::session& session, const OrganizationId& organization, const AssetId& id);

/// Stores the classifier's verdict, unless an admin has decided meanwhile. Error: not_found.
Result<void> set_asset_verdict(soci::session& session, const OrganizationId& organization, const AssetId& id,
                               const Verdict& verdict);
/// An admin's decision: flagged → released or rejected. Errors: not_found, conflict when it is not flagged.
Result<Asset> decide_asset(soci::session& session, const OrganizationId& organization, const AssetId& id,
                           Moderation decision);

}  // namespace atelier::store
