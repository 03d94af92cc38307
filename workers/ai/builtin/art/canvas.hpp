#pragma once
// What pictures are painted on: pixels in floating point, so that soft gradients keep all their steps until
// the end, where grain hides the last ones.

#include <cstdint>
#include <stdexcept>
#include <vector>

#include "common/async/stop_token.hpp"
#include "workers/ai/builtin/art/layer.hpp"
#include "workers/ai/builtin/color/oklab.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::ai::builtin::art {

/// Thrown by a canvas when its stop token is told to stop; paint() catches it.
struct Stopped : std::exception {};

enum class Mode { over, screen, multiply, overlay };

class Canvas {
  public:
    Canvas(int width, int height, async::StopToken stop);

    int width() const { return width_; }
    int height() const { return height_; }
    float w() const { return float(width_); }
    float h() const { return float(height_); }
    /// A length that suits both sides: what a motif's size is measured in.
    float unit() const;
    /// Throws Stopped.
    void check_stop() const;

    /// Every pixel = color(x, y) in OKLab, x and y in pixels at the pixel's middle.
    template <class ColorAt>
    void paint(const ColorAt& color);
    /// The same for what is smooth: computed every `step` pixels and interpolated between.
    template <class ColorAt>
    void paint_smooth(int step, const ColorAt& color);
    /// Every pixel moves towards `color` by share(x, y), 0…1.
    template <class ShareAt>
    void tint(Oklab color, const ShareAt& share);
    /// Light is added: screened with `color` × share(x, y).
    template <class ShareAt>
    void shine(Oklab color, const ShareAt& share);
    /// The layer has the canvas' size. What lies under stays where the layer is empty.
    void compose(const Layer& layer, float opacity = 1, Mode mode = Mode::over);
    /// The layer's silhouette, moved and blurred (`blur` = deviation in pixels), in one colour.
    void cast_shadow(const Layer& layer, float dx, float dy, float blur, Oklab color, float opacity);

    /// 8 bits a channel. `grain` 0…1 is how much like film it looks; a dither of one step is always there.
    Result<imaging::Image> finish(float grain, std::uint64_t seed) const;

    Rgb& at(int x, int y) { return pixels_[std::size_t(y) * std::size_t(width_) + std::size_t(x)]; }
    const Rgb& at(int x, int y) const {
        return pixels_[std::size_t(y) * std::size_t(width_) + std::size_t(x)];
    }

  private:
    int width_, height_;
    async::StopToken stop_;
    std::vector<Rgb> pixels_;
};

inline Rgb blended(Rgb a, Rgb b, float t) {
    return {a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t};
}

inline Rgb screened(Rgb under, Rgb light, float t) {
    return {1 - (1 - under.r) * (1 - light.r * t), 1 - (1 - under.g) * (1 - light.g * t),
            1 - (1 - under.b) * (1 - light.b * t)};
}

template <class ColorAt>
void Canvas::paint(const ColorAt& color) {
    for (int y = 0; y < height_; ++y) {
        check_stop();
        for (int x = 0; x < width_; ++x)
            at(x, y) = to_rgb(color(float(x) + 0.5F, float(y) + 0.5F));
    }
}

template <class ColorAt>
void Canvas::paint_smooth(int step, const ColorAt& color) {
    const int columns = (width_ + step - 1) / step + 1;
    std::vector<Rgb> above(static_cast<std::size_t>(columns)), below(static_cast<std::size_t>(columns));
    const auto fill = [&](std::vector<Rgb>& row, int y) {
        for (int i = 0; i < columns; ++i)
            row[std::size_t(i)] = to_rgb(color(float(i * step) + 0.5F, float(y) + 0.5F));
    };
    fill(below, 0);
    for (int top = 0; top < height_; top += step) {
        check_stop();
        std::swap(above, below);
        fill(below, top + step);
        for (int y = top; y < std::min(height_, top + step); ++y) {
            const float v = float(y - top) / float(step);
            for (int x = 0; x < width_; ++x) {
                const auto i = std::size_t(x / step);
                const float u = float(x % step) / float(step);
                at(x, y) = blended(blended(above[i], above[i + 1], u), blended(below[i], below[i + 1], u), v);
            }
        }
    }
}

template <class ShareAt>
void Canvas::tint(Oklab color, const ShareAt& share) {
    const Rgb rgb = to_rgb(color);
    for (int y = 0; y < height_; ++y) {
        check_stop();
        for (int x = 0; x < width_; ++x) {
            const float t = share(float(x) + 0.5F, float(y) + 0.5F);
            if (t > 0) at(x, y) = blended(at(x, y), rgb, t);
        }
    }
}

template <class ShareAt>
void Canvas::shine(Oklab color, const ShareAt& share) {
    const Rgb rgb = to_rgb(color);
    for (int y = 0; y < height_; ++y) {
        check_stop();
        for (int x = 0; x < width_; ++x) {
            const float t = share(float(x) + 0.5F, float(y) + 0.5F);
            if (t > 0) at(x, y) = screened(at(x, y), rgb, t);
        }
    }
}

}  // namespace atelier::ai::builtin::art
