#include "workers/ai/builtin/art/motif.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/subjects/subjects.hpp"

namespace atelier::ai::builtin::art {
namespace {

/// Lightness becomes a place on the palette: what is drawn stays readable in two colours.
void tint_to_palette(SubjectPixels& pixels, const Palette& palette) {
    const Oklab dark =
        palette.is_dark ? shaded(palette.accent(0), -0.35F) : shaded(palette.accent(0), -0.25F);
    const Oklab light =
        palette.is_dark ? shaded(palette.accent(0), 0.25F) : mix(palette.base(), {1, 0, 0}, 0.5F);
    std::array<Rgb, 256> tones;
    for (std::size_t i = 0; i < tones.size(); ++i) {
        const float t = float(i) / 255;
        const Oklab middle = palette.accent(0);
        tones[i] = to_rgb(t < 0.5F ? mix(dark, middle, t * 2) : mix(middle, light, t * 2 - 1));
    }
    for (std::uint32_t& value : pixels.values) {
        const std::uint32_t a = value >> 24;
        if (a == 0) continue;
        const std::uint32_t sum =
            (54 * (value >> 16 & 0xffU) + 183 * (value >> 8 & 0xffU) + 19 * (value & 0xffU)) >> 8;
        const Rgb& tone = tones[std::min<std::size_t>(255, sum * 255 / a)];
        const auto byte = [&](float v) { return std::uint32_t(v * float(a) + 0.5F); };
        value = a << 24 | byte(tone.r) << 16 | byte(tone.g) << 8 | byte(tone.b);
    }
}

void fill_with(SubjectPixels& pixels, Oklab color) {
    const Rgb rgb = to_rgb(color);
    for (std::uint32_t& value : pixels.values) {
        const std::uint32_t a = value >> 24;
        const auto byte = [&](float v) { return std::uint32_t(v * float(a) + 0.5F); };
        value = a << 24 | byte(rgb.r) << 16 | byte(rgb.g) << 8 | byte(rgb.b);
    }
}

void disc(cairo_t* cairo, double x, double y, double radius, Oklab from, Oklab to) {
    cairo_pattern_t* fill = cairo_pattern_create_linear(x - radius, y - radius, x + radius, y + radius);
    add_stop(fill, 0, from);
    add_stop(fill, 1, to);
    cairo_set_source(cairo, fill);
    cairo_new_path(cairo);
    cairo_arc(cairo, x, y, radius, 0, 6.283185307);
    cairo_fill(cairo);
    cairo_pattern_destroy(fill);
}

/// What stands for a thing that the library lacks: discs and arcs, layered.
void draw_emblem(cairo_t* cairo, const Palette& palette, double x, double y, double side) {
    const double middle_x = x + side / 2, middle_y = y + side / 2;
    const Oklab first = palette.accent(0), second = palette.accent(1), third = palette.accent(2);
    disc(cairo, middle_x, middle_y, side * 0.44, shaded(first, 0.1F), shaded(first, -0.08F));
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    for (int i = 0; i < 3; ++i) {
        cairo_new_path(cairo);
        cairo_arc(cairo, middle_x, middle_y, side * (0.36 - 0.07 * i), 2.5 + 0.35 * i, 5.1 + 0.25 * i);
        set_color(cairo, i == 1 ? third : shaded(first, 0.2F));
        cairo_set_line_width(cairo, side * 0.028);
        cairo_stroke(cairo);
    }
    disc(cairo, middle_x + side * 0.16, middle_y + side * 0.15, side * 0.22, shaded(second, 0.1F),
         shaded(second, -0.1F));
    disc(cairo, middle_x - side * 0.2, middle_y + side * 0.24, side * 0.1, shaded(third, 0.1F),
         shaded(third, -0.06F));
}

/// The part that shows something, square or not, pixels.
struct Extent {
    int left, top, right, bottom;
};
Extent extent_of(const SubjectPixels& pixels) {
    constexpr std::uint32_t kSeen = 24;  // of 255
    Extent e{pixels.side, pixels.side, 0, 0};
    for (int y = 0; y < pixels.side; ++y)
        for (int x = 0; x < pixels.side; ++x) {
            if (pixels.values[std::size_t(y) * std::size_t(pixels.side) + std::size_t(x)] >> 24 < kSeen)
                continue;
            e = {std::min(e.left, x), std::min(e.top, y), std::max(e.right, x + 1),
                 std::max(e.bottom, y + 1)};
        }
    return e.right > e.left ? e : Extent{0, 0, pixels.side, pixels.side};
}

void paint_pixels(cairo_t* cairo, SubjectPixels& pixels, double x, double y, double side, double opacity) {
    cairo_surface_t* surface =
        cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(pixels.values.data()),
                                            CAIRO_FORMAT_ARGB32, pixels.side, pixels.side, pixels.side * 4);
    cairo_save(cairo);
    cairo_translate(cairo, x, y);
    cairo_scale(cairo, side / pixels.side, side / pixels.side);
    cairo_set_source_surface(cairo, surface, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_GOOD);
    cairo_paint_with_alpha(cairo, opacity);
    cairo_restore(cairo);
    cairo_surface_destroy(surface);
}

/// The subject in its treatment, as a square of about `side` pixels.
Result<SubjectPixels> treated(const Plan& plan, std::size_t number, double side) {
    if (plan.subjects.empty()) return not_found("subject");
    const std::string& name = plan.subjects[number % plan.subjects.size()];
    Result<SubjectPixels> pixels = draw_subject(name, std::clamp(int(std::lround(side)), 8, 4096));
    if (!pixels) return pixels;
    if (plan.treatment == Treatment::duotone) tint_to_palette(*pixels, plan.palette);
    if (plan.treatment == Treatment::silhouette) fill_with(*pixels, plan.palette.accent(number));
    return pixels;
}

}  // namespace

void draw_motif(Layer& layer, const Plan& plan, std::size_t number, float x, float y, float side) {
    // Drawn twice: once small to learn where in its square the subject is, then so large that it fills it.
    constexpr int kProbe = 128;
    const Result<SubjectPixels> probe = treated(plan, number, kProbe);
    if (!probe) return draw_emblem(layer.cairo(), plan.palette, x, y, side);
    const Extent e = extent_of(*probe);
    const double width = e.right - e.left, height = e.bottom - e.top;
    const double scale = double(side) / std::max(width, height);
    const double left = double(x) + (double(side) - width * scale) / 2 - e.left * scale;
    const double top = double(y) + double(side) - e.bottom * scale;
    const double whole = std::round(kProbe * scale);
    Result<SubjectPixels> pixels = treated(plan, number, whole);
    if (pixels)
        paint_pixels(layer.cairo(), *pixels, std::round(left), std::round(top), std::max(8.0, whole), 1);
}

void draw_turned_motif(Layer& layer, const Plan& plan, std::size_t number, float x, float y, float side,
                       float turn, double opacity) {
    cairo_t* cairo = layer.cairo();
    cairo_save(cairo);
    cairo_translate(cairo, x, y);
    cairo_rotate(cairo, turn);
    if (Result<SubjectPixels> pixels = treated(plan, number, double(side)))
        paint_pixels(cairo, *pixels, -side / 2, -side / 2, side, opacity);
    else
        draw_emblem(cairo, plan.palette, -side / 2, -side / 2, side);
    cairo_restore(cairo);
}

}  // namespace atelier::ai::builtin::art
