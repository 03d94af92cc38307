#pragma once
// Private to design/: draws a design with cairo, on pixels and in PDF alike.

#include <cairo.h>

#include "workers/adaptation/design/scene.hpp"

namespace atelier::adaptation::design_render {

class Painter {
  public:
    /// `density`: pixels that a unit of the canvas becomes, for what has to be pixels (shadows).
    Painter(cairo_t* cairo, const Scene& scene, double density)
        : cairo_(cairo), scene_(scene), density_(density) {}

    void paint_design();

  private:
    void paint_layers(const std::vector<design::Layer>& layers, double turn);
    void paint_layer(const design::Layer& layer, double turn);
    void paint_shadow(const design::Layer& layer, double turn);
    /// Within the layer's mask, without its shadow.
    void paint_masked(const design::Layer& layer, double turn);
    void paint_shape(const design::Layer& layer, const design::ShapeContent& shape);
    void paint_image(const design::Layer& layer, const design::ImageContent& image);
    void paint_picture(const ShownPicture& picture);

    cairo_t* cairo_;
    const Scene& scene_;
    double density_;
};

/// The text with its box's corner at the origin.
void paint_text(cairo_t* cairo, const design::TextContent& text, const design::SetText& set, double width,
                double height);

}  // namespace atelier::adaptation::design_render
