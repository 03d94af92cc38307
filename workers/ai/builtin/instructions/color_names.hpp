#pragma once
// Private to instructions/: what a colour word looks like on a design: a shade that a designer would take,
// not the screen's primary. English, German and Spanish, without accents.

#include <cstdint>
#include <string_view>

namespace atelier::ai::builtin::instructions {

struct ColorName {
    std::string_view name;
    std::uint32_t rgb;
};

inline constexpr ColorName kColorNames[] = {
    {"red", 0xd92d20},      {"rot", 0xd92d20},      {"rojo", 0xd92d20},      {"roja", 0xd92d20},
    {"crimson", 0xb3122d},  {"scarlet", 0xe0301e},  {"burgundy", 0x6d1a2d},  {"maroon", 0x6b1f1f},
    {"wine", 0x722f37},     {"orange", 0xf07f13},   {"naranja", 0xf07f13},   {"coral", 0xff6f61},
    {"salmon", 0xfa8a76},   {"peach", 0xffcba4},    {"apricot", 0xfbb982},   {"terracotta", 0xc4623f},
    {"rust", 0xa9441f},     {"amber", 0xf5a800},    {"gold", 0xd4a72c},      {"golden", 0xd4a72c},
    {"mustard", 0xd3a625},  {"yellow", 0xf9d423},   {"gelb", 0xf9d423},      {"amarillo", 0xf9d423},
    {"amarilla", 0xf9d423}, {"lemon", 0xfff04d},    {"lime", 0xa4d037},      {"olive", 0x6b7233},
    {"green", 0x2e8b47},    {"grun", 0x2e8b47},     {"gruen", 0x2e8b47},     {"verde", 0x2e8b47},
    {"emerald", 0x128a5b},  {"forest", 0x1f4d2e},   {"mint", 0xa8e6cf},      {"sage", 0x9caf88},
    {"teal", 0x127475},     {"petrol", 0x0b5563},   {"turquoise", 0x2bbfb3}, {"turkis", 0x2bbfb3},
    {"turquesa", 0x2bbfb3}, {"cyan", 0x19b5d8},     {"aqua", 0x4fd1d9},      {"sky", 0x7ec8f2},
    {"blue", 0x1f5fd0},     {"blau", 0x1f5fd0},     {"azul", 0x1f5fd0},      {"royal", 0x2746c7},
    {"cobalt", 0x1a47a8},   {"navy", 0x14254a},     {"midnight", 0x101b3b},  {"indigo", 0x3f37a5},
    {"purple", 0x7a2fb8},   {"violet", 0x7a3ff2},   {"lila", 0x9b6bd1},      {"violett", 0x7a3ff2},
    {"morado", 0x7a2fb8},   {"violeta", 0x7a3ff2},  {"lavender", 0xc7b5ea},  {"lilac", 0xc8a2d6},
    {"plum", 0x6e2a5c},     {"magenta", 0xd01c8b},  {"fuchsia", 0xe0218a},   {"pink", 0xf06ba8},
    {"rosa", 0xf06ba8},     {"rose", 0xe8628b},     {"blush", 0xf4c6c3},     {"brown", 0x7b4b2a},
    {"braun", 0x7b4b2a},    {"marron", 0x7b4b2a},   {"chocolate", 0x4e2a1a}, {"coffee", 0x5b3a29},
    {"tan", 0xd2b48c},      {"sand", 0xe2cfa8},     {"beige", 0xf1e6d2},     {"cream", 0xfbf4e2},
    {"ivory", 0xfdf8ec},    {"copper", 0xb66d3c},   {"bronze", 0xa9732f},    {"silver", 0xc2c7ce},
    {"silber", 0xc2c7ce},   {"gray", 0x7d828c},     {"grey", 0x7d828c},      {"grau", 0x7d828c},
    {"gris", 0x7d828c},     {"charcoal", 0x2f343d}, {"slate", 0x56616f},     {"anthracite", 0x2b2f36},
    {"black", 0x111111},    {"schwarz", 0x111111},  {"negro", 0x111111},     {"negra", 0x111111},
    {"white", 0xffffff},    {"weiss", 0xffffff},    {"blanco", 0xffffff},    {"blanca", 0xffffff},
};

/// Words that shade the colour behind them: a step of lightness, a factor of chroma.
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
