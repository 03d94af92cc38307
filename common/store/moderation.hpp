#pragma once
// What moderation decided about a picture, and when class scores mean "not safe for work".

#include <optional>
#include <string>
#include <string_view>

#include "common/errors/error.hpp"
#include "common/json/value.hpp"

namespace soci {
class session;
}

namespace atelier::store {

/// Delivered only when approved or released.
enum class Moderation { pending, approved, flagged, released, rejected };
std::string_view to_string(Moderation moderation);
std::optional<Moderation> parse(std::string_view name, Moderation*);
bool is_deliverable(Moderation moderation);

/// The classifier's verdict: approved or flagged.
struct Verdict {
    bool is_nsfw = false;
    json::Value scores;                      ///< {"drawing", "hentai", "neutral", "porn", "sexy"}: 0…1 each
    std::optional<std::string> preview_key;  ///< the blurred picture, when flagged
};

/// The definition of a moderation rule: `{"thresholds": {"porn", "hentai", "sexy", "combined"}}`. A score at
/// or above its threshold flags the picture; a threshold of 1 is off. `combined` is held against porn +
/// hentai. `sexy` is off unless an organization asks for it: the classifier gives athletes 0.9.
struct ModerationThresholds {
    double porn = 0.6, hentai = 0.6, sexy = 1.0, combined = 0.7;
    bool operator==(const ModerationThresholds&) const = default;
};
/// Missing members keep their defaults. Error: validation_failed with every wrong field.
Result<ModerationThresholds> parse_thresholds(const json::Value& definition);
json::Value to_json(const ModerationThresholds& thresholds);
/// Fails closed: true when a score is missing or no number.
bool is_nsfw(const ModerationThresholds& thresholds, const json::Value& scores);

}  // namespace atelier::store
