#pragma once
// Which pixels belong to people in the foreground: MediaPipe's selfie segmentation at 256 × 256. Made for
// portraits: it sees people that fill a good part of the picture, not passers-by, and takes some animals and
// statues for people. Thread-safe: one mutex around the network.

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "common/elements/element.hpp"
#include "workers/imaging/pixels.hpp"

namespace atelier::vision {

/// Probability of "person" on a square grid stretched over the whole picture, row by row.
struct PersonMask {
    static constexpr int kSide = 256;
    std::vector<float> probability;  ///< kSide * kSide values, 0…1
};

class PersonSegmenter {
  public:
    static Result<std::unique_ptr<PersonSegmenter>> load(const std::filesystem::path& folder);
    ~PersonSegmenter();

    Result<PersonMask> segment(const imaging::Pixels& picture) const;

  private:
    struct State;
    explicit PersonSegmenter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// The largest connected person region (with those of at least a quarter of its size), in pixels of a picture
/// of this size; nothing when it covers less than 2 % of the picture.
Result<std::optional<elements::Element>> person_box(const PersonMask& mask, int width, int height);

}  // namespace atelier::vision
