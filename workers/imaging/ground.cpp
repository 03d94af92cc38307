#include "workers/imaging/ground.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::imaging {
namespace {

/// Running means of 2 × radius + 1 steps along `length` steps that lie `stride` floats apart, of as many
/// `lanes` side by side; borders repeat. Lanes do not wait for each other's sums, so that many go as fast as
/// one.
void running_means(float* line, int length, std::size_t stride, std::size_t lanes, int radius,
                   std::vector<float>& scratch) {
    const auto at = [&](int i) { return line + std::size_t(std::clamp(i, 0, length - 1)) * stride; };
    scratch.resize(length * lanes);
    std::vector<double> sums(lanes);
    for (int i = -radius; i <= radius; ++i)
        for (std::size_t lane = 0; lane < lanes; ++lane)
            sums[lane] += at(i)[lane];
    const double share = 1.0 / (2 * radius + 1);
    for (int i = 0; i < length; ++i) {
        const float *entering = at(i + radius + 1), *leaving = at(i - radius);
        float* mean = &scratch[i * lanes];
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            mean[lane] = float(sums[lane] * share);
            sums[lane] += entering[lane] - leaving[lane];
        }
    }
    for (int i = 0; i < length; ++i)
        std::copy_n(&scratch[i * lanes], lanes, line + i * stride);
}

void box_blur(Plane& p, int radius) {
    const std::size_t row = std::size_t(p.width) * 3;
    std::vector<float> scratch;
    for (int y = 0; y < p.height; ++y)
        running_means(p.at(0, y), p.width, 3, 3, radius, scratch);
    running_means(p.at(0, 0), p.height, row, row, radius, scratch);
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

/// Each channel's median over a window of half the line: what the border is like where nothing stands on it.
/// The line's `length` colours lie `stride` floats apart.
void calm_line(float* line, int length, std::size_t stride) {
    const int reach = std::max(1, length / 4);
    std::vector<float> calm(std::size_t(length) * 3), window;
    for (int c = 0; c < 3; ++c)
        for (int i = 0; i < length; ++i) {
            window.clear();
            for (int k = std::max(0, i - reach); k <= std::min(length - 1, i + reach); ++k)
                window.push_back(line[k * stride + c]);
            const auto middle = window.begin() + std::ptrdiff_t(window.size() / 2);
            std::nth_element(window.begin(), middle, window.end());
            calm[i * 3 + c] = *middle;
        }
    for (int i = 0; i < length; ++i)
        std::copy_n(&calm[i * 3], 3, line + i * stride);
}

/// The picture with a border on which nothing stands.
Plane with_calm_border(Plane picture) {
    const std::size_t row = std::size_t(picture.width) * 3;
    calm_line(picture.at(0, 0), picture.width, 3);
    calm_line(picture.at(0, picture.height - 1), picture.width, 3);
    calm_line(picture.at(0, 0), picture.height, row);
    calm_line(picture.at(picture.width - 1, 0), picture.height, row);
    return picture;
}

}  // namespace

void gaussian_blur(Plane& plane, double sigma) {
    // Three running means come within a few percent of a Gaussian (Wells, 1986), at a cost that does not grow
    // with sigma.
    const int radius = int(std::lround((std::sqrt(4 * sigma * sigma + 1) - 1) / 2));
    if (radius < 1) return;
    for (int pass = 0; pass < 3; ++pass)
        box_blur(plane, radius);
}

Plane edge_ground(const Plane& picture, const Placement& p) {
    Plane out = clamped(picture, p);
    Plane soft = out, calm = clamped(with_calm_border(picture), p);
    const double side = std::max(picture.width, picture.height);
    gaussian_blur(out, 1.0);
    gaussian_blur(soft, std::max(1.5, side * 0.05));
    gaussian_blur(calm, std::max(3.0, side * 0.1));
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x) {
            const double distance = outside(picture, p, x, y).distance;
            mix(out, soft, x, y, ease(distance / (side * 0.08)));
            // What touches the border leaves no streak behind.
            mix(out, calm, x, y, ease((distance - side * 0.02) / (side * 0.16)));
        }
    return out;
}

namespace {

/// Mean difference of the two over the ground, in steps of 0…255.
double disagreement(const Plane& a, const Plane& b, const Plane& picture, const Placement& p) {
    double sum = 0;
    std::size_t count = 0;
    for (int y = 0; y < a.height; ++y)
        for (int x = 0; x < a.width; ++x) {
            if (outside(picture, p, x, y).distance <= 0) continue;
            for (int c = 0; c < 3; ++c)
                sum += std::abs(a.at(x, y)[c] - b.at(x, y)[c]);
            count += 3;
        }
    return count ? sum / double(count) : 0;
}

}  // namespace

Plane blurred_ground(const Plane& picture, const Placement& p) {
    Plane near = edge_ground(picture, p), far = covering(picture, p);
    // By the longer side: on a strip anything finer stands as blocks of colour.
    gaussian_blur(far, std::max(4.0, 0.14 * std::max(p.canvas_width, p.canvas_height)));
    // Where the two disagree a quick or complete change would look like a second seam; and where they
    // disagree much, the border knows better: a red bowl on grey concrete stands on grey, not on pink.
    const double far_share = 0.7 * std::clamp(1.25 - disagreement(near, far, picture, p) / 40, 0.1, 1.0);
    for (int y = 0; y < near.height; ++y)
        for (int x = 0; x < near.width; ++x) {
            const Outside o = outside(picture, p, x, y);
            if (o.distance > 0) mix(near, far, x, y, far_share * ease(o.distance / (o.room * 1.2)));
        }
    return near;
}

}  // namespace atelier::imaging
