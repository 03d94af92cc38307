#include "workers/imaging/extend.hpp"

#include <cmath>

#include "workers/imaging/blend.hpp"
#include "workers/imaging/ground.hpp"
#include "workers/imaging/resize.hpp"
#include "workers/imaging/sample.hpp"

namespace atelier::imaging {
namespace {

using vips::VImage;

constexpr std::pair<Fill, std::string_view> kFills[] = {{Fill::automatic, "auto"},
                                                        {Fill::blur, "blur"},
                                                        {Fill::mirror, "mirror"},
                                                        {Fill::edge, "edge"},
                                                        {Fill::color, "color"}};

constexpr int kGridSide = 200;   ///< of the coarse canvas on which grounds are computed
constexpr double kGrain = 0.8;   ///< standard deviation in levels: breaks up the bands of an 8-bit gradient
constexpr int kGrainTile = 251;  ///< pixels; repeats are too fine to see
constexpr double kSoftSeam = 0.05;  ///< of the picture's extent: where it melts into the ground

struct Gaps {
    int left, top, right, bottom;
    bool none() const { return left + top + right + bottom == 0; }
};

Gaps gaps(const Image& picture, Size canvas, int x, int y) {
    return {x, y, canvas.width - x - picture.width(), canvas.height - y - picture.height()};
}

Result<Plane> coarse(const Image& picture, int width, int height) {
    auto small = resize(picture, {width, height});
    if (!small) return small.error();
    auto pixels = to_pixels(*small, std::max(width, height));
    if (!pixels) return pixels.error();
    Plane plane(width, height);
    std::copy(pixels->pixels.rgb.begin(), pixels->pixels.rgb.end(), plane.rgb.begin());
    return plane;
}

/// A line of the border as means of its outermost pixels: `length` colours.
std::vector<float> border_line(const Plane& p, int side, int depth) {
    const bool is_upright = side == 0 || side == 2;
    const int length = is_upright ? p.height : p.width;
    std::vector<float> line(std::size_t(length) * 3);
    for (int i = 0; i < length; ++i)
        for (int d = 0; d < depth; ++d) {
            const int across = side == 0 || side == 1 ? d : (is_upright ? p.width : p.height) - 1 - d;
            const float* from = is_upright ? p.at(across, i) : p.at(i, across);
            for (int c = 0; c < 3; ++c)
                line[i * 3 + c] += from[c] / depth;
        }
    return line;
}

double roughness_of(const std::vector<float>& line) {
    Plane plane(int(line.size() / 3), 1);
    plane.rgb = line;
    gaussian_blur(plane, plane.width * 0.08);
    double sum = 0, most = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const double deviation = std::abs(line[i] - plane.rgb[i]);
        sum += deviation;
        most = std::max(most, deviation);
    }
    // One thing that touches an otherwise plain border would be smeared out of it.
    return std::max(sum / double(line.size()), most / 4);
}

std::vector<int> filled_sides(const Gaps& g) {
    std::vector<int> sides;
    const int widths[] = {g.left, g.top, g.right, g.bottom};
    for (int side = 0; side < 4; ++side)
        if (widths[side] > 0) sides.push_back(side);
    return sides;
}

Result<Color> border_color(const Image& picture, const Gaps& g) {
    auto plane = coarse(picture, 64, 64);
    if (!plane) return plane.error();
    double sum[3] = {};
    std::size_t count = 0;
    for (const int side : filled_sides(g)) {
        const auto line = border_line(*plane, side, 2);
        for (std::size_t i = 0; i < line.size(); ++i)
            sum[i % 3] += line[i];
        count += line.size() / 3;
    }
    const auto level = [&](int c) { return static_cast<std::uint8_t>(std::lround(sum[c] / double(count))); };
    return Color{level(0), level(1), level(2)};
}

Color nearest(Color color, const std::vector<Color>& palette) {
    const auto distance = [&](Color c) {
        const int r = c.r - color.r, g = c.g - color.g, b = c.b - color.b;
        return r * r + g * g + b * b;
    };
    return palette.empty() ? color : *std::min_element(palette.begin(), palette.end(), [&](Color a, Color b) {
        return distance(a) < distance(b);
    });
}

/// 0 → 1 over `width` pixels from each end that has a gap.
VImage ramp(int length, int width, bool at_start, bool at_end) {
    std::vector<float> values(length, 1.0f);
    for (int i = 0; i < std::min(width, length); ++i) {
        const double t = (i + 0.5) / width, eased = t * t * (3 - 2 * t);
        if (at_start) values[i] = std::min(values[i], float(eased));
        if (at_end) values[length - 1 - i] = std::min(values[length - 1 - i], float(eased));
    }
    return from_memory(values.data(), length, 1, 1, VIPS_FORMAT_FLOAT);
}

/// 1 inside the picture, easing to 0 at the borders where it meets the ground.
VImage seam_mask(const Image& picture, const Gaps& g) {
    const int across = std::max(2, int(picture.width() * kSoftSeam)),
              down = std::max(2, int(picture.height() * kSoftSeam));
    const VImage horizontal =
        ramp(picture.width(), across, g.left > 0, g.right > 0).zoom(1, picture.height());
    const VImage vertical =
        ramp(picture.height(), down, g.top > 0, g.bottom > 0).rot90().zoom(picture.width(), 1);
    return horizontal * vertical;
}

VImage enlarged(const Plane& ground, Size canvas) {
    const VImage small = from_memory(ground.rgb.data(), ground.width, ground.height, 3, VIPS_FORMAT_FLOAT);
    const VImage large = small.resize(double(canvas.width) / ground.width,
                                      VImage::option()
                                          ->set("vscale", double(canvas.height) / ground.height)
                                          ->set("kernel", VIPS_KERNEL_CUBIC));
    const VImage grain =
        VImage::gaussnoise(kGrainTile, kGrainTile,
                           VImage::option()->set("sigma", kGrain)->set("mean", 0)->set("seed", 7))
            .copy_memory()
            .replicate(canvas.width / kGrainTile + 1, canvas.height / kGrainTile + 1)
            .extract_area(0, 0, canvas.width, canvas.height);
    return (large.embed(0, 0, canvas.width, canvas.height,
                        VImage::option()->set("extend", VIPS_EXTEND_COPY)) +
            grain)
        .rint()
        .cast(VIPS_FORMAT_UCHAR)
        .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
}

/// The picture over a computed ground, its filled sides melting into it.
Result<Image> over_ground(const Image& picture, Size canvas, int x, int y, Fill fill) {
    const double grid = std::min(1.0, double(kGridSide) / std::max(canvas.width, canvas.height));
    const auto to_grid = [&](int length) { return std::max(1, int(std::lround(length * grid))); };
    Placement p{to_grid(canvas.width), to_grid(canvas.height), int(std::lround(x * grid)),
                int(std::lround(y * grid))};
    const int width = std::min(to_grid(picture.width()), p.canvas_width);
    const int height = std::min(to_grid(picture.height()), p.canvas_height);
    p.x = std::min(p.x, p.canvas_width - width);
    p.y = std::min(p.y, p.canvas_height - height);
    auto plane = coarse(picture, width, height);
    if (!plane) return plane.error();
    const Plane ground = fill == Fill::edge ? edge_ground(*plane, p) : blurred_ground(*plane, p);
    return guarded("extend", [&] {
        const VImage under = enlarged(ground, canvas);
        const VImage part = under.extract_area(x, y, picture.width(), picture.height());
        return wrap(under.insert(
            blend(part, unwrap(picture), seam_mask(picture, gaps(picture, canvas, x, y))), x, y));
    });
}

Result<Image> mirrored_out(const Image& picture, Size canvas, int x, int y) {
    return guarded("extend", [&] {
        return wrap(unwrap(picture).embed(x, y, canvas.width, canvas.height,
                                          VImage::option()->set("extend", VIPS_EXTEND_MIRROR)));
    });
}

Result<Image> on_color(const Image& picture, Size canvas, int x, int y, Color color) {
    return guarded("extend", [&] {
        return wrap(plain(canvas.width, canvas.height, color).insert(unwrap(picture), x, y));
    });
}

}  // namespace

std::string_view to_string(Fill fill) {
    for (auto [f, name] : kFills)
        if (f == fill) return name;
    return "auto";
}

std::optional<Fill> parse_fill(std::string_view name) {
    for (auto [f, n] : kFills)
        if (n == name) return f;
    return std::nullopt;
}

Result<double> border_roughness(const Image& picture, Size canvas, int x, int y) {
    const auto small = fit_within(picture, kGridSide);
    if (!small) return small.error();
    auto plane = coarse(*small, small->width(), small->height());
    if (!plane) return plane.error();
    double worst = 0;
    for (const int side : filled_sides(gaps(picture, canvas, x, y)))
        worst = std::max(worst,
                         roughness_of(border_line(*plane, side, std::min({2, plane->width, plane->height}))));
    return worst;
}

Result<Extended> extend(const Image& picture, Size canvas, int x, int y, const ExtendOptions& options) {
    const Gaps g = gaps(picture, canvas, x, y);
    if (std::min({g.left, g.top, g.right, g.bottom}) < 0)
        return internal("extend: the picture leaves the canvas");
    Fill fill = options.fill;
    if (fill == Fill::automatic) {
        auto roughness = border_roughness(picture, canvas, x, y);
        if (!roughness) return roughness.error();
        fill = *roughness < kPlainBorder ? Fill::edge : Fill::blur;
    }
    if (g.none()) return Extended{picture, fill};
    Result<Image> image = Image{};
    if (fill == Fill::mirror) {
        image = mirrored_out(picture, canvas, x, y);
    } else if (fill == Fill::color) {
        Result<Color> color = options.color ? Result<Color>(*options.color) : border_color(picture, g);
        if (!color) return color.error();
        image = on_color(picture, canvas, x, y, options.color ? *color : nearest(*color, options.palette));
    } else {
        image = over_ground(picture, canvas, x, y, fill);
    }
    if (!image) return image.error();
    return Extended{*image, fill};
}

}  // namespace atelier::imaging
