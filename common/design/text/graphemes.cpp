#include "common/design/text/graphemes.hpp"

#include <algorithm>
#include <span>

#include "common/design/text/grapheme_table.hpp"
#include "common/design/text/utf8.hpp"

namespace atelier::design {
namespace {

constexpr char32_t kJoiner = 0x200D;

bool is_in(std::span<const CharacterRange> ranges, char32_t c) {
    const auto after = std::upper_bound(ranges.begin(), ranges.end(), c,
                                        [](char32_t v, const CharacterRange& r) { return v < r.first; });
    return after != ranges.begin() && c <= std::prev(after)->last;
}
bool is_attached(char32_t c) {
    return c >= 0x300 && is_in(kAttached, c);
}
/// Blocks that hold pictographs, a little more than Extended_Pictographic: joiners follow nothing else.
bool is_pictograph(char32_t c) {
    return c == 0xA9 || c == 0xAE || (c >= 0x203C && c <= 0x2BFF) || (c >= 0x3030 && c <= 0x3299) ||
           (c >= 0x1F000 && c <= 0x1FAFF && !(c >= 0x1F1E6 && c <= 0x1F1FF));
}
bool is_regional(char32_t c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}
bool is_virama(char32_t c) {
    return c == 0x94D || c == 0x9CD || c == 0xACD || c == 0xB4D || c == 0xC4D || c == 0xD4D;
}

enum class Jamo { none, lead, vowel, tail, open_syllable, closed_syllable };
Jamo jamo_of(char32_t c) {
    if (c >= 0xAC00 && c <= 0xD7A3)
        return (c - 0xAC00) % 28 == 0 ? Jamo::open_syllable : Jamo::closed_syllable;
    if ((c >= 0x1100 && c <= 0x115F) || (c >= 0xA960 && c <= 0xA97C)) return Jamo::lead;
    if ((c >= 0x1160 && c <= 0x11A7) || (c >= 0xD7B0 && c <= 0xD7C6)) return Jamo::vowel;
    if ((c >= 0x11A8 && c <= 0x11FF) || (c >= 0xD7CB && c <= 0xD7FB)) return Jamo::tail;
    return Jamo::none;
}
bool is_one_syllable(Jamo before, Jamo after) {
    switch (before) {
        case Jamo::lead:
            return after != Jamo::none && after != Jamo::tail;
        case Jamo::vowel:
        case Jamo::open_syllable:
            return after == Jamo::vowel || after == Jamo::tail;
        case Jamo::tail:
        case Jamo::closed_syllable:
            return after == Jamo::tail;
        default:
            return false;
    }
}

/// What the rules need to know of the cluster so far.
struct Cluster {
    char32_t last = 0;
    bool has_pictograph = false;  ///< a pictograph and nothing but attached characters after it
    bool has_consonant = false;   ///< the same for a consonant
    bool has_virama = false;      ///< and a virama among those
    int regionals = 0;

    bool takes(char32_t c) const {
        if (last == 0) return true;
        if (last == '\r' && c == '\n') return true;
        if (last < 0x20 || c < 0x20) return false;
        if (is_attached(c)) return true;
        if (last == kJoiner && has_pictograph && is_pictograph(c)) return true;
        if (has_virama && is_in(kConjunct, c)) return true;
        if (is_regional(last) && is_regional(c)) return regionals % 2 == 1;
        return is_one_syllable(jamo_of(last), jamo_of(c));
    }
    void add(char32_t c) {
        if (!is_attached(c)) {
            has_pictograph = is_pictograph(c);
            has_consonant = is_in(kConjunct, c);
            has_virama = false;
        } else if (has_consonant && is_virama(c)) {
            has_virama = true;
        }
        regionals += is_regional(c) ? 1 : 0;
        last = c;
    }
};

char32_t capital(char32_t c) {
    if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 32 : c;
    if (c == 0xFF) return 0x178;
    if (c >= 0xE0 && c <= 0xFE) return c == 0xF7 ? c : c - 32;
    if (c == 0x131) return 'I';
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c % 2 == 0 ? c - 1 : c;
    if ((c >= 0x100 && c <= 0x177 && c != 0x138) || (c >= 0x1E00 && c <= 0x1E95) ||
        (c >= 0x1EA0 && c <= 0x1EFF) || (c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) ||
        (c >= 0x4D0 && c <= 0x52F))
        return c % 2 == 1 ? c - 1 : c;
    if (c == 0x3C2) return 0x3A3;
    if (c >= 0x3B1 && c <= 0x3CB) return c - 32;
    if (c == 0x3AC) return 0x386;
    if (c >= 0x3AD && c <= 0x3AF) return c - 37;
    if (c == 0x3CC) return 0x38C;
    if (c == 0x3CD || c == 0x3CE) return c - 63;
    if (c >= 0x430 && c <= 0x44F) return c - 32;
    if (c >= 0x450 && c <= 0x45F) return c - 80;
    if (c >= 0x561 && c <= 0x586) return c - 48;
    return c;
}

void append_utf8(std::string& out, char32_t c) {
    const auto byte = [&](char32_t value) { out.push_back(static_cast<char>(value)); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | c >> 6);
        byte(0x80 | (c & 0x3F));
    } else {
        byte(0xE0 | c >> 12);
        byte(0x80 | (c >> 6 & 0x3F));
        byte(0x80 | (c & 0x3F));
    }
}

}  // namespace

std::vector<std::string_view> split_graphemes(std::string_view text) {
    std::vector<std::string_view> out;
    Cluster cluster;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t here = at;
        const char32_t c = next_character(text, at);
        if (here > begin && !cluster.takes(c)) {
            out.push_back(text.substr(begin, here - begin));
            begin = here;
            cluster = {};
        }
        cluster.add(c);
    }
    if (begin < text.size()) out.push_back(text.substr(begin));
    return out;
}

std::string uppercase(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t here = at;
        const char32_t c = next_character(text, at);
        if (c == 0xDF)
            out += "SS";
        else if (capital(c) != c)
            append_utf8(out, capital(c));
        else
            out += text.substr(here, at - here);
    }
    return out;
}

}  // namespace atelier::design
