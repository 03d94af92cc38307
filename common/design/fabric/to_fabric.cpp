#include "common/design/fabric/background.hpp"
#include "common/design/fabric/fabric.hpp"
#include "common/design/fabric/object.hpp"
#include "common/design/fabric/paint.hpp"

namespace atelier::design {
namespace {

using json::Array;
using json::Object;
using json::Value;

bool blends_within(const std::vector<Layer>& layers) {
    for (const Layer& layer : layers) {
        if (layer.blend != Blend::normal) return true;
        const auto* group = std::get_if<GroupContent>(&layer.content);
        if (group && blends_within(group->layers)) return true;
    }
    return false;
}

class Writer {
  public:
    Writer(const FabricPictures& pictures, const TextMeasurer& measurer)
        : pictures_(pictures), measurer_(measurer) {}

    Value objects(const std::vector<Layer>& layers, Point around, bool is_clipped = false) const {
        Array out;
        for (const Layer& layer : layers)
            out.push_back(object(layer, around, is_clipped));
        return out;
    }

  private:
    Value object(const Layer& layer, Point around, bool is_clipped) const {
        fabric::Making making = fabric::making_of(layer, pictures_, measurer_);
        making.hides_shadow = is_clipped && layer.shadow && (layer.shadow->x != 0 || layer.shadow->y != 0);
        Value out = fabric::object_of(layer, making, around);
        if (const auto* group = std::get_if<GroupContent>(&layer.content)) {
            out.set("objects", objects(group->layers, {layer.box.width / 2, layer.box.height / 2},
                                       is_clipped || layer.mask));
            // Drawn by way of a cache the group's layers would blend with each other only.
            const bool is_plain =
                layer.opacity == 1 && layer.blend == Blend::normal && !layer.mask && !layer.shadow;
            if (is_plain && blends_within(group->layers)) out.set("objectCaching", false);
        }
        out.set("atelier", fabric::passport_of(layer, making));
        return out;
    }

    const FabricPictures& pictures_;
    const TextMeasurer& measurer_;
};

}  // namespace

Value to_fabric(const Design& design, const FabricPictures& pictures, const TextMeasurer& measurer) {
    Value out = Object{{"version", kFabricVersion}};
    out.set("objects", Writer(pictures, measurer).objects(design.layers, {0, 0}));
    Value background = fabric::set_background(out, design.canvas, pictures);
    Value document = to_json(design);
    out.set("atelier", Object{{"schema_version", kSchemaVersion},
                              {"meta", document["meta"]},
                              {"canvas", document["canvas"]},
                              {"brand", document["brand"]},
                              {"isolated", document["isolated"]},
                              {"background_picture", std::move(background)}});
    return out;
}

}  // namespace atelier::design
