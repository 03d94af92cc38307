#pragma once
// One subject in the plan's treatment: full colour, duotone, silhouette; or an emblem where there is none.

#include "workers/ai/builtin/art/layer.hpp"

namespace atelier::ai::builtin::art {

struct Plan;

/// Subject `number` of the plan (round and round) in the square with its corner at (x, y), pixels: as large
/// as fits, standing on the square's lower edge.
void draw_motif(Layer& layer, const Plan& plan, std::size_t number, float x, float y, float side);
/// About its middle (x, y), turned by radians.
void draw_turned_motif(Layer& layer, const Plan& plan, std::size_t number, float x, float y, float side,
                       float turn, double opacity);

}  // namespace atelier::ai::builtin::art
