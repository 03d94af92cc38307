#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/retouch/filters.hpp"

namespace atelier::ai::builtin::retouching {
namespace {

float smooth_step(float from, float to, float value) {
    const float t = std::clamp((value - from) / (to - from), 0.0f, 1.0f);
    return t * t * (3 - 2 * t);
}

float mean_luma(const Raster& raster) {
    double sum = 0;
    for (std::size_t i = 0; i < raster.count(); ++i)
        sum += luma(&raster.rgb[i * 3]);
    return float(sum / double(raster.count()));
}

/// What dots are printed with and on.
struct Print {
    bool is_colored = true;
    float ink[3] = {0, 0, 0}, paper[3] = {0.975f, 0.965f, 0.94f};
};

Print print_of(const std::vector<design::Color>& colors) {
    Print out;
    if (colors.empty()) return out;
    const auto [dark, light] = std::minmax_element(colors.begin(), colors.end(), [](auto a, auto b) {
        return design::luminance(a) < design::luminance(b);
    });
    out.is_colored = false;
    const auto copy = [](design::Color from, float* to) {
        to[0] = from.r / 255.0f, to[1] = from.g / 255.0f, to[2] = from.b / 255.0f;
    };
    copy(*dark, out.ink);
    if (dark != light) copy(*light, out.paper);
    return out;
}

}  // namespace

void blur(Raster& raster, double strength) {
    soften(raster, raster.longer() * 0.010 * std::clamp(strength, 0.2, 6.0));
}

void sharpen(Raster& raster, double strength) {
    Raster soft = raster;
    soften(soft, std::max(0.8, raster.longer() * 0.0012));
    const float amount = float(0.85 * std::clamp(strength, 0.2, 2.0));
    for (std::size_t i = 0; i < raster.rgb.size(); ++i) {
        const float edge = raster.rgb[i] - soft.rgb[i];
        // Halos are what makes sharpening ugly: strong edges gain less.
        raster.rgb[i] = std::clamp(raster.rgb[i] + std::clamp(edge * amount, -0.12f, 0.12f), 0.0f, 1.0f);
    }
}

void glow(Raster& raster, double strength) {
    Raster soft = raster;
    soften(soft, raster.longer() * 0.012);
    soft.alpha = raster.alpha;
    const float share = float(std::clamp(0.5 * strength, 0.1, 0.9));
    const float before = mean_luma(raster);
    for (std::size_t i = 0; i < raster.rgb.size(); ++i) {
        const float screened = 1 - (1 - raster.rgb[i]) * (1 - soft.rgb[i] * 0.8f);
        raster.rgb[i] += (screened - raster.rgb[i]) * share;
    }
    // Screening lifts all of the picture; about half of that is taken back.
    const float after = mean_luma(raster);
    if (after > before && before > 0.02f) {
        const float power = 1 + 0.5f * (std::log(before) / std::log(after) - 1);
        for (float& value : raster.rgb)
            value = std::pow(std::clamp(value, 0.0f, 1.0f), std::clamp(power, 1.0f, 2.0f));
    }
}

void vignette(Raster& raster, double strength) {
    const float most = float(std::clamp(0.55 * strength, 0.05, 0.9));
    for (int y = 0; y < raster.height; ++y)
        for (int x = 0; x < raster.width; ++x) {
            const float u = (float(x) + 0.5f) / float(raster.width) * 2 - 1,
                        v = (float(y) + 0.5f) / float(raster.height) * 2 - 1;
            const float share = 1 - most * smooth_step(0.5f, 1.5f, std::sqrt(u * u + v * v) * 1.08f);
            float* rgb = raster.at(x, y);
            for (int c = 0; c < 3; ++c)
                rgb[c] *= share;
        }
}

void grain(Raster& raster, double strength) {
    const float most = float(std::clamp(0.075 * strength, 0.01, 0.25));
    const int size = std::max(1, raster.longer() / 1400);
    for (int y = 0; y < raster.height; ++y)
        for (int x = 0; x < raster.width; ++x) {
            const int cx = x / size, cy = y / size;
            // Three draws make a bell; in the middle tones film shows it most.
            const float bell = noise_at(cx, cy, 1) + noise_at(cx, cy, 2) + noise_at(cx, cy, 3) - 1.5f;
            float* rgb = raster.at(x, y);
            const float light = luma(rgb), shown = 0.35f + 0.65f * (1 - std::abs(2 * light - 1));
            for (int c = 0; c < 3; ++c)
                rgb[c] = std::clamp(rgb[c] + bell * most * shown, 0.0f, 1.0f);
        }
}

void pixelate(Raster& raster, double strength) {
    const int cell = std::max(2, int(std::lround(raster.longer() / 56.0 * std::clamp(strength, 0.3, 3.0))));
    for (int top = 0; top < raster.height; top += cell)
        for (int left = 0; left < raster.width; left += cell) {
            const int right = std::min(raster.width, left + cell),
                      bottom = std::min(raster.height, top + cell);
            double sum[4] = {};
            for (int y = top; y < bottom; ++y)
                for (int x = left; x < right; ++x) {
                    const std::size_t i = std::size_t(y) * raster.width + x;
                    const double a = raster.alpha.empty() ? 1 : raster.alpha[i];
                    for (int c = 0; c < 3; ++c)
                        sum[c] += raster.rgb[i * 3 + c] * a;
                    sum[3] += a;
                }
            const double pixels = double(right - left) * (bottom - top);
            for (int y = top; y < bottom; ++y)
                for (int x = left; x < right; ++x) {
                    const std::size_t i = std::size_t(y) * raster.width + x;
                    for (int c = 0; c < 3; ++c)
                        raster.rgb[i * 3 + c] = sum[3] > 0 ? float(sum[c] / sum[3]) : 0;
                    if (!raster.alpha.empty()) raster.alpha[i] = float(sum[3] / pixels);
                }
        }
}

void halftone(Raster& raster, double strength, const std::vector<design::Color>& colors) {
    const Print print = print_of(colors);
    add_contrast(raster, 0.6);
    saturate(raster, 0.5);
    const float cell =
        std::max(4.0f, float(raster.longer()) / 110.0f * float(std::clamp(strength, 0.5, 2.0)));
    Raster soft = raster;
    soften(soft, cell * 0.42);
    const std::vector<float> light = lumas(soft);
    const float low = percentile(light, 0.02), high = std::max(low + 0.15f, percentile(light, 0.98));
    constexpr float kTurn = 0.7071068f;  // 45 degrees: rows of dots are seen least
    for (int y = 0; y < raster.height; ++y)
        for (int x = 0; x < raster.width; ++x) {
            const float u = (float(x) * kTurn + float(y) * kTurn) / cell,
                        v = (float(y) * kTurn - float(x) * kTurn) / cell;
            float best = -1e9f;
            float ink[3] = {};
            // The dot of this cell, and those around whose edges may reach in here.
            for (int j = -1; j <= 1; ++j)
                for (int i = -1; i <= 1; ++i) {
                    const float cu = std::floor(u) + 0.5f + float(i), cv = std::floor(v) + 0.5f + float(j);
                    const int px = std::clamp(int((cu - cv) * cell * kTurn), 0, raster.width - 1);
                    const int py = std::clamp(int((cu + cv) * cell * kTurn), 0, raster.height - 1);
                    const float* own = soft.at(px, py);
                    const float dark = 1 - std::clamp((luma(own) - low) / (high - low), 0.0f, 1.0f);
                    const float radius = 0.74f * std::sqrt(dark);
                    const float inside = radius - std::hypot(u - cu, v - cv);
                    if (inside <= best) continue;
                    best = inside;
                    for (int c = 0; c < 3; ++c)
                        ink[c] = print.is_colored ? own[c] * (0.5f + 0.4f * luma(own)) : print.ink[c];
                }
            const float share = std::clamp(best * cell + 0.5f, 0.0f, 1.0f);
            float* rgb = raster.at(x, y);
            for (int c = 0; c < 3; ++c)
                rgb[c] = print.paper[c] + (ink[c] - print.paper[c]) * share;
        }
}

}  // namespace atelier::ai::builtin::retouching
