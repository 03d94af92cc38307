#include "common/design/syntax/reader.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "common/design/schema/check.hpp"
#include "common/design/syntax/bare_word.hpp"

namespace atelier::design {
namespace {

using json::Array;
using json::Object;
using json::Value;

/// More values than any design has; what comes after is passed over.
constexpr std::size_t kMaxValues = 200'000;

bool is_empty(const Value& value) {
    return value.is_null() || ((value.is_object() || value.is_array()) && value.size() == 0) ||
           (value.is_string() && value.as_string().empty());
}

std::string_view trimmed(std::string_view word) {
    while (!word.empty() && static_cast<unsigned char>(word.back()) <= 0x20)
        word.remove_suffix(1);
    return word;
}

}  // namespace

Value Reader::read_root() {
    return read_value(0);
}

Value Reader::read_value(std::size_t depth) {
    cursor_.skip_blank();
    const char c = cursor_.structural();
    const bool is_nested = c == '{' || c == '[' || c == '(';
    if (is_nested && (depth >= kMaxDocumentDepth || values_ >= kMaxValues)) {
        cursor_.note(cursor_.at, "too_deep", "What is nested too deeply was left out.");
        skip_nested();
        return {};
    }
    ++values_;
    if (c == '{') return read_object(depth);
    if (is_nested) return read_list(depth);
    if (quote_at(cursor_)) return read_quoted();
    return read_bare();
}

Value Reader::read_quoted() {
    const Quote* quote = quote_at(cursor_);
    if (quote->open != "\"") cursor_.note(cursor_.at, "quotes", "Other quotes than \" were replaced.");
    std::string text = read_quoted_text(cursor_, *quote, false);
    for (;;) {
        const std::size_t before = cursor_.at;
        cursor_.skip_blank();
        if (cursor_.peek() == '+') {
            ++cursor_.at;
            cursor_.skip_blank();
            if (const Quote* next = quote_at(cursor_)) {
                cursor_.note(before, "concatenation", "Texts joined by + became one.");
                text += read_quoted_text(cursor_, *next, false);
                continue;
            }
        }
        cursor_.at = before;
        return text;
    }
}

/// Up to the next comma, line break or closing bracket outside parentheses: `rgb(1, 2, 3)` is one word.
Value Reader::read_bare() {
    const std::size_t start = cursor_.at;
    int parentheses = 0;
    while (!cursor_.is_end()) {
        const char c = cursor_.structural();
        const bool is_comment =
            (c == '/' && (cursor_.peek(1) == '*' || (cursor_.peek(1) == '/' && start != cursor_.at &&
                                                     cursor_.text[cursor_.at - 1] == ' ')));
        const bool is_before_key = cursor_.peek() == ' ' && cursor_.peek(1) == '"';
        if (cursor_.peek() == '\n' || is_comment || is_before_key) break;
        if (c == '(') ++parentheses;
        if (parentheses == 0 && c && std::string_view(",;{}[])").find(c) != std::string_view::npos) break;
        if (c == ')') --parentheses;
        ++cursor_.at;
    }
    const std::string_view word = trimmed(cursor_.text.substr(start, cursor_.at - start));
    if (word.empty()) {
        cursor_.note(start, "missing_value", "A value is missing; null stands for it.");
        return {};
    }
    BareValue bare = read_bare_word(word, cursor_.is_end());
    if (!bare.rule.empty()) cursor_.note(start, std::move(bare.rule), std::move(bare.reason));
    return std::move(bare.value);
}

std::optional<std::string> Reader::read_key() {
    if (const Quote* quote = quote_at(cursor_)) {
        if (quote->open != "\"") cursor_.note(cursor_.at, "quotes", "Other quotes than \" were replaced.");
        return read_quoted_text(cursor_, *quote, true);
    }
    const std::size_t start = cursor_.at;
    while (!cursor_.is_end()) {
        const auto c = static_cast<unsigned char>(cursor_.peek());
        if (!std::isalnum(c) && c != '_' && c != '-' && c != '$' && c != '.' && c != '@') break;
        ++cursor_.at;
    }
    if (cursor_.at == start) return std::nullopt;
    cursor_.note(start, "unquoted", "A key without quotes was put in quotes.");
    return std::string(cursor_.text.substr(start, cursor_.at - start));
}

/// Steps over what ends the object; a bracket that belongs to an outer list is left for it.
bool Reader::ends_object(std::size_t depth) {
    if (cursor_.is_end()) {
        cursor_.note(cursor_.at, "truncated", "An object that never ended was closed.");
        return true;
    }
    const char c = cursor_.structural();
    if (c == '}') {
        cursor_.skip_structural();
        return true;
    }
    if (c != ']' && c != ')') return false;
    Cursor behind{cursor_.text, cursor_.after_blank(cursor_.at + cursor_.structural_length()),
                  cursor_.repairs};
    const bool is_in_list = std::find(open_.begin(), open_.end(), '[') != open_.end();
    // `], "key":` inside an object: the bracket is one too many.
    const bool goes_on =
        behind.structural() == ',' &&
        quote_at(Cursor{cursor_.text, cursor_.after_blank(behind.at + behind.structural_length()),
                        cursor_.repairs}) &&
        depth > 0;
    if (is_in_list && !goes_on) {
        cursor_.note(cursor_.at, "missing_bracket", "An object that never ended was closed.");
        return true;
    }
    cursor_.note(cursor_.at, "stray_bracket", "A closing bracket that closes nothing was left out.");
    ++cursor_.at;
    return false;
}

bool Reader::ends_list(std::size_t depth, char opener) {
    if (cursor_.is_end()) {
        cursor_.note(cursor_.at, "truncated", "A list that never ended was closed.");
        return true;
    }
    const char c = cursor_.structural();
    if (c == ']' || (c == ')' && opener == '(')) {
        cursor_.skip_structural();
        return true;
    }
    if (c != '}' && c != ')') return false;
    const Cursor behind{cursor_.text, cursor_.after_blank(cursor_.at + cursor_.structural_length()),
                        cursor_.repairs};
    const Cursor next{cursor_.text, cursor_.after_blank(behind.at + behind.structural_length()),
                      cursor_.repairs};
    // `}, {` inside a list: the brace is one too many.
    const bool goes_on = behind.structural() == ',' && (next.structural() == '{' || next.structural() == '[');
    if (c == '}' && depth > 0 && !goes_on) {
        cursor_.note(cursor_.at, "missing_bracket", "A list that never ended was closed.");
        return true;
    }
    cursor_.note(cursor_.at, "stray_bracket", "A closing bracket that closes nothing was left out.");
    ++cursor_.at;
    return false;
}

void Reader::add_member(Object& object, std::string key, Value value, std::size_t at) {
    Value* known = object.find(key);
    if (!known) {
        object.append(std::move(key), std::move(value));
        return;
    }
    cursor_.note(at, "duplicate_key",
                 "The key \"" + key.substr(0, 40) + "\" appeared twice; the later value counts.");
    if (!is_empty(value)) *known = std::move(value);
}

Value Reader::read_object(std::size_t depth) {
    Object object;
    cursor_.skip_structural();
    open_.push_back('{');
    bool had_comma = true;
    for (;;) {
        const std::size_t before = cursor_.at;
        cursor_.skip_blank();
        const char c = cursor_.structural();
        if (c == ',' || c == ';') {
            if (had_comma || c == ';') cursor_.note(cursor_.at, "comma", "A comma too many was left out.");
            cursor_.skip_structural();
            had_comma = true;
            continue;
        }
        if (had_comma && object.size() > 0 && (c == '}' || c == ']'))
            cursor_.note(cursor_.at, "trailing_comma", "A comma behind the last member was left out.");
        if (ends_object(depth)) break;
        if (cursor_.structural() == ']' || cursor_.structural() == ')') continue;
        if (!had_comma) cursor_.note(cursor_.at, "missing_comma", "A comma between two members was put in.");
        had_comma = false;
        const std::size_t key_at = cursor_.at;
        auto key = read_key();
        const bool is_in_list = std::find(open_.begin(), open_.end(), '[') != open_.end();
        if (!key && cursor_.structural() == '{' && object.size() > 0 && is_in_list) {
            cursor_.note(key_at, "missing_bracket", "An object that never ended was closed.");
            break;
        }
        if (!key) {
            // Neither key nor bracket: what stands here is passed over as a value, or as one character.
            if (cursor_.structural() == '{' || cursor_.structural() == '[')
                (void)read_value(depth + 1);
            else if (cursor_.at <= before || cursor_.at == key_at)
                ++cursor_.at;
            cursor_.note(key_at, "stray_text", "Text that is neither key nor value was left out.");
            continue;
        }
        cursor_.skip_blank();
        if (cursor_.is_end()) {
            cursor_.note(key_at, "truncated", "A key without value was left out.");
            continue;
        }
        bool has_colon = false;
        while (cursor_.structural() == ':' || cursor_.starts_with("=")) {
            cursor_.skip_structural();
            if (cursor_.peek() == '>') ++cursor_.at;
            has_colon = true;
            cursor_.skip_blank();
        }
        if (!has_colon) {
            cursor_.note(key_at, "missing_colon", "A colon between key and value was put in.");
            if (cursor_.structural() == ',' || cursor_.structural() == '}') continue;
        }
        if (cursor_.is_end()) continue;
        Value value = read_value(depth + 1);
        add_member(object, std::move(*key), std::move(value), key_at);
    }
    open_.pop_back();
    return object;
}

Value Reader::read_list(std::size_t depth) {
    Array list;
    const char opener = cursor_.structural();
    if (opener == '(') cursor_.note(cursor_.at, "brackets", "Parentheses were read as brackets.");
    cursor_.skip_structural();
    open_.push_back('[');
    bool had_comma = true;
    for (;;) {
        cursor_.skip_blank();
        const char c = cursor_.structural();
        if (c == ',' || c == ';' || c == ':') {
            if (had_comma || c != ',') cursor_.note(cursor_.at, "comma", "A comma too many was left out.");
            cursor_.skip_structural();
            had_comma = true;
            continue;
        }
        if (cursor_.starts_with("...") || cursor_.starts_with("…")) {
            cursor_.note(cursor_.at, "ellipsis", "Dots that stand for more elements were left out.");
            cursor_.at += 3;
            continue;
        }
        if (had_comma && !list.empty() && (c == ']' || c == '}'))
            cursor_.note(cursor_.at, "trailing_comma", "A comma behind the last element was left out.");
        if (ends_list(depth, opener)) break;
        if (cursor_.structural() == '}' || cursor_.structural() == ')') continue;
        if (!had_comma) cursor_.note(cursor_.at, "missing_comma", "A comma between two elements was put in.");
        had_comma = false;
        const std::size_t before = cursor_.at;
        Value value = read_value(depth + 1);
        if (cursor_.at == before)
            ++cursor_.at;
        else
            list.push_back(std::move(value));
    }
    open_.pop_back();
    return list;
}

/// Steps over one bracketed value without calling itself; texts in plain quotes are stepped over as a whole.
void Reader::skip_nested() {
    std::size_t depth = 0;
    do {
        const char c = cursor_.structural();
        if (c == '{' || c == '[' || c == '(') ++depth;
        if (c == '}' || c == ']' || c == ')') --depth;
        if (cursor_.peek() == '"')
            for (++cursor_.at; !cursor_.is_end() && cursor_.peek() != '"'; ++cursor_.at)
                if (cursor_.peek() == '\\') ++cursor_.at;
        ++cursor_.at;
    } while (depth > 0 && !cursor_.is_end());
    cursor_.at = std::min(cursor_.at, cursor_.text.size());
}

}  // namespace atelier::design
