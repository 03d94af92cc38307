#include "common/design/text/utf8.hpp"

namespace atelier::design {

char32_t next_character(std::string_view text, std::size_t& at) {
    const auto byte = [&] { return static_cast<unsigned char>(text[at]); };
    const unsigned first = byte();
    ++at;
    const int tails = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
    if (tails == 0) return first;
    char32_t c = first & (0x3Fu >> tails);
    for (int i = 0; i < tails && at < text.size() && (byte() & 0xC0) == 0x80; ++i, ++at)
        c = c << 6 | (byte() & 0x3Fu);
    return c;
}

bool has_characters(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (; count > 0 && at < text.size(); --count)
        next_character(text, at);
    return count == 0;
}

std::string first_characters(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (; count > 0 && at < text.size(); --count)
        next_character(text, at);
    return std::string(text.substr(0, at));
}

}  // namespace atelier::design
