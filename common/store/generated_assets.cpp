#include "common/store/generated_assets.hpp"

#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

const std::string kColumns =
    "id, organization_id, project_id, job_id, source_asset_id, design_id, design_version, format, request, "
    "width, height, content_type, "
    "size_bytes,"
    " sha256, object_key, preview_key, strategy, elements_kept, report, manual_edits, version, moderation, "
    "is_nsfw,"
    " scores, created_at, updated_at";
const std::string kSelect =
    "SELECT " + kColumns + " FROM generated_assets WHERE organization_id = :organization ";

void bind(soci::details::prepare_temp_type& prepared, GeneratedAsset& asset) {
    prepared, soci::into(asset.id), soci::into(asset.organization_id), soci::into(asset.project_id),
        soci::into(asset.job_id), soci::into(asset.source_asset_id), soci::into(asset.design_id),
        soci::into(asset.design_version), soci::into(asset.format), soci::into(asset.request),
        soci::into(asset.width), soci::into(asset.height), soci::into(asset.content_type),
        soci::into(asset.size_bytes), soci::into(asset.sha256), soci::into(asset.object_key),
        soci::into(asset.preview_key), soci::into(asset.strategy), soci::into(asset.elements_kept),
        soci::into(asset.report), soci::into(asset.manual_edits), soci::into(asset.version),
        soci::into(asset.moderation), soci::into(asset.is_nsfw), soci::into(asset.scores),
        soci::into(asset.created_at), soci::into(asset.updated_at);
}

}  // namespace

bool put_generated_asset(soci::session& session, const GeneratedAsset& asset) {
    return changed(
               session.prepare
                   << "INSERT INTO generated_assets (" << kColumns
                   << ") VALUES (:id, :organization, :project, :job, :source, :design, :revision, :format, "
                      ":request, :width, "
                      ":height,"
                      " :content_type, :size, :sha, :object, :preview, :strategy, :kept, :report, :edits, "
                      ":version,"
                      " :moderation, :nsfw, :scores, atelier_now(), atelier_now())"
                      " ON CONFLICT (id) DO UPDATE SET format = excluded.format, request = excluded.request,"
                      " width = excluded.width, height = excluded.height, content_type = "
                      "excluded.content_type,"
                      " size_bytes = excluded.size_bytes, sha256 = excluded.sha256, object_key = "
                      "excluded.object_key,"
                      " preview_key = excluded.preview_key, strategy = excluded.strategy,"
                      " elements_kept = excluded.elements_kept, report = excluded.report,"
                      " manual_edits = excluded.manual_edits, version = excluded.version,"
                      " moderation = excluded.moderation, is_nsfw = excluded.is_nsfw, scores = "
                      "excluded.scores,"
                      " updated_at = excluded.updated_at"
                      " WHERE generated_assets.version <= excluded.version"
                      " AND generated_assets.organization_id = excluded.organization_id",
               soci::use(asset.id), soci::use(asset.organization_id), soci::use(asset.project_id),
               soci::use(asset.job_id), soci::use(asset.source_asset_id), soci::use(asset.design_id),
               soci::use(asset.design_version), soci::use(asset.format), soci::use(asset.request),
               soci::use(asset.width), soci::use(asset.height), soci::use(asset.content_type),
               soci::use(asset.size_bytes), soci::use(asset.sha256), soci::use(asset.object_key),
               soci::use(asset.preview_key), soci::use(asset.strategy), soci::use(asset.elements_kept),
               soci::use(asset.report), soci::use(asset.manual_edits), soci::use(asset.version),
               soci::use(asset.moderation), soci::use(asset.is_nsfw), soci::use(asset.scores)) == 1;
}

Result<GeneratedAsset> find_generated_asset(soci::session& session, const OrganizationId& organization,
                                            const GeneratedAssetId& id) {
    auto found = select_one<GeneratedAsset>(session.prepare << kSelect + "AND id = :id", bind,
                                            soci::use(organization), soci::use(id));
    if (!found) return not_found("generated asset");
    return std::move(*found);
}

std::vector<GeneratedAsset> list_generated_assets(soci::session& session, const OrganizationId& organization,
                                                  const JobId& job) {
    return select_all<GeneratedAsset>(session.prepare << kSelect + "AND job_id = :job ORDER BY id", bind,
                                      soci::use(organization), soci::use(job));
}

Result<Page<GeneratedAsset>> list_flagged_generated_assets(soci::session& session,
                                                           const OrganizationId& organization,
                                                           const PageRequest& page) {
    return select_page<GeneratedAsset>(session, kSelect + "AND moderation = 'flagged'", page, bind,
                                       soci::use(organization));
}

Result<GeneratedAsset> update_manual_edits(soci::session& session, const OrganizationId& organization,
                                           const GeneratedAssetId& id, int version,
                                           const json::Value& edits) {
    const bool updated =
        changed(session.prepare
                    << "UPDATE generated_assets SET manual_edits = :edits, version = version + 1,"
                       " updated_at = atelier_now() WHERE organization_id = :organization AND id = :id AND"
                       " version = :version",
                soci::use(edits), soci::use(organization), soci::use(id), soci::use(version)) == 1;
    auto stored = find_generated_asset(session, organization, id);
    if (stored.has_value() && !updated) return conflict("Somebody else has edited this picture meanwhile.");
    return stored;
}

bool set_generated_verdict(soci::session& session, const OrganizationId& organization,
                           const GeneratedAssetId& id, int version, const Verdict& verdict) {
    const Moderation moderation = verdict.is_nsfw ? Moderation::flagged : Moderation::approved;
    return changed(session.prepare
                       << "UPDATE generated_assets SET moderation = :moderation, is_nsfw = :nsfw,"
                          " scores = :scores, preview_key = :preview, updated_at = atelier_now() WHERE"
                          " organization_id = :organization AND id = :id AND version = :version AND"
                          " moderation = 'pending'",
                   soci::use(moderation), soci::use(verdict.is_nsfw), soci::use(verdict.scores),
                   soci::use(verdict.preview_key), soci::use(organization), soci::use(id),
                   soci::use(version)) == 1;
}

Result<GeneratedAsset> decide_generated_asset(soci::session& session, const OrganizationId& organization,
                                              const GeneratedAssetId& id, Moderation decision) {
    const bool done =
        changed(session.prepare
                    << "UPDATE generated_assets SET moderation = :decision, updated_at = atelier_now() WHERE"
                       " organization_id = :organization AND id = :id AND moderation = 'flagged'",
                soci::use(decision), soci::use(organization), soci::use(id)) == 1;
    auto asset = find_generated_asset(session, organization, id);
    if (asset.has_value() && !done) return conflict("Only a flagged picture can be released or rejected.");
    return asset;
}

}  // namespace atelier::store
