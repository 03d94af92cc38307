#include "workers/ai/builtin/art/canvas.hpp"

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/art/random.hpp"
#include "workers/ai/builtin/art/soft_plane.hpp"
#include "workers/imaging/premultiplied.hpp"

namespace atelier::ai::builtin::art {
namespace {

constexpr float kDitherSteps = 0.75F;  // of 1/255, to either side
constexpr float kGrainSteps = 7;

Rgb laid_over(Rgb under, Rgb over, Mode mode) {
    const auto overlay = [](float u, float o) { return u < 0.5F ? 2 * u * o : 1 - 2 * (1 - u) * (1 - o); };
    switch (mode) {
        case Mode::over:
            return over;
        case Mode::screen:
            return screened(under, over, 1);
        case Mode::multiply:
            return {under.r * over.r, under.g * over.g, under.b * over.b};
        case Mode::overlay:
            return {overlay(under.r, over.r), overlay(under.g, over.g), overlay(under.b, over.b)};
    }
    return over;
}

/// −1…1, triangular: two throws of a hash.
float throw_at(std::uint64_t seed, int x, int y) {
    const std::uint64_t bits = scrambled(seed ^ (std::uint64_t(std::uint32_t(x)) << 32 | std::uint32_t(y)));
    return (float(bits & 0xffffffU) + float(bits >> 24 & 0xffffffU)) / float(0xffffff) - 1;
}

std::uint32_t byte(float v) {
    return std::uint32_t(std::clamp(v * 255 + 0.5F, 0.0F, 255.0F));
}

}  // namespace

Canvas::Canvas(int width, int height, async::StopToken stop)
    : width_(width),
      height_(height),
      stop_(std::move(stop)),
      pixels_(std::size_t(width) * std::size_t(height)) {}

float Canvas::unit() const {
    return std::min(std::sqrt(w() * h()), 2.5F * std::min(w(), h()));
}

void Canvas::check_stop() const {
    if (stop_.stop_requested()) throw Stopped();
}

void Canvas::compose(const Layer& layer, float opacity, Mode mode) {
    const std::uint32_t* values = layer.pixels();
    for (int y = 0; y < height_; ++y) {
        check_stop();
        for (int x = 0; x < width_; ++x) {
            const std::uint32_t v = values[std::size_t(y) * layer.stride() + std::size_t(x)];
            const std::uint32_t a = v >> 24;
            if (a == 0) continue;
            const float back = 1.0F / float(a);
            const Rgb over{float(v >> 16 & 0xffU) * back, float(v >> 8 & 0xffU) * back,
                           float(v & 0xffU) * back};
            Rgb& under = at(x, y);
            under = blended(under, laid_over(under, over, mode), opacity * float(a) / 255);
        }
    }
}

void Canvas::cast_shadow(const Layer& layer, float dx, float dy, float blur, Oklab color, float opacity) {
    check_stop();
    const SoftPlane alpha(layer.pixels(), width_, height_, layer.stride(), 24, blur);
    const Rgb rgb = to_rgb(color);
    for (int y = 0; y < height_; ++y) {
        const std::vector<float> row = alpha.row(float(y) + 0.5F - dy);
        if (std::ranges::max(row) < 0.001F) continue;
        for (int x = 0; x < width_; ++x)
            at(x, y) = blended(at(x, y), rgb, opacity * alpha.in_row(row, float(x) + 0.5F - dx));
    }
}

Result<imaging::Image> Canvas::finish(float grain, std::uint64_t seed) const {
    std::vector<std::uint32_t> values(pixels_.size());
    const std::uint64_t film = scrambled(seed ^ 0x66696c6d);
    for (int y = 0; y < height_; ++y) {
        check_stop();
        for (int x = 0; x < width_; ++x) {
            const Rgb& pixel = at(x, y);
            // Film shows its grain in the middle tones.
            const float light = 0.3F * pixel.r + 0.6F * pixel.g + 0.1F * pixel.b;
            const float amount = kDitherSteps + grain * kGrainSteps * (0.35F + 2.6F * light * (1 - light));
            const float n = throw_at(film, x, y) * amount / 255;
            values[std::size_t(y) * std::size_t(width_) + std::size_t(x)] =
                0xff000000U | byte(pixel.r + n) << 16 | byte(pixel.g + n) << 8 | byte(pixel.b + n);
        }
    }
    return imaging::from_premultiplied(values.data(), {width_, height_}, std::size_t(width_));
}

}  // namespace atelier::ai::builtin::art
