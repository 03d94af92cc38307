#pragma once
// Private to design/: the pictures of a design, decoded as large as they are shown.

#include <map>
#include <string>
#include <vector>

#include "common/design/model/design.hpp"
#include "workers/adaptation/design/render.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::adaptation::design_render {

/// Where the whole picture lies, measured from the corner of the box that it fills; the box cuts it.
design::Box place_of(const design::Picture& picture, imaging::Size size, double width, double height);

struct ShownPicture {
    imaging::Image image;
    design::Box place;
};

class Pictures {
  public:
    /// Fetches and decodes what the visible layers and the canvas show; `density`: pixels of a picture for
    /// one of the canvas, at most.
    static Result<Pictures> load(const design::Design& design, PictureSource& source, double density);
    /// By its address in the design; nothing while its place is empty.
    const ShownPicture* find(const design::Picture& picture) const;

  private:
    Result<void> add(const design::Picture& picture, double width, double height);
    Result<void> add_all(const std::vector<design::Layer>& layers);

    Pictures(PictureSource& source, double density) : source_(&source), density_(density) {}
    PictureSource* source_;
    double density_;
    std::map<const design::Picture*, ShownPicture> shown_;
};

/// JPEG, or PNG where something shows through.
struct EncodedPicture {
    std::string bytes, media_type;
};
Result<EncodedPicture> encoded(const imaging::Image& image);

}  // namespace atelier::adaptation::design_render
