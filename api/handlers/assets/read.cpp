#include "api/handlers/assets/assets.hpp"
#include "common/store/analyses.hpp"

namespace atelier::api {
namespace {

json::Value analysis_json(const store::Analysis& analysis) {
    return json::Object{
        {"elements", analysis.elements}, {"palette", analysis.palette}, {"sharpness", analysis.sharpness}};
}

template <class T>
json::Value or_null(const std::optional<T>& value) {
    return value ? json::Value(*value) : json::Value();
}

}  // namespace

json::Value download_url(ApiServices& services, const std::optional<std::string>& key,
                         const std::string& filename) {
    if (!key) return {};
    const std::chrono::seconds lifetime(services.settings.objects.url_lifetime_s);
    auto url = services.objects.presign_get(*key, lifetime, objects::DownloadOptions{.filename = filename});
    return url ? json::Value(*url) : json::Value();
}

json::Value to_json(const store::Asset& asset, ApiServices& services) {
    json::Value v = json::Object{{"id", asset.id.value},
                                 {"origin", store::to_string(asset.origin)},
                                 {"state", store::to_string(asset.state)},
                                 {"filename", asset.filename},
                                 {"content_type", asset.content_type},
                                 {"size_bytes", asset.size_bytes},
                                 {"width", or_null(asset.width)},
                                 {"height", or_null(asset.height)},
                                 {"sha256", or_null(asset.sha256)},
                                 {"is_nsfw", or_null(asset.is_nsfw)},
                                 {"moderation", store::to_string(asset.moderation)}};
    const bool shown = asset.state == store::AssetState::ready && !store::is_held_back(asset);
    v.set("download_url", shown ? download_url(services, asset.object_key, asset.filename) : json::Value());
    v.set("preview_url", download_url(services, asset.preview_key));
    v.set("created_at", time_json(asset.created_at));
    return v;
}

Reply list_assets(const Request& request, ApiServices& services) {
    auto page = page_of(request);
    if (!page) return Reply::error(page.error(), request.request_id);
    auto assets = services.db.read([&](soci::session& session) {
        return store::list_assets(session, organization_of(request), store::AssetFilter{}, *page);
    });
    if (!assets) return Reply::error(assets.error(), request.request_id);
    return page_reply(*assets, [&](const store::Asset& asset) { return to_json(asset, services); });
}

Reply get_asset(const Request& request, ApiServices& services) {
    auto id = id_of<AssetId>(request, "asset_id", "asset");
    if (!id) return Reply::error(id.error(), request.request_id);
    json::Value analysis;
    auto asset = services.db.read([&](soci::session& session) -> Result<store::Asset> {
        auto found = store::find_asset(session, organization_of(request), *id);
        if (!found) return found;
        if (auto known = store::find_analysis(session, organization_of(request), *id))
            analysis = analysis_json(*known);
        return found;
    });
    if (!asset) return Reply::error(asset.error(), request.request_id);
    json::Value body = to_json(*asset, services);
    return Reply::json(200, body.set("analysis", analysis));
}

}  // namespace atelier::api
