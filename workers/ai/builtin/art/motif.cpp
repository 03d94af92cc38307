#include "workers/ai/builtin/art/motif.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/subjects/subjects.hpp"

namespace atelier::ai::builtin::art {
namespace {

/// Every visible colour through `change`; alpha stays.
template <class Change>
void change_colors(SubjectPixels& pixels, const Change& change) {
    for (std::uint32_t& value : pixels.values) {
        const std::uint32_t a = value >> 24;
        if (a == 0) continue;
        const auto straight = [&](int shift) {
            return std::uint8_t(std::min<std::uint32_t>(255, ((value >> shift & 0xffU) * 255 + a / 2) / a));
        };
        const Rgb rgb = to_rgb(change(to_oklab(design::Color{straight(16), straight(8), straight(0)})));
        const auto byte = [&](float v) { return std::uint32_t(v * float(a) + 0.5F); };
        value = a << 24 | byte(rgb.r) << 16 | byte(rgb.g) << 8 | byte(rgb.b);
    }
}

struct Cast {
    float a = 0, b = 0, l = 0, chroma = 0;  // means, the colourful pixels counting most
};

Cast cast_of(SubjectPixels& pixels) {
    Cast sum;
    float weight = 0, count = 0;
    change_colors(pixels, [&](Oklab c) {
        const float chroma = std::hypot(c.a, c.b);
        sum.a += c.a * chroma;
        sum.b += c.b * chroma;
        sum.chroma += chroma * chroma;
        weight += chroma;
        sum.l += c.l;
        ++count;
        return c;
    });
    if (weight <= 0 || count <= 0) return {};
    return {sum.a / weight, sum.b / weight, sum.l / count, sum.chroma / weight};
}

/// Turns the thing's own colour into `wanted`: its other colours turn with it, its greys take a breath of it.
void dye(SubjectPixels& pixels, Oklab wanted) {
    const Oklch to = to_oklch(wanted);
    const Cast cast = cast_of(pixels);
    const float turn = std::atan2(wanted.b, wanted.a) - std::atan2(cast.b, cast.a);
    const float c = std::cos(turn), s = std::sin(turn);
    const float scale = std::clamp(to.chroma / std::max(cast.chroma, 0.02F), 0.5F, 2.4F);
    const float lift = std::clamp(0.8F * (to.l - cast.l), -0.24F, 0.14F);
    // What has no colour of its own takes more than a breath.
    const float strength = cast.chroma < 0.06F ? 0.75F : 0.3F;
    change_colors(pixels, [&](Oklab p) {
        // Highlights and shadows stay what they are.
        const float middle = std::max(0.0F, 1 - std::abs(p.l - 0.58F) * 1.8F);
        const float tint = strength * middle;
        return Oklab{std::clamp(p.l + lift * (0.35F + 0.65F * middle), 0.04F, 0.99F),
                     (p.a * c - p.b * s) * scale + wanted.a * tint,
                     (p.a * s + p.b * c) * scale + wanted.b * tint};
    });
}

/// Lightness becomes a place on the palette: what is drawn stays readable in two colours.
void tint_to_palette(SubjectPixels& pixels, const Palette& palette) {
    const Oklab middle = palette.accent(0);
    const Oklab dark = shaded(middle, palette.is_dark ? -0.35F : -0.25F);
    const Oklab light = palette.is_dark ? shaded(middle, 0.25F) : mix(palette.base(), {1, 0, 0}, 0.5F);
    change_colors(pixels, [&](Oklab p) {
        return p.l < 0.6F ? mix(dark, middle, p.l / 0.6F) : mix(middle, light, (p.l - 0.6F) / 0.4F);
    });
}

/// One colour, in which the thing's own light and shade stay just visible.
void fill_with(SubjectPixels& pixels, Oklab color) {
    change_colors(pixels,
                  [&](Oklab p) { return shaded(color, std::clamp(0.5F * (p.l - 0.68F), -0.2F, 0.13F)); });
}

/// The library's greys lean to lilac; here they lean to `wanted`.
void lean_greys(SubjectPixels& pixels, Oklab wanted) {
    constexpr float kLilac = 300, kReach = 45, kGreyest = 0.11F;
    const Oklch to = to_oklch(wanted);
    change_colors(pixels, [&](Oklab p) {
        const Oklch c = to_oklch(p);
        const float away = hue_distance(c.hue, kLilac);
        if (c.chroma > kGreyest || away > kReach) return p;
        const float share =
            std::min(1.0F, (1 - away / kReach) * 3) * std::min(1.0F, (kGreyest - c.chroma) * 40);
        const float chroma = std::min({c.chroma, to.chroma, 0.06F});
        return mix(p, to_oklab(Oklch{c.l, chroma, to.hue}), share);
    });
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
    const bool keeps_colors = plan.treatment == Treatment::full_color || plan.treatment == Treatment::glow;
    if (keeps_colors && plan.has_told_colors) {
        const Oklab accent = plan.palette.accent(0);
        if (may_be_dyed(name) && plan.palette.accents.front().chroma > 0.03F)
            dye(*pixels, accent);
        else
            lean_greys(*pixels, accent);
    }
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
