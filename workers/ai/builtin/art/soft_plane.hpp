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

    /// What `in_row` reads for all places at height `y`, the layer's corner at (0, 0); outside, the edge goes
    /// on.
    std::vector<float> row(float y) const;
    /// 0…1
    float in_row(const std::vector<float>& row, float x) const;

  private:
    void reduce(const std::uint32_t* values, int width, int height, std::size_t stride, int shift);
    void blur(float deviation);

    int factor_, columns_, rows_;
    std::vector<float> values_;
};

}  // namespace atelier::ai::builtin::art
