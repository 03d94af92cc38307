#include "workers/ai/builtin/retouch/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "workers/ai/builtin/retouch/raster.hpp"
#include "workers/imaging/extend.hpp"
#include "workers/imaging/resize.hpp"
#include "workers/imaging/sample.hpp"

namespace atelier::ai::builtin::retouching {
namespace {

using imaging::Image;
using imaging::Size;

constexpr int kGlance = 128;  ///< pixels along the longer side that are looked at

/// How much happens at each step along the axis: edges and colour, flat parts nothing.
std::vector<double> interest(const imaging::Pixels& p, bool is_across) {
    std::vector<double> out(is_across ? p.width : p.height);
    const auto at = [&](int x, int y, int c) {
        return double(p.rgb[(std::size_t(y) * p.width + x) * 3 + c]);
    };
    for (int y = 1; y + 1 < p.height; ++y)
        for (int x = 1; x + 1 < p.width; ++x) {
            double edges = 0;
            for (int c = 0; c < 3; ++c)
                edges +=
                    std::abs(at(x + 1, y, c) - at(x - 1, y, c)) + std::abs(at(x, y + 1, c) - at(x, y - 1, c));
            const double r = at(x, y, 0), g = at(x, y, 1), b = at(x, y, 2);
            const double chroma = std::max({r, g, b}) - std::min({r, g, b});
            out[is_across ? x : y] += edges + chroma * 0.35;
        }
    return out;
}

/// Where a window of `length` of `values` begins that holds most.
double best_start(const std::vector<double>& values, double length) {
    const int last = int(std::floor(double(values.size()) - length));
    double best = -1, start = std::max(0, last) / 2.0;
    for (int from = 0; from <= last; ++from) {
        double sum = 0;
        for (int i = from; i < from + int(length) && i < int(values.size()); ++i)
            sum += values[i];
        const double off = last > 0 ? std::abs(double(from) / last - 0.5) * 2 : 0;
        sum *= 1 - 0.10 * off;
        if (sum <= best) continue;
        best = sum;
        start = from;
    }
    return start;
}

Result<Image> centred_on_nothing(const Image& picture, Size size) {
    auto own = to_raster(picture);
    if (!own) return own.error();
    Raster out{size.width, size.height, {}, {}};
    out.rgb.resize(out.count() * 3);
    out.alpha.resize(out.count());
    const int left = (size.width - own->width) / 2, top = (size.height - own->height) / 2;
    for (int y = 0; y < own->height; ++y)
        for (int x = 0; x < own->width; ++x) {
            std::copy_n(own->at(x, y), 3, out.at(x + left, y + top));
            out.alpha[std::size_t(y + top) * out.width + x + left] =
                own->alpha[std::size_t(y) * own->width + x];
        }
    return to_image(out);
}

}  // namespace

Result<Image> crop_to(const Image& picture, Size size) {
    const double aspect = double(size.width) / size.height, own = double(picture.width()) / picture.height();
    imaging::Region part{0, 0, double(picture.width()), double(picture.height())};
    const auto small = imaging::to_pixels(picture, kGlance);
    if (!small) return small.error();
    if (own > aspect) {
        part.width = part.height * aspect;
        part.x = best_start(interest(small->pixels, true), part.width * small->scale) / small->scale;
        part.x = std::clamp(part.x, 0.0, picture.width() - part.width);
    } else if (own < aspect) {
        part.height = part.width / aspect;
        part.y = best_start(interest(small->pixels, false), part.height * small->scale) / small->scale;
        part.y = std::clamp(part.y, 0.0, picture.height() - part.height);
    }
    return imaging::resample(picture, part, size);
}

Result<Image> extend_to(const Image& picture, Size size) {
    const double scale =
        std::min(double(size.width) / picture.width(), double(size.height) / picture.height());
    const Size fitted{std::clamp(int(std::lround(picture.width() * scale)), 1, size.width),
                      std::clamp(int(std::lround(picture.height() * scale)), 1, size.height)};
    auto inner = fitted == picture.size() ? Result<Image>(picture) : imaging::resize(picture, fitted);
    if (!inner || fitted == size) return inner;
    if (inner->has_alpha()) return centred_on_nothing(*inner, size);
    auto out =
        imaging::extend(*inner, size, (size.width - fitted.width) / 2, (size.height - fitted.height) / 2, {});
    if (!out) return out.error();
    return out->image;
}

}  // namespace atelier::ai::builtin::retouching
