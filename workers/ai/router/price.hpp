#pragma once
// What a call costs: by tokens, by pictures of a size and quality, by call. Pure.
//
// Money is counted in millionths of a US dollar, prices per token in billionths, so that sums are exact.

#include <cstdint>
#include <optional>
#include <vector>

#include "workers/ai/capabilities/capability.hpp"

namespace atelier::ai {

struct PixelSize {
    int width = 0, height = 0;
    bool operator==(const PixelSize&) const = default;
};

/// Parts that are told add up; at least one is.
struct Price {
    struct PerImage {
        std::optional<PixelSize> size = {};  ///< nothing: any
        std::optional<ImageQuality> quality = {};
        std::int64_t micro_usd = 0;
        bool operator==(const PerImage&) const = default;
    };
    std::optional<std::int64_t> call_micro_usd = {};
    std::optional<std::int64_t> input_nano_usd = {}, output_nano_usd = {};  ///< per token
    std::vector<PerImage> images = {};
    bool operator==(const Price&) const = default;
};

/// What a call took, as far as anybody says.
struct Taken {
    std::optional<std::int64_t> input_tokens = {}, output_tokens = {};
    std::vector<PixelSize> images = {};
    ImageQuality quality = ImageQuality::medium;
};

/// Millionths of a dollar, rounded up; nothing where a part of it is unknown: tokens that have a price and
/// were not told, a picture that no row fits.
std::optional<std::int64_t> cost_of(const std::optional<Price>& price, const Taken& taken);

/// The most that a call can take before it is made.
struct Limits {
    std::int64_t input_tokens = 0, output_tokens = 0;
    int images = 0;
    ImageQuality quality = ImageQuality::medium;
};
/// What to reserve. Pictures count at the highest price of that quality, for vendors choose their size.
std::optional<std::int64_t> highest_cost(const std::optional<Price>& price, const Limits& limits);

/// Upper bounds of what a request takes. No tokenizer makes more tokens of a text than it has bytes.
Limits limits_of(const TextRequest& request);
Limits limits_of(const VisionRequest& request);
Limits limits_of(const ImageRequest& request);
Limits limits_of(const std::vector<std::string>& texts);

}  // namespace atelier::ai
