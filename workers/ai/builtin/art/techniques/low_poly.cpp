// Facets: the Delaunay triangulation of scattered points (Bowyer 1981, Watson 1981), each lit by its slope.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/noise.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

struct Place {
    double x, y;
};
struct Triangle {
    std::size_t a, b, c;
    double x, y, radius_squared;  // of the circle through its corners
};
struct Edge {
    std::size_t from, to;
    bool operator==(const Edge&) const = default;
};

Triangle with_circle(const std::vector<Place>& points, std::size_t a, std::size_t b, std::size_t c) {
    const Place p = points[a], q = points[b], r = points[c];
    const double d = 2 * (p.x * (q.y - r.y) + q.x * (r.y - p.y) + r.x * (p.y - q.y));
    const double pp = p.x * p.x + p.y * p.y, qq = q.x * q.x + q.y * q.y, rr = r.x * r.x + r.y * r.y;
    const double x = (pp * (q.y - r.y) + qq * (r.y - p.y) + rr * (p.y - q.y)) / d;
    const double y = (pp * (r.x - q.x) + qq * (p.x - r.x) + rr * (q.x - p.x)) / d;
    return {a, b, c, x, y, (p.x - x) * (p.x - x) + (p.y - y) * (p.y - y)};
}

/// Takes away what the new point's arrival breaks and fills the hole from its rim.
void insert_point(std::vector<Triangle>& triangles, const std::vector<Place>& points, std::size_t number) {
    std::vector<Edge> rim;
    const Place p = points[number];
    const auto breaks = [&](const Triangle& t) {
        const double dx = t.x - p.x, dy = t.y - p.y;
        return dx * dx + dy * dy < t.radius_squared;
    };
    const auto add = [&](std::size_t from, std::size_t to) {
        const auto twin = std::ranges::find(rim, Edge{to, from});
        if (twin == rim.end())
            rim.push_back({from, to});
        else
            rim.erase(twin);
    };
    std::size_t kept = 0;
    for (const Triangle& t : triangles) {
        if (breaks(t)) {
            add(t.a, t.b);
            add(t.b, t.c);
            add(t.c, t.a);
        } else {
            triangles[kept++] = t;
        }
    }
    triangles.resize(kept);
    for (const Edge& edge : rim)
        triangles.push_back(with_circle(points, edge.from, edge.to, number));
}

/// `points` begins with the three corners of a triangle around all others.
std::vector<Triangle> triangulate(const std::vector<Place>& points) {
    std::vector<Triangle> triangles{with_circle(points, 0, 1, 2)};
    for (std::size_t i = 3; i < points.size(); ++i)
        insert_point(triangles, points, i);
    std::erase_if(triangles, [](const Triangle& t) { return t.a < 3 || t.b < 3 || t.c < 3; });
    return triangles;
}

std::vector<Place> scatter(const Canvas& canvas, Random& random) {
    const double w = canvas.w(), h = canvas.h(), far = 20 * (w + h);
    std::vector<Place> points{{w / 2 - far, h / 2 - far}, {w / 2 + far, h / 2 - far}, {w / 2, h / 2 + far}};
    const double cell = double(canvas.unit()) / 10.5;
    for (double y = -cell; y < h + cell * 2; y += cell)
        for (double x = -cell; x < w + cell * 2; x += cell)
            points.push_back(
                {x + random.uniform(-0.46, 0.46) * cell, y + random.uniform(-0.46, 0.46) * cell});
    return points;
}

}  // namespace

void paint_low_poly(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x706f6c79);
    const Noise noise(plan.seed), relief(plan.seed ^ 1);
    const std::vector<Place> points = scatter(canvas, random);
    const double turn = random.uniform(0, 6.28);
    canvas.paint_smooth(8, [&](float, float) { return plan.palette.base(); });
    Layer layer(canvas.width(), canvas.height());
    cairo_t* cairo = layer.cairo();
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_width(cairo, 0.8);
    const float per_unit = 1 / canvas.unit();
    const auto height_of = [&](const Place& p) {
        return relief.at(float(p.x) * per_unit * 4.6F, float(p.y) * per_unit * 4.6F);
    };
    for (const Triangle& t : triangulate(points)) {
        canvas.check_stop();
        const Place p = points[t.a], q = points[t.b], r = points[t.c];
        const auto x = float((p.x + q.x + r.x) / 3), y = float((p.y + q.y + r.y) / 3);
        const float nx = x / canvas.w() - 0.5F, ny = y / canvas.h() - 0.5F;
        const float along = nx * float(std::cos(turn)) + ny * float(std::sin(turn));
        const float tone =
            0.5F + 0.62F * along + 0.3F * noise.fractal(x * per_unit * 1.5F, y * per_unit * 1.5F, 2);
        const float quiet = plan.calmness(x / canvas.w(), y / canvas.h());
        // Light from the upper left, read off the relief at the corners.
        const float light =
            height_of(p) - height_of(q) * 0.5F - height_of(r) * 0.5F + 0.35F * float(random.normal()) * 0.4F;
        Oklab color = mix(plan.palette.base(), plan.palette.ramp(tone), 1 - 0.9F * quiet);
        color = shaded(color, std::clamp(0.05F * light, -0.085F, 0.085F) * (1 - 0.82F * quiet));
        cairo_move_to(cairo, p.x, p.y);
        cairo_line_to(cairo, q.x, q.y);
        cairo_line_to(cairo, r.x, r.y);
        cairo_close_path(cairo);
        set_color(cairo, color);
        cairo_fill_preserve(cairo);
        cairo_stroke(cairo);  // closes the seams that antialiasing leaves
    }
    canvas.compose(layer);
}

}  // namespace atelier::ai::builtin::art
