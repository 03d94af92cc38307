#include "queues/pipelines/studio/studio.hpp"

#include <array>

#include "common/crypto/random.hpp"
#include "common/design/brand/kit.hpp"
#include "common/design/model/walk.hpp"
#include "common/store/brands.hpp"

namespace atelier::queues {

Result<json::Value> brand_wanted(soci::session& session, const OrganizationId& organization,
                                 const json::Value& input, const std::optional<BrandId>& fallback) {
    const bool is_named = input.has("brand_id");
    if (!is_named && !fallback) return json::Value();
    const BrandId id = is_named ? BrandId{input["brand_id"].as_string()} : *fallback;
    auto brand = store::find_brand(session, organization, id);
    if (brand) return design::to_json(design::brand_of_kit(brand->name, brand->kit));
    if (!is_named) return json::Value();  // deleted meanwhile: its colours are in the design
    return invalid("/brand_id", "exists", "There is no such brand.");
}

json::Value logo_shown(soci::session& session, const OrganizationId& organization, const json::Value& brand) {
    json::Value sources = json::Array{};
    for (const store::Asset& logo :
         store::find_assets(session, organization, {brand["logo_asset_id"].as_string()}))
        if (logo.state == store::AssetState::ready && logo.moderation != store::Moderation::rejected)
            sources.push(photo_source(logo));
    return sources;
}

std::int64_t random_seed() {
    std::array<std::uint8_t, 4> bytes;
    crypto::fill_random(bytes);
    std::int64_t seed = 0;
    for (const std::uint8_t byte : bytes)
        seed = seed << 8 | byte;
    return seed;
}

Result<store::DesignRevision> revision_wanted(soci::session& session, const OrganizationId& organization,
                                              const json::Value& input, store::Design& design) {
    auto found = store::find_design(session, organization, DesignId{input["design_id"].as_string()});
    if (!found) return invalid("/design_id", "exists", "There is no such design.");
    design = std::move(*found);
    const int version = static_cast<int>(input["version"].as_int(design.version));
    auto revision = store::find_design_revision(session, organization, design.id, version);
    if (!revision) return invalid("/version", "exists", "The design has no such revision.");
    return revision;
}

Result<json::Value> pictures_shown(soci::session& session, const OrganizationId& organization,
                                   const design::Design& design) {
    json::Value sources = json::Array{};
    for (const store::Asset& picture :
         store::find_assets(session, organization, design::assets_shown(design))) {
        if (picture.state != store::AssetState::ready) continue;
        if (picture.moderation == store::Moderation::rejected)
            return invalid("/design_id", "moderation",
                           "Moderation rejected the picture " + picture.filename + ".");
        sources.push(photo_source(picture));
    }
    return sources;
}

}  // namespace atelier::queues
