#pragma once
// Which colours an occasion or a tone calls for, when nobody names any.

#include <array>
#include <string_view>

#include "common/design/model/color.hpp"

namespace atelier::ai::builtin::layout {

struct ColorSeed {
    std::string_view words;  ///< any of them, between blanks
    design::Color primary, accent;
    bool prefers_dark = false;
};

constexpr design::Color rgb(unsigned hex) {
    return {std::uint8_t(hex >> 16), std::uint8_t(hex >> 8), std::uint8_t(hex), 255};
}

/// The first that matches counts: occasions, then seasons and things, then tones.
inline constexpr std::array kColorSeeds{
    ColorSeed{" diwali deepavali ", rgb(0x4a1259), rgb(0xe8b64c), true},
    ColorSeed{" lunar chinese tet ", rgb(0xb8191f), rgb(0xf0c05a)},
    ColorSeed{" black friday ", rgb(0xd6132a), rgb(0xffd21f), true},
    ColorSeed{" christmas xmas ", rgb(0x14532d), rgb(0xc8102e)},
    ColorSeed{" halloween ", rgb(0x3b1c5a), rgb(0xff7a1a), true},
    ColorSeed{" valentine valentine's ", rgb(0xc2185b), rgb(0xff8fa3)},
    ColorSeed{" easter ", rgb(0x8fcf9f), rgb(0xf4a6c0)},
    ColorSeed{" eid ramadan ", rgb(0x0f4c43), rgb(0xe0b654), true},
    ColorSeed{" hanukkah ", rgb(0x1d4e9e), rgb(0xd8c37a)},
    ColorSeed{" holi carnival ", rgb(0xd81b78), rgb(0xffc21a)},
    ColorSeed{" patrick patrick's ", rgb(0x12703c), rgb(0xf2b632)},
    ColorSeed{" mother mother's ", rgb(0xd97b93), rgb(0x5d8a66)},
    ColorSeed{" wedding bridal engagement ", rgb(0xd8a7a0), rgb(0x8a5a4f)},
    ColorSeed{" new year ", rgb(0x14213d), rgb(0xe9c46a), true},
    ColorSeed{" jazz blues night club concert ", rgb(0x1d2b64), rgb(0xf2a541), true},
    ColorSeed{" coffee espresso barista roast ", rgb(0x5b3a26), rgb(0xd08c4a)},
    ColorSeed{" yoga wellness spa meditation ", rgb(0x8fb8a8), rgb(0xd99a7c)},
    ColorSeed{" kids children camp playground ", rgb(0x2f6df0), rgb(0xffb703)},
    ColorSeed{" wine cocktail bar ", rgb(0x6b1d3a), rgb(0xe3b06b), true},
    ColorSeed{" bakery bread cake pastry ", rgb(0xb5652b), rgb(0xf3c98b)},
    ColorSeed{" summer beach holiday ", rgb(0x0091ad), rgb(0xff7b54)},
    ColorSeed{" spring garden flowers floral ", rgb(0x4f9d69), rgb(0xf28ab2)},
    ColorSeed{" autumn fall harvest thanksgiving ", rgb(0xa44a1f), rgb(0xe0a030)},
    ColorSeed{" winter snow ski ", rgb(0x23527c), rgb(0x8fd3f4)},
    ColorSeed{" organic natural earthy eco sustainable ", rgb(0x5f6b3a), rgb(0xb5693c)},
    ColorSeed{" fitness gym sport sporty run ", rgb(0x111827), rgb(0xc6f432), true},
    ColorSeed{" tech software digital ai cyber futuristic code coding ", rgb(0x3b3bf0), rgb(0x22d3c5), true},
    ColorSeed{" photography photographer camera video ", rgb(0x16202c), rgb(0xffcc00), true},
    ColorSeed{" premium luxury luxurious exclusive ", rgb(0x15120f), rgb(0xd9b25f), true},
    ColorSeed{" romantic tender blush ", rgb(0xe3a6a1), rgb(0x9d4b57)},
    ColorSeed{" playful fun cheerful colourful colorful ", rgb(0xff5d5d), rgb(0xffc93c)},
    ColorSeed{" calm serene gentle quiet peaceful ", rgb(0x7fa8b8), rgb(0xe0a58a)},
    ColorSeed{" bold loud energetic urgent ", rgb(0xe4002b), rgb(0xffd400)},
    ColorSeed{" swiss ", rgb(0xe2231a), rgb(0x111111)},
    ColorSeed{" minimal minimalist clean ", rgb(0x1f2a37), rgb(0xe4572e)},
    ColorSeed{" friendly warm welcoming kind ", rgb(0xe76f51), rgb(0x2a9d8f)},
    ColorSeed{" elegant sophisticated classic ", rgb(0x2f3e46), rgb(0xc2a36b)},
    ColorSeed{" professional corporate serious ", rgb(0x1f4e79), rgb(0xf2994a)},
    ColorSeed{" festive celebration party ", rgb(0x7b1fa2), rgb(0xffb300)},
};

}  // namespace atelier::ai::builtin::layout
