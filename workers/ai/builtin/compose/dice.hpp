#pragma once
// Chance that is the same on every machine: SplitMix64 (Steele, Lea, Flood 2014).

#include <cstdint>
#include <string_view>

namespace atelier::ai::builtin::layout {

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    /// 0 ≤ … < 1
    double unit() { return double(next() >> 11) * 0x1.0p-53; }
    double between(double low, double high) { return low + (high - low) * unit(); }
    /// 0 … count − 1; `count` ≥ 1
    std::size_t below(std::size_t count) { return std::size_t(next() % count); }
    bool chance(double share) { return unit() < share; }

  private:
    std::uint64_t state_;
};

/// FNV-1a, mixed with a seed: the start of a Dice that depends on a name.
inline std::uint64_t seed_for(std::uint64_t seed, std::string_view name) {
    std::uint64_t hash = 0xCBF29CE484222325ULL ^ seed;
    for (const char c : name)
        hash = (hash ^ std::uint8_t(c)) * 0x100000001B3ULL;
    return Dice(hash).next();
}

}  // namespace atelier::ai::builtin::layout
