#include "workers/adaptation/text_layout/compose.hpp"

#include <algorithm>
#include <cmath>

#include "workers/adaptation/text_layout/legibility.hpp"
#include "workers/imaging/resize.hpp"
#include "workers/imaging/sample.hpp"
#include "workers/imaging/scrim.hpp"

namespace atelier::adaptation {
namespace {

using imaging::Color;
using imaging::Image;
using imaging::Rect;

/// A stroke of common type is about a seventh of an em wide: what is finer does not disturb reading.
constexpr double kStrokesPerEm = 7;

Rect whole_pixels(const Box& b, double margin, imaging::Size canvas) {
    const int left = std::clamp(int(std::floor(b.x - margin)), 0, canvas.width - 1);
    const int top = std::clamp(int(std::floor(b.y - margin)), 0, canvas.height - 1);
    const int right = std::clamp(int(std::ceil(b.right() + margin)), left + 1, canvas.width);
    const int bottom = std::clamp(int(std::ceil(b.bottom() + margin)), top + 1, canvas.height);
    return {left, top, right - left, bottom - top};
}

Result<imaging::Pixels> behind(const Image& picture, const Block& block) {
    const double size = block.fitted.style.size_px;
    return imaging::sample_area(picture, whole_pixels(block.ink, size * 0.08, picture.size()),
                                std::max(1, int(size / kStrokesPerEm)));
}

imaging::Pixels together(const std::vector<imaging::Pixels>& parts) {
    imaging::Pixels all;
    for (const imaging::Pixels& part : parts)
        all.rgb.insert(all.rgb.end(), part.rgb.begin(), part.rgb.end());
    all.width = int(all.rgb.size() / 3);
    all.height = 1;
    return all;
}

Box ink_of(const Group& group) {
    Box all = group.blocks.front().ink;
    for (const Block& b : group.blocks) {
        const double x = std::min(all.x, b.ink.x), y = std::min(all.y, b.ink.y);
        all = {x, y, std::max(all.right(), b.ink.right()) - x, std::max(all.bottom(), b.ink.bottom()) - y};
    }
    return all;
}

Rect band_behind(const Group& group, Rect solid, imaging::Size canvas) {
    const int beyond = 2 * std::max(canvas.width, canvas.height);
    switch (group.placement) {
        case TextPlacement::bottom:
            return {-beyond, solid.y, 3 * beyond, beyond};
        case TextPlacement::top:
            return {-beyond, solid.bottom() - beyond, 3 * beyond, beyond};
        case TextPlacement::left:
            return {solid.right() - beyond, -beyond, beyond, 3 * beyond};
        case TextPlacement::right:
            return {solid.x, -beyond, beyond, 3 * beyond};
        default:
            return solid;
    }
}

bool covers_forbidden(const Rect& area, const TextCanvas& canvas) {
    const Box box{double(area.x), double(area.y), double(area.width), double(area.height)};
    return std::any_of(canvas.obstacles.begin(), canvas.obstacles.end(), [&](const Obstacle& o) {
        return o.is_forbidden && intersection(box, o.box).area() > 0;
    });
}

/// A band along the edge where the text stands; a soft patch behind it where a band would darken faces.
imaging::Scrim veil_behind(const Group& group, const TextCanvas& canvas) {
    const imaging::Size size{canvas.width, canvas.height};
    const double em = group.blocks.front().fitted.style.size_px;
    const Rect patch = whole_pixels(ink_of(group), em * 0.3, size);
    const Rect band = band_behind(group, patch, size);
    imaging::Scrim veil;
    veil.solid = covers_forbidden(band, canvas) ? patch : band;
    veil.fade = em * 3.2;
    if (veil.solid == band && !(band == patch)) {
        const double depth = group.placement == TextPlacement::bottom ? 0.8 * (size.height - patch.y)
                             : group.placement == TextPlacement::top  ? 0.8 * patch.bottom()
                             : group.placement == TextPlacement::left ? 0.6 * patch.right()
                                                                      : 0.6 * (size.width - patch.x);
        veil.fade = std::max(veil.fade, depth);
    }
    return veil;
}

/// Everything that makes one group readable.
struct Look {
    std::vector<Color> colors;  ///< one for each block
    std::optional<imaging::Scrim> veil;
    bool changed_color = false, overrode_never = false;
};

struct Needs {
    const imaging::Pixels& all;
    const std::vector<imaging::Pixels>& by_block;
};

bool reads(const std::vector<Color>& colors, const Needs& n) {
    for (std::size_t i = 0; i < colors.size(); ++i)
        if (worst_contrast(colors[i], n.by_block[i]) < kMinimumContrast) return false;
    return true;
}

/// The opacity at which every block reads on `veil`.
std::optional<double> opacity_for(const std::vector<Color>& colors, Color veil, const Needs& n) {
    double opacity = 0;
    for (std::size_t i = 0; i < colors.size(); ++i) {
        const auto own = veil_opacity(colors[i], veil, n.by_block[i]);
        if (!own) return std::nullopt;
        opacity = std::max(opacity, *own);
    }
    return opacity;
}

std::optional<imaging::Scrim> veil_for(const Group& group, const std::vector<Color>& colors,
                                       const TextStyleSet& set, const TextCanvas& canvas, const Needs& n) {
    const Color own_tone = veil_color(n.all, wants_dark_veil(colors.front()));
    for (const Color tone : {set.scrim_color.value_or(own_tone), own_tone})
        if (const auto opacity = opacity_for(colors, tone, n)) {
            imaging::Scrim veil = veil_behind(group, canvas);
            veil.color = tone;
            veil.opacity = *opacity;
            return veil;
        }
    return std::nullopt;
}

Look look_for(const Group& group, const TextStyleSet& set, const TextCanvas& canvas, const Needs& n) {
    constexpr double kLightestAlways = 0.35;
    const Color automatic = readable_color(n.all);
    Look look;
    for (const Block& b : group.blocks)
        look.colors.push_back(set.of(b.role).color.value_or(automatic));
    const bool readable = reads(look.colors, n);
    if (readable && set.scrim != ScrimUse::always) return look;
    if (set.scrim != ScrimUse::never) look.veil = veil_for(group, look.colors, set, canvas, n);
    if (look.veil && set.scrim == ScrimUse::always)
        look.veil->opacity = std::max(look.veil->opacity, kLightestAlways);
    if (look.veil || readable) return look;

    // The style's colour cannot be saved: take the readable one, with a veil where even that needs help.
    look.changed_color =
        std::any_of(look.colors.begin(), look.colors.end(), [&](Color c) { return c != automatic; });
    look.colors.assign(group.blocks.size(), automatic);
    if (reads(look.colors, n)) return look;
    look.overrode_never = set.scrim == ScrimUse::never;
    look.veil = veil_for(group, look.colors, set, canvas, n);
    return look;
}

/// Draws the veil and strengthens it until the measured contrast holds.
Result<Image> veiled(const Image& picture, const Group& group, Look& look) {
    if (!look.veil) return picture;
    while (true) {
        auto image = imaging::scrim(picture, *look.veil);
        if (!image) return image;
        bool holds = true;
        for (std::size_t i = 0; i < group.blocks.size(); ++i) {
            auto samples = behind(*image, group.blocks[i]);
            if (!samples) return samples.error();
            holds = holds && worst_contrast(look.colors[i], *samples) >= kMinimumContrast;
        }
        if (holds || look.veil->opacity >= 1) return image;
        look.veil->opacity = std::min(1.0, look.veil->opacity + 0.05);
    }
}

Result<Image> drawn(const Image& picture, const Group& group, const TextStyleSet& set, const Look& look,
                    TextReport& report) {
    Image image = picture;
    for (std::size_t i = 0; i < group.blocks.size(); ++i) {
        const Block& block = group.blocks[i];
        auto samples = behind(picture, block);
        if (!samples) return samples.error();
        imaging::TextStyle style = block.fitted.style;
        style.color = look.colors[i];
        // A dark halo around dark type only looks dirty.
        const bool is_dark_type = luminance(style.color) < 0.2;
        if (style.shadow && is_dark_type && luminance(style.shadow->color) < 0.2) style.shadow.reset();
        auto next = imaging::draw_text(image, block.text, style, block.fitted.max_width, block.x, block.y);
        if (!next) return next;
        image = *next;
        report.placed.push_back({block.role, block.ink, style.size_px, block.fitted.metrics.lines,
                                 style.color, worst_contrast(style.color, *samples)});
        if (look.changed_color && set.of(block.role).color)
            report.warnings.push_back("The colour of the " + std::string(to_string(block.role)) +
                                      " could not be read on this picture; another one was used.");
    }
    return image;
}

Result<Image> compose_group(const Image& picture, const Group& group, const TextStyleSet& set,
                            const TextCanvas& canvas, TextReport& report) {
    std::vector<imaging::Pixels> by_block;
    for (const Block& block : group.blocks) {
        auto samples = behind(picture, block);
        if (!samples) return samples.error();
        by_block.push_back(std::move(*samples));
    }
    Look look = look_for(group, set, canvas, {together(by_block), by_block});
    auto ground = veiled(picture, group, look);
    if (!ground) return ground;
    if (look.veil) report.scrim_opacity = std::max(report.scrim_opacity, look.veil->opacity);
    if (look.overrode_never)
        report.warnings.push_back(
            "Without a scrim the text could not be read on this picture, so one was added.");
    return drawn(*ground, group, set, look, report);
}

}  // namespace

Result<Composed> compose_texts(const Image& picture, const Texts& texts, const TextStyleSet& set,
                               const TextCanvas& canvas) {
    Typeset typeset = adaptation::typeset(texts, set, canvas);
    auto image = imaging::in_memory(picture);
    if (!image) return image.error();
    TextReport report;
    report.dropped = std::move(typeset.dropped);
    report.warnings = std::move(typeset.warnings);
    for (const Group& group : typeset.groups) {
        image = compose_group(*image, group, set, canvas, report);
        if (!image) return image.error();
    }
    return Composed{*image, std::move(report)};
}

json::Value to_json(const TextReport& report) {
    json::Value placed = json::Array{}, dropped = json::Array{}, warnings = json::Array{};
    for (const PlacedText& t : report.placed)
        placed.push(json::Object{{"role", to_string(t.role)},
                                 {"box", elements::to_json(t.box)},
                                 {"size_px", t.size_px},
                                 {"lines", t.lines},
                                 {"color", imaging::to_string(t.color)},
                                 {"contrast", std::round(t.contrast * 100) / 100}});
    for (const Role role : report.dropped)
        dropped.push(to_string(role));
    for (const std::string& warning : report.warnings)
        warnings.push(warning);
    return json::Object{{"placed", placed},
                        {"dropped", dropped},
                        {"scrim_opacity", report.scrim_opacity},
                        {"warnings", warnings}};
}

}  // namespace atelier::adaptation
