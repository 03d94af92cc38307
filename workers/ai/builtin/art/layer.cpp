#include "workers/ai/builtin/art/layer.hpp"

#include <algorithm>
#include <cmath>
#include <new>

#include "workers/ai/builtin/art/soft_plane.hpp"
#include "workers/imaging/premultiplied.hpp"

namespace atelier::ai::builtin::art {

Layer::Layer(int width, int height)
    : width_(width),
      height_(height),
      surface_(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height)),
      context_(cairo_create(surface_.get())) {
    if (cairo_status(context_.get()) != CAIRO_STATUS_SUCCESS) throw std::bad_alloc();
}

std::uint32_t* Layer::pixels() {
    cairo_surface_flush(surface_.get());
    return reinterpret_cast<std::uint32_t*>(cairo_image_surface_get_data(surface_.get()));
}

const std::uint32_t* Layer::pixels() const {
    return const_cast<Layer*>(this)->pixels();
}

std::size_t Layer::stride() const {
    return std::size_t(cairo_image_surface_get_stride(surface_.get())) / 4;
}

Layer Layer::shadow(float dx, float dy, float blur, Oklab color, float opacity) const {
    const SoftPlane alpha(pixels(), width_, height_, stride(), 24, blur);
    const Rgb rgb = to_rgb(color);
    Layer out(width_, height_);
    std::uint32_t* values = out.pixels();
    for (int y = 0; y < height_; ++y)
        for (int x = 0; x < width_; ++x) {
            const float a = opacity * alpha.at(float(x) + 0.5F - dx, float(y) + 0.5F - dy);
            const auto byte = [&](float v) { return std::uint32_t(std::lround(v * a * 255)); };
            values[std::size_t(y) * out.stride() + std::size_t(x)] =
                byte(1) << 24 | byte(rgb.r) << 16 | byte(rgb.g) << 8 | byte(rgb.b);
        }
    cairo_surface_mark_dirty(out.surface_.get());
    return out;
}

void Layer::blur(float deviation) {
    std::uint32_t* values = pixels();
    const auto plane = [&](int shift) {
        return SoftPlane(values, width_, height_, stride(), shift, deviation);
    };
    const SoftPlane alpha = plane(24), red = plane(16), green = plane(8), blue = plane(0);
    for (int y = 0; y < height_; ++y)
        for (int x = 0; x < width_; ++x) {
            const float u = float(x) + 0.5F, v = float(y) + 0.5F;
            const auto byte = [&](const SoftPlane& p) { return std::uint32_t(p.at(u, v) * 255 + 0.5F); };
            const std::uint32_t a = byte(alpha);
            values[std::size_t(y) * stride() + std::size_t(x)] = a << 24 | std::min(a, byte(red)) << 16 |
                                                                 std::min(a, byte(green)) << 8 |
                                                                 std::min(a, byte(blue));
        }
    cairo_surface_mark_dirty(surface_.get());
}

void Layer::draw(const Layer& other, double opacity) {
    cairo_save(cairo());
    cairo_identity_matrix(cairo());
    cairo_surface_flush(other.surface_.get());
    cairo_set_source_surface(cairo(), other.surface_.get(), 0, 0);
    cairo_paint_with_alpha(cairo(), opacity);
    cairo_restore(cairo());
}

Result<imaging::Image> Layer::image() const {
    return imaging::from_premultiplied(pixels(), {width_, height_}, stride());
}

void set_color(cairo_t* cairo, Oklab color, double alpha) {
    const Rgb rgb = to_rgb(color);
    cairo_set_source_rgba(cairo, rgb.r, rgb.g, rgb.b, alpha);
}

void add_stop(cairo_pattern_t* gradient, double offset, Oklab color, double alpha) {
    const Rgb rgb = to_rgb(color);
    cairo_pattern_add_color_stop_rgba(gradient, offset, rgb.r, rgb.g, rgb.b, alpha);
}

}  // namespace atelier::ai::builtin::art
