#pragma once
// Faces by MediaPipe's full-range detector (BlazeFace family: Bazarevsky et al., "BlazeFace: Sub-millisecond
// Neural Face Detection on Mobile GPUs", 2019), an SSD with one anchor in each of 48 × 48 cells of a 192 px
// window.
//
// The net misses faces under about 20 px of its window, so the picture is scanned as a pyramid: whole at 192
// px, then in overlapping windows at 384 px, and at finer levels where the coarser ones suggest a crowd. A
// face that a window's edge cuts is left to the neighbour or the coarser level that sees it whole; duplicates
// are merged. Thread-safe: one mutex around the network.

#include <filesystem>
#include <memory>
#include <vector>

#include "common/elements/element.hpp"
#include "workers/imaging/pixels.hpp"

namespace atelier::vision {

class FaceDetector {
  public:
    static Result<std::unique_ptr<FaceDetector>> load(const std::filesystem::path& folder);
    ~FaceDetector();

    /// Most confident first; boxes reach from forehead to chin and lie inside the picture.
    Result<std::vector<elements::Element>> find(const imaging::Pixels& picture) const;

  private:
    struct State;
    explicit FaceDetector(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace atelier::vision
