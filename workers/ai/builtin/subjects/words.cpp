#include "workers/ai/builtin/subjects/words.hpp"

#include <algorithm>

namespace atelier::ai::builtin {

std::string plain_words(std::string_view text) {
    std::string out = " ";
    const auto blank = [&] {
        if (out.back() != ' ') out += ' ';
    };
    for (const char c : text) {
        const auto u = static_cast<unsigned char>(c);
        if (c >= 'A' && c <= 'Z') {
            out += char(c - 'A' + 'a');
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '#' || c == '\'' || u >= 0x80) {
            out += c;
        } else if (c == ',' || c == '.' || c == ';' || c == ':' || c == '(' || c == ')' || c == '\n') {
            blank();
            out += ", ";
        } else {
            blank();
        }
    }
    blank();
    return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = std::min(text.find(separator), text.size());
        if (end > 0) parts.push_back(text.substr(0, end));
        if (end >= text.size()) return parts;
        text.remove_prefix(end + 1);
    }
}

std::size_t match(std::string_view plain, std::string_view phrases) {
    std::size_t most = 0;
    for (const std::string_view phrase : split(phrases, '|')) {
        const std::size_t words = 1 + std::size_t(std::ranges::count(phrase, ' '));
        if (words <= most) continue;
        if (plain.find(' ' + std::string(phrase) + ' ') == std::string_view::npos) continue;
        most = words;
    }
    return most;
}

}  // namespace atelier::ai::builtin
