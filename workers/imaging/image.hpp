#pragma once
// A picture as a value. libvips holds it (vips_access.hpp, private to this folder).

#include <memory>

namespace atelier::imaging {

struct Size {
    int width = 0, height = 0;
    bool operator==(const Size&) const = default;
};

/// Pixels; x to the right, y down.
struct Rect {
    int x = 0, y = 0, width = 0, height = 0;
    int right() const { return x + width; }
    int bottom() const { return y + height; }
    bool operator==(const Rect&) const = default;
};

/// A part of a picture, in its pixels, not rounded.
struct Region {
    double x = 0, y = 0, width = 0, height = 0;
};

/// Always sRGB, 8 bits a channel, three channels or four with straight (not premultiplied) alpha, upright; a
/// photo that was decoded to be scaled (DecodeOptions::keeps_ycc) stays in the JPEG's luma and chroma until
/// something needs RGB.
/// Copies share the pixels, which never change: a copy is cheap and threads may read one picture together.
/// Operations build on each other lazily; the pixels are computed when something is encoded, sampled or
/// `in_memory`.
class Image {
  public:
    Image() = default;
    bool empty() const { return !impl_; }
    int width() const;
    int height() const;
    Size size() const;
    bool has_alpha() const;
    /// What the pixels take in memory.
    std::size_t bytes() const;

    struct Impl;
    explicit Image(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
    const Impl& impl() const { return *impl_; }

  private:
    std::shared_ptr<const Impl> impl_;
};

}  // namespace atelier::imaging
