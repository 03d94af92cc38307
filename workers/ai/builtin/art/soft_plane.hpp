#pragma once
// One channel of a layer, blurred: computed at a size that the blur leaves nothing finer than.

#include <cstdint>
#include <vector>

namespace atelier::ai::builtin::art {

class SoftPlane {
  public:
    /// Of 8 bits at `shift` in each value; `deviation` in pixels, at least 0.5. Outside, the edge goes on.
    SoftPlane(const std::uint32_t* values, int width, int height, std::size_t stride, int shift,
              float deviation);

    /// 0…1 at any place of the layer, its corner at (0, 0); outside, the edge goes on.
    float at(float x, float y) const;

  private:
    void reduce(const std::uint32_t* values, int width, int height, std::size_t stride, int shift);
    void blur(float deviation);

    int factor_, columns_, rows_;
    std::vector<float> values_;
};

}  // namespace atelier::ai::builtin::art
