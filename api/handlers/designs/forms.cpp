#include "api/handlers/designs/forms.hpp"

#include <algorithm>

#include "api/handlers/assets/assets.hpp"
#include "common/design/fabric/fabric.hpp"
#include "common/design/typeset/typeset.hpp"
// The one place where the front names a worker's library: ops/decisions/0009-svg-in-the-front.md
#include "workers/adaptation/design/render.hpp"
#include "workers/imaging/start.hpp"

namespace atelier::api {
namespace {

constexpr std::int64_t kSmallPixels = 2'000'000;

const store::Asset* find(const std::vector<store::Asset>& assets, const design::Picture& picture) {
    if (!picture.asset_id) return nullptr;
    const auto found = std::find_if(assets.begin(), assets.end(), [&](const store::Asset& asset) {
        return asset.id.value == *picture.asset_id && asset.state == store::AssetState::ready;
    });
    return found == assets.end() ? nullptr : &*found;
}

class Previews : public adaptation::design_render::PictureSource {
  public:
    Previews(objects::ObjectStore& objects, const std::vector<store::Asset>& assets)
        : objects_(objects), assets_(assets) {}

    Result<std::string> fetch(const design::Picture& picture) override {
        const store::Asset* asset = find(assets_, picture);
        if (!asset || left_ == 0) return not_found("preview");
        const std::int64_t pixels = std::int64_t(asset->width.value_or(0)) * asset->height.value_or(0);
        if (!asset->preview_key && (is_held_back(*asset) || pixels > kSmallPixels))
            return not_found("preview");
        --left_;
        return objects_.get(asset->preview_key.value_or(asset->object_key));
    }

  private:
    objects::ObjectStore& objects_;
    const std::vector<store::Asset>& assets_;
    int left_ = kPreviewPictures;
};

}  // namespace

json::Value fabric_form(const design::Design& design, const std::vector<store::Asset>& assets,
                        ApiServices& services, bool is_long) {
    const auto source = [&](const design::Picture& picture) -> std::optional<design::FabricPicture> {
        const store::Asset* asset = find(assets, picture);
        if (!asset || is_held_back(*asset)) return std::nullopt;
        const json::Value url = download_url(services, asset->object_key, asset->filename);
        if (!url.is_string()) return std::nullopt;
        return design::FabricPicture{url.as_string(), asset->width.value_or(0), asset->height.value_or(0)};
    };
    return design::to_fabric(design, source,
                             is_long ? design::estimated_measurer() : design::pango_measurer());
}

Result<std::string> svg_form(const design::Design& design, const std::vector<store::Asset>& assets,
                             ApiServices& services) {
    if (auto ready = imaging::init(); !ready) return ready.error();
    Previews previews(services.objects, assets);
    auto made = adaptation::design_render::render(design, {.output = adaptation::design_render::Output::svg},
                                                  previews);
    if (!made) return made.error();
    return std::move(made->bytes);
}

}  // namespace atelier::api
