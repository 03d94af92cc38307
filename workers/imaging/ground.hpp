#pragma once
// Private to workers/imaging: the soft ground around an extended picture, computed on a coarse grid.

#include <vector>

namespace atelier::imaging {

/// Three floats a pixel, 0…255.
struct Plane {
    int width = 0, height = 0;
    std::vector<float> rgb;

    Plane() = default;
    Plane(int w, int h) : width(w), height(h), rgb(std::size_t(w) * h * 3) {}
    float* at(int x, int y) { return &rgb[(std::size_t(y) * width + x) * 3]; }
    const float* at(int x, int y) const { return &rgb[(std::size_t(y) * width + x) * 3]; }
};

void gaussian_blur(Plane& plane, double sigma);

/// A canvas of the coarse grid with the picture's corner at (x, y); the picture may not leave it.
struct Placement {
    int canvas_width = 0, canvas_height = 0, x = 0, y = 0;
};

/// The border's colours carried outwards, smoothed more with every pixel; what stands on the border fades out
/// of them.
Plane edge_ground(const Plane& picture, const Placement& placement);
/// The same next to the picture, melting into an enlarged, strongly blurred copy of it. (A mirrored copy next
/// to the picture was tried: it shows as a ghost of faces and products.)
Plane blurred_ground(const Plane& picture, const Placement& placement);

}  // namespace atelier::imaging
