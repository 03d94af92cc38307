#include "workers/imaging/extend.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "workers/imaging/blend.hpp"
#include "workers/imaging/ground.hpp"
#include "workers/imaging/paint.hpp"
#include "workers/imaging/resize.hpp"
#include "workers/imaging/rgb_buffer.hpp"
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

/// 1, easing to 0 over `width` pixels towards each end that has a gap.
std::vector<float> ramp(int length, int width, bool at_start, bool at_end) {
    std::vector<float> values(length, 1.0f);
    for (int i = 0; i < std::min(width, length); ++i) {
        const double t = (i + 0.5) / width, eased = t * t * (3 - 2 * t);
        if (at_start) values[i] = std::min(values[i], float(eased));
        if (at_end) values[length - 1 - i] = std::min(values[length - 1 - i], float(eased));
    }
    return values;
}

/// The picture's share along both axes: 1 inside, less where it melts into the ground.
struct Seam {
    std::vector<float> across, down;
};

Seam seam_of(const Image& picture, const Gaps& g) {
    const int width = std::max(2, int(picture.width() * kSoftSeam)),
              height = std::max(2, int(picture.height() * kSoftSeam));
    return {ramp(picture.width(), width, g.left > 0, g.right > 0),
            ramp(picture.height(), height, g.top > 0, g.bottom > 0)};
}

/// Which cells of a line of the coarse grid make up one pixel, and their shares (Catmull-Rom).
struct Taps {
    int cell[4];
    float share[4];
};

std::vector<Taps> taps_for(int length, int cells) {
    std::vector<Taps> all(length);
    for (int i = 0; i < length; ++i) {
        const double at = (i + 0.5) * cells / length - 0.5;
        const int first = int(std::floor(at));
        const float t = float(at - first), t2 = t * t, t3 = t2 * t;
        for (int k = 0; k < 4; ++k)
            all[i].cell[k] = std::clamp(first - 1 + k, 0, cells - 1);
        const float shares[] = {(-t3 + 2 * t2 - t) / 2, (3 * t3 - 5 * t2 + 2) / 2, (-3 * t3 + 4 * t2 + t) / 2,
                                (t3 - t2) / 2};
        std::copy(std::begin(shares), std::end(shares), all[i].share);
    }
    return all;
}

/// One line of the canvas, still as coarse across as the grid.
void mix_lines(const Plane& ground, const Taps& taps, std::vector<float>& line) {
    std::fill(line.begin(), line.end(), 0.0f);
    for (int k = 0; k < 4; ++k) {
        const float* from = ground.at(0, taps.cell[k]);
        for (std::size_t i = 0; i < line.size(); ++i)
            line[i] += taps.share[k] * from[i];
    }
}

/// `own`, laid with `share` over the ground.
void paint_pixel(std::uint8_t* rgb, const std::vector<float>& line, const Taps& taps, float grain,
                 const std::uint8_t* own, float share) {
    for (int c = 0; c < 3; ++c) {
        float level = grain;
        for (int k = 0; k < 4; ++k)
            level += taps.share[k] * line[std::size_t(taps.cell[k]) * 3 + c];
        if (own) level += (own[c] - level) * share;
        rgb[c] = static_cast<std::uint8_t>(std::clamp(level + 0.5f, 0.0f, 255.0f));
    }
}

/// kGrainTile² values around 0, the same in every process.
const std::vector<float>& grain_tile() {
    static const std::vector<float> tile = [] {
        const VImage noise =
            VImage::gaussnoise(kGrainTile, kGrainTile,
                               VImage::option()->set("sigma", kGrain)->set("mean", 0)->set("seed", 7))
                .copy_memory();
        const auto* values = static_cast<const float*>(noise.data());
        return std::vector<float>(values, values + kGrainTile * kGrainTile);
    }();
    return tile;
}

/// The part of a seam's axis in which nothing but the picture shows: [first, second).
std::pair<int, int> whole_part(const std::vector<float>& shares) {
    const auto is_whole = [](float share) { return share >= 1; };
    const auto first = std::find_if(shares.begin(), shares.end(), is_whole);
    return {int(first - shares.begin()),
            int(std::find_if_not(first, shares.end(), is_whole) - shares.begin())};
}

/// The ground enlarged to the canvas, with the picture melting into it. Where the picture hides the ground,
/// none is computed.
VImage melted(const Plane& ground, Size canvas, const VImage& picture, int x, int y, const Seam& seam) {
    const VImage pixels = picture.copy_memory();
    const auto* own = static_cast<const std::uint8_t*>(pixels.data());
    const int own_width = pixels.width(), own_height = pixels.height();
    const std::vector<float>& grain = grain_tile();
    const std::vector<Taps> across = taps_for(canvas.width, ground.width),
                            down = taps_for(canvas.height, ground.height);
    const auto [whole_from, whole_to] = whole_part(seam.across);
    std::vector<float> line(std::size_t(ground.width) * 3);
    RgbBuffer out(canvas);
    for (int row = 0; row < canvas.height; ++row) {
        mix_lines(ground, down[row], line);
        const float* grain_line = grain.data() + row % kGrainTile * kGrainTile;
        const bool has_own = row >= y && row < y + own_height;
        const std::uint8_t* own_line = has_own ? own + std::size_t(row - y) * own_width * 3 : nullptr;
        const float share_down = has_own ? seam.down[row - y] : 0;
        const auto paint = [&](int from, int to) {
            for (int column = from; column < to; ++column) {
                const bool is_own = has_own && column >= x && column < x + own_width;
                paint_pixel(out.row(row) + column * 3, line, across[column], grain_line[column % kGrainTile],
                            is_own ? own_line + (column - x) * 3 : nullptr,
                            is_own ? seam.across[column - x] * share_down : 0);
            }
        };
        const bool has_whole = share_down >= 1 && whole_from < whole_to;
        const int hidden_from = has_whole ? x + whole_from : canvas.width;
        const int hidden_to = has_whole ? x + whole_to : canvas.width;
        paint(0, hidden_from);
        if (has_whole)
            std::copy(own_line + whole_from * 3, own_line + whole_to * 3, out.row(row) + hidden_from * 3);
        paint(hidden_to, canvas.width);
    }
    return out.take();
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
        return wrap(
            melted(ground, canvas, unwrap(picture), x, y, seam_of(picture, gaps(picture, canvas, x, y))));
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
