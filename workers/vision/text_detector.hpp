#pragma once
// Where text stands: PP-OCRv4's detector (differentiable binarization: Liao et al., "Real-time Scene Text
// Detection with Differentiable Binarization", 2020) on the picture fitted into 736 × 736, its words merged
// into lines. Thread-safe: one mutex around the network.

#include <filesystem>
#include <memory>
#include <vector>

#include "common/elements/element.hpp"
#include "workers/imaging/pixels.hpp"

namespace atelier::vision {

/// A line of text as a rotated rectangle, in pixels of the picture.
struct TextLine {
    double centre_x = 0, centre_y = 0;
    double width = 0, height = 0;  ///< along and across the reading direction
    double angle = 0;              ///< degrees clockwise from horizontal, -135…45
    double confidence = 0;         ///< 0…1
};

/// The upright box around the line, cut at the picture's edges.
elements::Box bounding_box(const TextLine& line, double picture_width, double picture_height);

class TextDetector {
  public:
    static Result<std::unique_ptr<TextDetector>> load(const std::filesystem::path& folder);
    ~TextDetector();

    /// Largest line first.
    Result<std::vector<TextLine>> find(const imaging::Pixels& picture) const;

  private:
    struct State;
    explicit TextDetector(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace atelier::vision
