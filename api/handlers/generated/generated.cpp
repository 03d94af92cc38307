#include "api/handlers/generated/generated.hpp"

#include "api/handlers/assets/assets.hpp"
#include "api/handlers/idempotent.hpp"
#include "api/handlers/jobs/jobs.hpp"

namespace atelier::api {
namespace {

std::string download_name(const store::GeneratedAsset& asset) {
    std::string extension = asset.content_type.substr(asset.content_type.find('/') + 1);
    if (extension == "jpeg") extension = "jpg";
    if (extension == "svg+xml") extension = "svg";
    return asset.format["slug"].string_or("picture") + "." + extension;
}

template <class IdType>
json::Value or_null(const std::optional<IdType>& id) {
    return id ? json::Value(id->value) : json::Value();
}

/// The pictures that a job has made so far; a manual edit's is the one that it renders again.
Result<std::vector<store::GeneratedAsset>> pictures_of(soci::session& session, const store::Job& job) {
    const json::Value& edited = job.input["generated_asset_id"];
    if (edited.is_null()) return store::list_generated_assets(session, job.organization_id, job.id);
    auto picture =
        store::find_generated_asset(session, job.organization_id, GeneratedAssetId{edited.as_string()});
    if (!picture) return picture.error();
    return std::vector{*picture};
}

}  // namespace

json::Value to_json(const store::GeneratedAsset& asset, ApiServices& services) {
    json::Value v = json::Object{
        {"id", asset.id.value},
        {"job_id", asset.job_id.value},
        {"project_id", or_null(asset.project_id)},
        {"source_asset_id", or_null(asset.source_asset_id)},
        {"design_id", or_null(asset.design_id)},
        {"design_version", asset.design_version ? json::Value(*asset.design_version) : json::Value()},
        {"format", asset.format},
        {"width", asset.width},
        {"height", asset.height},
        {"content_type", asset.content_type},
        {"size_bytes", asset.size_bytes},
        {"sha256", asset.sha256},
        {"strategy", asset.strategy},
        {"elements_kept", asset.elements_kept},
        {"report", asset.report},
        {"manual_edits", asset.manual_edits},
        {"version", asset.version}};
    const bool delivered = store::is_deliverable(asset.moderation);
    v.set("is_nsfw", asset.is_nsfw ? json::Value(*asset.is_nsfw) : json::Value())
        .set("moderation", store::to_string(asset.moderation))
        .set("url",
             delivered ? download_url(services, asset.object_key, download_name(asset)) : json::Value())
        .set("preview_url", download_url(services, asset.preview_key))
        .set("created_at", time_json(asset.created_at));
    return v;
}

Reply get_results(const Request& request, ApiServices& services) {
    auto id = id_of<JobId>(request, "job_id", "job");
    if (!id) return Reply::error(id.error(), request.request_id);
    auto body = services.db.read([&](soci::session& session) -> Result<json::Value> {
        auto job = store::find_job(session, organization_of(request), *id);
        if (!job) return job.error();
        auto pictures = pictures_of(session, *job);
        if (!pictures) return pictures.error();
        json::Value assets = json::Array{};
        for (const store::GeneratedAsset& picture : *pictures)
            assets.push(to_json(picture, services));
        return json::Value(json::Object{{"job", to_json(*job)}, {"assets", std::move(assets)}});
    });
    if (!body) return Reply::error(body.error(), request.request_id);
    return Reply::json(200, *body);
}

Reply get_generated_asset(const Request& request, ApiServices& services) {
    auto id = id_of<GeneratedAssetId>(request, "generated_asset_id", "generated asset");
    if (!id) return Reply::error(id.error(), request.request_id);
    auto asset = services.db.read([&](soci::session& session) {
        return store::find_generated_asset(session, organization_of(request), *id);
    });
    if (!asset) return Reply::error(asset.error(), request.request_id);
    return Reply::json(200, to_json(*asset, services));
}

Reply edit_generated_asset(const Request& request, ApiServices& services) {
    auto id = id_of<GeneratedAssetId>(request, "generated_asset_id", "generated asset");
    if (!id) return Reply::error(id.error(), request.request_id);
    auto body = body_of(request, services, "http/generated_asset_patch.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    return create_once(request, services, [&](soci::session& session) -> Result<Created> {
        if (auto asset = store::find_generated_asset(session, organization_of(request), *id); !asset)
            return asset.error();
        json::Value input =
            json::Object{{"generated_asset_id", id->value}, {"manual_edits", (*body)["manual_edits"]}};
        auto accepted = start_job(session, request, services, "manual_edit", std::move(input));
        if (!accepted) return accepted.error();
        return Created{202, json::Object{{"job_id", accepted->job.id.value}},
                       announce_job(services, *accepted)};
    });
}

}  // namespace atelier::api
