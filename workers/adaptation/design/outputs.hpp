#pragma once
// Private to design/: one function for each kind of file.

#include "workers/adaptation/design/render.hpp"
#include "workers/adaptation/design/scene.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::adaptation::design_render {

/// How many pixels a picture in a PDF or SVG has at most for one of what is shown.
inline constexpr double kVectorDensity = 2;

Result<imaging::Image> draw_pixels(const Scene& scene, double scale);
Result<std::string> write_pdf(const Scene& scene, double scale);
Result<std::string> write_svg(const Scene& scene, double scale);

}  // namespace atelier::adaptation::design_render
