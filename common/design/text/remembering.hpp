#pragma once
// Measures every text once.

#include <map>
#include <unordered_map>
#include <vector>

#include "common/design/text/measure.hpp"

namespace atelier::design {

/// Asks `inner` and remembers: validation asks for the same texts in every rule and round, and shaping them
/// is most of its time. Gives what `inner` gives. Not thread-safe: for one validation. `inner` outlives it.
class RememberingMeasurer final : public TextMeasurer {
  public:
    explicit RememberingMeasurer(const TextMeasurer& inner) : inner_(inner) {}
    TextExtent measure(const TextContent& text, double width, double scale = 1) const override;

  private:
    struct Known {
        TextContent text;
        std::map<std::pair<double, double>, TextExtent> extents;  ///< by width and scale
    };
    const TextMeasurer& inner_;
    mutable std::unordered_map<std::size_t, std::vector<Known>> known_;  ///< by a hash of the letters
};

}  // namespace atelier::design
