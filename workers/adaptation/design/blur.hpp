#pragma once
// Private to design/: a Gaussian blur of coverage.

#include <cstddef>
#include <cstdint>

namespace atelier::adaptation::design_render {

/// In place; `sigma` in pixels. Three box blurs, which the eye cannot tell from a Gaussian (SVG 1.1, 15.17).
/// What lies beyond the edge counts as empty.
void blur(std::uint8_t* coverage, int width, int height, std::size_t stride, double sigma);

}  // namespace atelier::adaptation::design_render
