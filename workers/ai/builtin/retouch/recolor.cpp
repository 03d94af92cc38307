#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "workers/ai/builtin/color/oklab.hpp"
#include "workers/ai/builtin/retouch/filters.hpp"

namespace atelier::ai::builtin::retouching {
namespace {

constexpr float kGrey = 0.035f;  ///< chroma below which a colour has no hue

design::Color color_of(const float* rgb) {
    const auto byte = [](float v) {
        return static_cast<std::uint8_t>(std::lround(std::clamp(v, 0.0f, 1.0f) * 255));
    };
    return {byte(rgb[0]), byte(rgb[1]), byte(rgb[2]), 255};
}

void set(float* rgb, Oklab color) {
    const Rgb out = to_rgb(color);
    rgb[0] = out.r;
    rgb[1] = out.g;
    rgb[2] = out.b;
}

/// 1 within `near` of a hue, falling to 0 at `far`.
float nearness(float distance, float near, float far) {
    const float t = std::clamp((far - distance) / (far - near), 0.0f, 1.0f);
    return t * t * (3 - 2 * t);
}

float wrapped(float hue) {
    const float out = std::fmod(hue, 360.0f);
    return out < 0 ? out + 360 : out;
}

/// The hue that most of a picture's colour has; nothing for a grey picture.
std::optional<float> main_hue(const Raster& raster) {
    std::array<double, 36> weights{};
    double total = 0;
    const std::size_t step = std::max<std::size_t>(1, raster.count() / 20000);
    std::size_t seen = 0;
    for (std::size_t i = 0; i < raster.count(); i += step, ++seen) {
        const Oklch look = to_oklch(color_of(&raster.rgb[i * 3]));
        if (look.chroma < kGrey) continue;
        weights[std::size_t(look.hue / 10) % 36] += look.chroma;
        total += look.chroma;
    }
    if (total < 0.02 * double(seen)) return std::nullopt;
    std::size_t best = 0;
    const auto around = [&](std::size_t i) {
        return weights[(i + 35) % 36] + weights[i] + weights[(i + 1) % 36];
    };
    for (std::size_t i = 1; i < 36; ++i)
        if (around(i) > around(best)) best = i;
    return float(best) * 10 + 5;
}

}  // namespace

void duotone(Raster& raster, design::Color dark, design::Color light) {
    const Oklab from = to_oklab(dark), to = to_oklab(light);
    const std::vector<float> values = lumas(raster);
    const float low = percentile(values, 0.01), high = std::max(low + 0.1f, percentile(values, 0.99));
    // A table: a mixture for each of 512 steps of lightness.
    std::array<Rgb, 512> table;
    for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = to_rgb(builtin::mix(from, to, float(i) / 511));
    for (std::size_t i = 0; i < raster.count(); ++i) {
        const float t = std::clamp((values[i] - low) / (high - low), 0.0f, 1.0f);
        const Rgb& color = table[std::size_t(t * 511)];
        raster.rgb[i * 3] = color.r;
        raster.rgb[i * 3 + 1] = color.g;
        raster.rgb[i * 3 + 2] = color.b;
    }
}

void recolor(Raster& raster, design::Color from, design::Color to) {
    const Oklch source = to_oklch(from), goal = to_oklch(to);
    const bool is_grey = source.chroma < kGrey;
    const float turn = goal.hue - source.hue;
    for (std::size_t i = 0; i < raster.count(); ++i) {
        float* rgb = &raster.rgb[i * 3];
        Oklch look = to_oklch(color_of(rgb));
        const float share = is_grey ? nearness(std::abs(look.l - source.l), 0.14f, 0.34f) *
                                          nearness(look.chroma, 0.04f, 0.10f)
                                    : nearness(hue_distance(look.hue, source.hue), 26, 48) *
                                          (1 - nearness(look.chroma, 0.02f, 0.06f));
        if (share <= 0) continue;
        const Oklab before = to_oklab(look);
        if (is_grey) {
            look.hue = goal.hue;
            look.chroma = goal.chroma;
        } else {
            look.hue = wrapped(look.hue + turn);
            look.chroma *= goal.chroma / std::max(source.chroma, 0.05f);
        }
        // As dark a shade of the new colour as it was of the old.
        look.l = std::clamp(look.l + (goal.l - source.l) * 0.75f * std::min(1.0f, 1.4f - look.l * 0.4f), 0.0f,
                            1.0f);
        set(rgb, builtin::mix(before, to_oklab(look), share));
    }
}

void recolor_all(Raster& raster, design::Color to) {
    const Oklch goal = to_oklch(to);
    const auto hue = main_hue(raster);
    for (std::size_t i = 0; i < raster.count(); ++i) {
        float* rgb = &raster.rgb[i * 3];
        Oklch look = to_oklch(color_of(rgb));
        if (!hue) {
            look.hue = goal.hue;
            look.chroma = goal.chroma * 0.8f * (1 - std::abs(2 * look.l - 1) * 0.8f);
        } else if (goal.chroma < kGrey) {
            look.chroma *= 0.1f;
        } else {
            // Colours beside the main one stay beside it, but near.
            float apart = wrapped(look.hue - *hue);
            if (apart > 180) apart -= 360;
            look.hue = wrapped(goal.hue + std::clamp(apart * 0.3f, -28.0f, 28.0f));
        }
        set(rgb, to_oklab(look));
    }
}

std::vector<design::Color> main_colors(const Raster& raster, int count) {
    // k-means in OKLab from evenly spread lightnesses; a few thousand pixels tell.
    const std::size_t step = std::max<std::size_t>(1, raster.count() / 6000);
    std::vector<Oklab> points;
    for (std::size_t i = 0; i < raster.count(); i += step)
        if (raster.alpha.empty() || raster.alpha[i] > 0.5f)
            points.push_back(to_oklab(color_of(&raster.rgb[i * 3])));
    if (points.empty()) return {};
    std::vector<Oklab> sorted = points;
    std::sort(sorted.begin(), sorted.end(), [](const Oklab& a, const Oklab& b) { return a.l < b.l; });
    std::vector<Oklab> centers;
    for (int k = 0; k < count; ++k)
        centers.push_back(sorted[std::size_t((k + 0.5) / count * double(sorted.size()))]);
    std::vector<std::size_t> sizes(centers.size());
    constexpr int kRounds = 14;
    for (int round = 0; round < kRounds; ++round) {
        std::vector<std::array<double, 4>> sums(centers.size());
        for (const Oklab& p : points) {
            std::size_t best = 0;
            float nearest = 1e9f;
            for (std::size_t k = 0; k < centers.size(); ++k) {
                const float dl = p.l - centers[k].l, da = p.a - centers[k].a, db = p.b - centers[k].b;
                const float apart = dl * dl + 2 * (da * da + db * db);
                if (apart < nearest) nearest = apart, best = k;
            }
            sums[best][0] += p.l;
            sums[best][1] += p.a;
            sums[best][2] += p.b;
            ++sums[best][3];
        }
        for (std::size_t k = 0; k < centers.size(); ++k) {
            sizes[k] = std::size_t(sums[k][3]);
            if (sizes[k] > 0)
                centers[k] = {float(sums[k][0] / sums[k][3]), float(sums[k][1] / sums[k][3]),
                              float(sums[k][2] / sums[k][3])};
        }
    }
    std::vector<std::size_t> order(centers.size());
    for (std::size_t k = 0; k < order.size(); ++k)
        order[k] = k;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return sizes[a] > sizes[b]; });
    std::vector<design::Color> out;
    for (const std::size_t k : order)
        if (sizes[k] > 0) out.push_back(to_color(to_oklch(centers[k])));
    return out;
}

}  // namespace atelier::ai::builtin::retouching
