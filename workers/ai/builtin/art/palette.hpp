#pragma once
// The colours of one picture, whatever was given: at least a ground, its neighbours and accents.

#include <span>
#include <vector>

#include "workers/ai/builtin/color/oklab.hpp"

namespace atelier::ai::builtin::art {

enum class Mood { any, dark, light, pastel, vivid, muted };

struct Palette {
    Oklch ground;                ///< most of the picture
    std::vector<Oklch> accents;  ///< at least 3, the first the most important
    bool is_dark = false;        ///< the ground is

    /// Number `i` of the accents, round and round.
    Oklab accent(std::size_t i) const { return to_oklab(accents[i % accents.size()]); }
    Oklab base() const { return to_oklab(ground); }
    /// The ground with `by` more lightness (less when negative).
    Oklab ground_shade(float by) const;
    /// From the darkest tone (0) through ground and accents to the lightest (1), in order of lightness.
    Oklab ramp(float t) const;
    /// The ground moved away from itself: brighter on dark grounds, darker on light ones. `by` 0…1.
    Oklab raised(float by) const;
};

/// `given` in order of weight, the ground first; what is missing is derived from them, or from `mood` and
/// `seed` when nothing is given. `ground_first` false: the ground is whichever suits the mood best.
Palette make_palette(std::span<const Oklch> given, bool ground_first, Mood mood, std::uint64_t seed);

/// In OKLab: 1 from black to white.
float distance(Oklch a, Oklch b);
constexpr float kFarApart = 0.2F;  ///< a distance at which nobody takes one colour for the other

Oklab shaded(Oklab color, float lightness_by);
/// A dim light of this colour: yellows turn towards orange, where darkened they would look like olives. `by`
/// 0…1.
Oklab dimmed_hue(Oklab color, float by);
/// The colour at a lower lightness, with as much less chroma: a deep tone, not a loud one.
Oklab deepened(Oklab color, float lightness);

}  // namespace atelier::ai::builtin::art
