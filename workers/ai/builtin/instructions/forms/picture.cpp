#include <algorithm>

#include "common/design/constraints/context.hpp"
#include "workers/ai/builtin/instructions/forms/actions.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

constexpr std::size_t kLongestPrompt = 2000;

/// The picture that is meant, else the design's largest.
Ids pictures(Ask& ask) {
    if (ask.has(Slot::what)) {
        Ids out;
        for (const std::string& id : ask.layers())
            for_each_in(ask.desk.layer(id), [&](design::Layer& part) {
                if (image_of(part)) out.push_back(part.id);
            });
        return out;
    }
    Ids out;
    double largest = 0;
    for (const std::string& id : ask.desk.ids()) {
        design::Layer& layer = ask.desk.layer(id);
        if (!image_of(layer) || layer.role == design::Role::logo || !layer.visible) continue;
        // What is looked at comes before what lies behind.
        const double weight = layer.box.area() * (layer.role == design::Role::background ? 0.001 : 1);
        if (weight <= largest) continue;
        largest = weight;
        out = {id};
    }
    if (!out.empty()) ask.desk.last = out;
    return out;
}

/// A picture becomes one that is made from a recipe; it waits for being made.
void ask_for(Desk& desk, const std::string& id, const std::string& prompt) {
    design::Layer& layer = desk.layer(id);
    design::SmartImageContent smart;
    if (const auto* old = std::get_if<design::SmartImageContent>(&layer.content))
        smart = *old;
    else
        smart.image = std::get<design::ImageContent>(layer.content);
    smart.image.picture.asset_id.reset();
    smart.image.picture.url.reset();
    if (!prompt.empty()) {
        smart.recipe.prompt = prompt;
        smart.image.alt = cut(prompt, 500);
    }
    smart.recipe.seed.reset();
    layer.content = smart;
    auto& recipe = std::get<design::SmartImageContent>(desk.layer(id).content).recipe;
    recipe.context = design::build_context(desk.design, id);
}

/// An empty picture as large as the canvas, below all else.
std::string add_background(Desk& desk) {
    constexpr std::size_t kMostLayers = 300;
    if (desk.ids().size() >= kMostLayers) return {};
    design::Layer layer;
    layer.id = desk.free_id("background");
    layer.name = "Background";
    layer.role = design::Role::background;
    layer.box = {0, 0, desk.width(), desk.height()};
    layer.content = design::ImageContent{};
    const std::string id = layer.id;
    desk.design.layers.insert(desk.design.layers.begin(), std::move(layer));
    return id;
}

}  // namespace

Outcome show_instead(Ask& ask) {
    Desk& desk = ask.desk;
    Ids all = pictures(ask);
    const bool is_new = all.empty() && ask.has(Slot::what) && ask.is_canvas();
    if (is_new) {
        all = {add_background(desk)};
        if (all[0].empty()) return "A design has at most 300 layers.";
    }
    if (all.empty()) return "There is no picture in this design.";
    std::string prompt = ask.has(Slot::quote) ? ask.text(Slot::quote) : ask.text();
    if (prompt.empty()) return "It does not say what the picture shall show.";
    prompt = cut(prompt, kLongestPrompt);
    const Ids ids = desk.unlocked(all);
    for (const std::string& id : ids)
        ask_for(desk, id, prompt);
    if (is_new && !ids.empty()) veil(desk, ids[0], ground_of(desk), 0.62);
    if (!ids.empty()) desk.say(desk.called(ids) + " will show: " + prompt + ".");
    return std::nullopt;
}

Outcome make_anew(Ask& ask) {
    Desk& desk = ask.desk;
    const Ids all = pictures(ask);
    if (all.empty()) return "There is no picture in this design.";
    Ids smart;
    for (const std::string& id : all)
        if (std::holds_alternative<design::SmartImageContent>(desk.layer(id).content)) smart.push_back(id);
    if (smart.empty()) return "Only a picture that was made from a prompt can be made anew.";
    const Ids ids = desk.unlocked(smart);
    for (const std::string& id : ids) {
        auto& recipe = std::get<design::SmartImageContent>(desk.layer(id).content).recipe;
        const std::int64_t seed = recipe.seed.value_or(0);
        ask_for(desk, id, "");
        recipe.seed = (seed + 1) % 4294967296;
    }
    if (!ids.empty()) desk.say(desk.called(ids) + " will be made anew.");
    return std::nullopt;
}

}  // namespace atelier::ai::builtin::instructions
