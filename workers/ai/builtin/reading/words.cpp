#include "workers/ai/builtin/reading/words.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "workers/ai/builtin/copy/wording.hpp"

namespace atelier::ai::builtin {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

// The length of a well-formed sequence at `at`, 0 where there is none.
std::size_t sequence(std::string_view text, std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t size = first < 0x80                    ? 1
                             : first >= 0xc2 && first < 0xe0 ? 2
                             : first >= 0xe0 && first < 0xf0 ? 3
                             : first >= 0xf0 && first < 0xf5 ? 4
                                                             : 0;
    if (size == 0 || at + size > text.size()) return 0;
    for (std::size_t i = 1; i < size; ++i)
        if ((static_cast<unsigned char>(text[at + i]) & 0xc0) != 0x80) return 0;
    return size;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 26> kSame{{
    {"“", "\""},     {"”", "\""},  {"„", "\""},    {"«", "\""},    {"»", "\""},     {"「", "\""},
    {"」", "\""},    {"『", "\""}, {"』", "\""},   {"‘", "'"},     {"’", "'"},      {"ʼ", "'"},
    {"`", "'"},      {"–", "-"},   {"‑", "-"},     {"—", " - "},   {"\u00a0", " "}, {"\u202f", " "},
    {"\u2009", " "}, {"…", "..."}, {"\u200b", ""}, {"\ufeff", ""}, {"，", ","},     {"。", ". "},
    {"：", ":"},     {"！", "!"},
}};

std::string clean(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = sequence(text, at);
        if (size == 0) {
            ++at;
            continue;
        }
        const std::string_view one = text.substr(at, size);
        const auto same =
            std::find_if(kSame.begin(), kSame.end(), [&](const auto& pair) { return pair.first == one; });
        if (same != kSame.end())
            out += same->second;
        else if (size == 1 && (one[0] == '\t' || one[0] == '\r'))
            out += ' ';
        else if (size > 1 || one[0] >= ' ' || one[0] == '\n')
            out += one;
        at += size;
    }
    // "St. Mary's": no sentence ends there.
    for (std::size_t at = 0; (at = out.find("St. ", at)) != std::string::npos; ++at)
        if (at + 4 < out.size() && out[at + 4] >= 'A' && out[at + 4] <= 'Z') out.erase(at + 2, 1);
    return out;
}

// "tavola.com", "https://…", "www.…": the end of an address that begins at `at`, or `at`.
std::size_t address(std::string_view text, std::size_t at) {
    std::size_t end = std::min(text.find_first_of(" \n\"<>|,;()", at), text.size());
    while (end > at && std::string_view(".!?:").find(text[end - 1]) != std::string_view::npos)
        --end;
    const std::string_view word = text.substr(at, end - at);
    if (word.rfind("http://", 0) == 0 || word.rfind("https://", 0) == 0 || word.rfind("www.", 0) == 0)
        return end;
    static constexpr std::array<std::string_view, 24> kEnds{
        "com", "org", "net",  "io", "de", "fr", "es", "it",   "pt",    "co", "uk", "in",
        "app", "dev", "shop", "eu", "ch", "at", "nl", "info", "store", "ai", "me", "us"};
    const std::string_view host = word.substr(0, word.find('/'));
    const std::size_t dot = host.rfind('.');
    if (dot == std::string_view::npos || dot < 2 || !is_letter(host[0])) return at;
    return std::find(kEnds.begin(), kEnds.end(), host.substr(dot + 1)) == kEnds.end() ? at : end;
}

// Seven to fifteen digits with the usual marks between them, begun by + or 0.
std::size_t phone(std::string_view text, std::size_t at) {
    // "555-0134-778": three digits and a dash.
    const bool is_dashed = at + 4 < text.size() && is_digit(text[at]) && is_digit(text[at + 1]) &&
                           is_digit(text[at + 2]) && text[at + 3] == '-' && is_digit(text[at + 4]);
    if (text[at] != '+' && text[at] != '0' && text[at] != '(' && !is_dashed) return at;
    std::size_t digits = 0, end = at;
    for (std::size_t i = at; i < text.size(); ++i) {
        if (is_digit(text[i])) {
            ++digits;
            end = i + 1;
        } else if (std::string_view("+ -()/").find(text[i]) == std::string_view::npos) {
            break;
        }
    }
    return digits >= (is_dashed ? 7u : 8u) && digits <= 15 ? end : at;
}

std::size_t word_end(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size()) {
        const char c = text[end];
        const bool inside = end > at && end + 1 < text.size();
        if (is_letter(c) || is_digit(c) ||
            (inside && (c == '\'' || c == '-') && (is_letter(text[end + 1]) || is_digit(text[end + 1]))) ||
            (inside && (c == '.' || c == ',' || c == ':' || c == '/') && is_digit(text[end - 1]) &&
             is_digit(text[end + 1])))
            ++end;
        else
            break;
    }
    return end;
}

Word take(std::string_view text, std::size_t at) {
    const auto as = [&](Kind kind, std::size_t from, std::size_t to, std::size_t end) {
        Word word{std::string(text.substr(from, to - from)), {}, kind, at, end};
        word.low = lower(word.text);
        return word;
    };
    if (text[at] == '"') {
        const std::size_t close = text.find('"', at + 1);
        if (close != std::string_view::npos && !trim(text.substr(at + 1, close - at - 1)).empty())
            return as(Kind::quote, at + 1, close, close + 1);
    }
    if (text[at] == '#' && at + 1 < text.size()) {
        const std::size_t end = word_end(text, at + 1);
        const std::string_view tag = text.substr(at + 1, end - at - 1);
        const bool is_hex = (tag.size() == 6 || tag.size() == 3) &&
                            tag.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
        if (!tag.empty()) return as(is_hex ? Kind::hex : Kind::hashtag, at, end, end);
    }
    if (const std::size_t end = address(text, at); end > at) return as(Kind::url, at, end, end);
    if (const std::size_t end = phone(text, at); end > at) return as(Kind::phone, at, end, end);
    if (const std::size_t end = word_end(text, at); end > at) {
        // "Mr. Okafor": the point belongs to the title.
        const std::string word = lower(text.substr(at, end - at));
        const bool is_title = word == "mr" || word == "mrs" || word == "ms" || word == "dr" || word == "prof";
        const std::size_t stop = is_title && end < text.size() && text[end] == '.' ? end + 1 : end;
        return as(Kind::word, at, stop, stop);
    }
    return as(Kind::mark, at, at + 1, at + 1);
}

// Currency signs and typographic signs are marks although they are letters by their bytes.
std::string spaced(std::string text) {
    for (const std::string_view sign : {"€", "£", "₹", "¥", "₩", "₽", "₺", "•", "·", "×", "→", "|"}) {
        for (std::size_t at = 0; (at = text.find(sign, at)) != std::string::npos;) {
            text.insert(at + sign.size(), " ");
            text.insert(at, " ");
            at += sign.size() + 2;
        }
    }
    return text;
}

}  // namespace

std::string valid_text(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = sequence(text, at);
        const bool is_control =
            size == 1 && static_cast<unsigned char>(text[at]) < ' ' && text[at] != '\n' && text[at] != '\t';
        if (size > 0 && !is_control && text[at] != '\x7f') out.append(text, at, size);
        at += std::max<std::size_t>(size, 1);
    }
    return out;
}

bool Prompt::is(std::size_t at, std::string_view low) const {
    return at < words.size() && words[at].low == low && words[at].kind != Kind::quote;
}

void Prompt::mark(std::size_t from, std::size_t to, Role role) {
    for (std::size_t i = from; i < to && i < words.size(); ++i)
        words[i].role = role;
}

std::string Prompt::slice(std::size_t from, std::size_t to) const {
    if (from >= to || from >= words.size()) return {};
    std::string out;
    for (const char c : text.substr(words[from].begin, words[to - 1].end - words[from].begin))
        if (c != '\n' && (c != ' ' || (!out.empty() && out.back() != ' ')))
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    return trim(out);
}

Prompt read_words(std::string_view prompt) {
    Prompt out;
    out.text = spaced(clean(prompt));
    for (std::size_t at = 0; at < out.text.size();) {
        if (out.text[at] == ' ') {
            ++at;
            continue;
        }
        Word word = take(out.text, at);
        if (word.kind == Kind::mark) word.role = Role::mark;
        at = word.end;
        out.words.push_back(std::move(word));
    }
    return out;
}

std::vector<std::string> phrase_words(std::string_view phrase) {
    std::vector<std::string> out;
    for (const Word& word : read_words(phrase).words)
        out.push_back(word.low);
    return out;
}

}  // namespace atelier::ai::builtin
