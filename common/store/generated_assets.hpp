#pragma once
// Pictures made by adaptation, from a photo or from a design. A re-render with other edits is a new version
// of the same row.

#include <cstdint>
#include <optional>
#include <string>
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

struct GeneratedAsset {
    GeneratedAssetId id;
    OrganizationId organization_id;
    std::optional<ProjectId> project_id;
    JobId job_id;                            ///< the job that made it first
    std::optional<AssetId> source_asset_id;  ///< the photo; nothing when it shows a design
    std::optional<DesignId> design_id;
    std::optional<int> design_version;  ///< the revision that it shows
    json::Value format;                 ///< as it was when the picture was made
    json::Value request;                ///< what it takes to render it again: texts, style set, fill
    int width = 0, height = 0;
    std::string content_type;
    std::int64_t size_bytes = 0;
    std::string sha256, object_key;
    std::optional<std::string> preview_key;
    std::string strategy = "crop";  ///< `crop` or `extend`; of a design `render` or `relayout`
    json::Value elements_kept;      ///< an array
    json::Value report;             ///< an object: upscale factor, flags, text layout, milliseconds
    json::Value manual_edits;       ///< null: none
    int version = 1;                ///< of the edits that this picture shows
    Moderation moderation = Moderation::pending;
    std::optional<bool> is_nsfw;
    json::Value scores;
    std::int64_t created_at = 0, updated_at = 0;  ///< epoch milliseconds
};

/// Inserts the picture, or replaces an older rendering of it and its verdict; job and creation time stay.
/// False when a newer version of the edits has come meanwhile, or the id is another organization's: then
/// nothing was changed.
bool put_generated_asset(soci::session& session, const GeneratedAsset& asset);

Result<GeneratedAsset> find_generated_asset(soci::session& session, const OrganizationId& organization,
                                            const GeneratedAssetId& id);
/// All of a job, in the order they were made.
std::vector<GeneratedAsset> list_generated_assets(soci::session& session, const OrganizationId& organization,
                                                  const JobId& job);
Result<Page<GeneratedAsset>> list_flagged_generated_assets(soci::session& session,
                                                           const OrganizationId& organization,
                                                           const PageRequest& page);

/// Stores new edits and raises the version; the picture still shows the old ones until it is rendered again.
/// Errors: not_found; conflict when `version` is no longer the current one.
Result<GeneratedAsset> update_manual_edits(soci::session& session, const OrganizationId& organization,
                                           const GeneratedAssetId& id, int version, const json::Value& edits);

/// Stores the classifier's verdict on that version. False when it is no longer pending or of that version.
bool set_generated_verdict(soci::session& session, const OrganizationId& organization,
                           const GeneratedAssetId& id, int version, const Verdict& verdict);
/// An admin's decision: flagged → released or rejected. Errors: not_found, conflict when it is not flagged.
Result<GeneratedAsset> decide_generated_asset(soci::session& session, const OrganizationId& organization,
                                              const GeneratedAssetId& id, Moderation decision);

}  // namespace atelier::store
