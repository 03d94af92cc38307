#pragma once
// A sheet of outlines and gradients, drawn with cairo: laid on a canvas, or a picture of its own when it is
// to be transparent.

#include <cairo.h>

#include <cstdint>
#include <memory>

#include "common/errors/error.hpp"
#include "workers/ai/builtin/color/oklab.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::ai::builtin::art {

class Layer {
  public:
    /// Transparent all over. Throws std::bad_alloc when cairo cannot have the memory.
    Layer(int width, int height);

    int width() const { return width_; }
    int height() const { return height_; }
    cairo_t* cairo() { return context_.get(); }
    /// Premultiplied 0xAARRGGBB; rows are `stride()` values apart. Call after the last drawing.
    std::uint32_t* pixels();
    const std::uint32_t* pixels() const;
    std::size_t stride() const;

    /// A new layer: this one's silhouette, moved and blurred (`blur` = deviation in pixels), in one colour.
    Layer shadow(float dx, float dy, float blur, Oklab color, float opacity) const;
    /// Blurs what is there.
    void blur(float deviation);
    void draw(const Layer& other, double opacity = 1);
    Result<imaging::Image> image() const;

  private:
    struct Destroy {
        void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
        void operator()(cairo_t* context) const { cairo_destroy(context); }
    };
    int width_, height_;
    std::unique_ptr<cairo_surface_t, Destroy> surface_;
    std::unique_ptr<cairo_t, Destroy> context_;
};

/// Fill colour for what is drawn next.
void set_color(cairo_t* cairo, Oklab color, double alpha = 1);
void add_stop(cairo_pattern_t* gradient, double offset, Oklab color, double alpha = 1);

}  // namespace atelier::ai::builtin::art
