#pragma once
// The four stages that tasks run in and the two lanes they travel in, with their names on the wire and in the
// database.

#include <array>
#include <optional>
#include <string_view>

namespace atelier::queues {

enum class Stage { analysis, generation, adaptation, moderation };
enum class Lane { primary, priority };

inline constexpr std::array kStages{Stage::analysis, Stage::generation, Stage::adaptation, Stage::moderation};
inline constexpr std::array kLanes{Lane::primary, Lane::priority};

/// One of the queues that tasks wait in.
struct WorkQueue {
    Stage stage;
    Lane lane;
};
inline constexpr std::array kWorkQueues = [] {
    std::array<WorkQueue, kStages.size() * kLanes.size()> all{};
    std::size_t at = 0;
    for (Stage stage : kStages)
        for (Lane lane : kLanes)
            all[at++] = {stage, lane};
    return all;
}();

std::string_view to_string(Stage stage);
std::string_view to_string(Lane lane);
std::optional<Stage> parse_stage(std::string_view name);
std::optional<Lane> parse_lane(std::string_view name);

}  // namespace atelier::queues
