#pragma once
// The chance of a picture: equal seeds give equal pictures, with every standard library.

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace atelier::ai::builtin::art {

/// splitmix64 (Steele, Lea, Flood 2014): also a hash of its argument.
inline std::uint64_t scrambled(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

class Random {
  public:
    /// `stream` tells apart the uses of one seed.
    explicit Random(std::uint64_t seed, std::uint64_t stream = 0)
        : state_(scrambled(seed ^ scrambled(stream))) {}

    /// 0 ≤ … < 1
    double uniform() { return double(next() >> 11) * 0x1.0p-53; }
    double uniform(double from, double to) { return from + (to - from) * uniform(); }
    /// 0 … count − 1; count is at least 1.
    std::size_t below(std::size_t count) { return std::size_t(uniform() * double(count)); }
    bool chance(double share) { return uniform() < share; }
    /// −1 or 1.
    double sign() { return chance(0.5) ? 1 : -1; }
    /// About 0, deviation 1 (Box and Muller).
    double normal() {
        const double radius = std::sqrt(-2 * std::log(1 - uniform()));
        return radius * std::cos(2 * 3.14159265358979323846 * uniform());
    }
    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15ULL;
        return scrambled(state_);
    }

  private:
    std::uint64_t state_;
};

}  // namespace atelier::ai::builtin::art
