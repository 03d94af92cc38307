#include "common/store/moderation.hpp"

#include <array>
#include <utility>

namespace atelier::store {
namespace {

constexpr std::array<std::pair<Moderation, std::string_view>, 5> kNames{{
    {Moderation::pending, "pending"},
    {Moderation::approved, "approved"},
    {Moderation::flagged, "flagged"},
    {Moderation::released, "released"},
    {Moderation::rejected, "rejected"},
}};

constexpr std::array<std::pair<const char*, double ModerationThresholds::*>, 4> kThresholds{{
    {"porn", &ModerationThresholds::porn},
    {"hentai", &ModerationThresholds::hentai},
    {"sexy", &ModerationThresholds::sexy},
    {"combined", &ModerationThresholds::combined},
}};

bool reaches(double score, double threshold) {
    return threshold < 1 && score >= threshold;
}

}  // namespace

std::string_view to_string(Moderation moderation) {
    for (const auto& [value, name] : kNames) {
        if (value == moderation) return name;
    }
    return "pending";
}

std::optional<Moderation> parse(std::string_view name, Moderation*) {
    for (const auto& [value, known] : kNames) {
        if (known == name) return value;
    }
    return std::nullopt;
}

bool is_deliverable(Moderation moderation) {
    return moderation == Moderation::approved || moderation == Moderation::released;
}

Result<ModerationThresholds> parse_thresholds(const json::Value& definition) {
    ModerationThresholds thresholds;
    std::vector<FieldError> wrong;
    for (const auto& [name, member] : kThresholds) {
        const json::Value& value = definition["thresholds"][name];
        if (value.is_null()) continue;
        if (!value.is_number() || value.as_double() < 0 || value.as_double() > 1) {
            wrong.push_back(
                {std::string("/thresholds/") + name, "range", "A threshold is a number from 0 to 1."});
        }
        thresholds.*member = value.as_double();
    }
    if (!wrong.empty()) return invalid(std::move(wrong));
    return thresholds;
}

json::Value to_json(const ModerationThresholds& thresholds) {
    json::Object members;
    for (const auto& [name, member] : kThresholds)
        members.append(name, thresholds.*member);
    return json::Object{{"thresholds", std::move(members)}};
}

bool is_nsfw(const ModerationThresholds& thresholds, const json::Value& scores) {
    for (const char* name : {"porn", "hentai", "sexy"}) {
        if (!scores[name].is_number()) return true;
    }
    const double porn = scores["porn"].as_double(), hentai = scores["hentai"].as_double();
    return reaches(porn, thresholds.porn) || reaches(hentai, thresholds.hentai) ||
           reaches(scores["sexy"].as_double(), thresholds.sexy) ||
           reaches(porn + hentai, thresholds.combined);
}

}  // namespace atelier::store
