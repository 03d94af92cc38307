#include "workers/ai/builtin/art/layer.hpp"

#include <algorithm>
#include <array>
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
    for (int y = 0; y < height_; ++y) {
        const std::vector<float> row = alpha.row(float(y) + 0.5F - dy);
        for (int x = 0; x < width_; ++x) {
            const float a = opacity * alpha.in_row(row, float(x) + 0.5F - dx);
            const auto byte = [&](float v) { return std::uint32_t(v * a * 255 + 0.5F); };
            values[std::size_t(y) * out.stride() + std::size_t(x)] =
                byte(1) << 24 | byte(rgb.r) << 16 | byte(rgb.g) << 8 | byte(rgb.b);
        }
    }
    cairo_surface_mark_dirty(out.surface_.get());
    return out;
}

void Layer::blur(float deviation) {
    std::uint32_t* values = pixels();
    const auto plane = [&](int shift) {
        return SoftPlane(values, width_, height_, stride(), shift, deviation);
    };
    const std::array planes{plane(24), plane(16), plane(8), plane(0)};
    for (int y = 0; y < height_; ++y) {
        std::array<std::vector<float>, 4> rows;
        for (std::size_t i = 0; i < 4; ++i)
            rows[i] = planes[i].row(float(y) + 0.5F);
        for (int x = 0; x < width_; ++x) {
            std::array<std::uint32_t, 4> bytes{};
            for (std::size_t i = 0; i < 4; ++i)
                bytes[i] = std::uint32_t(planes[i].in_row(rows[i], float(x) + 0.5F) * 255 + 0.5F);
            const std::uint32_t a = bytes[0];
            values[std::size_t(y) * stride() + std::size_t(x)] =
                a << 24 | std::min(a, bytes[1]) << 16 | std::min(a, bytes[2]) << 8 | std::min(a, bytes[3]);
        }
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
