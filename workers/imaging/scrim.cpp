#include "workers/imaging/scrim.hpp"

#include <cmath>
#include <vector>

#include "workers/imaging/blend.hpp"
#include "workers/imaging/paint.hpp"

namespace atelier::imaging {
namespace {

constexpr int kSteps = 4;  ///< of the gradient's table for one pixel of distance

/// 1 → 0 with flat ends, so that neither border of the gradient shows as a line.
double ease_out(double t) {
    t = std::clamp(t, 0.0, 1.0);
    return 1 - t * t * t * (t * (6 * t - 15) + 10);
}

/// Distance of the middle of every pixel of [0, length) from [from, to], outside of it.
std::vector<float> distances(int length, int from, int to) {
    std::vector<float> away(std::size_t(length), 0.0f);
    for (int i = 0; i < length; ++i)
        away[i] = float(std::max({from - (i + 0.5), i + 0.5 - to, 0.0}));
    return away;
}

/// Lays `veil` over the bytes of a picture of `size`; its solid part is given from their corner.
void lay_over(std::uint8_t* rgb, Size size, const Scrim& veil) {
    const std::vector<float> across = distances(size.width, veil.solid.x, veil.solid.right()),
                             down = distances(size.height, veil.solid.y, veil.solid.bottom());
    std::vector<int> shares(std::size_t(std::ceil(std::max(1.0, veil.fade))) * kSteps + 1);
    for (std::size_t i = 0; i < shares.size(); ++i)
        shares[i] = int(std::lround(kWholeShare * veil.opacity *
                                    ease_out(double(i) / kSteps / std::max(1.0, veil.fade))));
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x, rgb += 3) {
            const float away = std::sqrt(across[x] * across[x] + down[y] * down[y]);
            tint(rgb, veil.color, shares[std::min(shares.size() - 1, std::size_t(away * kSteps))]);
        }
}

}  // namespace

Result<Image> scrim(const Image& base, const Scrim& veil) {
    return guarded("scrim", [&] {
        const int reach = int(std::ceil(veil.fade)) + 2;
        const Rect area = clip({veil.solid.x - reach, veil.solid.y - reach, veil.solid.width + 2 * reach,
                                veil.solid.height + 2 * reach},
                               base.size());
        if (area.width == 0 || area.height == 0) return base;
        Scrim local = veil;
        local.solid.x -= area.x;
        local.solid.y -= area.y;
        const vips::VImage part = painted(unwrap(base), area, [&](std::uint8_t* rgb) {
            lay_over(rgb, {area.width, area.height}, local);
        });
        return wrap(unwrap(base).insert(part, area.x, area.y));
    });
}

}  // namespace atelier::imaging
