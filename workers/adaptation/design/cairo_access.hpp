#pragma once
// Private to design/: cairo's objects with owners, and the design's words in cairo's.

#include <cairo.h>

#include <memory>

#include "common/design/model/design.hpp"
#include "workers/adaptation/design/path.hpp"

namespace atelier::adaptation::design_render {

struct DestroySurface {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, DestroySurface>;

struct DestroyContext {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Context = std::unique_ptr<cairo_t, DestroyContext>;

struct DestroyPattern {
    void operator()(cairo_pattern_t* pattern) const { cairo_pattern_destroy(pattern); }
};
using Pattern = std::unique_ptr<cairo_pattern_t, DestroyPattern>;

/// cairo_save() and cairo_restore() around a block.
class Saved {
  public:
    explicit Saved(cairo_t* cairo) : cairo_(cairo) { cairo_save(cairo); }
    ~Saved() { cairo_restore(cairo_); }
    Saved(const Saved&) = delete;
    Saved& operator=(const Saved&) = delete;

  private:
    cairo_t* cairo_;
};

/// For a box with its corner at the origin of what is drawn now.
void set_source(cairo_t* cairo, const design::Paint& paint, double width, double height);
void set_source(cairo_t* cairo, design::Color color);
void append(cairo_t* cairo, const Path& path);
void set_stroke(cairo_t* cairo, const design::Stroke& stroke);
cairo_operator_t operator_of(design::Blend blend);

}  // namespace atelier::adaptation::design_render
