#include "workers/ai/router/price.hpp"

#include <algorithm>

namespace atelier::ai {
namespace {

constexpr std::int64_t kNanoPerMicro = 1000;
/// What vendors wrap around a request: roles, the schema's wrapping, tool calls.
constexpr std::int64_t kFramingTokens = 1000;
/// A picture of the largest size that vendors read at full detail.
constexpr std::int64_t kTokensPerPicture = 8000;

using PerImage = Price::PerImage;

/// How much a row says of the picture; nothing when it is for others.
std::optional<int> fit(const PerImage& row, PixelSize size, ImageQuality quality) {
    if (row.size && !(*row.size == size)) return std::nullopt;
    if (row.quality && *row.quality != quality) return std::nullopt;
    return (row.size ? 2 : 0) + (row.quality ? 1 : 0);
}

std::optional<std::int64_t> image_price(const std::vector<PerImage>& rows, PixelSize size,
                                        ImageQuality quality) {
    std::optional<std::int64_t> price;
    int best = -1;
    for (const PerImage& row : rows) {
        const auto told = fit(row, size, quality);
        if (!told || *told <= best) continue;
        best = *told;
        price = row.micro_usd;
    }
    return price;
}

std::int64_t rounded_up(std::int64_t nano_usd) {
    return (nano_usd + kNanoPerMicro - 1) / kNanoPerMicro;
}

}  // namespace

std::optional<std::int64_t> cost_of(const std::optional<Price>& price, const Taken& taken) {
    if (!price) return std::nullopt;
    std::int64_t micro = price->call_micro_usd.value_or(0), nano = 0;
    const bool by_token = price->input_nano_usd || price->output_nano_usd;
    if (price->input_nano_usd) {
        if (!taken.input_tokens) return std::nullopt;
        nano += *taken.input_tokens * *price->input_nano_usd;
    }
    if (price->output_nano_usd) {
        if (!taken.output_tokens) return std::nullopt;
        nano += *taken.output_tokens * *price->output_nano_usd;
    }
    if (by_token && !price->output_nano_usd && taken.output_tokens.value_or(0) > 0) return std::nullopt;
    if (by_token && !price->input_nano_usd && taken.input_tokens.value_or(0) > 0) return std::nullopt;
    if (!price->images.empty()) {
        for (const PixelSize& size : taken.images) {
            const auto each = image_price(price->images, size, taken.quality);
            if (!each) return std::nullopt;
            micro += *each;
        }
    }
    return micro + rounded_up(nano);
}

std::optional<std::int64_t> highest_cost(const std::optional<Price>& price, const Limits& limits) {
    if (!price) return std::nullopt;
    std::int64_t micro = price->call_micro_usd.value_or(0);
    const std::int64_t nano = limits.input_tokens * price->input_nano_usd.value_or(0) +
                              limits.output_tokens * price->output_nano_usd.value_or(0);
    if (limits.images > 0 && !price->images.empty()) {
        std::optional<std::int64_t> highest;
        for (const PerImage& row : price->images)
            if (!row.quality || *row.quality == limits.quality)
                highest = std::max(highest.value_or(0), row.micro_usd);
        if (!highest) return std::nullopt;
        micro += limits.images * *highest;
    }
    return micro + rounded_up(nano);
}

Limits limits_of(const TextRequest& request) {
    const auto bytes =
        request.instructions.size() + request.prompt.size() + json::write(request.schema).size();
    return {kFramingTokens + static_cast<std::int64_t>(bytes), request.max_output_tokens};
}

Limits limits_of(const VisionRequest& request) {
    const auto bytes =
        request.instructions.size() + request.prompt.size() + json::write(request.schema).size();
    return {kFramingTokens + static_cast<std::int64_t>(bytes) +
                kTokensPerPicture * static_cast<std::int64_t>(request.images.size()),
            request.max_output_tokens};
}

Limits limits_of(const ImageRequest& request) {
    const auto bytes = request.prompt.size() + request.negative_prompt.size();
    const auto pictures = static_cast<std::int64_t>(request.references.size() + (request.mask ? 1 : 0));
    return {kFramingTokens + static_cast<std::int64_t>(bytes) + kTokensPerPicture * pictures,
            kTokensPerPicture * request.count, request.count, request.quality};
}

Limits limits_of(const std::vector<std::string>& texts) {
    Limits limits{.input_tokens = kFramingTokens};
    for (const std::string& text : texts)
        limits.input_tokens += static_cast<std::int64_t>(text.size());
    return limits;
}

}  // namespace atelier::ai
