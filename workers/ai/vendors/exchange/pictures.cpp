#include "workers/ai/vendors/exchange/pictures.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "common/crypto/encoding.hpp"
#include "common/media/media.hpp"

namespace atelier::ai {
namespace {

/// How far two shapes are apart: 0 when equal, the same for twice as wide and twice as high.
double apart(double width_a, double height_a, double width_b, double height_b) {
    return std::abs(std::log(width_a * height_b / (height_a * width_b)));
}

constexpr std::int64_t kMaxBesidePictures = 1 << 20;

std::int64_t area(PixelSize size) {
    return std::int64_t{size.width} * size.height;
}

}  // namespace

std::int64_t max_answer_bytes(int pictures) {
    return kMaxBesidePictures + pictures * (kMaxPictureBytes * 4 / 3 + 4);
}

Answered<EncodedImage> picture_of(std::string bytes, std::string_view vendor_id) {
    if (static_cast<std::int64_t>(bytes.size()) > kMaxPictureBytes)
        return malformed(vendor_id, "with a picture that is larger than is accepted");
    const auto info = media::inspect(crypto::bytes_of(bytes));
    if (!info) return malformed(vendor_id, "with a picture that is none");
    return EncodedImage{std::move(bytes), info->content_type};
}

Answered<EncodedImage> picture_of_base64(std::string_view text, std::string_view vendor_id) {
    if (text.starts_with("data:")) {
        const auto comma = text.find(',');
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    }
    auto bytes = crypto::base64_decode(text);
    if (!bytes || bytes->empty()) return malformed(vendor_id, "with a picture that is none");
    return picture_of(std::move(*bytes), vendor_id);
}

std::string base64_of(const EncodedImage& image) {
    return crypto::base64_encode(crypto::bytes_of(image.bytes));
}

std::string data_url_of(const EncodedImage& image) {
    return "data:" + image.media_type + ";base64," + base64_of(image);
}

std::string_view extension_of(const EncodedImage& image) {
    if (image.media_type == "image/jpeg") return "jpg";
    return image.media_type == "image/webp" ? "webp" : "png";
}

std::string to_string(PixelSize size) {
    return std::to_string(size.width) + "x" + std::to_string(size.height);
}

PixelSize nearest_size(PixelSize wanted, std::span<const PixelSize> offered) {
    const auto distance = [&](PixelSize s) { return apart(wanted.width, wanted.height, s.width, s.height); };
    const auto better = [&](PixelSize a, PixelSize b) {
        const double by_shape = distance(a) - distance(b);
        if (std::abs(by_shape) > 1e-9) return by_shape < 0;
        const bool a_is_enough = area(a) >= area(wanted), b_is_enough = area(b) >= area(wanted);
        if (a_is_enough != b_is_enough) return a_is_enough;
        return a_is_enough ? area(a) < area(b) : area(a) > area(b);
    };
    return *std::min_element(offered.begin(), offered.end(), better);
}

std::string_view nearest_ratio(PixelSize wanted, std::span<const std::string_view> offered) {
    const auto distance = [&](std::string_view ratio) {
        int width = 1, height = 1;
        const auto colon = ratio.find(':');
        std::from_chars(ratio.data(), ratio.data() + colon, width);
        std::from_chars(ratio.data() + colon + 1, ratio.data() + ratio.size(), height);
        return apart(wanted.width, wanted.height, width, height);
    };
    return *std::min_element(offered.begin(), offered.end(), [&](std::string_view a, std::string_view b) {
        return distance(a) < distance(b) - 1e-9;
    });
}

PixelSize size_within(PixelSize wanted, std::int64_t pixels, int step) {
    const double scale =
        std::min(1.0, std::sqrt(static_cast<double>(pixels) / static_cast<double>(area(wanted))));
    const auto side = [&](int length) {
        return std::max(step, static_cast<int>(std::lround(length * scale / step)) * step);
    };
    return {side(wanted.width), side(wanted.height)};
}

}  // namespace atelier::ai
