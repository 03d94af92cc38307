#include "workers/ai/prompts/prompts.hpp"

namespace atelier::ai {
namespace {

void add(std::string& text, std::string_view label, const std::string& what) {
    if (what.empty()) return;
    if (!text.empty() && text.back() != '.') text += '.';
    text += ' ';
    text += label;
    text += what;
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
    std::string text;
    for (const std::string& word : words) {
        if (!text.empty()) text += between;
        text += word;
    }
    return text;
}

}  // namespace

std::string picture_prompt(const std::string& prompt, const design::HolisticContext& context) {
    std::string text = prompt;
    std::vector<std::string> colors;
    for (const design::Color color : context.brand_colors)
        colors.push_back(design::to_string(color));
    add(text, "For: ", context.design_purpose);
    add(text, "Theme: ", context.overall_theme);
    add(text, "Composition: ", context.composition_hints);
    add(text, "Around it: ", joined(context.adjacent_elements, "; "));
    add(text, "Style: ", joined(context.style_keywords, ", "));
    add(text, "Colours in harmony with ", joined(colors, ", "));
    add(text, "", "No text, letters or logos in the picture.");
    return text;
}

}  // namespace atelier::ai
