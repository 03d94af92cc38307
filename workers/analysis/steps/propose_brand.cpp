#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "common/design/brand/propose.hpp"
#include "workers/analysis/steps.hpp"
#include "workers/imaging/decode.hpp"
#include "workers/imaging/sample.hpp"
#include "workers/vision/palette.hpp"

namespace atelier::analysis {
namespace {

constexpr int kLongSide = 512;
constexpr int kRow = 96;        // what find_palette looks at without shrinking, which would mix colours
constexpr int kSameColor = 24;  // sum over the channels
constexpr double kMostOfEdge = 0.9;
constexpr const char* kFont = "Open Sans";  // a logo does not say what its letters are called

using Rgb = std::array<int, 3>;

/// A logo over white and over black: where the two differ, something shows through.
struct Logo {
    imaging::Pixels on_white, on_black;

    Rgb at(std::size_t pixel) const {
        return {on_white.rgb[3 * pixel], on_white.rgb[3 * pixel + 1], on_white.rgb[3 * pixel + 2]};
    }
    bool is_solid(std::size_t pixel) const {
        int difference = 0;
        for (std::size_t i = 3 * pixel; i < 3 * pixel + 3; ++i)
            difference += std::abs(on_white.rgb[i] - on_black.rgb[i]);
        return difference < kSameColor;
    }
    std::size_t pixels() const { return on_white.rgb.size() / 3; }
};

Result<imaging::Pixels> pixels_over(std::string_view bytes, imaging::Color ground) {
    const auto decoded = imaging::decode(bytes, {.at_least = {kLongSide, kLongSide}, .background = ground});
    if (!decoded) return decoded.error();
    auto scaled = imaging::to_pixels(decoded->image, kLongSide);
    if (!scaled) return scaled.error();
    return std::move(scaled->pixels);
}

Result<Logo> read_logo(std::string_view bytes) {
    auto white = pixels_over(bytes, {255, 255, 255});
    if (!white) return white.error();
    auto black = pixels_over(bytes, {0, 0, 0});
    if (!black) return black.error();
    return Logo{std::move(*white), std::move(*black)};
}

/// The colour of nearly all of the logo's edge, where it is solid.
std::optional<Rgb> ground_of(const Logo& logo) {
    const int width = logo.on_white.width, height = logo.on_white.height;
    std::vector<std::size_t> edge;
    for (int x = 0; x < width; ++x)
        for (const int y : {0, height - 1})
            edge.push_back(std::size_t(y) * width + x);
    for (int y = 0; y < height; ++y)
        for (const int x : {0, width - 1})
            edge.push_back(std::size_t(y) * width + x);
    const Rgb first = logo.at(edge.front());
    const auto alike = std::count_if(edge.begin(), edge.end(), [&](std::size_t pixel) {
        const Rgb c = logo.at(pixel);
        return logo.is_solid(pixel) &&
               std::abs(c[0] - first[0]) + std::abs(c[1] - first[1]) + std::abs(c[2] - first[2]) < kSameColor;
    });
    if (double(alike) < kMostOfEdge * double(edge.size())) return std::nullopt;
    return first;
}

/// Solid pixels in rows, evenly picked: at most kRow × kRow of them.
imaging::Pixels solid_sample(const Logo& logo) {
    std::vector<std::size_t> solid;
    for (std::size_t pixel = 0; pixel < logo.pixels(); ++pixel)
        if (logo.is_solid(pixel)) solid.push_back(pixel);
    const std::size_t wanted = std::min<std::size_t>(solid.size(), kRow * kRow);
    imaging::Pixels sample;
    sample.width = static_cast<int>(std::min<std::size_t>(wanted, kRow));
    sample.height = sample.width ? static_cast<int>(wanted / sample.width) : 0;
    for (std::size_t i = 0; i < std::size_t(sample.width) * sample.height; ++i)
        for (const int channel : logo.at(solid[i * solid.size() / wanted]))
            sample.rgb.push_back(static_cast<std::uint8_t>(channel));
    return sample;
}

json::Value proposal(const json::Value& input, const std::vector<vision::Swatch>& palette,
                     std::optional<Rgb> ground) {
    std::vector<design::LogoColor> colors;
    json::Value shown = json::Array{};
    for (const vision::Swatch& swatch : palette) {
        colors.push_back({design::parse_color(swatch.color).value_or(design::Color{}), swatch.share});
        shown.push(json::Object{{"color", swatch.color}, {"share", swatch.share}});
    }
    std::optional<design::Color> under;
    if (ground)
        under = design::Color{std::uint8_t((*ground)[0]), std::uint8_t((*ground)[1]),
                              std::uint8_t((*ground)[2]), 255};
    const design::Brand brand = design::propose_colors(colors, under);
    json::Value kit = json::Object{{"name", input["name"]},
                                   {"colors", design::to_json(brand)["colors"]},
                                   {"fonts", json::Object{{"heading", kFont}, {"body", kFont}}},
                                   {"logos", json::Array{json::Object{{"asset_id", input["logo"]["id"]}}}},
                                   {"voice", ""}};
    return json::Object{{"brand", std::move(kit)}, {"palette", std::move(shown)}};
}

}  // namespace

runtime::StepFate propose_brand(runtime::StepContext& context) {
    const auto bytes = context.objects().get(context.input()["logo"]["object_key"].as_string());
    if (!bytes) return runtime::fate_of(bytes.error());
    const auto logo = read_logo(*bytes);
    if (!logo) return runtime::fate_of(logo.error());
    const imaging::Pixels sample = solid_sample(*logo);
    if (sample.rgb.empty())
        return runtime::Fail{
            invalid("/asset_id", "empty", "Nothing of this logo is solid enough to be seen.")};
    const auto palette = vision::find_palette(sample);
    if (!palette) return runtime::fate_of(palette.error());
    return runtime::Done{proposal(context.input(), *palette, ground_of(*logo))};
}

}  // namespace atelier::analysis
