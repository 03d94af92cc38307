#include "common/design/fabric/picture.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::design::fabric {
namespace {

using json::Object;
using json::Value;

/// A PNG of 64 × 64 grey pixels (#d3d8df): something that a person can take hold of.
constexpr std::string_view kGreySquare =
    "data:image/"
    "png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQMAAACQp+"
    "OdAAAAA1BMVEXT2N93ODbhAAAAD0lEQVR42mNgGAWjgHwAAAJAAAHgTR1EAAAAAElFTkSuQmCC";
constexpr int kGreySide = 64;
constexpr std::size_t kMaxUrl = 2048, kMaxAssetId = 64;

/// Signatures of URLs run out and are made anew.
std::string without_query(const std::string& url) {
    return url.starts_with("data:") ? url : url.substr(0, url.find('?'));
}
bool ends_with_path(const std::string& url, const std::string& path) {
    return path.starts_with('/') && url.size() > path.size() && url.ends_with(path) &&
           url.find("://") != std::string::npos;
}

bool is_close(double a, double b) {
    return std::abs(a - b) <= 0.51;
}
double ratio(double part, double whole, double otherwise) {
    return std::abs(whole) < 0.5 ? otherwise : std::clamp(neat(part / whole), 0.0, 1.0);
}

Shown unflipped_part(const Picture& picture, const Source& source, double width, double height) {
    const double w = source.picture.width, h = source.picture.height;
    if (source.is_placeholder || picture.fit == Fit::stretch) return {{0, 0, w, h}, {0, 0, width, height}};
    if (picture.fit == Fit::contain) {
        const double scale = std::min(width / w, height / h);
        const double shown_w = w * scale, shown_h = h * scale;
        return {
            {0, 0, w, h},
            {(width - shown_w) * picture.focus.x, (height - shown_h) * picture.focus.y, shown_w, shown_h}};
    }
    // The focus comes to the middle of the box, as far as the picture still covers it.
    const double scale = std::max(width / w, height / h);
    const double part_w = std::min(w, width / scale), part_h = std::min(h, height / scale);
    const double x = std::clamp(w * picture.focus.x - part_w / 2, 0.0, w - part_w);
    const double y = std::clamp(h * picture.focus.y - part_h / 2, 0.0, h - part_h);
    return {{x, y, part_w, part_h}, {0, 0, width, height}};
}

}  // namespace

Source source_of(const Picture& picture, const FabricPictures& pictures) {
    std::optional<FabricPicture> found;
    if (pictures && (picture.asset_id || picture.url)) found = pictures(picture);
    if (found && found->width > 0 && found->height > 0) return {std::move(*found), false};
    return {{std::string(kGreySquare), kGreySide, kGreySide}, true};
}

Value to_json(const Source& source) {
    if (source.is_placeholder) return nullptr;
    return Object{
        {"src", source.picture.source}, {"width", source.picture.width}, {"height", source.picture.height}};
}

Source read_source(const Value& value) {
    const auto side = [&](const char* key) {
        return int(std::clamp<std::int64_t>(value[key].as_int(), 0, 100000));
    };
    Source out{{value["src"].as_string(), side("width"), side("height")}, false};
    if (out.picture.width > 0 && out.picture.height > 0) return out;
    return {{std::string(kGreySquare), kGreySide, kGreySide}, true};
}

Shown shown_part(const Picture& picture, const Source& source, double width, double height, Flip flip) {
    Shown out = unflipped_part(picture, source, width, height);
    if (is_mirrored(flip)) out.place.x = width - out.place.right();
    if (is_upended(flip)) out.place.y = height - out.place.bottom();
    return out;
}

Value picture_object(const Source& source, const Shown& shown) {
    return Object{{"type", "Image"},
                  {"src", source.picture.source},
                  {"crossOrigin", "anonymous"},
                  {"cropX", number(shown.crop.x)},
                  {"cropY", number(shown.crop.y)},
                  {"width", number(shown.crop.width)},
                  {"height", number(shown.crop.height)},
                  {"scaleX", number(shown.scale_x())},
                  {"scaleY", number(shown.scale_y())}};
}

bool is_same_picture(const Value& before, const Value& after) {
    const std::string was = without_query(before["src"].as_string());
    const std::string is = without_query(after["src"].as_string());
    // Browsers complete a path to a URL.
    return was == is || ends_with_path(is, was);
}

Box read_crop(const Value& object, const Frame& frame) {
    return {std::max(0.0, number_of(object["cropX"])), std::max(0.0, number_of(object["cropY"])),
            std::max(1e-6, frame.width), std::max(1e-6, frame.height)};
}

bool merge_crop(Picture& picture, const Source& source, const Box& crop, double scale_x, double scale_y) {
    const double w = source.picture.width, h = source.picture.height;
    const bool is_whole = is_close(crop.width, w) && is_close(crop.height, h);
    const bool is_even = std::abs(scale_x - scale_y) < 0.002 * std::max(scale_x, scale_y);
    if (!is_even) {
        if (is_whole) picture.fit = Fit::stretch;
        return is_whole;
    }
    if (!is_close(crop.width, w) && !is_close(crop.height, h)) return false;
    picture.fit = Fit::cover;
    picture.focus = {ratio(crop.x + crop.width / 2, is_close(crop.width, w) ? 0 : w, 0.5),
                     ratio(crop.y + crop.height / 2, is_close(crop.height, h) ? 0 : h, 0.5)};
    return true;
}

std::optional<Picture> read_picture(const Value& object, const Frame& frame) {
    const std::string& source = object["src"].as_string();
    const std::string& asset = object["atelier"]["asset_id"].as_string();
    const bool is_url = source.starts_with("https://") || source.starts_with("http://");
    const bool is_asset = !asset.empty() && asset.size() <= kMaxAssetId;
    if (!is_asset && (!is_url || source.size() > kMaxUrl)) return std::nullopt;
    Picture out;
    if (is_asset)
        out.asset_id = asset;
    else
        out.url = source;
    const bool is_even =
        std::abs(frame.scale_x - frame.scale_y) < 0.002 * std::max(frame.scale_x, frame.scale_y);
    if (!is_even) out.fit = Fit::stretch;
    return out;
}

}  // namespace atelier::design::fabric
