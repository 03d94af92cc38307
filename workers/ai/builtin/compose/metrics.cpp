#include "workers/ai/builtin/compose/metrics.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

namespace atelier::ai::builtin::layout {
namespace {

constexpr double kSample = 100;  ///< pixels at which widths are taken
constexpr double kNever = 1e9;

std::size_t character_length(unsigned char first) {
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

char32_t character_at(std::string_view text, std::size_t at) {
    const unsigned char first = static_cast<unsigned char>(text[at]);
    const std::size_t length = std::min(character_length(first), text.size() - at);
    char32_t c = length == 1 ? first : first & (0xFF >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
        c = (c << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3F);
    return c;
}

bool is_ideograph(char32_t c) {
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF);
}
/// Marks that no line begins with.
bool clings(char32_t c) {
    return (c >= 0x3001 && c <= 0x3002) || c == 0x300D || c == 0x300F || c == 0x30FC || c == 0xFF01 ||
           c == 0xFF0C || c == 0xFF1F;
}

/// Whether a line may begin with `c` after `before`. Japanese keeps its katakana words whole and its endings
/// with what they end: a phrase begins where kanji or katakana follow something else.
bool may_begin(char32_t before, char32_t c, bool has_kana) {
    if (!is_ideograph(c) || clings(c)) return false;
    const auto is_hiragana = [](char32_t x) { return x >= 0x3040 && x <= 0x309F; };
    const auto is_katakana = [](char32_t x) { return x >= 0x30A0 && x <= 0x30FF; };
    if (!has_kana) return true;
    if (is_hiragana(c)) return false;
    return is_katakana(c) != is_katakana(before) || is_hiragana(before);
}

bool has_kana(const std::string& text) {
    for (std::size_t at = 0; at < text.size(); at += character_length(static_cast<unsigned char>(text[at])))
        if (const char32_t c = character_at(text, at); c >= 0x3040 && c <= 0x30FF) return true;
    return false;
}

/// Words that look lost at the end of a line.
bool is_little(const std::string& word) {
    constexpr std::array<std::string_view, 30> kLittle{
        "a",  "an", "the", "of",  "to",  "in",  "on", "at", "by",  "for", "and", "or", "&",   "with", "from",
        "is", "it", "der", "die", "das", "und", "le", "la", "les", "de",  "et",  "el", "los", "y",    "your"};
    return std::find(kLittle.begin(), kLittle.end(), word) != kLittle.end();
}

std::string lower(std::string word) {
    for (char& c : word)
        if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
    return word;
}

}  // namespace

bool breaks_anywhere(const std::string& text) {
    for (std::size_t at = 0; at < text.size(); at += character_length(static_cast<unsigned char>(text[at])))
        if (is_ideograph(character_at(text, at))) return true;
    return false;
}

double Metrics::width(const Face& face, const std::string& text) {
    auto& known = widths_[face];
    if (const auto found = known.find(text); found != known.end()) return found->second;
    design::TextContent content;
    content.runs.push_back({text, {}, {}, {}, {}, {}, {}, {}, {}});
    content.style.font_family = face.family;
    content.style.font_size = kSample;
    content.style.font_weight = face.weight;
    content.style.italic = face.is_italic;
    content.style.letter_spacing = face.letter_spacing;
    content.letters = face.is_uppercase ? design::Letters::uppercase : design::Letters::as_written;
    const double width = measurer_.measure(content, 100000).width / kSample;
    return known[text] = width;
}

/// Between two words; no letter spacing is measured after a word's last letter, so the blank has that too.
double Metrics::blank_in(const Face& face) {
    return width(face, "n n") - width(face, "nn") + face.letter_spacing;
}

std::vector<Metrics::Token> Metrics::tokens(const Face& face, const std::string& text) {
    std::vector<Token> out;
    bool begins = true, after_blank = false;
    const bool is_japanese = has_kana(text);
    char32_t before = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = character_at(text, at);
        const std::size_t length =
            std::min(character_length(static_cast<unsigned char>(text[at])), text.size() - at);
        if (c == ' ' || c == '\n' || c == '\t') {
            begins = after_blank = true;
        } else {
            if (begins || out.empty() || may_begin(before, c, is_japanese)) {
                out.push_back({"", 0, after_blank && !out.empty()});
                begins = after_blank = false;
            }
            out.back().text.append(text, at, length);
        }
        before = c;
        at += length;
    }
    for (Token& token : out)
        token.width = width(face, token.text);
    return out;
}

Metrics::Setting& Metrics::setting(const Face& face, const std::string& text) {
    auto& known = settings_[face];
    const auto [at, is_new] = known.try_emplace(text);
    if (is_new) at->second = {tokens(face, text), blank_in(face), {}};
    return at->second;
}

const Lines& Metrics::balanced(const Face& face, const std::string& text, int count) {
    Setting& set = setting(face, text);
    const auto [at, is_new] = set.broken.try_emplace(count);
    if (is_new && set.words.empty()) at->second = {{text}, 0};
    if (is_new && !set.words.empty())
        at->second = break_evenly(set, face, std::min(std::size_t(std::max(1, count)), set.words.size()));
    return at->second;
}

Lines Metrics::break_evenly(const Setting& set, const Face& face, std::size_t lines) {
    const std::vector<Token>& words = set.words;
    const std::size_t n = words.size();
    const double blank = set.blank;
    std::vector<double> upto(n + 1, 0);  // with all blanks before
    for (std::size_t i = 0; i < n; ++i)
        upto[i + 1] = upto[i] + (words[i].follows_blank ? blank : face.letter_spacing) + words[i].width;
    const auto length = [&](std::size_t a, std::size_t b) {
        return upto[b] - upto[a] - (words[a].follows_blank ? blank : face.letter_spacing);
    };
    const double ideal = upto[n] / double(lines);
    // A sentence that ends within a line tears what follows it apart.
    const auto ends_inside = [&](std::size_t a, std::size_t b) {
        for (std::size_t i = a; i + 1 < b; ++i)
            if (std::string_view(".!?:").find(words[i].text.back()) != std::string_view::npos)
                return lines > 1;
        return false;
    };
    const auto cost = [&](std::size_t a, std::size_t b) {
        double out = length(a, b);
        if (b < n && is_little(lower(words[b - 1].text))) out += 0.16 * ideal;
        if (ends_inside(a, b)) out += 0.14 * ideal;
        if (b == n && b - a == 1 && n > 3 && words[a].text.size() < 5) out += 0.25 * ideal;
        return out;
    };
    std::vector<std::vector<double>> costs(n, std::vector<double>(n + 1, 0));
    for (std::size_t j = 0; j < n; ++j)
        for (std::size_t i = j + 1; i <= n; ++i)
            costs[j][i] = cost(j, i);
    // First the least widest line that is possible; then, no line wider, the most even ones.
    const auto solve = [&](const auto& combine) {
        std::vector<std::vector<double>> best(lines + 1, std::vector<double>(n + 1, kNever));
        std::vector<std::vector<std::size_t>> from(lines + 1, std::vector<std::size_t>(n + 1, 0));
        best[0][0] = 0;
        for (std::size_t k = 1; k <= lines; ++k)
            for (std::size_t i = k; i <= n; ++i)
                for (std::size_t j = k - 1; j < i; ++j) {
                    const double value = combine(best[k - 1][j], costs[j][i]);
                    if (value < best[k][i]) best[k][i] = value, from[k][i] = j;
                }
        return std::pair(best[lines][n], from);
    };
    const double widest = solve([](double before, double line) { return std::max(before, line); }).first;
    const auto from = solve([&](double before, double line) {
                          const double gap = widest * 1.001 - line;
                          return gap < 0 ? kNever : before + gap * gap;
                      }).second;
    Lines out;
    std::size_t end = n;
    for (std::size_t k = lines; k > 0; --k) {
        const std::size_t begin = from[k][end];
        std::string line;
        for (std::size_t i = begin; i < end; ++i)
            line += (i > begin && words[i].follows_blank ? " " : "") + words[i].text;
        out.width = std::max(out.width, length(begin, end));
        out.lines.insert(out.lines.begin(), line);
        end = begin;
    }
    return out;
}

int Metrics::lines_at(const Face& face, const std::string& text, double limit) {
    const Setting& set = setting(face, text);
    const double blank = set.blank;
    int lines = 1;
    double at = 0;
    for (const Token& word : set.words) {
        const double gap = at == 0 ? 0 : word.follows_blank ? blank : face.letter_spacing;
        if (at > 0 && at + gap + word.width > limit) {
            ++lines;
            at = word.width;
        } else {
            at += gap + word.width;
        }
    }
    return lines;
}

}  // namespace atelier::ai::builtin::layout
