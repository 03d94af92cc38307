#include <algorithm>
#include <regex>

#include "common/design/text/utf8.hpp"
#include "tests/unit/common/design/damage/damage.hpp"

namespace atelier::test {
namespace {

using json::Value;
using Edit = std::function<std::string(std::string text, Random& random)>;

std::string replaced(std::string text, std::string_view what, std::string_view by,
                     std::size_t most = std::string::npos) {
    for (std::size_t at = 0, n = 0; n < most && (at = text.find(what, at)) != text.npos; at += by.size(), ++n)
        text.replace(at, what.size(), by);
    return text;
}
std::string changed(const std::string& text, const char* pattern, const char* by) {
    return std::regex_replace(text, std::regex(pattern), by);
}
/// One of the places where `what` stands, at random, takes `by` instead.
std::string replaced_once(std::string text, std::string_view what, std::string_view by, Random& random) {
    std::vector<std::size_t> places;
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1))
        places.push_back(at);
    if (!places.empty()) text.replace(places[random() % places.size()], what.size(), by);
    return text;
}
std::string without_end(std::string text, double share) {
    text.resize(static_cast<std::size_t>(static_cast<double>(text.size()) * (1 - share)));
    return text;
}
std::string utf16(const std::string& text) {
    std::string out = "\xFF\xFE";
    const auto put = [&](char32_t unit) {
        (out += static_cast<char>(unit & 255)) += static_cast<char>(unit >> 8);
    };
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = design::next_character(text, at);
        if (c >= 0x10000) put(0xD800 + ((c - 0x10000) >> 10));
        put(c >= 0x10000 ? 0xDC00 + ((c - 0x10000) & 0x3FF) : c);
    }
    return out;
}
/// Every quote that is part of the structure by another pair.
std::string requoted(const std::string& text, std::string_view open, std::string_view close) {
    std::string out;
    bool is_inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            out += text.substr(i++, 2);
        } else if (text[i] == '"') {
            out += is_inside ? close : open;
            is_inside = !is_inside;
        } else {
            out += text[i];
        }
    }
    return out;
}

void add(std::vector<Damage>& out, std::string_view name, Edit edit) {
    out.push_back({"syntax", name, [edit = std::move(edit)](Value design, Random& random) {
                       return edit(json::write_pretty(design), random);
                   }});
}
#define EDIT [](std::string t, [[maybe_unused]] Random & r) -> std::string

}  // namespace

void add_syntax_damages(std::vector<Damage>& out) {
    // Around the document
    add(
        out, "code fence with json", EDIT { return "```json\n" + t + "\n```"; });
    add(
        out, "code fence without a word", EDIT { return "```\n" + t + "\n```\n"; });
    add(
        out, "code fence that is never closed", EDIT { return "```json\n" + t; });
    add(
        out, "prose before", EDIT { return "Sure! Here is the design you asked for:\n\n" + t; });
    add(
        out, "prose behind", EDIT { return t + "\n\nI chose warm colours. Let me know what you think!"; });
    add(
        out, "prose with braces around",
        EDIT { return "Using {canvas} and [layers]:\n" + t + "\nReplace {title} as you like."; });
    add(
        out, "fence and prose around",
        EDIT { return "Of course.\n```json\n" + t + "\n```\nThe layout {grid} is airy."; });
    add(
        out, "tags around", EDIT { return "<design_json>\n" + t + "\n</design_json>"; });
    add(
        out, "assigned to a variable", EDIT { return "const design = " + t + ";\nexport default design;"; });
    add(
        out, "returned from a function", EDIT { return "return (" + t + ");"; });
    add(
        out, "the word json before", EDIT { return "json\n" + t; });
    add(
        out, "a chain of thought before",
        EDIT { return "<think>Canvas 1080? Yes: {\"width\": 1080}.</think>\n" + t; });
    add(
        out, "byte order mark", EDIT { return "\xEF\xBB\xBF" + t; });
    add(
        out, "comment at the top", EDIT { return "// design v1\n/* made by hand */\n" + t; });
    // Commas and colons
    add(
        out, "trailing commas in objects", EDIT { return changed(t, "\\n( *)\\}", ",\n$1}"); });
    add(
        out, "trailing commas in lists", EDIT { return changed(t, "\\n( *)\\]", ",\n$1]"); });
    add(
        out, "trailing commas everywhere", EDIT { return changed(t, "\\n( *)([\\]}])", ",\n$1$2"); });
    add(
        out, "doubled commas", EDIT { return replaced(t, ",\n", ",,\n", 20); });
    add(
        out, "one comma missing", EDIT { return replaced_once(t, ",\n", "\n", r); });
    add(
        out, "all commas missing", EDIT { return replaced(t, ",\n", "\n"); });
    add(
        out, "commas between layers missing", EDIT { return replaced(t, "    },\n    {", "    }\n    {"); });
    add(
        out, "one colon missing", EDIT { return replaced_once(t, "\": ", "\" ", r); });
    add(
        out, "semicolons for commas", EDIT { return replaced(t, ",\n", ";\n"); });
    add(
        out, "equals signs for colons", EDIT { return replaced(t, "\": ", "\" = "); });
    add(
        out, "fat arrows for colons", EDIT { return replaced(t, "\": ", "\" => "); });
    add(
        out, "full-width punctuation", EDIT { return replaced(replaced(t, "\": ", "\"："), ",\n", "，\n"); });
    // Quotes
    add(
        out, "single quotes", EDIT { return requoted(t, "'", "'"); });
    add(
        out, "single quotes around keys", EDIT { return changed(t, "\"([a-z_]+)\": ", "'$1': "); });
    add(
        out, "keys without quotes", EDIT { return changed(t, "\"([a-z_]+)\": ", "$1: "); });
    add(
        out, "keys without quotes, texts in single ones",
        EDIT { return requoted(changed(t, "\"([a-z_]+)\": ", "$1: "), "'", "'"); });
    add(
        out, "words without quotes", EDIT { return changed(t, ": \"([a-z_]+)\"", ": $1"); });
    add(
        out, "colours without quotes", EDIT { return changed(t, ": \"(#[0-9a-f]{6})\"", ": $1"); });
    add(
        out, "typographic quotes", EDIT { return requoted(t, "“", "”"); });
    add(
        out, "low and high quotes", EDIT { return requoted(t, "„", "“"); });
    add(
        out, "typographic single quotes", EDIT { return requoted(t, "‘", "’"); });
    add(
        out, "backticks", EDIT { return requoted(t, "`", "`"); });
    add(
        out, "quotes of a list without their ends", EDIT { return replaced_once(t, "\",\n", ",\n", r); });
    add(
        out, "a key without its first quote", EDIT { return replaced_once(t, "\"opacity", "opacity", r); });
    add(
        out, "quotes inside a text",
        EDIT { return replaced_once(t, "\"text\": \"", "\"text\": \"The \"best\" ", r); });
    add(
        out, "texts joined by plus", EDIT { return replaced(t, "\"normal\"", "\"nor\" + \"mal\""); });
    add(
        out, "texts in three quotes",
        EDIT { return changed(t, "\"text\": (\"[^\"\\n]*\")", "\"text\": \"\"$1\"\""); });
    // Comments
    add(
        out, "line comments", EDIT { return replaced(t, ",\n", ", // as agreed\n"); });
    add(
        out, "block comments", EDIT { return replaced(t, "{\n", "{ /* begin */\n"); });
    add(
        out, "hash comments", EDIT { return replaced(t, ",\n", ",  # see brief\n"); });
    add(
        out, "comments between layers",
        EDIT { return replaced(t, "    {\n", "    // ---- next, \"layer\"\n    {\n"); });
    // Brackets
    add(
        out, "last brace missing", EDIT { return t.substr(0, t.rfind('}')); });
    add(
        out, "last two brackets missing", EDIT { return t.substr(0, t.rfind(']')); });
    add(
        out, "last three brackets missing", EDIT { return t.substr(0, t.rfind('}', t.rfind(']'))); });
    add(
        out, "a brace too many at the end", EDIT { return t + "}"; });
    add(
        out, "a brace too many between layers",
        EDIT { return replaced_once(t, "    },\n    {", "    }},\n    {", r); });
    add(
        out, "a bracket too many in a layer",
        EDIT { return replaced_once(t, "],\n      \"style", "]],\n      \"style", r); });
    add(
        out, "a brace too few between layers",
        EDIT { return replaced_once(t, "    },\n    {", "    ,\n    {", r); });
    add(
        out, "a brace for the last bracket", EDIT {
            const auto at = t.rfind(']');
            t[at] = '}';
            return t;
        });
    add(
        out, "parentheses for brackets", EDIT { return replaced(replaced(t, "[\n", "(\n"), "  ]", "  )"); });
    add(
        out, "a brace too early in meta", EDIT { return replaced(t, "\"language\"", "}, \"language\"", 1); });
    // Cut off
    add(
        out, "half a percent cut off", EDIT { return without_end(t, 0.005); });
    add(
        out, "two percent cut off", EDIT { return without_end(t, 0.02); });
    add(
        out, "five percent cut off", EDIT { return without_end(t, 0.05); });
    add(
        out, "cut off inside the last text", EDIT { return t.substr(0, t.rfind("\"text\": \"") + 16); });
    // Literals and numbers
    add(
        out, "Python literals",
        EDIT { return replaced(replaced(t, ": false", ": False"), ": true", ": True"); });
    add(
        out, "literals in capitals",
        EDIT { return replaced(replaced(t, ": false", ": FALSE"), ": true", ": TRUE"); });
    add(
        out, "None among the members",
        EDIT { return replaced(t, "\"rotation\"", "\"tooltip\": None, \"rotation\""); });
    add(
        out, "undefined among the members",
        EDIT { return replaced(t, "\"rotation\"", "\"filter\": undefined, \"rotation\""); });
    add(
        out, "NaN for an opacity", EDIT { return replaced(t, "\"opacity\": 1,", "\"opacity\": NaN,"); });
    add(
        out, "Infinity for a rotation",
        EDIT { return replaced(t, "\"rotation\": 0,", "\"rotation\": -Infinity,"); });
    add(
        out, "numbers with a plus", EDIT { return changed(t, "\"([xy])\": ([0-9])", "\"$1\": +$2"); });
    add(
        out, "numbers that begin with a point", EDIT { return replaced(t, ": 0.", ": ."); });
    add(
        out, "numbers that end with a point",
        EDIT { return changed(t, "(width|height)\": ([0-9]+),", "$1\": $2.,"); });
    add(
        out, "numbers with leading zeros",
        EDIT { return changed(t, "\"(width|x)\": ([0-9])", "\"$1\": 0$2"); });
    add(
        out, "numbers with underscores",
        EDIT { return changed(t, "\"width\": ([0-9])([0-9]{3})", "\"width\": $1_$2"); });
    add(
        out, "units behind bare numbers",
        EDIT { return changed(t, "\"(width|height|x|y)\": ([0-9.]+),", "\"$1\": $2px,"); });
    // Keys
    add(
        out, "an equal key twice",
        EDIT { return replaced(t, "\"locked\": false,", "\"locked\": false, \"locked\": false,"); });
    add(
        out, "a wrong value before the right one",
        EDIT { return replaced(t, "\"blend\"", "\"blend\": \"odd\", \"blend\""); });
    add(
        out, "an empty list of layers once more",
        EDIT { return t.substr(0, t.rfind('}')) + ", \"layers\": []}"; });
    add(
        out, "dots that stand for more", EDIT { return replaced(t, "\n  ]", ",\n    ...\n  ]"); });
    // Characters
    add(
        out, "line breaks in texts", EDIT { return replaced(t, "\\n", "\n"); });
    add(
        out, "tabs in texts", EDIT { return replaced(t, "\"name\": \"", "\"name\": \"\t"); });
    add(
        out, "control characters", EDIT { return replaced(t, "\"name\": \"", "\"name\": \"\x02\x1f"); });
    add(
        out, "null characters",
        EDIT { return replaced(t, "\"name\": \"", std::string_view("\"name\": \"\0", 10)); });
    add(
        out, "invalid UTF-8", EDIT { return replaced(t, "\"name\": \"", "\"name\": \"\xE9\x80 \xC0"); });
    add(
        out, "escapes that are none", EDIT { return replaced(t, "\"name\": \"", "\"name\": \"\\q\\'\\-"); });
    add(
        out, "half of a surrogate pair",
        EDIT { return replaced(t, "\"name\": \"", "\"name\": \"\\ud83d "); });
    add(
        out, "no-break spaces for indentation", EDIT { return replaced(t, "\n  ", "\n\u00A0\u00A0"); });
    add(
        out, "carriage returns and trailing commas",
        EDIT { return replaced(changed(t, "\\n( *)\\}", ",\n$1}"), "\n", "\r\n"); });
    add(
        out, "UTF-16", EDIT { return utf16(t); });
    add(
        out, "HTML entities for quotes",
        EDIT { return replaced(replaced(t, "&", "&amp;"), "\"", "&quot;"); });
    add(
        out, "a JSON text that holds the document", EDIT { return json::write(Value(t)); });
    add(
        out, "a backslash before every quote", EDIT { return replaced(t, "\"", "\\\""); });
}

}  // namespace atelier::test
