#include "workers/imaging/image.hpp"

#include "workers/imaging/vips_access.hpp"

namespace atelier::imaging {

int Image::width() const {
    return size().width;
}

int Image::height() const {
    return size().height;
}

Size Image::size() const {
    if (!impl_) return {};
    if (const YccView* view = ycc_of(*this)) return view->size;
    const auto& vips = std::get<vips::VImage>(impl_->pixels);
    return {vips.width(), vips.height()};
}

bool Image::has_alpha() const {
    return impl_ && !ycc_of(*this) && std::get<vips::VImage>(impl_->pixels).bands() == 4;
}

std::size_t Image::bytes() const {
    if (!impl_) return 0;
    if (const YccView* view = ycc_of(*this)) return view->source->bytes();
    return std::size_t(width()) * height() * std::get<vips::VImage>(impl_->pixels).bands();
}

}  // namespace atelier::imaging
