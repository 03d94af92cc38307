#include "queues/stage.hpp"

namespace atelier::queues {
namespace {

constexpr std::array<std::string_view, kStages.size()> kStageNames{"analysis", "generation", "adaptation",
                                                                   "moderation"};
constexpr std::array<std::string_view, kLanes.size()> kLaneNames{"primary", "priority"};

template <class Enum, std::size_t size>
std::optional<Enum> find(const std::array<std::string_view, size>& names, std::string_view name) {
    for (std::size_t i = 0; i < size; ++i)
        if (names[i] == name) return static_cast<Enum>(i);
    return std::nullopt;
}

}  // namespace

std::string_view to_string(Stage stage) {
    return kStageNames.at(static_cast<std::size_t>(stage));
}
std::string_view to_string(Lane lane) {
    return kLaneNames.at(static_cast<std::size_t>(lane));
}
std::optional<Stage> parse_stage(std::string_view name) {
    return find<Stage>(kStageNames, name);
}
std::optional<Lane> parse_lane(std::string_view name) {
    return find<Lane>(kLaneNames, name);
}

}  // namespace atelier::queues
