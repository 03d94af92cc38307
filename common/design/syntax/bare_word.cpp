#include "common/design/syntax/bare_word.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>

namespace atelier::design {
namespace {

using json::Value;

enum class Literal { yes, no, nothing };
struct Row {
    std::string_view word;
    Literal literal;
    bool is_json;
};
constexpr std::array<Row, 15> kLiterals{{{"true", Literal::yes, true},
                                         {"false", Literal::no, true},
                                         {"null", Literal::nothing, true},
                                         {"True", Literal::yes, false},
                                         {"False", Literal::no, false},
                                         {"None", Literal::nothing, false},
                                         {"TRUE", Literal::yes, false},
                                         {"FALSE", Literal::no, false},
                                         {"NULL", Literal::nothing, false},
                                         {"undefined", Literal::nothing, false},
                                         {"nil", Literal::nothing, false},
                                         {"NaN", Literal::nothing, false},
                                         {"nan", Literal::nothing, false},
                                         {"Infinity", Literal::nothing, false},
                                         {"inf", Literal::nothing, false}}};

Value value_of(Literal literal) {
    return literal == Literal::nothing ? Value() : Value(literal == Literal::yes);
}

std::optional<Value> parse_whole(std::string_view digits, int base) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return Value(value);
}

std::optional<Value> parse_number(std::string_view text) {
    if (auto whole = parse_whole(text, 10)) return whole;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size() || text.empty()) return std::nullopt;
    if (error != std::errc{} || !std::isfinite(value)) return Value();
    return Value(value);
}

bool is_json_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const bool has_digit_first = !text.empty() && text[0] >= '0' && text[0] <= '9';
    const bool has_leading_zero = text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9';
    const std::size_t dot = text.find('.');
    const bool has_bare_dot =
        dot != text.npos && (dot + 1 == text.size() || text[dot + 1] < '0' || text[dot + 1] > '9');
    return has_digit_first && !has_leading_zero && !has_bare_dot;
}

std::optional<Value> parse_loose_number(std::string_view word) {
    std::string text(word);
    if (text.find_first_of("0123456789") == text.npos) return std::nullopt;
    if (text.starts_with('+')) text.erase(0, 1);
    if (text.starts_with("0x") || text.starts_with("0X"))
        return parse_whole(std::string_view(text).substr(2), 16);
    std::erase(text, '_');
    return parse_number(text);
}

}  // namespace

BareValue read_bare_word(std::string_view word, bool is_last) {
    for (const Row& row : kLiterals)
        if (word == row.word && row.is_json) return {value_of(row.literal), "", ""};
    if (word.find_first_not_of("0123456789+-.eE_xXabcdfABCDF") == word.npos)
        if (auto number = parse_loose_number(word)) {
            if (is_json_number(word)) return {std::move(*number), "", ""};
            return {std::move(*number), "number", "A number was written in another way than JSON's."};
        }
    const std::string_view unsigned_word =
        word.starts_with('-') || word.starts_with('+') ? word.substr(1) : word;
    for (const Row& row : kLiterals)
        if (unsigned_word == row.word)
            return {value_of(row.literal), "literal",
                    "\"" + std::string(word) + "\" is no JSON; " + json::write(value_of(row.literal)) +
                        " stands for it."};
    if (is_last && word.size() > 1)
        for (const Row& row : kLiterals)
            if (row.is_json && row.word.starts_with(word))
                return {value_of(row.literal), "truncated", "A literal that was cut off was completed."};
    return {Value(word), "unquoted", "A text without quotes was put in quotes."};
}

}  // namespace atelier::design
