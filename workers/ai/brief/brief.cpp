#include "workers/ai/brief/brief.hpp"

#include <algorithm>
#include <array>

#include "common/json/schema.hpp"
#include "schemas.hpp"

namespace atelier::ai {
namespace {

constexpr std::array<std::string_view, 12> kIntents{"sale",         "launch",    "event",      "greeting",
                                                    "announcement", "hiring",    "promotion",  "quote",
                                                    "education",    "thumbnail", "invitation", "menu"};
constexpr std::array<std::string_view, 3> kMoods{"any", "light", "dark"};

template <class Enum, std::size_t n>
Enum named(const std::array<std::string_view, n>& names, const json::Value& value) {
    return static_cast<Enum>(std::find(names.begin(), names.end(), value.as_string()) - names.begin());
}

const json::Schema& schema() {
    static const json::Schema compiled =
        json::Schema::compile(json::parse(schemas::find("ai/brief.json")).value()).value();
    return compiled;
}

json::Value texts(const std::vector<std::string>& list) {
    json::Value out = json::Array{};
    for (const std::string& text : list)
        out.push(text);
    return out;
}

std::vector<std::string> texts(const json::Value& list) {
    std::vector<std::string> out;
    for (const json::Value& text : list.array())
        out.push_back(text.as_string());
    return out;
}

json::Value to_json(const Copy& copy) {
    return json::Object{
        {"kicker", copy.kicker},  {"headline", copy.headline}, {"subheadline", copy.subheadline},
        {"body", copy.body},      {"cta", copy.cta},           {"badge", copy.badge},
        {"caption", copy.caption}};
}

Copy read_copy(const json::Value& value) {
    return {value["kicker"].as_string(), value["headline"].as_string(), value["subheadline"].as_string(),
            value["body"].as_string(),   value["cta"].as_string(),      value["badge"].as_string(),
            value["caption"].as_string()};
}

}  // namespace

std::string_view to_string(Intent intent) {
    return kIntents.at(static_cast<std::size_t>(intent));
}

std::string_view to_string(Mood mood) {
    return kMoods.at(static_cast<std::size_t>(mood));
}

json::Value to_json(const Brief& brief) {
    json::Value colors = json::Array{}, copies = json::Array{};
    for (const design::Color color : brief.colors)
        colors.push(design::to_string(color));
    for (const Copy& copy : brief.copies)
        copies.push(to_json(copy));
    return json::Object{{"prompt", brief.prompt},        {"language", brief.language},
                        {"title", brief.title},          {"intent", to_string(brief.intent)},
                        {"purpose", brief.purpose},      {"subject", brief.subject},
                        {"occasion", brief.occasion},    {"season", brief.season},
                        {"audience", brief.audience},    {"brand", brief.brand},
                        {"tone", texts(brief.tone)},     {"mood", to_string(brief.mood)},
                        {"colors", std::move(colors)},   {"style_keywords", texts(brief.style_keywords)},
                        {"motifs", texts(brief.motifs)}, {"image_prompt", brief.image_prompt},
                        {"copies", std::move(copies)}};
}

Result<Brief> parse_brief(const json::Value& value) {
    if (auto fits = schema().check(value); !fits) return fits.error();
    Brief brief;
    brief.prompt = value["prompt"].as_string();
    brief.language = value["language"].as_string();
    brief.title = value["title"].as_string();
    brief.intent = named<Intent>(kIntents, value["intent"]);
    brief.purpose = value["purpose"].as_string();
    brief.subject = value["subject"].as_string();
    brief.occasion = value["occasion"].as_string();
    brief.season = value["season"].as_string();
    brief.audience = value["audience"].as_string();
    brief.brand = value["brand"].as_string();
    brief.tone = texts(value["tone"]);
    brief.mood = named<Mood>(kMoods, value["mood"]);
    for (const json::Value& color : value["colors"].array())
        brief.colors.push_back(*design::parse_color(color.as_string()));
    brief.style_keywords = texts(value["style_keywords"]);
    brief.motifs = texts(value["motifs"]);
    brief.image_prompt = value["image_prompt"].as_string();
    for (const json::Value& copy : value["copies"].array())
        brief.copies.push_back(read_copy(copy));
    return brief;
}

}  // namespace atelier::ai
