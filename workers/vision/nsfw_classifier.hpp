#pragma once
// Is a picture safe to show: nsfwjs' MobileNetV2 at 224 × 224. Preprocessing equals the original's (RGB /
// 255, bilinear with aligned corners straight from the full picture: other resizers move the probabilities by
// up to 0.27). "Sexy" alone says little (a footballer scored 0.9); thresholds belong to the organization.
// Pictures longer than 2:1 are mirrored out to 3:2 before they are squeezed into the square.
// Fails closed: every doubt about the input or the output is an Error, never a verdict.
// Thread-safe: one mutex around the network.

#include <filesystem>
#include <memory>

#include "common/errors/error.hpp"
#include "workers/imaging/pixels.hpp"

namespace atelier::vision {

/// Probabilities that sum to 1.
struct NsfwScores {
    double drawing = 0, hentai = 0, neutral = 0, porn = 0, sexy = 0;
    bool operator==(const NsfwScores&) const = default;
};

class NsfwClassifier {
  public:
    static Result<std::unique_ptr<NsfwClassifier>> load(const std::filesystem::path& folder);
    ~NsfwClassifier();

    Result<NsfwScores> classify(const imaging::Pixels& picture) const;

  private:
    struct State;
    explicit NsfwClassifier(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace atelier::vision
