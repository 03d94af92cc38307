#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/retouch/filters.hpp"

namespace atelier::ai::builtin::retouching {
namespace {

template <class Change>
void for_each_pixel(Raster& raster, Change&& change) {
    for (std::size_t i = 0; i < raster.count(); ++i)
        change(&raster.rgb[i * 3]);
}

void mix_to(float* rgb, float grey, float share) {
    for (int c = 0; c < 3; ++c)
        rgb[c] += (grey - rgb[c]) * share;
}

float eased(float t) {
    return t * t * (3 - 2 * t);
}

void clamp(float* rgb) {
    for (int c = 0; c < 3; ++c)
        rgb[c] = std::clamp(rgb[c], 0.0f, 1.0f);
}

/// Dark to light through three colours, as a toned print.
struct Tone {
    float r, g, b;
};
constexpr Tone kSepia[3] = {{0.13f, 0.09f, 0.06f}, {0.62f, 0.47f, 0.32f}, {1.0f, 0.965f, 0.89f}};

}  // namespace

void brighten(Raster& raster, double strength) {
    // A curve: the middle moves most, black and white not at all.
    const float power = float(std::pow(2.0, -0.55 * std::clamp(strength, -3.0, 3.0)));
    for_each_pixel(raster, [&](float* rgb) {
        for (int c = 0; c < 3; ++c)
            rgb[c] = std::pow(std::max(0.0f, rgb[c]), power);
    });
}

void add_contrast(Raster& raster, double strength) {
    const float share = float(std::clamp(strength * 0.5, -0.6, 1.2));
    const std::vector<float> light = lumas(raster);
    const float middle = std::clamp(percentile(light, 0.5), 0.3f, 0.7f);
    for_each_pixel(raster, [&](float* rgb) {
        for (int c = 0; c < 3; ++c) {
            const float v = rgb[c];
            const float curve = v < middle ? middle * eased(v / middle * 0.5f) * 2
                                           : 1 - (1 - middle) * eased((1 - v) / (1 - middle) * 0.5f) * 2;
            rgb[c] = share > 0 ? v + (curve - v) * share : v + (middle - v) * -share * 0.75f;
        }
        clamp(rgb);
    });
}

void warm(Raster& raster, double strength) {
    const float s = float(std::clamp(strength, -3.0, 3.0));
    for_each_pixel(raster, [&](float* rgb) {
        const float before = luma(rgb);
        rgb[0] *= 1 + 0.10f * s;
        rgb[1] *= 1 + 0.015f * s;
        rgb[2] *= 1 - 0.14f * s;
        const float after = luma(rgb);
        if (after > 0.001f)
            for (int c = 0; c < 3; ++c)
                rgb[c] *= before / after;
        clamp(rgb);
    });
}

void saturate(Raster& raster, double strength) {
    const float s = float(std::clamp(strength, -2.0, 2.0));
    for_each_pixel(raster, [&](float* rgb) {
        const float grey = luma(rgb);
        const float chroma = std::max({rgb[0], rgb[1], rgb[2]}) - std::min({rgb[0], rgb[1], rgb[2]});
        // Pale colours gain more than strong ones, which would only clip.
        const float factor = s > 0 ? 1 + 0.75f * s * (1 - 0.7f * chroma) : 1 + 0.5f * s;
        for (int c = 0; c < 3; ++c)
            rgb[c] = grey + (rgb[c] - grey) * std::max(0.0f, factor);
        clamp(rgb);
    });
}

void make_grey(Raster& raster) {
    for_each_pixel(raster, [](float* rgb) { mix_to(rgb, luma(rgb), 1); });
    add_contrast(raster, 0.5);
}

void make_sepia(Raster& raster) {
    const std::vector<float> light = lumas(raster);
    const float low = percentile(light, 0.01), high = std::max(low + 0.1f, percentile(light, 0.99));
    for_each_pixel(raster, [&](float* rgb) {
        const float t = std::clamp((luma(rgb) - low) / (high - low), 0.0f, 1.0f) * 2;
        const Tone &a = kSepia[t < 1 ? 0 : 1], &b = kSepia[t < 1 ? 1 : 2];
        const float u = t < 1 ? t : t - 1;
        rgb[0] = a.r + (b.r - a.r) * u;
        rgb[1] = a.g + (b.g - a.g) * u;
        rgb[2] = a.b + (b.b - a.b) * u;
    });
}

void invert(Raster& raster) {
    for_each_pixel(raster, [](float* rgb) {
        for (int c = 0; c < 3; ++c)
            rgb[c] = 1 - rgb[c];
    });
}

void make_vintage(Raster& raster, double strength) {
    const float s = float(std::clamp(strength, 0.3, 1.6));
    saturate(raster, -0.55 * s);
    for_each_pixel(raster, [&](float* rgb) {
        // Blacks lift and turn blue-green, whites yellow, as prints do.
        const float black[3] = {0.075f, 0.07f, 0.09f}, white[3] = {0.99f, 0.955f, 0.86f};
        for (int c = 0; c < 3; ++c) {
            const float faded = black[c] + rgb[c] * (white[c] - black[c]);
            rgb[c] += (faded - rgb[c]) * std::min(1.0f, s);
        }
    });
    warm(raster, 0.7 * s);
    vignette(raster, 0.5 * s);
    grain(raster, 0.6 * s);
}

void make_cinematic(Raster& raster, double strength) {
    const float s = float(std::clamp(strength, 0.3, 1.6));
    add_contrast(raster, 0.7 * s);
    for_each_pixel(raster, [&](float* rgb) {
        const float light = luma(rgb);
        const float shadow = (1 - light) * (1 - light) * s, lit = light * light * s;
        rgb[0] += 0.05f * lit - 0.045f * shadow;
        rgb[1] += 0.015f * lit + 0.005f * shadow;
        rgb[2] += -0.05f * lit + 0.045f * shadow;
        clamp(rgb);
    });
    vignette(raster, 0.5 * s);
}

}  // namespace atelier::ai::builtin::retouching
