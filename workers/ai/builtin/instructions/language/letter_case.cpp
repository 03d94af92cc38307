#include "workers/ai/builtin/instructions/language/letter_case.hpp"

#include "common/design/text/graphemes.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

bool is_between(std::string_view letter, std::string_view first, std::string_view last) {
    return letter.size() == first.size() && letter >= first && letter <= last;
}

/// Two bytes whose second is moved; capitals of Latin-1, Greek and Cyrillic stand 32 before their small
/// letters.
std::string small(std::string_view letter) {
    if (letter.size() == 1 && letter[0] >= 'A' && letter[0] <= 'Z')
        return std::string(1, static_cast<char>(letter[0] | 0x20));
    if (letter.size() != 2) return std::string(letter);
    unsigned code = (static_cast<unsigned char>(letter[0]) & 0x1fu) << 6 |
                    (static_cast<unsigned char>(letter[1]) & 0x3fu);
    const bool is_latin = is_between(letter, "À", "Þ") && letter != "×";
    const bool is_greek = is_between(letter, "Α", "Ω");
    const bool is_cyrillic = is_between(letter, "А", "Я");
    const bool is_pair = is_between(letter, "Ā", "ķ") || is_between(letter, "Ŋ", "ŷ");
    const bool is_odd_pair = is_between(letter, "Ĺ", "ň") || is_between(letter, "Ź", "ž");
    if (is_latin || is_greek || is_cyrillic)
        code += 32;
    else if (is_between(letter, "Ѐ", "Џ"))
        code += 80;
    else if ((is_pair && code % 2 == 0) || (is_odd_pair && code % 2 == 1))
        code += 1;
    return {static_cast<char>(0xc0 | code >> 6), static_cast<char>(0x80 | (code & 0x3f))};
}

bool is_letter(std::string_view letter) {
    const unsigned char c = static_cast<unsigned char>(letter[0]);
    return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

std::string lower_case(std::string_view text) {
    std::string out;
    for (const std::string_view letter : design::split_graphemes(text))
        out += small(letter);
    return out;
}

std::string title_case(std::string_view text, bool& begins) {
    std::string out;
    for (const std::string_view letter : design::split_graphemes(text)) {
        out += begins ? design::uppercase(letter) : small(letter);
        const bool is_inner = letter == "'" || letter == "’";
        begins = !is_letter(letter) || (is_inner && begins);
        if (is_inner) begins = false;
    }
    return out;
}

std::string sentence_case(std::string_view text, bool& begins) {
    std::string out;
    for (const std::string_view letter : design::split_graphemes(text)) {
        const bool is_word = is_letter(letter) && letter != "’" && letter != "“";
        out += begins && is_word ? design::uppercase(letter) : small(letter);
        if (is_word) begins = false;
        if (letter == "." || letter == "!" || letter == "?") begins = true;
    }
    return out;
}

}  // namespace atelier::ai::builtin::instructions
