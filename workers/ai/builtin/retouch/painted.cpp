#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/color/oklab.hpp"
#include "workers/ai/builtin/retouch/filters.hpp"

namespace atelier::ai::builtin::retouching {
namespace {

/// Sums over all rectangles in four look-ups: r, g, b, luma and its square.
class Sums {
  public:
    explicit Sums(const Raster& raster)
        : width_(raster.width + 1), sums_(std::size_t(width_) * (raster.height + 1)) {
        for (int y = 0; y < raster.height; ++y) {
            std::array<double, 5> row{};
            for (int x = 0; x < raster.width; ++x) {
                const float* rgb = raster.at(x, y);
                const double light = luma(rgb);
                const double values[5] = {rgb[0], rgb[1], rgb[2], light, light * light};
                for (std::size_t i = 0; i < 5; ++i) {
                    row[i] += values[i];
                    at(x + 1, y + 1)[i] = at(x + 1, y)[i] + row[i];
                }
            }
        }
    }
    /// [left, right) × [top, bottom).
    std::array<double, 5> of(int left, int top, int right, int bottom) const {
        std::array<double, 5> out;
        const auto &a = at(right, bottom), &b = at(left, bottom), &c = at(right, top), &d = at(left, top);
        for (std::size_t i = 0; i < 5; ++i)
            out[i] = a[i] - b[i] - c[i] + d[i];
        return out;
    }

  private:
    std::array<double, 5>& at(int x, int y) { return sums_[std::size_t(y) * width_ + x]; }
    const std::array<double, 5>& at(int x, int y) const { return sums_[std::size_t(y) * width_ + x]; }
    int width_;
    std::vector<std::array<double, 5>> sums_;
};

/// Kuwahara's filter (1976), its four quarters weighed by how even they are instead of the evenest taken:
/// edges stay sharp, faces turn into brush strokes, and no blocks show.
void smear(Raster& raster, int radius) {
    const Sums sums(raster);
    for (int y = 0; y < raster.height; ++y)
        for (int x = 0; x < raster.width; ++x) {
            double weights = 0, color[3] = {};
            for (int quarter = 0; quarter < 4; ++quarter) {
                const int left = std::max(0, quarter % 2 ? x : x - radius);
                const int right = std::min(raster.width, (quarter % 2 ? x + radius : x) + 1);
                const int top = std::max(0, quarter / 2 ? y : y - radius);
                const int bottom = std::min(raster.height, (quarter / 2 ? y + radius : y) + 1);
                const auto sum = sums.of(left, top, right, bottom);
                const double n = double(right - left) * (bottom - top), mean = sum[3] / n;
                const double variance = std::max(0.0, sum[4] / n - mean * mean);
                const double weight = 1 / (1e-7 + variance * variance);
                weights += weight;
                for (int c = 0; c < 3; ++c)
                    color[c] += sum[c] / n * weight;
            }
            float* rgb = raster.at(x, y);
            for (int c = 0; c < 3; ++c)
                rgb[c] = float(color[c] / weights);
        }
}

design::Color color_of(const float* rgb) {
    const auto byte = [](float v) {
        return static_cast<std::uint8_t>(std::lround(std::clamp(v, 0.0f, 1.0f) * 255));
    };
    return {byte(rgb[0]), byte(rgb[1]), byte(rgb[2]), 255};
}

}  // namespace

void oil(Raster& raster, double strength) {
    const int radius =
        std::clamp(int(std::lround(raster.longer() / 150.0 * std::clamp(strength, 0.4, 2.0))), 2, 24);
    smear(raster, radius);
    smear(raster, std::max(2, radius / 2));
    saturate(raster, 0.35);
    add_contrast(raster, 0.25);
    // Light from the upper left on the relief of the strokes.
    std::vector<float> height = lumas(raster);
    soften(height, raster.width, raster.height, 1.0);
    const auto at = [&](int x, int y) {
        return height[std::size_t(std::clamp(y, 0, raster.height - 1)) * raster.width +
                      std::clamp(x, 0, raster.width - 1)];
    };
    for (int y = 0; y < raster.height; ++y)
        for (int x = 0; x < raster.width; ++x) {
            const float slope = at(x + 1, y + 1) - at(x - 1, y - 1);
            float* rgb = raster.at(x, y);
            for (int c = 0; c < 3; ++c)
                rgb[c] = std::clamp(rgb[c] + std::clamp(slope * 0.28f, -0.05f, 0.05f), 0.0f, 1.0f);
        }
}

void poster(Raster& raster, double strength, const std::vector<design::Color>& colors) {
    smear(raster, std::clamp(raster.longer() / 160, 2, 24));
    saturate(raster, 0.4);
    add_contrast(raster, 0.4);
    const int count = std::clamp(int(std::lround(11 - 3 * strength)), 4, 10);
    std::vector<design::Color> own =
        main_colors(raster, colors.size() >= 2 ? int(std::min<std::size_t>(colors.size(), 8)) : count);
    std::vector<design::Color> shown = own;
    for (design::Color& color : shown) {
        // Flat colours look duller than the same in a photograph.
        Oklch look = to_oklch(color);
        look.chroma *= 1.25f;
        color = to_color(look);
    }
    if (colors.size() >= 2) {
        // The darkest colour of the picture becomes the darkest given one, and so on.
        const auto by_light = [](design::Color a, design::Color b) {
            return design::luminance(a) < design::luminance(b);
        };
        std::stable_sort(own.begin(), own.end(), by_light);
        shown = colors;
        shown.resize(std::min(shown.size(), own.size()));
        std::stable_sort(shown.begin(), shown.end(), by_light);
        own.resize(shown.size());
    }
    std::vector<Oklab> centers;
    for (const design::Color color : own)
        centers.push_back(to_oklab(color));
    if (centers.empty()) return;
    for (std::size_t i = 0; i < raster.count(); ++i) {
        float* rgb = &raster.rgb[i * 3];
        const Oklab p = to_oklab(color_of(rgb));
        // Mixed a little where two are as near, which smooths the stairs of the edges.
        double weights = 0, mixed[3] = {};
        float nearest = 1e9f;
        for (const Oklab& center : centers) {
            const float dl = p.l - center.l, da = p.a - center.a, db = p.b - center.b;
            nearest = std::min(nearest, dl * dl + 2 * (da * da + db * db));
        }
        for (std::size_t k = 0; k < centers.size(); ++k) {
            const float dl = p.l - centers[k].l, da = p.a - centers[k].a, db = p.b - centers[k].b;
            const double weight = std::exp(-(dl * dl + 2 * (da * da + db * db) - nearest) / 0.0012);
            weights += weight;
            mixed[0] += weight * shown[k].r;
            mixed[1] += weight * shown[k].g;
            mixed[2] += weight * shown[k].b;
        }
        for (int c = 0; c < 3; ++c)
            rgb[c] = float(mixed[c] / weights / 255);
    }
}

void sketch(Raster& raster, double strength) {
    std::vector<float> light = lumas(raster);
    std::vector<float> soft(light.size());
    for (std::size_t i = 0; i < light.size(); ++i)
        soft[i] = 1 - light[i];
    soften(soft, raster.width, raster.height, std::max(1.2, raster.longer() * 0.0045));
    const float weight = float(std::clamp(1.5 * strength, 0.6, 3.0));
    for (int y = 0; y < raster.height; ++y)
        for (int x = 0; x < raster.width; ++x) {
            const std::size_t i = std::size_t(y) * raster.width + x;
            // "Colour dodge" of a picture with its own soft negative leaves the edges: a pencil's lines.
            const float dodged = std::clamp(light[i] / std::max(0.02f, 1 - soft[i]), 0.0f, 1.0f);
            const float line = std::pow(dodged, 2.2f * weight);
            // Shade in the shadows, on paper that is a little rough.
            const float shade = 1 - 0.42f * std::pow(1 - light[i], 1.6f);
            const float paper =
                1 - 0.035f * noise_at(x, y, 9) - 0.06f * (1 - light[i]) * noise_at(x / 2, y / 2, 4);
            const float value = std::clamp(line * shade * paper, 0.0f, 1.0f);
            float* rgb = raster.at(x, y);
            rgb[0] = 0.16f + value * 0.825f;
            rgb[1] = 0.16f + value * 0.815f;
            rgb[2] = 0.18f + value * 0.775f;
        }
}

}  // namespace atelier::ai::builtin::retouching
