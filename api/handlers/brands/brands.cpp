#include "api/handlers/brands/brands.hpp"

#include <algorithm>

#include "api/handlers/idempotent.hpp"
#include "common/store/assets.hpp"

namespace atelier::api {
namespace {

std::string lower_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

/// Members that the body has replace the kit's; colours are kept as designs write them.
void apply(store::Brand& brand, const json::Value& body) {
    brand.name = body["name"].string_or(brand.name);
    for (const char* member : {"fonts", "logos", "voice"})
        if (body.has(member)) brand.kit.set(member, body[member]);
    if (!body.has("colors")) return;
    json::Value colors = json::Object{};
    for (const auto& [part, color] : body["colors"].object())
        colors.set(part, lower_case(color.as_string()));
    brand.kit.set("colors", std::move(colors));
}

/// The kit's logos, without those that have been deleted since.
json::Value logos_of(soci::session& session, const store::Brand& brand) {
    std::vector<std::string> named;
    for (const json::Value& logo : brand.kit["logos"].array())
        named.push_back(logo["asset_id"].as_string());
    const auto assets = store::find_assets(session, brand.organization_id, named);
    json::Value logos = json::Array{};
    for (const json::Value& logo : brand.kit["logos"].array())
        if (std::any_of(assets.begin(), assets.end(), [&](const store::Asset& asset) {
                return asset.id.value == logo["asset_id"].as_string();
            }))
            logos.push(logo);
    return logos;
}

json::Value shown(soci::session& session, const store::Brand& brand) {
    return json::Object{{"id", brand.id.value},
                        {"name", brand.name},
                        {"colors", brand.kit["colors"]},
                        {"fonts", brand.kit["fonts"]},
                        {"logos", logos_of(session, brand)},
                        {"voice", brand.kit["voice"].string_or("")},
                        {"created_at", time_json(brand.created_at)},
                        {"updated_at", time_json(brand.updated_at)}};
}

}  // namespace

Reply create_brand(const Request& request, ApiServices& services) {
    auto body = body_of(request, services, "http/brand.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    return create_once(request, services, [&](soci::session& session) -> Result<Created> {
        store::Brand brand;
        brand.id = ids::new_id<BrandId>();
        brand.organization_id = organization_of(request);
        brand.user_id = user_of(request);
        apply(brand, *body);
        if (auto made = store::insert_brand(session, brand); !made) return made.error();
        return Created{201, shown(session, brand)};
    });
}

Reply list_brands(const Request& request, ApiServices& services) {
    auto page = page_of(request);
    if (!page) return Reply::error(page.error(), request.request_id);
    return answer(request, services.db.read([&](soci::session& session) -> Result<Reply> {
        auto found = store::list_brands(session, organization_of(request), *page);
        if (!found) return found.error();
        return page_reply(*found, [&](const store::Brand& brand) { return shown(session, brand); });
    }));
}

Reply get_brand(const Request& request, ApiServices& services) {
    auto id = id_of<BrandId>(request, "brand_id", "brand");
    if (!id) return Reply::error(id.error(), request.request_id);
    return answer(request, services.db.read([&](soci::session& session) -> Result<Reply> {
        auto brand = store::find_brand(session, organization_of(request), *id);
        if (!brand) return brand.error();
        return Reply::json(200, shown(session, *brand));
    }));
}

Reply update_brand(const Request& request, ApiServices& services) {
    auto id = id_of<BrandId>(request, "brand_id", "brand");
    if (!id) return Reply::error(id.error(), request.request_id);
    auto body = body_of(request, services, "http/brand_patch.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    return answer(request, services.db.write([&](soci::session& session) -> Result<Reply> {
        auto brand = store::lock_brand(session, organization_of(request), *id);
        if (!brand) return brand.error();
        apply(*brand, *body);
        auto stored = store::update_brand(session, *brand);
        if (!stored) return stored.error();
        return Reply::json(200, shown(session, *stored));
    }));
}

Reply delete_brand(const Request& request, ApiServices& services) {
    auto id = id_of<BrandId>(request, "brand_id", "brand");
    if (!id) return Reply::error(id.error(), request.request_id);
    return answer(request, services.db.write([&](soci::session& session) -> Result<Reply> {
        if (auto gone = store::delete_brand(session, organization_of(request), *id); !gone)
            return gone.error();
        return Reply::no_content();
    }));
}

}  // namespace atelier::api
