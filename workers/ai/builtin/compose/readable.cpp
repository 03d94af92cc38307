#include "workers/ai/builtin/compose/readable.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::ai::builtin::layout {

double distance(design::Color a, design::Color b) {
    const Oklab x = to_oklab(a), y = to_oklab(b);
    return std::hypot(x.l - y.l, x.a - y.a, x.b - y.b);
}

design::Color with(design::Color color, double lightness, double most_chroma) {
    const Oklch c = to_oklch(color);
    return to_color({float(std::clamp(lightness, 0.0, 1.0)), std::min(c.chroma, float(most_chroma)), c.hue});
}

design::Color turned(design::Color color, double degrees) {
    Oklch c = to_oklch(color);
    c.hue = float(std::fmod(c.hue + degrees + 720, 360));
    return to_color(c);
}

design::Color readable_on(design::Color color, design::Color ground, double contrast) {
    color.a = 255;
    if (design::contrast(color, ground) >= contrast) return color;
    const design::Color white{255, 255, 255, 255}, black{0, 0, 0, 255};
    const bool goes_up = design::contrast(white, ground) > design::contrast(black, ground);
    Oklch moved = to_oklch(color);
    for (int i = 0; i < 50; ++i) {
        moved.l += goes_up ? 0.02F : -0.02F;
        if (moved.l <= 0 || moved.l >= 1) break;
        const design::Color found = to_color(moved);
        if (design::contrast(found, ground) >= contrast) return found;
    }
    return goes_up ? white : black;
}

}  // namespace atelier::ai::builtin::layout
