#include <unistd.h>

#include <filesystem>

#include "api/handlers/assets/assets.hpp"
#include "api/handlers/idempotent.hpp"
#include "common/crypto/hash.hpp"
#include "common/media/media.hpp"
#include "common/time/rfc3339.hpp"

namespace atelier::api {
namespace {

json::Value to_json(const objects::PresignedRequest& upload) {
    json::Value headers = json::Object{};
    for (const auto& [name, value] : upload.headers)
        headers.set(name, value);
    json::Value v =
        json::Object{{"method", upload.method}, {"url", upload.url}, {"headers", std::move(headers)}};
    v.set("expires_at", rfc3339(upload.expires.time_since_epoch().count() * 1000));
    return v;
}

/// A file that goes when the scope ends.
class TemporaryFile {
  public:
    TemporaryFile() : path_(std::filesystem::temp_directory_path() / ("atelier-" + ids::new_uuid())) {}
    ~TemporaryFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// Looks at the uploaded bytes: the announced type and length, and a header within the limits.
Result<store::UploadedPicture> look_at(const store::Asset& asset, ApiServices& services) {
    TemporaryFile file;
    auto fetched = services.objects.get_to_file(asset.object_key, file.path(),
                                                services.settings.objects.max_upload_bytes);
    if (!fetched) {
        if (fetched.error().code == ErrorCode::not_found) return conflict("Nothing has been uploaded yet.");
        return fetched.error();
    }
    if (fetched->size != asset.size_bytes)
        return invalid("/size_bytes", "length",
                       "The upload has " + std::to_string(fetched->size) + " bytes, but " +
                           std::to_string(asset.size_bytes) + " were announced.");
    auto info = media::inspect_file(file.path());
    if (!info) return info.error();
    if (info->content_type != asset.content_type)
        return Error{ErrorCode::unsupported_media,
                     "The file is " + info->content_type + ", but " + asset.content_type + " was announced.",
                     {{"/content_type", "type", "The bytes are " + info->content_type + "."}},
                     {}};
    auto digest = crypto::sha256_file(file.path());
    if (!digest) return digest.error();
    return store::UploadedPicture{info->content_type,   fetched->size,     info->upright_width,
                                  info->upright_height, info->orientation, crypto::to_hex(*digest)};
}

}  // namespace

Reply create_asset(const Request& request, ApiServices& services) {
    auto body = body_of(request, services, "http/asset_create.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    const std::int64_t size = (*body)["size_bytes"].as_int(),
                       most = services.settings.objects.max_upload_bytes;
    if (size > most)
        return Reply::error({ErrorCode::too_large,
                             "A photo may have at most " + std::to_string(most) + " bytes.",
                             {{"/size_bytes", "maximum", "At most " + std::to_string(most) + "."}},
                             {}},
                            request.request_id);
    return create_once(request, services, [&](soci::session& session) -> Result<Created> {
        store::Asset asset;
        asset.id = ids::new_id<AssetId>();
        asset.organization_id = organization_of(request);
        asset.user_id = user_of(request);
        asset.filename = (*body)["filename"].as_string();
        asset.content_type = (*body)["content_type"].as_string();
        asset.size_bytes = size;
        asset.object_key = "uploads/" + asset.organization_id.value + "/" + asset.id.value;
        store::insert_asset(session, asset);
        auto upload =
            services.objects.presign_put(asset.object_key, asset.content_type, size,
                                         std::chrono::seconds(services.settings.objects.url_lifetime_s));
        if (!upload) return upload.error();
        return Created{201, json::Object{{"asset", to_json(asset, services)}, {"upload", to_json(*upload)}}};
    });
}

Reply complete_asset(const Request& request, ApiServices& services) {
    auto id = id_of<AssetId>(request, "asset_id", "asset");
    if (!id) return Reply::error(id.error(), request.request_id);
    const OrganizationId organization = organization_of(request);
    auto asset = services.db.read(
        [&](soci::session& session) { return store::find_asset(session, organization, *id); });
    if (!asset) return Reply::error(asset.error(), request.request_id);
    if (asset->state == store::AssetState::ready) return Reply::json(200, to_json(*asset, services));
    auto picture = look_at(*asset, services);
    if (!picture) return Reply::error(picture.error(), request.request_id);
    auto ready = services.db.write(
        [&](soci::session& session) { return store::complete_asset(session, organization, *id, *picture); });
    if (!ready) return Reply::error(ready.error(), request.request_id);
    return Reply::json(200, to_json(*ready, services));
}

Reply delete_asset(const Request& request, ApiServices& services) {
    auto id = id_of<AssetId>(request, "asset_id", "asset");
    if (!id) return Reply::error(id.error(), request.request_id);
    auto gone = services.db.write(
        [&](soci::session& session) { return store::delete_asset(session, organization_of(request), *id); });
    if (!gone) return Reply::error(gone.error(), request.request_id);
    // The row says deleted; bytes that stay behind for a fault here are unreachable.
    (void)services.objects.remove(gone->object_key);
    if (gone->preview_key) (void)services.objects.remove(*gone->preview_key);
    return Reply::no_content();
}

}  // namespace atelier::api
