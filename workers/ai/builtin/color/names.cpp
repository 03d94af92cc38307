#include "workers/ai/builtin/color/names.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace atelier::ai::builtin {
namespace {

struct Shade {
    std::uint32_t rgb;
    std::string_view names;  ///< between "|"
};
constexpr Shade kShades[] = {
    {0xd92d20, "red|rot|rojo|roja"},
    {0xa3122a, "crimson|blood red|deep red|dark red"},
    {0xe0301e, "scarlet"},
    {0xe0401f, "vermilion"},
    {0xb1122b, "cherry red"},
    {0xa5102f, "ruby|ruby red"},
    {0x6d1a2d, "burgundy|maroon|wine|wine red"},
    {0xf57c1f, "orange|naranja"},
    {0xb7410e, "burnt orange|rust|rust orange"},
    {0xc66b4e, "terracotta"},
    {0xff7a5c, "coral"},
    {0xfa9a85, "salmon|salmon pink"},
    {0xf8c3a0, "peach"},
    {0xf3b27a, "apricot"},
    {0xf2a31b, "amber"},
    {0xf4a300, "saffron"},
    {0xd4af37, "gold|golden"},
    {0xb5a642, "brass"},
    {0xe6d2a8, "champagne|champagne gold"},
    {0xd29b1f, "mustard|mustard yellow"},
    {0xc4832a, "ochre|ocher"},
    {0xf6c915, "yellow|gelb|amarillo|amarilla"},
    {0xfbe45a, "lemon|lemon yellow"},
    {0xfbef8a, "pale yellow|light yellow|pastel yellow"},
    {0xf4ff1f, "neon yellow"},
    {0xa6d608, "lime|lime green|neon green"},
    {0x6b7034, "olive|olive green|khaki green"},
    {0xb8a873, "khaki"},
    {0x6a7b3c, "moss green"},
    {0x2e8b57, "green|grün|grun|gruen|verde"},
    {0x0b7a4b, "emerald|emerald green"},
    {0x1e4d2b, "forest|forest green|dark green|deep green|bottle green|hunter green|pine green"},
    {0xa8e0c8, "mint|mint green|pastel green"},
    {0x9caf88, "sage|sage green"},
    {0x0f7c7c, "teal"},
    {0x005f6a, "petrol|petrol blue"},
    {0x2ec4b6, "turquoise|türkis|turkis|tuerkis|turquesa"},
    {0x22c3dd, "cyan"},
    {0x4fd1d9, "aqua"},
    {0x2f8fe0, "azure"},
    {0xd6eef5, "ice blue|icy blue"},
    {0x8ec5ec, "sky|sky blue|light blue|pale blue|baby blue|powder blue|pastel blue"},
    {0x1f5fd0, "blue|blau|azul"},
    {0x1f51ff, "electric blue|bright blue|neon blue"},
    {0x2747b3, "royal|royal blue"},
    {0x0047ab, "cobalt|cobalt blue"},
    {0x1b3f9c, "sapphire|sapphire blue"},
    {0x3b5b82, "denim blue"},
    {0x14274e, "navy|navy blue|dark blue|deep blue"},
    {0x121a3a, "midnight|midnight blue"},
    {0x3b2a82, "indigo"},
    {0x8d97e8, "periwinkle"},
    {0x6b2fa0, "purple|lila|morado"},
    {0x3f1a66, "deep purple|dark purple|royal purple"},
    {0x7a3fd0, "violet|violett|violeta"},
    {0xc3b1e1, "lavender|light purple|pale purple|pastel purple"},
    {0xc8a2d6, "lilac"},
    {0xb48aa8, "mauve"},
    {0x5c2a4f, "plum"},
    {0xd5128b, "magenta"},
    {0xe0218a, "fuchsia"},
    {0xf06ba8, "pink|rosa"},
    {0xff1f8f, "hot pink|neon pink|bright pink|shocking pink"},
    {0xe27d90, "rose"},
    {0xf4c9cd, "blush|blush pink|pale pink|light pink|baby pink|pastel pink|soft pink"},
    {0xc9929a, "dusty rose|dusty pink|old rose"},
    {0xb76e79, "rose gold"},
    {0x6f4a2f, "brown|braun|marrón|marron"},
    {0x4e2a1a, "chocolate|chocolate brown|dark brown"},
    {0x4b3223, "coffee|coffee brown|espresso|espresso brown"},
    {0xc68642, "caramel"},
    {0xcfae86, "tan"},
    {0xe2cfa8, "sand"},
    {0xe6d8c3, "beige"},
    {0xf7f0df, "cream|off white"},
    {0xfdf8ec, "ivory"},
    {0xb4653a, "copper"},
    {0xa97142, "bronze"},
    {0xc0c4c9, "silver|silber"},
    {0xe2e3e5, "platinum"},
    {0x8c9196, "grey|gray|grau|gris"},
    {0xdfe2e5, "light grey|light gray|pale grey|pale gray"},
    {0x2f3336, "charcoal|anthracite|dark grey|dark gray"},
    {0x54616e, "slate|slate grey|slate gray"},
    {0xa89f91, "stone grey|stone gray"},
    {0x8b7b6b, "taupe"},
    {0x111111, "black|schwarz|negro|negra"},
    {0xffffff, "white|weiß|weiss|blanco|blanca"},
};

std::vector<NamedColor> names_of_shades() {
    std::vector<NamedColor> out;
    for (const Shade& shade : kShades) {
        const auto byte = [&](int shift) { return static_cast<std::uint8_t>(shade.rgb >> shift); };
        const design::Color color{byte(16), byte(8), byte(0)};
        for (std::size_t at = 0; at < shade.names.size();) {
            const std::size_t end = std::min(shade.names.find('|', at), shade.names.size());
            out.push_back({shade.names.substr(at, end - at), color});
            at = end + 1;
        }
    }
    std::ranges::sort(out, {}, &NamedColor::name);
    return out;
}

}  // namespace

std::span<const NamedColor> color_names() {
    static const std::vector<NamedColor> kNames = names_of_shades();
    return kNames;
}

std::optional<design::Color> named_color(std::string_view name) {
    const auto names = color_names();
    const auto found = std::ranges::lower_bound(names, name, {}, &NamedColor::name);
    if (found == names.end() || found->name != name) return {};
    return found->color;
}

}  // namespace atelier::ai::builtin
