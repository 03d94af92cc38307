#pragma once
// Private to fabric/: a layer as one object, without its place in a canvas and without what is in a group.

#include "common/design/fabric/picture.hpp"
#include "common/design/fabric/text.hpp"

namespace atelier::design::fabric {

/// What an object was made with besides its layer; travels in `atelier`.
struct Making {
    Source source;        ///< of pictures
    TextSetting setting;  ///< of texts
    /// Fabric 7.4 throws where a clipped group holds a shadow that is not straight below its object: it is
    /// not written.
    bool hides_shadow = false;
};
Making making_of(const Layer& layer, const FabricPictures& pictures, const TextMeasurer& measurer);

/// `around` is the middle of what the layer lies in, from which Fabric measures: the middle of a group's box,
/// or nothing (0, 0) for the canvas.
json::Value object_of(const Layer& layer, const Making& making, Point around);

/// Where the middle of that object lies, measured from the corner of the layer's box.
Point object_middle(const Layer& layer, const Making& making);

/// The layer and its making as `atelier` carries them; the layers of a group are left out.
json::Value passport_of(const Layer& layer, const Making& making);
/// Nothing where `atelier` holds no valid layer.
struct Passport {
    Layer layer;
    Making making;
};
std::optional<Passport> read_passport(const json::Value& atelier);

const ImageContent* image_of(const Layer& layer);
ImageContent* image_of(Layer& layer);

}  // namespace atelier::design::fabric
