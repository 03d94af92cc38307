#include "workers/ai/vendors/comfyui_graphs.hpp"

#include <string>

namespace atelier::ai {
namespace {

/// Checkpoint, words, sampler and output, which all graphs share. %latent% and %denoise% differ.
constexpr std::string_view kCommon = R"({
"checkpoint": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "%model%"}},
"positive": {"class_type": "CLIPTextEncode", "inputs": {"text": "%prompt%", "clip": ["checkpoint", 1]}},
"negative": {"class_type": "CLIPTextEncode", "inputs": {"text": "%negative_prompt%", "clip": ["checkpoint", 1]}},
"sampler": {"class_type": "KSampler", "inputs": {
    "seed": "%seed%", "steps": 28, "cfg": 7, "sampler_name": "euler", "scheduler": "normal", "denoise": "%denoise%",
    "model": ["checkpoint", 0], "positive": ["positive", 0], "negative": ["negative", 0],
    "latent_image": ["latent", 0]}},
"decode": {"class_type": "VAEDecode", "inputs": {"samples": ["sampler", 0], "vae": ["checkpoint", 2]}},
"save": {"class_type": "SaveImage", "inputs": {"images": ["decode", 0], "filename_prefix": "atelier"}}
})";

constexpr std::string_view kEmptyLatent = R"({
"latent": {"class_type": "EmptyLatentImage",
    "inputs": {"width": "%width%", "height": "%height%", "batch_size": "%count%"}}
})";

constexpr std::string_view kPictureLatent = R"({
"picture": {"class_type": "LoadImage", "inputs": {"image": "%image%"}},
"encoded": {"class_type": "VAEEncode", "inputs": {"pixels": ["picture", 0], "vae": ["checkpoint", 2]}},
"latent": {"class_type": "RepeatLatentBatch", "inputs": {"samples": ["encoded", 0], "amount": "%count%"}}
})";

constexpr std::string_view kMaskedLatent = R"({
"picture": {"class_type": "LoadImage", "inputs": {"image": "%image%"}},
"mask": {"class_type": "LoadImageMask", "inputs": {"image": "%mask%", "channel": "red"}},
"encoded": {"class_type": "VAEEncodeForInpaint", "inputs": {
    "pixels": ["picture", 0], "vae": ["checkpoint", 2], "mask": ["mask", 0], "grow_mask_by": 6}},
"latent": {"class_type": "RepeatLatentBatch", "inputs": {"samples": ["encoded", 0], "amount": "%count%"}}
})";

constexpr std::string_view kPaddedLatent = R"({
"picture": {"class_type": "LoadImage", "inputs": {"image": "%image%"}},
"fitted": {"class_type": "ImageScale", "inputs": {"image": ["picture", 0], "upscale_method": "lanczos",
    "width": "%fit_width%", "height": "%fit_height%", "crop": "disabled"}},
"padded": {"class_type": "ImagePadForOutpaint", "inputs": {"image": ["fitted", 0], "left": "%left%", "top": "%top%",
    "right": "%right%", "bottom": "%bottom%", "feathering": 40}},
"encoded": {"class_type": "VAEEncodeForInpaint", "inputs": {
    "pixels": ["padded", 0], "vae": ["checkpoint", 2], "mask": ["padded", 1], "grow_mask_by": 6}},
"latent": {"class_type": "RepeatLatentBatch", "inputs": {"samples": ["encoded", 0], "amount": "%count%"}}
})";

json::Value graph_with(std::string_view latent) {
    json::Value graph = json::parse(kCommon).value();
    const json::Value more = json::parse(latent).value();
    for (const auto& [name, node] : more.object())
        graph.set(name, node);
    return graph;
}

std::string text_of(const json::Value& value) {
    return value.is_string() ? value.as_string() : json::write(value);
}

/// One pass: what a prompt says is not looked into for placeholders.
json::Value filled_text(const std::string& text, const Placeholders& values) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        bool is_found = false;
        for (const auto& [placeholder, value] : values) {
            if (text.compare(at, placeholder.size(), placeholder) != 0) continue;
            if (placeholder.size() == text.size()) return value;
            out += text_of(value);
            at += placeholder.size();
            is_found = true;
            break;
        }
        if (!is_found) out += text[at++];
    }
    return out;
}

}  // namespace

const json::Value& comfy_text_to_image() {
    static const json::Value graph = graph_with(kEmptyLatent);
    return graph;
}

const json::Value& comfy_edit() {
    static const json::Value graph = graph_with(kPictureLatent);
    return graph;
}

const json::Value& comfy_masked_edit() {
    static const json::Value graph = graph_with(kMaskedLatent);
    return graph;
}

const json::Value& comfy_outpaint() {
    static const json::Value graph = graph_with(kPaddedLatent);
    return graph;
}

json::Value fill_in(const json::Value& graph, const Placeholders& values) {
    if (graph.is_string()) return filled_text(graph.as_string(), values);
    if (graph.is_array()) {
        json::Array out;
        for (const auto& element : graph.array())
            out.push_back(fill_in(element, values));
        return out;
    }
    if (!graph.is_object()) return graph;
    json::Object out;
    for (const auto& [name, value] : graph.object())
        out.append(name, fill_in(value, values));
    return out;
}

}  // namespace atelier::ai
