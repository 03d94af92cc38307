#pragma once
// Private to workers/imaging: a JPEG's own channels. Luma and half-sized chroma are half the bytes of RGB, so
// that what goes from one JPEG to another is decoded, scaled and encoded in half the time, without two
// conversions of colour.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vips/vips8>

#include "workers/imaging/image.hpp"

namespace atelier::imaging {

/// One channel, 8 bits; rows without padding.
class Channel {
  public:
    Channel() = default;
    Channel(int width, int height);
    int width() const { return width_; }
    int height() const { return height_; }
    std::size_t bytes() const { return std::size_t(width_) * height_; }
    std::uint8_t* row(int y) { return values_.get() + std::size_t(y) * width_; }
    const std::uint8_t* row(int y) const { return values_.get() + std::size_t(y) * width_; }

    /// Whoever reads in blocks may read so many bytes beyond the last row; they mean nothing.
    static constexpr std::size_t kSlack = 64;

  private:
    std::unique_ptr<std::uint8_t[]> values_;
    int width_ = 0, height_ = 0;
};

/// Luma and chroma as in JFIF: full range, a chroma sample in the middle of the across × down luma it stands
/// for.
struct Ycc {
    Channel y, cb, cr;
    int across = 2, down = 2;  ///< 1 or 2

    Size size() const { return {y.width(), y.height()}; }
    std::size_t bytes() const { return y.bytes() + cb.bytes() + cr.bytes(); }
};

/// A part of a picture, scaled. Computes nothing by itself; copies share the source.
struct YccView {
    std::shared_ptr<const Ycc> source;
    Region region;
    Size size;

    bool is_whole() const { return size == source->size(); }
};

YccView view_of(Ycc picture);
/// The view's pixels; one chroma sample for across × down of them.
Ycc computed(const YccView& view, int across, int down);
/// The same as RGB, with chroma at full size.
vips::VImage to_rgb(const YccView& view);

}  // namespace atelier::imaging
