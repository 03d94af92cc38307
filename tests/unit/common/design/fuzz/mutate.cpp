#include "tests/unit/common/design/fuzz/mutate.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <vector>

namespace atelier::test {
namespace {

using json::Array;
using json::Object;
using json::Value;
using Random = std::mt19937;

constexpr std::array<std::string_view, 40> kPieces{"{",
                                                   "}",
                                                   "[",
                                                   "]",
                                                   "(",
                                                   ")",
                                                   ",",
                                                   ":",
                                                   ";",
                                                   "\"",
                                                   "'",
                                                   "`",
                                                   "“",
                                                   "\"\"\"",
                                                   "\\",
                                                   "\\u",
                                                   "\\ud83d",
                                                   "//",
                                                   "/*",
                                                   "*/",
                                                   "#",
                                                   "```json\n",
                                                   "\n```",
                                                   "null",
                                                   "NaN",
                                                   "-Infinity",
                                                   "True",
                                                   "None",
                                                   "1e999",
                                                   "-0",
                                                   "0x",
                                                   "...",
                                                   "：",
                                                   "，",
                                                   "\xEF\xBB\xBF",
                                                   "\xFF\xFE",
                                                   "&quot;",
                                                   " ",
                                                   "\"layers\":[",
                                                   "\"type\":\"group\","};

std::size_t below(Random& random, std::size_t limit) {
    return limit == 0 ? 0 : random() % limit;
}

void collect(Value& value, std::vector<Value*>& out) {
    out.push_back(&value);
    if (value.is_array())
        for (Value& element : value.make_array())
            collect(element, out);
    if (value.is_object())
        for (auto& [key, member] : value.make_object())
            collect(member, out);
}

Value any_value(Random& random, const Value& near) {
    switch (below(random, 16)) {
        case 0:
            return nullptr;
        case 1:
            return below(random, 2) == 0;
        case 2:
            return static_cast<long>(below(random, 5)) - 2;
        case 3:
            return static_cast<double>(random()) * 1e-3;
        case 4:
            return std::numeric_limits<double>::max();
        case 5:
            return std::numeric_limits<std::int64_t>::min();
        case 6:
            return near.as_double() * (static_cast<double>(below(random, 400)) - 100) / 50;
        case 7:
            return "";
        case 8:
            return std::string(below(random, 9000), 'w');
        case 9:
            return std::string("\0\x01", 2) + near.as_string();
        case 10:
            return "50%";
        case 11:
            return "linear-gradient(45deg, red, rgba(0,0,0,.5) 30%)";
        case 12:
            return Array{near, near};
        case 13:
            return Object{{"type", "group"}, {"layers", Array{near}}};
        case 14:
            return Object{{"type", "text"}, {"runs", Array{Object{{"text", "Hello 世界 مرحبا"}}}}};
        default:
            return near;
    }
}

void mutate_once(Value& value, Random& random) {
    std::vector<Value*> all;
    collect(value, all);
    Value& target = *all[below(random, all.size())];
    const Value source = *all[below(random, all.size())];
    if (target.is_array() && target.size() > 0 && below(random, 2) == 0) {
        Array& list = target.make_array();
        const std::size_t at = below(random, list.size());
        if (below(random, 2) == 0)
            list.erase(list.begin() + static_cast<std::ptrdiff_t>(at));
        else
            list.insert(list.begin() + static_cast<std::ptrdiff_t>(at), list[below(random, list.size())]);
    } else if (target.is_object() && target.size() > 0 && below(random, 4) != 0) {
        Object& object = target.make_object();
        const auto member = *(object.begin() + static_cast<std::ptrdiff_t>(below(random, object.size())));
        const std::size_t choice = below(random, 3);
        if (choice != 2) object.erase(member.first);
        if (choice == 1) object.set(member.first + "X", member.second);
        if (choice == 2) object.set(member.first, any_value(random, source));
    } else {
        target = any_value(random, below(random, 2) == 0 ? target : source);
    }
}

}  // namespace

std::string mutate_text(std::string text, const std::string& other, Random& random) {
    for (std::size_t n = 1 + below(random, 8); n > 0 && !text.empty(); --n) {
        const std::size_t at = below(random, text.size()),
                          length = 1 + below(random, below(random, 4) == 0 ? 300 : 4);
        switch (below(random, 7)) {
            case 0:
                text[at] = static_cast<char>(random());
                break;
            case 1:
                text.erase(at, length);
                break;
            case 2:
                text.insert(at, kPieces[below(random, kPieces.size())]);
                break;
            case 3:
                text.insert(at, text.substr(below(random, text.size()), length));
                break;
            case 4:
                text.insert(at, other.substr(below(random, other.size()), length * 3));
                break;
            case 5:
                text.replace(at, length, kPieces[below(random, kPieces.size())]);
                break;
            default:
                if (below(random, 6) == 0) text.resize(at);
        }
    }
    // Now and then a great many brackets or quotes.
    if (below(random, 200) == 0)
        text.insert(below(random, text.size() + 1), 20000, "[{(\"\n"[below(random, 5)]);
    return text;
}

Value mutate_value(Value value, Random& random) {
    for (std::size_t n = 1 + below(random, 12); n > 0; --n)
        mutate_once(value, random);
    return value;
}

}  // namespace atelier::test
