#pragma once
// OKLab and OKLCH: colours mixed and shaded as eyes see them, not as screens store them.
// Source: Björn Ottosson, "A perceptual color space for image processing" (2020).

#include "common/design/model/color.hpp"

namespace atelier::ai::builtin {

/// l 0 (black) … 1 (white); a and b about −0.4…0.4. May lie outside sRGB.
struct Oklab {
    float l = 0, a = 0, b = 0;
    bool operator==(const Oklab&) const = default;
};

/// The same in polar form: chroma 0…0.37 in sRGB, hue in degrees, 0 ≤ hue < 360 (29 red, 110 yellow, 142
/// green, 264 blue).
struct Oklch {
    float l = 0, chroma = 0, hue = 0;
    bool operator==(const Oklch&) const = default;
};

/// sRGB as it is stored, 0…1 a channel.
struct Rgb {
    float r = 0, g = 0, b = 0;
};

Oklab to_oklab(design::Color color);
Oklab to_oklab(Oklch color);
Oklch to_oklch(design::Color color);
Oklch to_oklch(Oklab color);

/// Channels are clamped to 0…1; quick enough for every pixel of a picture.
Rgb to_rgb(Oklab color);
/// Opaque. What sRGB cannot show keeps its lightness and hue and loses chroma.
design::Color to_color(Oklch color);

/// `t` 0…1.
Oklab mix(Oklab from, Oklab to, float t);
/// Degrees between two hues, 0…180.
float hue_distance(float a, float b);

}  // namespace atelier::ai::builtin
