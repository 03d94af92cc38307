#pragma once
// Private to fabric/: pictures as Image objects with a crop, and back.

#include "common/design/fabric/fabric.hpp"
#include "common/design/fabric/frame.hpp"

namespace atelier::design::fabric {

/// The picture of an object, with a grey square in place of one that cannot be had.
struct Source {
    FabricPicture picture;
    bool is_placeholder = false;
};
Source source_of(const Picture& picture, const FabricPictures& pictures);
json::Value to_json(const Source& source);
Source read_source(const json::Value& value);

/// The part of a picture that is shown, and where.
struct Shown {
    Box crop;   ///< pixels of the picture
    Box place;  ///< measured from the corner of the layer's box
    double scale_x() const { return place.width / crop.width; }
    double scale_y() const { return place.height / crop.height; }
};
/// `flip` mirrors the box with what is in it.
Shown shown_part(const Picture& picture, const Source& source, double width, double height,
                 Flip flip = Flip::none);
inline bool is_mirrored(Flip flip) {
    return flip == Flip::horizontal || flip == Flip::both;
}
inline bool is_upended(Flip flip) {
    return flip == Flip::vertical || flip == Flip::both;
}

/// Type, source, crop and scale. Without a place.
json::Value picture_object(const Source& source, const Shown& shown);

/// Whether it shows the same part of the same picture.
bool is_same_picture(const json::Value& before, const json::Value& after);

/// The crop that an editor chose, as fit and focus. False where a design has no word for it (a detail, larger
/// than it needs to be): then a mask on the whole picture must say it.
bool merge_crop(Picture& picture, const Source& source, const Box& crop, double scale_x, double scale_y);
Box read_crop(const json::Value& object, const Frame& frame);

/// A picture that an editor added: by `asset_id` of its `atelier`, or by its URL. Nothing for one that is in
/// the JSON itself.
std::optional<Picture> read_picture(const json::Value& object, const Frame& frame);

}  // namespace atelier::design::fabric
