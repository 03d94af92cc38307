#pragma once
// One photo → one format: the entry that the adaptation steps call.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "workers/adaptation/edits/edits.hpp"
#include "workers/adaptation/layout/plan.hpp"
#include "workers/adaptation/text_layout/compose.hpp"
#include "workers/imaging/extend.hpp"

namespace atelier::adaptation {

struct Target {
    int width = 0, height = 0;
    std::string content_type = "image/jpeg";  ///< image/jpeg, image/webp or image/png
    int quality = 85;
    std::size_t max_bytes = 0;  ///< 0: no limit
};

struct TextRequest {
    TextStyleSet style_set = default_text_style_set();
    Texts texts;
};

struct AdaptRequest {
    Target target;
    imaging::Size original;  ///< upright size of the photo's file: what the elements' boxes refer to
    std::vector<elements::Ranked> elements;
    std::string fill = "auto";              ///< blur, mirror, edge, color or auto
    std::optional<std::string> fill_color;  ///< #rrggbb, for fill "color"
    std::vector<std::string>
        palette;  ///< #rrggbb, dominant first: fill "color" takes the one nearest the border
    std::optional<TextRequest> text;
    std::optional<Edits> edits;
    std::function<bool()> cancelled;  ///< asked between the stages
};

struct Rendered {
    std::string bytes;
    std::string content_type;
    int width = 0, height = 0;
    Plan plan;           ///< strategy, crop, scale, kept elements, why
    std::string fill;    ///< the one used; empty for a crop
    double upscale = 1;  ///< above 1: the photo was enlarged that much
    int quality = 0;     ///< the one that met max_bytes
    Point focus;         ///< what people should see, as fractions of the canvas
    std::optional<TextReport> text;
    std::vector<std::string> flags;  ///< for people and the results table: "upscaled 1.4x", "quality 61", …
};
/// Everything but the bytes.
json::Value to_json(const Rendered& rendered);

/// The smallest decoded size that gives this request all its pixels: hand it to
/// imaging::DecodeOptions::at_least.
imaging::Size needed_size(const AdaptRequest& request);

/// `photo` may be smaller than `original` (see needed_size), without alpha. `logo` may be empty. Equal
/// arguments give equal bytes. Errors: validation_failed (fill, colours, a missing logo, an unknown content
/// type), too_large (max_bytes cannot be met), conflict "cancelled" when `cancelled` says so, internal.
Result<Rendered> render(const imaging::Image& photo, const AdaptRequest& request,
                        const imaging::Image& logo = {});

/// A JPEG of at most 480 pixels a side of an encoded picture; unrecognisable when `is_blurred`.
Result<std::string> make_preview(std::string_view bytes, bool is_blurred);

}  // namespace atelier::adaptation
