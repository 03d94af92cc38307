#include "common/json/pointer.hpp"

#include <charconv>
#include <utility>

namespace atelier::json {
namespace {

Value* step(Value& from, const std::string& token) {
    if (from.is_object()) return from.make_object().find(token);
    if (!from.is_array()) return nullptr;
    const auto index = parse_index(token);
    return index && *index < from.size() ? &from.make_array()[*index] : nullptr;
}

}  // namespace

std::optional<std::vector<std::string>> parse_pointer(std::string_view pointer) {
    std::vector<std::string> tokens;
    if (!pointer.empty() && pointer[0] != '/') return std::nullopt;
    for (std::size_t i = 0; i < pointer.size(); ++i) {
        if (pointer[i] == '/') {
            tokens.emplace_back();
        } else if (pointer[i] != '~') {
            tokens.back() += pointer[i];
        } else {
            if (++i == pointer.size() || (pointer[i] != '0' && pointer[i] != '1')) return std::nullopt;
            tokens.back() += pointer[i] == '1' ? '/' : '~';
        }
    }
    return tokens;
}

std::optional<std::size_t> parse_index(std::string_view token) {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
    if (error != std::errc{} || end != token.data() + token.size()) return std::nullopt;
    if (token.size() > 1 && token[0] == '0') return std::nullopt;
    return index;
}

Value* follow(Value& document, std::string_view pointer) {
    const auto tokens = parse_pointer(pointer);
    if (!tokens) return nullptr;
    Value* at = &document;
    for (const std::string& token : *tokens)
        if (!(at = step(*at, token))) return nullptr;
    return at;
}

const Value* follow(const Value& document, std::string_view pointer) {
    return follow(const_cast<Value&>(document), pointer);  // only reads
}

std::string pointer_to(std::string_view parent, std::size_t index) {
    return std::string(parent) + '/' + std::to_string(index);
}

}  // namespace atelier::json
