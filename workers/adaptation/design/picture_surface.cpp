#include "workers/adaptation/design/picture_surface.hpp"

#include <cstring>
#include <memory>

#include "workers/adaptation/design/pictures.hpp"
#include "workers/imaging/premultiplied.hpp"

namespace atelier::adaptation::design_render {
namespace {

template <class T>
void destroy(void* object) {
    delete static_cast<T*>(object);
}

void attach_jpeg(cairo_surface_t* surface, const imaging::Image& image) {
    auto jpeg = encoded(image);
    if (!jpeg || jpeg->media_type != "image/jpeg") return;
    auto* bytes = new std::string(std::move(jpeg->bytes));
    cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG,
                                reinterpret_cast<const unsigned char*>(bytes->data()), bytes->size(),
                                destroy<std::string>, bytes);
}

}  // namespace

Surface surface_of(cairo_t* cairo, const imaging::Image& image) {
    auto pixels = imaging::to_premultiplied(image);
    if (!pixels) return nullptr;
    auto* owned = new imaging::Premultiplied(std::move(*pixels));
    Surface surface(
        cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(owned->values.data()),
                                            owned->has_alpha ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24,
                                            owned->size.width, owned->size.height, owned->size.width * 4));
    static const cairo_user_data_key_t kPixels{};
    cairo_surface_set_user_data(surface.get(), &kPixels, owned, destroy<imaging::Premultiplied>);
    if (cairo_surface_get_type(cairo_get_target(cairo)) == CAIRO_SURFACE_TYPE_PDF)
        attach_jpeg(surface.get(), image);
    return surface;
}

}  // namespace atelier::adaptation::design_render
