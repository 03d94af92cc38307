#include "workers/ai/vendors/openai_images.hpp"

#include "workers/ai/vendors/exchange/canvas.hpp"

namespace atelier::ai {
namespace {

constexpr PixelSize kGptSizes[] = {{1024, 1024}, {1536, 1024}, {1024, 1536}};
constexpr PixelSize kDallE3Sizes[] = {{1024, 1024}, {1792, 1024}, {1024, 1792}};
constexpr PixelSize kDallE2Sizes[] = {{256, 256}, {512, 512}, {1024, 1024}};
constexpr PixelSize kCompatibleSizes[] = {{512, 512},  {1024, 1024}, {1024, 768},  {768, 1024},
                                          {1280, 720}, {720, 1280},  {1536, 1024}, {1024, 1536}};

constexpr OpenAiImageFamily kFamilies[] = {
    {"gpt-image", kGptSizes, "low", "medium", "high", 10, 32'000, false, true, "image[]"},
    {"chatgpt-image", kGptSizes, "low", "medium", "high", 10, 32'000, false, true, "image[]"},
    {"dall-e-3", kDallE3Sizes, "standard", "standard", "hd", 1, 4'000, true, false, "image"},
    {"dall-e-2", kDallE2Sizes, "", "", "", 10, 1'000, true, false, "image"},
    {"", kCompatibleSizes, "", "", "", 1, 32'000, true, false, "image"},
};

std::string_view quality_word(const OpenAiImageFamily& family, ImageQuality quality) {
    if (quality == ImageQuality::low) return family.low;
    return quality == ImageQuality::medium ? family.medium : family.high;
}

std::string prompt_of(const ImageRequest& request, std::size_t longest) {
    std::string prompt = request.prompt;
    if (!request.negative_prompt.empty()) prompt += "\n\nAvoid: " + request.negative_prompt;
    if (prompt.size() <= longest) return prompt;
    const auto continues = [&](std::size_t at) { return (prompt[at] & 0xc0) == 0x80; };  // inside a character
    while (longest > 0 && continues(longest))
        --longest;
    prompt.resize(longest);
    return prompt;
}

/// The members that generations and edits share, in the order of the documentation.
std::vector<std::pair<std::string, json::Value>> parameters_of(const ImageRequest& request,
                                                               std::string_view model, int count) {
    const auto& family = openai_family_of(model);
    std::vector<std::pair<std::string, json::Value>> all{
        {"model", model},
        {"prompt", prompt_of(request, family.longest_prompt)},
        {"n", count},
        {"size", to_string(nearest_size({request.width, request.height}, family.sizes))}};
    if (const auto word = quality_word(family, request.quality); !word.empty())
        all.emplace_back("quality", word);
    if (family.takes_response_format) all.emplace_back("response_format", "b64_json");
    if (family.can_be_transparent) {
        all.emplace_back("output_format", "png");
        all.emplace_back("background", request.transparent ? "transparent" : "auto");
    }
    return all;
}

}  // namespace

const OpenAiImageFamily& openai_family_of(std::string_view model) {
    for (const auto& family : kFamilies)
        if (model.starts_with(family.prefix)) return family;
    return kFamilies[std::size(kFamilies) - 1];
}

Answered<ImageRequest> openai_prepared(const ImageRequest& request, std::string_view model,
                                       std::string_view vendor_id) {
    ImageRequest prepared = request;
    if (prepared.references.empty()) return prepared;
    EncodedImage& picture = prepared.references[0];
    if (prepared.task == ImageTask::outpaint) {
        const auto size = nearest_size({request.width, request.height}, openai_family_of(model).sizes);
        auto canvas = canvas_for(picture, size, vendor_id);
        if (!canvas) return canvas.error();
        picture = std::move(canvas->picture);
        prepared.mask = std::move(canvas->mask);
    }
    if (prepared.mask) {
        auto clear = clear_mask(picture, *prepared.mask, vendor_id);
        if (!clear) return clear.error();
        prepared.mask = std::move(*clear);
    }
    return prepared;
}

json::Value openai_generation(const ImageRequest& request, std::string_view model, int count) {
    json::Value body;
    for (auto& [name, value] : parameters_of(request, model, count))
        body.set(name, std::move(value));
    return body;
}

Multipart openai_edit(const ImageRequest& request, std::string_view model, int count) {
    const auto& family = openai_family_of(model);
    Multipart form;
    for (const auto& [name, value] : parameters_of(request, model, count))
        form.add(name, value.is_string() ? value.as_string() : json::write(value));
    const bool takes_many = family.picture_part.ends_with("[]");
    for (std::size_t i = 0; i < request.references.size() && (takes_many || i == 0); ++i) {
        const auto& picture = request.references[i];
        form.add_file(family.picture_part,
                      "picture-" + std::to_string(i) + "." + std::string(extension_of(picture)),
                      picture.media_type, picture.bytes);
    }
    if (request.mask) form.add_file("mask", "mask.png", request.mask->media_type, request.mask->bytes);
    return form;
}

}  // namespace atelier::ai
