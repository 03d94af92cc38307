#pragma once
// Gradient noise in two dimensions (Perlin 1985, with the fade curve of 2002) and its sums over octaves.

#include <array>
#include <cstdint>

namespace atelier::ai::builtin::art {

class Noise {
  public:
    explicit Noise(std::uint64_t seed);

    /// About −1…1, 0 at whole numbers; features are one unit wide.
    float at(float x, float y) const;
    /// Octaves of doubled frequency and halved weight; about −1…1.
    float fractal(float x, float y, int octaves) const;

  private:
    std::array<std::uint8_t, 512> order_{};
};

}  // namespace atelier::ai::builtin::art
