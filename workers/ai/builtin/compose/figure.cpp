#include "workers/ai/builtin/compose/figure.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace atelier::ai::builtin::layout {
namespace {

constexpr std::array<std::string_view, 14> kUnits{"january",  "february", "march",  "april",     "may",
                                                  "june",     "july",     "august", "september", "october",
                                                  "november", "december", "off",    "days"};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return char(std::tolower(c)); });
    return text;
}

std::string bare(std::string word) {
    while (!word.empty() && std::string_view(",.;:!?·").find(word.back()) != std::string_view::npos)
        word.pop_back();
    return word;
}

bool is_unit(const std::string& word) {
    const std::string small = lower(bare(word));
    return std::any_of(kUnits.begin(), kUnits.end(), [&](std::string_view unit) {
        return small == unit || (unit.size() > 4 && small == unit.substr(0, 3));
    });
}

bool has_digit(const std::string& word) {
    return std::any_of(word.begin(), word.end(), [](unsigned char c) { return std::isdigit(c); });
}

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> out(1);
    for (const char c : text) {
        if (c != ' ')
            out.back() += c;
        else if (!out.back().empty())
            out.emplace_back();
    }
    if (out.back().empty()) out.pop_back();
    return out;
}

std::optional<Figure> figure_in(const std::string& text) {
    const std::vector<std::string> words = words_of(text);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string word = bare(words[i]);
        if (!has_digit(word) || word.size() > 7) continue;
        if (i + 1 < words.size() && is_unit(words[i + 1])) return Figure{word, bare(words[i + 1])};
        if (i > 0 && is_unit(words[i - 1])) return Figure{word, bare(words[i - 1])};
        const bool says_enough =
            word.find('%') != std::string::npos || !std::isdigit(static_cast<unsigned char>(word[0]));
        if (says_enough) return Figure{word, ""};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Figure> figure_of(const Copy& copy) {
    for (const std::string* text : {&copy.badge, &copy.caption, &copy.kicker, &copy.headline})
        if (auto found = figure_in(*text)) return found;
    return std::nullopt;
}

}  // namespace atelier::ai::builtin::layout
