#pragma once
// Numbers that tell pictures apart.

#include <cmath>

#include "tests/unit/workers/imaging/picture.hpp"
#include "workers/ai/builtin/retouch/retouch.hpp"
#include "workers/imaging/decode.hpp"

namespace atelier::test {

struct Statistics {
    double red = 0, green = 0, blue = 0;  ///< means, 0…255
    double light = 0, spread = 0;         ///< mean and standard deviation of luma
    double colorfulness = 0;              ///< mean distance between the largest and the smallest channel
    double edges = 0;                     ///< mean step to the next pixel
};

inline imaging::Pixels pixels_of(const imaging::Image& image) {
    auto pixels = imaging::to_pixels(image, 8192);
    REQUIRE(pixels.has_value());
    return pixels->pixels;
}

inline Statistics statistics(const imaging::Image& image) {
    const imaging::Pixels p = pixels_of(image);
    const double count = double(p.width) * p.height;
    Statistics out;
    double squares = 0, before = 0;
    for (std::size_t i = 0; i < p.rgb.size(); i += 3) {
        const double r = p.rgb[i], g = p.rgb[i + 1], b = p.rgb[i + 2];
        const double light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
        out.red += r / count;
        out.green += g / count;
        out.blue += b / count;
        out.light += light / count;
        squares += light * light / count;
        out.colorfulness += (std::max({r, g, b}) - std::min({r, g, b})) / count;
        if (i / 3 % std::size_t(p.width) != 0) out.edges += std::abs(light - before) / count;
        before = light;
    }
    out.spread = std::sqrt(std::max(0.0, squares - out.light * out.light));
    return out;
}

/// A photograph of ops/photos, at most 400 pixels long.
inline imaging::Image photo(const std::string& name) {
    auto decoded = imaging::decode(imaging::testing::file("ops/photos/" + name + ".jpg"), {{400, 400}});
    REQUIRE(decoded.has_value());
    auto small = imaging::fit_within(decoded->image, 400);
    REQUIRE(small.has_value());
    return *small;
}

inline imaging::Image retouched(const imaging::Image& picture, std::string_view instruction,
                                std::vector<design::Color> colors = {}) {
    auto out = ai::builtin::retouch(picture, {instruction, std::move(colors)});
    REQUIRE_MESSAGE(out.has_value(), std::string(instruction));
    CHECK_FALSE(out->done.empty());
    return out->image;
}

}  // namespace atelier::test
