#include "api/handlers/moderation/moderation.hpp"

#include <algorithm>

#include "api/handlers/assets/assets.hpp"
#include "common/store/assets.hpp"
#include "common/store/generated_assets.hpp"

namespace atelier::api {
namespace {

/// An upload or a generated picture as this queue shows it.
struct Flagged {
    std::string id;
    std::string_view type;
    store::Moderation moderation;
    std::optional<bool> is_nsfw;
    json::Value scores;
    std::optional<std::string> preview_key;
    std::int64_t created_at;
};

Flagged flagged(const store::Asset& a) {
    return {a.id.value, "upload", a.moderation, a.is_nsfw, a.scores, a.preview_key, a.created_at};
}

Flagged flagged(const store::GeneratedAsset& a) {
    return {a.id.value, "generated", a.moderation, a.is_nsfw, a.scores, a.preview_key, a.created_at};
}

json::Value flagged_json(const Flagged& picture, ApiServices& services) {
    json::Value v = json::Object{
        {"id", picture.id}, {"type", picture.type}, {"moderation", store::to_string(picture.moderation)}};
    v.set("is_nsfw", picture.is_nsfw ? json::Value(*picture.is_nsfw) : json::Value())
        .set("scores", picture.scores)
        .set("preview_url", download_url(services, picture.preview_key))
        .set("created_at", time_json(picture.created_at));
    return v;
}

/// Both kinds by one cursor: ids of either sort by their time.
Result<store::Page<Flagged>> flagged_page(soci::session& session, const OrganizationId& organization,
                                          const store::PageRequest& request) {
    auto uploads =
        store::list_assets(session, organization, {.moderation = store::Moderation::flagged}, request);
    if (!uploads) return uploads.error();
    auto generated = store::list_flagged_generated_assets(session, organization, request);
    if (!generated) return generated.error();
    std::vector<Flagged> all;
    for (const store::Asset& asset : uploads->items)
        all.push_back(flagged(asset));
    for (const store::GeneratedAsset& asset : generated->items)
        all.push_back(flagged(asset));
    std::sort(all.begin(), all.end(), [](const Flagged& a, const Flagged& b) { return a.id > b.id; });

    auto page = store::to_page(std::move(all), request, [](const Flagged& picture) { return picture.id; });
    const bool more_below = uploads->next_cursor || generated->next_cursor;
    if (!page.next_cursor && more_below) page.next_cursor = store::encode_cursor(page.items.back().id);
    return page;
}

Result<Flagged> decide(soci::session& session, const OrganizationId& organization, const std::string& id,
                       store::Moderation decision) {
    auto upload = store::decide_asset(session, organization, AssetId{id}, decision);
    if (upload) return flagged(*upload);
    if (upload.error().code != ErrorCode::not_found) return upload.error();
    auto generated = store::decide_generated_asset(session, organization, GeneratedAssetId{id}, decision);
    if (generated) return flagged(*generated);
    if (generated.error().code == ErrorCode::not_found) return not_found("picture");
    return generated.error();
}

Reply decision_reply(const Request& request, ApiServices& services, store::Moderation decision) {
    auto id = id_of<AssetId>(request, "asset_id", "picture");
    if (!id) return Reply::error(id.error(), request.request_id);
    auto picture = services.db.write([&](soci::session& session) {
        return decide(session, organization_of(request), id->value, decision);
    });
    if (!picture) return Reply::error(picture.error(), request.request_id);
    return Reply::json(200, flagged_json(*picture, services));
}

}  // namespace

Reply list_flagged(const Request& request, ApiServices& services) {
    auto page = page_of(request);
    if (!page) return Reply::error(page.error(), request.request_id);
    auto found = services.db.read(
        [&](soci::session& session) { return flagged_page(session, organization_of(request), *page); });
    if (!found) return Reply::error(found.error(), request.request_id);
    return page_reply(*found, [&](const Flagged& picture) { return flagged_json(picture, services); });
}

Reply release_flagged(const Request& request, ApiServices& services) {
    return decision_reply(request, services, store::Moderation::released);
}

Reply reject_flagged(const Request& request, ApiServices& services) {
    return decision_reply(request, services, store::Moderation::rejected);
}

}  // namespace atelier::api
