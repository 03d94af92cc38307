#include "workers/adaptation/text_layout/free_parts.hpp"

#include <algorithm>

namespace atelier::adaptation {
namespace {

/// Crowds would multiply the parts without end; the largest ones are enough to choose from.
constexpr std::size_t kMostParts = 24;

std::vector<Box> around(const Box& r, const Box& o) {
    return {{r.x, r.y, r.width, o.y - r.y},
            {r.x, o.bottom(), r.width, r.bottom() - o.bottom()},
            {r.x, r.y, o.x - r.x, r.height},
            {o.right(), r.y, r.right() - o.right(), r.height}};
}

}  // namespace

std::vector<Box> free_parts(const Box& region, const std::vector<Box>& obstacles, double min_width,
                            double min_height) {
    std::vector<Box> parts{region};
    for (const Box& obstacle : obstacles) {
        std::vector<Box> next;
        for (const Box& part : parts) {
            if (intersection(part, obstacle).area() <= 0) {
                next.push_back(part);
                continue;
            }
            for (const Box& rest : around(part, obstacle))
                if (rest.width >= min_width && rest.height >= min_height) next.push_back(rest);
        }
        std::stable_sort(next.begin(), next.end(),
                         [](const Box& a, const Box& b) { return a.area() > b.area(); });
        next.erase(std::unique(next.begin(), next.end()), next.end());
        if (next.size() > kMostParts) next.resize(kMostParts);
        parts = std::move(next);
    }
    std::erase_if(parts, [&](const Box& p) { return p.width < min_width || p.height < min_height; });
    return parts;
}

}  // namespace atelier::adaptation
