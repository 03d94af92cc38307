#include "workers/ai/builtin/copy/wording.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "copy_templates.hpp"

namespace atelier::ai::builtin {
namespace {

constexpr std::array<std::string_view, 29> kSmallWords{
    "a",  "an",  "and", "as",   "at",  "but", "by",  "for", "from", "in",   "into", "nor", "of", "on", "or",
    "so", "the", "to",  "with", "yet", "vs",  "per", "via", "than", "over", "pm",   "am",  "&",  "off"};

struct Letter {
    char32_t code = 0;
    std::size_t size = 1;
};

Letter letter_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) -> char32_t {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
    };
    const char32_t first = byte(at);
    if (first < 0x80) return {first, 1};
    if (first < 0xe0) return {((first & 0x1f) << 6) | (byte(at + 1) & 0x3f), 2};
    if (first < 0xf0)
        return {((first & 0x0f) << 12) | ((byte(at + 1) & 0x3f) << 6) | (byte(at + 2) & 0x3f), 3};
    return {((first & 7) << 18) | ((byte(at + 1) & 0x3f) << 12) | ((byte(at + 2) & 0x3f) << 6) |
                (byte(at + 3) & 0x3f),
            4};
}

void append(std::string& out, char32_t code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else {
        out += static_cast<char>(0xc0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3f));
    }
}

// Both directions for the blocks whose letters have two bytes; others have no case here.
char32_t small(char32_t c) {
    if (c >= 'A' && c <= 'Z') return c + 32;
    if (c >= 0xc0 && c <= 0xde && c != 0xd7) return c + 32;
    if (c >= 0x100 && c <= 0x137) return c == 0x130 ? 'i' : c | 1;
    if (c >= 0x139 && c <= 0x148) return (c & 1) ? c + 1 : c;
    if (c >= 0x14a && c <= 0x177) return c | 1;
    if (c >= 0x179 && c <= 0x17e) return (c & 1) ? c + 1 : c;
    if (c >= 0x391 && c <= 0x3a9) return c + 32;
    if (c >= 0x410 && c <= 0x42f) return c + 32;
    if (c >= 0x400 && c <= 0x40f) return c + 80;
    return c;
}

char32_t large(char32_t c) {
    if (c >= 'a' && c <= 'z') return c - 32;
    if (c >= 0xe0 && c <= 0xfe && c != 0xf7) return c - 32;
    if (c >= 0x100 && c <= 0x137) return c == 0x131 ? 'I' : c & ~char32_t{1};
    if (c >= 0x139 && c <= 0x148) return (c & 1) ? c : c - 1;
    if (c >= 0x14a && c <= 0x177) return c & ~char32_t{1};
    if (c >= 0x179 && c <= 0x17e) return (c & 1) ? c : c - 1;
    if (c >= 0x3b1 && c <= 0x3c9 && c != 0x3c2) return c - 32;
    if (c >= 0x430 && c <= 0x44f) return c - 32;
    if (c >= 0x450 && c <= 0x45f) return c - 80;
    return c;
}

bool holds_large(std::string_view word) {
    for (std::size_t at = 0; at < word.size();) {
        const Letter letter = letter_at(word, at);
        if (small(letter.code) != letter.code) return true;
        at += letter.size;
    }
    return false;
}

const std::unordered_set<std::string>& mass_nouns() {
    static const std::unordered_set<std::string> words = [] {
        std::unordered_set<std::string> out;
        for (const std::string& line : split(copy_templates::find("templates/mass_nouns.txt"), '\n'))
            if (line.front() != '#')
                for (std::string& word : split(line, ' '))
                    out.insert(std::move(word));
        return out;
    }();
    return words;
}

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string head_of(std::string_view phrase) {
    static const std::unordered_set<std::string> kEnds{"of", "for",  "with", "in", "at",
                                                       "on", "from", "by",   "to"};
    std::string head;
    for (const std::string& word : split(lower(phrase), ' ')) {
        if (kEnds.contains(word)) break;
        head = word;
    }
    return head;
}

}  // namespace

std::string lower(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const Letter letter = letter_at(text, at);
        if (letter.size <= 2)
            append(out, small(letter.code));
        else
            out.append(text.substr(at, letter.size));
        at += letter.size;
    }
    return out;
}

std::string sentence_case(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size() && std::string_view("\"'([").find(text[at]) != std::string_view::npos)
        ++at;
    if (at >= text.size()) return std::string(text);
    const Letter letter = letter_at(text, at);
    std::string out(text.substr(0, at));
    if (letter.size <= 2)
        append(out, large(letter.code));
    else
        out.append(text.substr(at, letter.size));
    return out.append(text.substr(std::min(text.size(), at + letter.size)));
}

std::string title_case(std::string_view text) {
    std::string out;
    const std::vector<std::string> words = split(text, ' ');
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) out += ' ';
        const bool begins =
            i == 0 || (!out.empty() && out.size() > 1 &&
                       std::string_view(":.!?").find(out[out.size() - 2]) != std::string_view::npos);
        const bool is_small =
            std::find(kSmallWords.begin(), kSmallWords.end(), words[i]) != kSmallWords.end();
        if (holds_large(words[i]) || (is_small && !begins && i + 1 < words.size()))
            out += words[i];
        else
            out += sentence_case(words[i]);
    }
    return out;
}

bool begins_large(std::string_view word) {
    if (word.empty()) return false;
    const char32_t code = letter_at(word, 0).code;
    return small(code) != code;
}

std::size_t letters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string cut_at_word(std::string_view text, std::size_t most) {
    if (letters(text) <= most) return std::string(text);
    std::size_t at = 0;
    for (std::size_t count = 0; at < text.size() && count < most; ++count)
        at += letter_at(text, at).size;
    const std::string_view start = text.substr(0, std::min(at, text.size()));
    const std::size_t space = at < text.size() && text[at] == ' ' ? start.size() : start.rfind(' ');
    return trim(space == std::string_view::npos || space < start.size() / 3 ? start : start.substr(0, space));
}

std::string trim(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t from = text.find_first_not_of(kSpace);
    if (from == std::string_view::npos) return {};
    return std::string(text.substr(from, text.find_last_not_of(kSpace) - from + 1));
}

std::vector<std::string> split(std::string_view text, char by) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(by, at), text.size());
        if (std::string part = trim(text.substr(at, end - at)); !part.empty()) out.push_back(std::move(part));
        at = end + 1;
    }
    return out;
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
    std::string out;
    for (const std::string& part : parts) {
        if (part.empty()) continue;
        if (!out.empty()) out += between;
        out += part;
    }
    return out;
}

Number number_of(std::string_view phrase) {
    static const std::unordered_set<std::string> kPlural{
        "people", "children", "kids",  "men",   "women", "feet",  "teeth",   "mice",
        "geese",  "clothes",  "goods", "jeans", "shoes", "pants", "glasses", "wine-and-cheese"};
    static const std::unordered_set<std::string> kSingle{
        "bus",  "gas",   "lens",      "campus", "circus", "bonus", "menu",  "series", "yes",
        "news", "chess", "christmas", "atlas",  "canvas", "iris",  "oasis", "tennis", "swiss"};
    const std::string head = head_of(phrase);
    if (lower(phrase).find(" and ") != std::string::npos || phrase.find(" & ") != std::string_view::npos)
        return Number::plural;
    if (kPlural.contains(head)) return Number::plural;
    if (mass_nouns().contains(head)) return Number::mass;
    if (kSingle.contains(head) || ends_with(head, "ss") || ends_with(head, "us") || ends_with(head, "'s"))
        return Number::single;
    return ends_with(head, "s") ? Number::plural : Number::single;
}

std::string with_article(std::string_view phrase) {
    const std::string low = lower(phrase);
    const auto begins = [&](std::string_view start) { return low.rfind(start, 0) == 0; };
    bool vowel = !low.empty() && std::string_view("aeiou8").find(low[0]) != std::string_view::npos;
    for (const std::string_view consonant : {"uni", "use", "eu", "one", "uk", "ut"})
        if (begins(consonant)) vowel = begins("unin") || begins("unim");
    for (const std::string_view silent : {"hour", "honest", "heir", "honour", "honor", "11", "18"})
        if (begins(silent)) vowel = true;
    return (vowel ? "an " : "a ") + std::string(phrase);
}

}  // namespace atelier::ai::builtin
