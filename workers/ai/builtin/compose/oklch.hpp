#pragma once
// Colours by lightness, chroma and hue: OKLab and OKLCH (Björn Ottosson, "A perceptual color space for image
// processing", 2020), with sRGB's own transfer curve.

#include "common/design/model/color.hpp"

namespace atelier::ai::builtin::layout {

struct Oklab {
    double l = 0, a = 0, b = 0;
};

/// `l` 0…1, `c` 0…about 0.37 within sRGB, `h` degrees 0 ≤ … < 360.
struct Oklch {
    double l = 0, c = 0, h = 0;
};

Oklab to_oklab(design::Color color);
Oklch to_oklch(Oklab lab);
Oklab to_oklab(const Oklch& lch);
Oklch to_oklch(design::Color color);

/// Whether sRGB has this colour.
bool is_in_srgb(const Oklch& color);

/// The nearest colour of the same lightness and hue that sRGB has: chroma is reduced, lightness kept in 0…1.
design::Color to_srgb(Oklch color);

/// The shorter way around the circle, 0…180.
double hue_distance(double a, double b);

/// How far two colours are apart, by OKLab's Euclidean distance: 0.02 is just seen.
double distance(design::Color a, design::Color b);

/// The colour moved in lightness, keeping hue, until it reaches the contrast on `ground`; the direction is
/// that which has more room. Black or white where nothing else is enough.
design::Color readable_on(design::Color color, design::Color ground, double contrast);

}  // namespace atelier::ai::builtin::layout
