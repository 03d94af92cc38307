#include "workers/imaging/ground.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::imaging {
namespace {

std::vector<float> kernel_for(double sigma) {
    const int radius = std::max(1, int(std::ceil(sigma * 2.5)));
    std::vector<float> kernel(2 * radius + 1);
    float sum = 0;
    for (int i = -radius; i <= radius; ++i)
        sum += kernel[i + radius] = float(std::exp(-i * i / (2 * sigma * sigma)));
    for (float& k : kernel)
        k /= sum;
    return kernel;
}

/// One pass along x (dx = 1) or y (dy = 1), borders repeated.
Plane convolved(const Plane& in, const std::vector<float>& kernel, int dx, int dy) {
    Plane out(in.width, in.height);
    const int radius = int(kernel.size() / 2);
    for (int y = 0; y < in.height; ++y)
        for (int x = 0; x < in.width; ++x) {
            float* to = out.at(x, y);
            for (int i = -radius; i <= radius; ++i) {
                const float* from =
                    in.at(std::clamp(x + i * dx, 0, in.width - 1), std::clamp(y + i * dy, 0, in.height - 1));
                for (int c = 0; c < 3; ++c)
                    to[c] += from[c] * kernel[i + radius];
            }
        }
    return out;
}

int reflected(int i, int length) {
    const int period = 2 * length;
    i = ((i % period) + period) % period;
    return i < length ? i : period - 1 - i;
}

Plane mirrored(const Plane& picture, const Placement& p) {
    Plane out(p.canvas_width, p.canvas_height);
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x)
            std::copy_n(picture.at(reflected(x - p.x, picture.width), reflected(y - p.y, picture.height)), 3,
                        out.at(x, y));
    return out;
}

/// The middle of the picture enlarged until it covers the canvas.
Plane covering(const Plane& picture, const Placement& p) {
    Plane out(p.canvas_width, p.canvas_height);
    const double scale = std::max(double(out.width) / picture.width, double(out.height) / picture.height);
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x) {
            const double sx = picture.width / 2.0 + (x + 0.5 - out.width / 2.0) / scale;
            const double sy = picture.height / 2.0 + (y + 0.5 - out.height / 2.0) / scale;
            std::copy_n(picture.at(std::clamp(int(sx), 0, picture.width - 1),
                                   std::clamp(int(sy), 0, picture.height - 1)),
                        3, out.at(x, y));
        }
    return out;
}

/// How far outside the picture, and how much room there is on that side.
struct Outside {
    double distance, room;
};

Outside outside(const Plane& picture, const Placement& p, int x, int y) {
    const int right = p.x + picture.width, bottom = p.y + picture.height;
    Outside far{0, 1};
    const auto see = [&](int distance, int room) {
        if (distance > far.distance) far = {double(distance), double(std::max(1, room))};
    };
    see(p.x - x, p.x);
    see(x - right + 1, p.canvas_width - right);
    see(p.y - y, p.y);
    see(y - bottom + 1, p.canvas_height - bottom);
    return far;
}

double ease(double t) {
    t = std::clamp(t, 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

void mix(Plane& into, const Plane& other, int x, int y, double share) {
    float* to = into.at(x, y);
    const float* from = other.at(x, y);
    for (int c = 0; c < 3; ++c)
        to[c] += float((from[c] - to[c]) * share);
}

/// The nearest pixel of the picture for every pixel of the canvas.
Plane clamped(const Plane& picture, const Placement& p) {
    Plane out(p.canvas_width, p.canvas_height);
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x)
            std::copy_n(picture.at(std::clamp(x - p.x, 0, picture.width - 1),
                                   std::clamp(y - p.y, 0, picture.height - 1)),
                        3, out.at(x, y));
    return out;
}

}  // namespace

void gaussian_blur(Plane& plane, double sigma) {
    if (sigma < 0.3) return;
    const auto kernel = kernel_for(sigma);
    plane = convolved(convolved(plane, kernel, 1, 0), kernel, 0, 1);
}

Plane blurred_ground(const Plane& picture, const Placement& p) {
    const double short_side = std::min(p.canvas_width, p.canvas_height);
    Plane near = mirrored(picture, p), far = covering(picture, p);
    gaussian_blur(near, std::max(1.5, short_side * 0.04));
    gaussian_blur(far, std::max(3.0, short_side * 0.10));
    // The mirror image may be seen only as far as the seam needs it: farther out it would show its symmetry.
    const double reach = short_side * 0.45;
    for (int y = 0; y < near.height; ++y)
        for (int x = 0; x < near.width; ++x) {
            const Outside o = outside(picture, p, x, y);
            if (o.distance > 0) mix(near, far, x, y, ease(o.distance / std::min(reach, o.room * 1.2)));
        }
    return near;
}

Plane edge_ground(const Plane& picture, const Placement& p) {
    Plane out = clamped(picture, p);
    Plane soft = out, softer = out;
    const double side = std::max(picture.width, picture.height);
    gaussian_blur(out, 1.0);
    gaussian_blur(soft, std::max(1.5, side * 0.05));
    gaussian_blur(softer, std::max(3.0, side * 0.16));
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x) {
            const double distance = outside(picture, p, x, y).distance;
            mix(out, soft, x, y, ease(distance / (side * 0.10)));
            mix(out, softer, x, y, ease((distance - side * 0.08) / (side * 0.30)));
        }
    return out;
}

}  // namespace atelier::imaging
