#include "workers/adaptation/edits/edits.hpp"

#include "workers/adaptation/text_layout/fields.hpp"

namespace atelier::adaptation {
namespace {

constexpr std::string_view kMembers[] = {"crop",     "rotate",     "flip",          "brightness",
                                         "contrast", "saturation", "text_overlays", "logo_overlay"};
constexpr std::string_view kFlips[] = {"none", "horizontal", "vertical", "both"};
constexpr std::string_view kCropMembers[] = {"x", "y", "width", "height"};
constexpr std::string_view kLogoMembers[] = {"asset_id", "x", "y", "width", "opacity"};
constexpr std::string_view kTextMembers[] = {"text",   "x",     "y",     "width",  "font_family", "size",
                                             "weight", "color", "align", "shadow", "opacity"};
constexpr std::size_t kMostOverlays = 20;
constexpr double kSmallestCrop = 0.01;

void read_crop(const json::Value& v, std::string pointer, std::vector<FieldError>& errors, Edits& edits) {
    Fields fields(v, std::move(pointer), errors);
    FractionBox crop;
    fields.only(kCropMembers);
    for (const std::string_view name : kCropMembers)
        fields.required(name);
    fields.number("x", 0, 1, crop.x);
    fields.number("y", 0, 1, crop.y);
    fields.number("width", kSmallestCrop, 1, crop.width);
    fields.number("height", kSmallestCrop, 1, crop.height);
    constexpr double kRounding = 1e-6;
    if (crop.x + crop.width > 1 + kRounding)
        fields.wrong("width", "range", "The crop leaves the picture on the right.");
    if (crop.y + crop.height > 1 + kRounding)
        fields.wrong("height", "range", "The crop leaves the picture at the bottom.");
    edits.crop = crop;
}

void read_text(const json::Value& v, std::string pointer, std::vector<FieldError>& errors, Edits& edits) {
    Fields fields(v, std::move(pointer), errors);
    TextOverlay overlay;
    fields.only(kTextMembers);
    fields.required("text");
    fields.text("text", 2000, overlay.text);
    fields.number("x", -1, 1, overlay.x);
    fields.number("y", -1, 1, overlay.y);
    fields.number("width", 0.01, 2, overlay.width);
    fields.text("font_family", 100, overlay.font_family);
    fields.number("size", 0.001, 2000, overlay.size);
    fields.integer("weight", 100, 900, overlay.weight);
    fields.color("color", overlay.color);
    std::optional<imaging::Align> align;
    fields.align("align", align);
    overlay.align = align.value_or(overlay.align);
    fields.shadow("shadow", overlay.shadow);
    fields.number("opacity", 0, 1, overlay.opacity);
    edits.text_overlays.push_back(std::move(overlay));
}

void read_logo(const json::Value& v, std::string pointer, std::vector<FieldError>& errors, Edits& edits) {
    Fields fields(v, std::move(pointer), errors);
    LogoOverlay logo;
    fields.only(kLogoMembers);
    fields.required("asset_id");
    fields.text("asset_id", 64, logo.asset_id);
    fields.number("x", -1, 1, logo.x);
    fields.number("y", -1, 1, logo.y);
    fields.number("width", 0.01, 2, logo.width);
    fields.number("opacity", 0, 1, logo.opacity);
    edits.logo_overlay = logo;
}

void read_texts(const json::Value& v, Fields& fields, std::vector<FieldError>& errors, Edits& edits) {
    if (!v.has("text_overlays")) return;
    const json::Value& overlays = v["text_overlays"];
    if (!overlays.is_array()) return fields.wrong("text_overlays", "type", "This must be a list.");
    if (overlays.size() > kMostOverlays)
        return fields.wrong("text_overlays", "maxItems", "At most 20 text overlays are allowed.");
    for (std::size_t i = 0; i < overlays.size(); ++i)
        read_text(overlays.at(i), "/text_overlays/" + std::to_string(i), errors, edits);
}

}  // namespace

Result<Edits> parse_edits(const json::Value& v) {
    Edits edits;
    std::vector<FieldError> errors;
    Fields fields(v, "", errors);
    fields.only(kMembers);
    if (const json::Value* crop = fields.object("crop")) read_crop(*crop, "/crop", errors, edits);
    fields.number("rotate", -360, 360, edits.rotate);
    if (const auto index = fields.one_of("flip", kFlips)) edits.flip = static_cast<imaging::Flip>(*index);
    fields.number("brightness", 0.2, 3, edits.adjustment.brightness);
    fields.number("contrast", 0.2, 3, edits.adjustment.contrast);
    fields.number("saturation", 0, 3, edits.adjustment.saturation);
    read_texts(v, fields, errors, edits);
    if (const json::Value* logo = fields.object("logo_overlay"))
        read_logo(*logo, "/logo_overlay", errors, edits);
    if (!errors.empty()) return invalid(std::move(errors));
    return edits;
}

}  // namespace atelier::adaptation
