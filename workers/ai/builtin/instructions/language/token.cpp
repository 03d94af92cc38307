#include "workers/ai/builtin/instructions/language/token.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>

namespace atelier::ai::builtin::instructions {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/// How many bytes of a whole UTF-8 character stand at the front; 0 where there is none.
std::size_t character_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xf0 && first < 0xf5   ? 4
                               : first >= 0xe0 && first < 0xf0 ? 3
                               : first >= 0xc2 && first < 0xe0 ? 2
                                                               : 0;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xc0) != 0x80) return 0;
    const bool is_overlong = (first == 0xe0 && byte(1) < 0xa0) || (first == 0xf0 && byte(1) < 0x90);
    const bool is_outside = (first == 0xed && byte(1) >= 0xa0) || (first == 0xf4 && byte(1) >= 0x90);
    return is_overlong || is_outside ? 0 : length;
}

struct Quotes {
    std::string_view open, close;
};
constexpr std::array<Quotes, 8> kQuotes{
    {{"\"", "\""}, {"“", "”"}, {"„", "“"}, {"“", "\""}, {"«", "»"}, {"‘", "’"}, {"'", "'"}, {"`", "`"}}};

struct UnitName {
    std::string_view name;
    Unit unit;
};
constexpr std::array<UnitName, 14> kUnits{{{"%", Unit::percent},
                                           {"percent", Unit::percent},
                                           {"prozent", Unit::percent},
                                           {"px", Unit::pixels},
                                           {"pixels", Unit::pixels},
                                           {"pixel", Unit::pixels},
                                           {"pt", Unit::pixels},
                                           {"points", Unit::pixels},
                                           {"degrees", Unit::degrees},
                                           {"degree", Unit::degrees},
                                           {"°", Unit::degrees},
                                           {"grad", Unit::degrees},
                                           {"times", Unit::times},
                                           {"x", Unit::times}}};

class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {}

    Tokens scan() {
        while (at_ < text_.size()) {
            if (is_blank(text_[at_]))
                ++at_;
            else if (!quotation() && !color_code() && !number() && !word())
                sign();
        }
        return std::move(tokens_);
    }

  private:
    std::string_view rest() const { return text_.substr(at_); }
    bool is_word_start() const {
        return at_ == 0 || is_blank(text_[at_ - 1]) || text_[at_ - 1] == '(' || text_[at_ - 1] == ':' ||
               text_[at_ - 1] == '\n';
    }

    Token& add(Kind kind, std::string word, std::size_t end) {
        tokens_.push_back({kind, std::move(word), 0, Unit::none, {}, at_, end, end});
        at_ = end;
        return tokens_.back();
    }

    bool quotation() {
        for (const Quotes& quotes : kQuotes) {
            if (!rest().starts_with(quotes.open)) continue;
            const bool is_single = quotes.open == "'" || quotes.open == "‘";
            if (is_single && !is_word_start()) return false;
            const std::size_t from = at_ + quotes.open.size();
            for (std::size_t to = text_.find(quotes.close, from); to != text_.npos;
                 to = text_.find(quotes.close, to + 1)) {
                const std::size_t after = to + quotes.close.size();
                if (is_single && after < text_.size() && (is_letter(text_[after]) || is_digit(text_[after])))
                    continue;
                if (to == from) break;
                add(Kind::quoted, std::string(text_.substr(from, to - from)), after);
                return true;
            }
        }
        return false;
    }

    bool color_code() {
        if (text_[at_] != '#') return false;
        std::size_t end = at_ + 1;
        while (end < text_.size() && std::isxdigit(static_cast<unsigned char>(text_[end])))
            ++end;
        if (end < text_.size() && is_letter(text_[end])) return false;
        std::string code = "#";
        const std::size_t digits = end - at_ - 1;
        for (std::size_t i = at_ + 1; i < end; ++i)
            code.append(digits == 3 ? 2 : 1, char(std::tolower(static_cast<unsigned char>(text_[i]))));
        if (code.size() == 9 && code.ends_with("ff")) code.resize(7);
        const auto color = design::parse_color(code);
        if (!color) return false;
        add(Kind::color, code, end).color = *color;
        return true;
    }

    bool number() {
        const bool has_sign = (text_[at_] == '-' || text_[at_] == '+') && is_word_start();
        const std::size_t first = at_ + has_sign;
        if (first >= text_.size() || !is_digit(text_[first])) return false;
        std::size_t end = first;
        while (end < text_.size() && is_digit(text_[end]))
            ++end;
        std::string digits(text_.substr(first, std::min<std::size_t>(end - first, 9)));
        if (end + 1 < text_.size() && (text_[end] == '.' || text_[end] == ',') && is_digit(text_[end + 1])) {
            std::size_t stop = end + 1;
            while (stop < text_.size() && is_digit(text_[stop]))
                ++stop;
            digits += "." + std::string(text_.substr(end + 1, std::min<std::size_t>(stop - end - 1, 6)));
            end = stop;
        }
        Unit unit = Unit::none;
        const std::size_t after = unit_after(end, unit);
        if (unit == Unit::none && end < text_.size() && is_letter(text_[end])) return false;
        double value = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        const bool is_negative = has_sign && text_[at_] == '-';
        Token& token = add(Kind::number, digits, after);
        token.value = is_negative ? -value : value;
        token.unit = unit;
        return true;
    }

    /// The end of the unit that stands behind a number, after at most one blank.
    std::size_t unit_after(std::size_t end, Unit& unit) const {
        std::size_t from = end;
        if (from < text_.size() && is_blank(text_[from])) ++from;
        for (const UnitName& row : kUnits) {
            if (!folded(text_.substr(from, row.name.size())).starts_with(folded(row.name))) continue;
            const std::size_t after = from + row.name.size();
            const bool is_word = row.name != "%" && row.name != "°";
            if (is_word && after < text_.size() && (is_letter(text_[after]) || is_digit(text_[after])))
                continue;
            unit = row.unit;
            return after;
        }
        return end;
    }

    bool word() {
        if (!is_letter(text_[at_]) && !is_digit(text_[at_])) return false;
        std::size_t end = at_;
        bool is_dotted = false;
        while (end < text_.size()) {
            const char c = text_[end];
            const bool is_inner = (c == '.' || c == '@') && end + 1 < text_.size() &&
                                  (is_letter(text_[end + 1]) || is_digit(text_[end + 1]));
            if (!is_letter(c) && !is_digit(c) && !is_inner) break;
            if (is_apostrophe(end) || is_closing_quote(end)) break;
            is_dotted |= is_inner;
            ++end;
        }
        if (end == at_) return false;
        add(Kind::word, folded(text_.substr(at_, end - at_)), end);
        if (!is_dotted) suffix();
        return true;
    }

    bool is_apostrophe(std::size_t at) const { return text_.substr(at).starts_with("’"); }
    bool is_closing_quote(std::size_t at) const {
        const std::string_view here = text_.substr(at);
        return here.starts_with("”") || here.starts_with("»") || here.starts_with("“") ||
               here.starts_with("„") || here.starts_with("«");
    }

    /// `'s` is a word of its own, other apostrophes are dropped: "don't" → "dont".
    void suffix() {
        const std::size_t length = rest().starts_with("'") ? 1 : rest().starts_with("’") ? 3 : 0;
        if (length == 0 || at_ + length >= text_.size() || !is_letter(text_[at_ + length])) return;
        std::size_t end = at_ + length;
        while (end < text_.size() && is_letter(text_[end]) && static_cast<unsigned char>(text_[end]) < 0x80)
            ++end;
        const std::string letters = folded(text_.substr(at_ + length, end - at_ - length));
        if (letters == "s") {
            add(Kind::word, "'s", end);
        } else {
            tokens_.back().word += letters;
            tokens_.back().end = tokens_.back().tail = at_ = end;
        }
    }

    void sign() {
        const char c = text_[at_];
        if (c == '.' || c == '!' || c == '?' || c == ';' || c == '\n')
            add(Kind::stop, ".", at_ + 1);
        else if (c == ',' || c == ':')
            add(Kind::word, std::string(1, c), at_ + 1);
        else if (c == '&' || c == '+')
            add(Kind::word, "and", at_ + 1);
        else
            at_ += std::max<std::size_t>(1, character_length(rest()));
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Tokens tokens_;
};

struct Fold {
    std::string_view letters;
    char plain;
};
/// Both cases of the accented letters of English, German, Spanish and French.
constexpr std::array<Fold, 8> kFolds{{{"ÄäÀàÁáÂâÃãÅå", 'a'},
                                      {"ÈèÉéÊêËë", 'e'},
                                      {"ÌìÍíÎîÏï", 'i'},
                                      {"ÖöÒòÓóÔôÕõ", 'o'},
                                      {"ÜüÙùÚúÛû", 'u'},
                                      {"Ññ", 'n'},
                                      {"Çç", 'c'},
                                      {"ß", 's'}}};

std::optional<char> plain_of(std::string_view letter) {
    for (const Fold& fold : kFolds)
        if (letter.size() == 2 && fold.letters.find(letter) % 2 == 0) return fold.plain;
    return std::nullopt;
}

}  // namespace

std::string cleaned(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = character_length(text.substr(at));
        const bool is_control = length == 1 && (text[at] == 0x7f || (text[at] >= 0 && text[at] < 0x20));
        if (length == 0 || (is_control && text[at] != '\n'))
            out += ' ';
        else
            out += text.substr(at, length);
        at += std::max<std::size_t>(1, length);
    }
    return out;
}

std::string folded(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = std::max<std::size_t>(1, character_length(text.substr(at)));
        const std::string_view letter = text.substr(at, length);
        if (const auto plain = plain_of(letter))
            out.append(letter == "ß" ? 2 : 1, *plain);
        else if (length == 1)
            out += static_cast<char>(letter[0] >= 'A' && letter[0] <= 'Z' ? letter[0] | 0x20 : letter[0]);
        else
            out += letter;
        at += length;
    }
    return out;
}

std::string cut(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return std::string(text);
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80)
        --bytes;
    return std::string(text.substr(0, bytes));
}

Tokens tokenize(std::string_view text) {
    return Scanner(text).scan();
}

}  // namespace atelier::ai::builtin::instructions
