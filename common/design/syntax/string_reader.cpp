#include "common/design/syntax/string_reader.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "common/design/syntax/text_repair.hpp"

namespace atelier::design {
namespace {

constexpr std::array<Quote, 13> kQuotes{{{"\"\"\"", "\"\"\""},
                                         {"'''", "'''"},
                                         {"\"", "\""},
                                         {"'", "'"},
                                         {"`", "`"},
                                         {"“", "”"},
                                         {"„", "“"},
                                         {"”", "”"},
                                         {"‘", "’"},
                                         {"’", "’"},
                                         {"«", "»"},
                                         {"「", "」"},
                                         {"＂", "＂"}}};

struct Wide {
    std::string_view text;
    char ascii;
};
constexpr std::array<Wide, 7> kWide{
    {{"：", ':'}, {"，", ','}, {"、", ','}, {"｛", '{'}, {"｝", '}'}, {"［", '['}, {"］", ']'}}};

constexpr std::array<std::string_view, 6> kWideBlanks{"\u00A0", "\u3000", "\u200B",
                                                      "\uFEFF", "\u2028", "\u2029"};

bool is_hex(char c) {
    return std::isxdigit(static_cast<unsigned char>(c));
}

bool is_word(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool is_color_here(const Cursor& cursor) {
    std::size_t digits = 1;
    while (is_hex(cursor.peek(digits)))
        ++digits;
    return digits == 4 || digits == 5 || digits == 7 || digits == 9;
}

std::size_t blank_length(std::string_view text, std::size_t at) {
    const char c = text[at];
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f) return 1;
    for (const std::string_view blank : kWideBlanks)
        if (text.substr(at).starts_with(blank)) return blank.size();
    return 0;
}

unsigned hex_value(std::string_view digits) {
    unsigned value = 0;
    for (const char c : digits)
        value = value * 16 + static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    return value;
}

/// Reads one text; its members are what every step needs.
class TextReader {
  public:
    TextReader(Cursor& cursor, const Quote& quote, bool is_key)
        : cursor_(cursor), quote_(quote), is_key_(is_key), start_(cursor.at) {}

    std::string read() {
        cursor_.at += quote_.open.size();
        while (!cursor_.is_end()) {
            if (is_close()) return std::move(out_);
            if (cursor_.peek() == '\n' && is_forgotten_close()) return std::move(out_);
            read_one();
        }
        cursor_.note(start_, "truncated", "A text that never ended was closed.");
        return std::move(out_);
    }

  private:
    /// Whether the text may be over at `at`: what follows belongs to the structure.
    bool may_end_at(std::size_t at) const {
        if (is_key_) return true;
        const std::size_t next = cursor_.after_blank(at);
        if (next >= cursor_.text.size()) return true;
        const Cursor there{cursor_.text, next, cursor_.repairs};
        const char c = there.structural();
        if (c == ',') return may_follow_comma(cursor_.after_blank(next + there.structural_length()));
        if (c == '}' || c == ']' || c == ')' || c == ';' || c == '+' || c == '/' || c == '#') return true;
        // A key on the next line: only the comma is missing.
        return next > at && quote_at(there) &&
               cursor_.text.substr(at, next - at).find('\n') != std::string_view::npos;
    }

    /// `"He said "hi", then left"`: behind a comma of the structure stands a value or a key, not half a
    /// sentence.
    bool may_follow_comma(std::size_t at) const {
        constexpr std::size_t kLongestWord = 40;
        std::size_t end = at;
        while (end < cursor_.text.size() && end - at < kLongestWord && is_word(cursor_.text[end]))
            ++end;
        if (end == at) return true;
        const Cursor behind{cursor_.text, cursor_.after_blank(end), cursor_.repairs};
        return behind.is_end() || behind.structural() != 0;
    }

    /// Steps over the closing quote.
    bool is_close() {
        const bool is_exact = cursor_.starts_with(quote_.close);
        // Typographic quotes are often closed by the plain one, and the other way round.
        const Quote* other =
            is_exact || quote_.close.size() < 2 || quote_.close[0] == '"' ? nullptr : quote_at(cursor_);
        const std::size_t length = is_exact ? quote_.close.size() : other ? other->open.size() : 0;
        if (length == 0) return false;
        if (!may_end_at(cursor_.at + length)) {
            if (is_exact)
                cursor_.note(cursor_.at, "inner_quote", "A quote inside a text was kept as a character.");
            return false;
        }
        cursor_.at += length;
        return true;
    }

    /// At a line break: whether the next line can only be structure, so that the closing quote was forgotten.
    bool is_forgotten_close() {
        if (quote_.open.size() == 3 || cursor_.at < looked_until_) return false;
        std::size_t at = cursor_.after_blank(cursor_.at);
        looked_until_ = at;  // the same blanks need no second look, however many lines they are
        const Cursor there{cursor_.text, at, cursor_.repairs};
        bool is_structure = there.structural() == '}' || there.structural() == ']';
        if (const Quote* key = quote_at(there)) {
            at += key->open.size();
            const std::string_view line = cursor_.text.substr(std::min(at, cursor_.text.size()), 48);
            const std::size_t length = line.find(key->close);
            if (length == line.npos || line.find('\n') < length) return false;
            at = cursor_.after_blank(at + length + key->close.size());
            is_structure = Cursor{cursor_.text, at, cursor_.repairs}.structural() == ':';
        }
        if (!is_structure) return false;
        cursor_.note(cursor_.at, "missing_quote", "A text without closing quote ends with its line.");
        while (!out_.empty() && (out_.back() == ' ' || out_.back() == ',' || out_.back() == '\r'))
            out_.pop_back();
        return true;
    }

    void read_one() {
        const char c = cursor_.peek();
        if (c == '\\') return read_escape();
        const bool is_control = static_cast<unsigned char>(c) < 0x20;
        if (is_control)
            cursor_.note(cursor_.at, "control_character", "A bare control character stood in a text.");
        if (!is_control || c == '\n' || c == '\t') out_ += c;
        ++cursor_.at;
    }

    void read_escape() {
        constexpr std::string_view kFrom = "nrtbf\"\\/", kTo = "\n\r\t\b\f\"\\/";
        const char c = cursor_.peek(1);
        if (c == 'u' || c == 'x' || c == 'U') return read_code(c == 'u' ? 4 : c == 'x' ? 2 : 8);
        const std::size_t known = c ? kFrom.find(c) : kFrom.npos;
        if (known != kFrom.npos) {
            out_ += kTo[known];
        } else {
            cursor_.note(cursor_.at, "bad_escape", "A backslash that escapes nothing was left out.");
            if (c && c != '\n') out_ += c;
        }
        cursor_.at += c ? 2 : 1;
    }

    void read_code(std::size_t digits) {
        const std::string_view hex =
            cursor_.text.substr(std::min(cursor_.at + 2, cursor_.text.size()), digits);
        if (hex.size() < digits || !std::all_of(hex.begin(), hex.end(), is_hex)) {
            cursor_.note(cursor_.at, "bad_escape", "A character escape without its digits was left out.");
            cursor_.at += 2;
            return;
        }
        char32_t code = hex_value(hex);
        cursor_.at += 2 + digits;
        if (code >= 0xD800 && code < 0xDC00 && cursor_.starts_with("\\u")) {
            const std::string_view low = cursor_.text.substr(cursor_.at + 2, 4);
            const bool is_hex_text = low.size() == 4 && std::all_of(low.begin(), low.end(), is_hex);
            const char32_t second = is_hex_text ? hex_value(low) : 0;
            if (second >= 0xDC00 && second < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10) + (second - 0xDC00);
                cursor_.at += 6;
            }
        }
        if (code != 0) append_utf8(out_, code);
    }

    Cursor& cursor_;
    const Quote& quote_;
    bool is_key_;
    std::size_t start_;
    std::size_t looked_until_ = 0;
    std::string out_;
};

}  // namespace

void Cursor::note(std::size_t offset, std::string rule, std::string reason) {
    if (repairs.size() < kMaxSyntaxRepairs) repairs.push_back({offset, std::move(rule), std::move(reason)});
}

char Cursor::structural() const {
    const char c = peek();
    if (c && std::string_view("{}[]():,;=+#/").find(c) != std::string_view::npos) return c;
    for (const Wide& wide : kWide)
        if (starts_with(wide.text)) return wide.ascii;
    return '\0';
}

std::size_t Cursor::structural_length() const {
    for (const Wide& wide : kWide)
        if (starts_with(wide.text)) return wide.text.size();
    return 1;
}

void Cursor::skip_structural() {
    const std::size_t length = structural_length();
    if (length > 1) note(at, "wide_punctuation", "Full-width punctuation was read as plain.");
    at += length;
}

std::size_t Cursor::after_blank(std::size_t from) const {
    while (from < text.size()) {
        const std::size_t length = blank_length(text, from);
        if (length == 0) break;
        from += length;
    }
    return from;
}

void Cursor::skip_blank() {
    for (;;) {
        at = after_blank(at);
        const bool is_block = starts_with("/*");
        const bool is_line = starts_with("//") || (peek() == '#' && !is_color_here(*this));
        if (!is_block && !is_line) return;
        note(at, "comment", "A comment was left out.");
        const std::size_t end = is_block ? text.find("*/", at + 2) : text.find('\n', at);
        at = end == text.npos ? text.size() : end + (is_block ? 2 : 1);
    }
}

const Quote* quote_at(const Cursor& cursor) {
    if (cursor.is_end()) return nullptr;
    for (const Quote& quote : kQuotes) {
        // `""` followed by a quote is an empty text more often than the start of three.
        if (quote.open.size() == 3 && quote.open[0] == quote.open[1] && !cursor.starts_with(quote.open))
            continue;
        if (cursor.starts_with(quote.open)) return &quote;
    }
    return nullptr;
}

std::string read_quoted_text(Cursor& cursor, const Quote& quote, bool is_key) {
    return TextReader(cursor, quote, is_key).read();
}

}  // namespace atelier::design
