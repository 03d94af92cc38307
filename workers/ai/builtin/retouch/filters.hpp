#pragma once
// What can be done to the pixels of a picture. `strength` is 1 for what a plain wish means, less for "a bit",
// up to 2 for "much". Lengths go with the picture's size, so that a small and a large copy look alike.

#include <vector>

#include "common/design/model/color.hpp"
#include "workers/ai/builtin/retouch/raster.hpp"

namespace atelier::ai::builtin::retouching {

// tone.cpp
void brighten(Raster& raster, double strength);  ///< darkens where it is negative; black and white stay
void add_contrast(Raster& raster, double strength);
void warm(Raster& raster, double strength);  ///< cools where it is negative; luma stays
void saturate(Raster& raster, double strength);
void make_grey(Raster& raster);
void make_sepia(Raster& raster);
void invert(Raster& raster);
void make_vintage(Raster& raster, double strength);
void make_cinematic(Raster& raster, double strength);

// recolor.cpp
/// Shadows take `dark`, lights `light`.
void duotone(Raster& raster, design::Color dark, design::Color light);
/// What has about the hue of `from` takes that of `to`; of greys what is as light. Shades stay.
void recolor(Raster& raster, design::Color from, design::Color to);
/// The picture's main hue becomes that of `to`; a grey picture is toned.
void recolor_all(Raster& raster, design::Color to);
/// The few colours that a picture is made of, the most frequent first.
std::vector<design::Color> main_colors(const Raster& raster, int count);

// texture.cpp
void blur(Raster& raster, double strength);
void sharpen(Raster& raster, double strength);
void glow(Raster& raster, double strength);
void vignette(Raster& raster, double strength);
void grain(Raster& raster, double strength);
void pixelate(Raster& raster, double strength);
/// Dots of the picture's own colours on paper, or of `ink` on `paper`.
void halftone(Raster& raster, double strength, const std::vector<design::Color>& colors);

// painted.cpp
void oil(Raster& raster, double strength);
/// A handful of flat colours: its own, or the given ones by their lightness.
void poster(Raster& raster, double strength, const std::vector<design::Color>& colors);
void sketch(Raster& raster, double strength);

}  // namespace atelier::ai::builtin::retouching
