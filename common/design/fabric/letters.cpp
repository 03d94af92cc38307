#include "common/design/fabric/letters.hpp"

#include <algorithm>
#include <cmath>

#include "common/design/fabric/frame.hpp"
#include "common/design/fabric/paint.hpp"
#include "common/design/repair/coerce.hpp"
#include "common/design/text/graphemes.hpp"

namespace atelier::design::fabric {
namespace {

using json::Array;
using json::Object;
using json::Value;

/// What the members say; what they do not say stays.
void apply(const Value& style, Look& look) {
    if (style["fontFamily"].is_string()) look.family = style["fontFamily"].as_string();
    if (style["fontSize"].is_number()) look.size = number_of(style["fontSize"]);
    if (const auto weight = read_weight(style["fontWeight"]))
        look.weight = static_cast<int>(std::clamp(std::round(*weight / 100), 1.0, 9.0)) * 100;
    if (style["fontStyle"].is_string())
        look.italic = style["fontStyle"].as_string() != "normal" && style["fontStyle"].as_string() != "";
    if (style["underline"].is_bool()) look.underline = style["underline"].as_bool();
    if (style["linethrough"].is_bool()) look.strikethrough = style["linethrough"].as_bool();
}

Look styled(const Value& style, const Look& base) {
    Look out = base;
    apply(style, out);
    if (style.has("fill")) out.color = read_color(style["fill"]);
    return out;
}

void apply_ranges(const Array& ranges, const Look& base, std::vector<Letter>& letters) {
    // Fabric's positions do not count line ends.
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < letters.size(); ++i)
        if (letters[i].text != "\n") places.push_back(i);
    for (const Value& range : ranges) {
        const std::int64_t end = std::min<std::int64_t>(range["end"].as_int(), std::int64_t(places.size()));
        for (std::int64_t at = std::max<std::int64_t>(0, range["start"].as_int()); at < end; ++at)
            letters[places[std::size_t(at)]].look = styled(range["style"], base);
    }
}

void apply_lines(const Value& lines, const Look& base, std::vector<Letter>& letters) {
    std::size_t line = 0, column = 0;
    for (Letter& letter : letters) {
        if (letter.text == "\n") {
            ++line;
            column = 0;
            continue;
        }
        const Value& style = lines[std::to_string(line)][std::to_string(column)];
        if (style.is_object()) letter.look = styled(style, base);
        ++column;
    }
}

Look look_of(const TextStyle& style, const Run& run, double scale) {
    Look out;
    out.family = run.font_family.value_or(style.font_family);
    out.size = run.font_size.value_or(style.font_size) * scale;
    out.weight = run.font_weight.value_or(style.font_weight);
    out.italic = run.italic.value_or(style.italic);
    out.underline = run.underline.value_or(style.underline);
    out.strikethrough = run.strikethrough.value_or(style.strikethrough);
    if (run.fill) out.color = main_color(*run.fill);
    return out;
}

Value style_json(const Look& look, const Look& base) {
    Value out = Object{};
    if (look.family != base.family) out.set("fontFamily", look.family);
    if (!is_same_size(look.size, base.size)) out.set("fontSize", number(look.size));
    if (look.weight != base.weight) out.set("fontWeight", look.weight);
    if (look.italic != base.italic) out.set("fontStyle", look.italic ? "italic" : "normal");
    if (look.underline != base.underline) out.set("underline", look.underline);
    if (look.strikethrough != base.strikethrough) out.set("linethrough", look.strikethrough);
    if (look.color != base.color && look.color) out.set("fill", color_text(*look.color));
    return out;
}

}  // namespace

bool is_same(const Look& a, const Look& b) {
    Look level = b;
    if (is_same_size(a.size, b.size)) level.size = a.size;
    return a == level;
}

Look read_look(const Value& object) {
    Look out;
    out.family = "Times New Roman";
    apply(object, out);
    return out;
}

std::vector<Letter> read_letters(const Value& object) {
    const Look base = read_look(object);
    std::vector<Letter> out;
    for (const std::string_view grapheme : split_graphemes(object["text"].as_string()))
        out.push_back({grapheme == "\r\n" ? "\n" : std::string(grapheme), base});
    if (object["styles"].is_array())
        apply_ranges(object["styles"].array(), base, out);
    else if (object["styles"].is_object())
        apply_lines(object["styles"], base, out);
    return out;
}

RunLetters letters_of(const TextContent& text, double scale) {
    RunLetters out;
    // A grapheme may reach over the end of a run: it belongs to the run in which it begins.
    std::string shown, written;
    std::vector<std::size_t> ends;
    for (const Run& run : text.runs) {
        written += run.text;
        shown += text.letters == Letters::uppercase ? uppercase(run.text) : run.text;
        ends.push_back(shown.size());
    }
    const auto written_letters = split_graphemes(written);
    std::size_t at = 0, run = 0;
    for (const std::string_view grapheme : split_graphemes(shown)) {
        while (run + 1 < ends.size() && at >= ends[run])
            ++run;
        out.letters.push_back(
            {grapheme == "\r\n" ? "\n" : std::string(grapheme), look_of(text.style, text.runs[run], scale)});
        out.run.push_back(run);
        at += grapheme.size();
    }
    out.is_one_to_one = written_letters.size() == out.letters.size();
    for (std::size_t i = 0; i < out.letters.size(); ++i)
        out.written.emplace_back(out.is_one_to_one ? written_letters[i]
                                                   : std::string_view(out.letters[i].text));
    return out;
}

Value styles_json(const std::vector<Letter>& letters, const Look& base) {
    Array out;
    std::int64_t at = 0;
    const Look* last = nullptr;
    for (const Letter& letter : letters) {
        if (letter.text == "\n") continue;
        if (last && is_same(*last, letter.look)) {
            out.back().set("end", at + 1);
        } else if (!is_same(letter.look, base)) {
            out.push_back(Object{{"start", at}, {"end", at + 1}, {"style", style_json(letter.look, base)}});
        }
        last = is_same(letter.look, base) ? nullptr : &letter.look;
        ++at;
    }
    return out;
}

}  // namespace atelier::design::fabric
