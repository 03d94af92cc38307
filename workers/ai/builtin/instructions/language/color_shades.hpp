#pragma once
// Private to instructions/: words that change the colour they stand beside. English, German and Spanish,
// without accents.

#include <string_view>

namespace atelier::ai::builtin::instructions {

/// A step of lightness, a factor of chroma for the colour behind the word.
struct Shade {
    std::string_view word;
    double step, chroma;
    bool follows = false;  ///< it stands behind its colour
};
inline constexpr Shade kShades[] = {
    {"dark", -0.4, 1},         {"deep", -0.35, 1.1},      {"dunkles", -0.4, 1}, {"dunkel", -0.4, 1},
    {"oscuro", -0.4, 1, true}, {"light", 0.5, 0.8},       {"pale", 0.7, 0.5},   {"helles", 0.5, 0.8},
    {"hell", 0.5, 0.8},        {"claro", 0.5, 0.8, true}, {"soft", 0.5, 0.6},   {"pastel", 0.65, 0.6},
    {"bright", 0.1, 1.4},      {"vivid", 0.05, 1.5},      {"neon", 0.2, 1.9},   {"electric", 0.1, 1.8},
    {"muted", 0, 0.5},         {"dusty", 0.1, 0.45},      {"warm", 0, 1},       {"hot", 0, 1.4},
    {"off", -0.04, 1},         {"baby", 0.55, 0.7},       {"pure", 0, 1.2},
};

}  // namespace atelier::ai::builtin::instructions
