#include "workers/ai/capabilities/capability.hpp"

#include <array>

namespace atelier::ai {
namespace {

constexpr std::array<std::string_view, 5> kCapabilities{"text", "vision", "image", "embedding", "safety"};
constexpr std::array<std::string_view, 6> kFailureKinds{"transient",     "rate_limited",     "permanent",
                                                        "unsafe_prompt", "malformed_output", "cancelled"};
constexpr std::array<std::string_view, 3> kQualities{"low", "medium", "high"};

}  // namespace

std::string_view to_string(Capability capability) {
    return kCapabilities.at(static_cast<std::size_t>(capability));
}

std::optional<Capability> parse_capability(std::string_view name) {
    for (std::size_t i = 0; i < kCapabilities.size(); ++i)
        if (kCapabilities[i] == name) return static_cast<Capability>(i);
    return std::nullopt;
}

std::string_view to_string(FailureKind kind) {
    return kFailureKinds.at(static_cast<std::size_t>(kind));
}

std::string_view to_string(ImageQuality quality) {
    return kQualities.at(static_cast<std::size_t>(quality));
}

}  // namespace atelier::ai
