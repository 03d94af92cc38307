#include "workers/imaging/image.hpp"

#include "workers/imaging/vips_access.hpp"

namespace atelier::imaging {

int Image::width() const {
    return impl_ ? impl_->vips.width() : 0;
}

int Image::height() const {
    return impl_ ? impl_->vips.height() : 0;
}

bool Image::has_alpha() const {
    return impl_ && impl_->vips.bands() == 4;
}

std::size_t Image::bytes() const {
    return impl_ ? std::size_t(width()) * height() * impl_->vips.bands() : 0;
}

}  // namespace atelier::imaging
