#include "common/design/fabric/letters.hpp"

#include <algorithm>
#include <cmath>

#include "common/design/fabric/frame.hpp"
#include "common/design/fabric/paint.hpp"
#include "common/design/repair/coerce.hpp"
#include "common/design/text/graphemes.hpp"
#include "common/design/text/utf8.hpp"

namespace atelier::design::fabric {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr std::size_t kMaxRuns = 64, kMaxRunBytes = 5000;

bool is_close(double a, double b) {
    return std::abs(a - b) < 0.005;
}
bool is_same(const Look& a, const Look& b) {
    Look level = b;
    if (is_close(a.size, b.size)) level.size = a.size;
    return a == level;
}

/// `"Inter", sans-serif` → Inter.
std::string first_family(const std::string& families) {
    std::string out = families.substr(0, families.find(','));
    out.erase(0, std::min(out.find_first_not_of(" \"'"), out.size()));
    out.erase(out.find_last_not_of(" \"'") + 1);
    return out.empty() ? "Open Sans" : first_characters(out, 100);
}

/// What the members say; what they do not say stays.
void apply(const Value& style, Look& look) {
    if (style["fontFamily"].is_string()) look.family = style["fontFamily"].as_string();
    if (style["fontSize"].is_number()) look.size = style["fontSize"].as_double();
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
    if (!is_close(look.size, base.size)) out.set("fontSize", number(look.size));
    if (look.weight != base.weight) out.set("fontWeight", look.weight);
    if (look.italic != base.italic) out.set("fontStyle", look.italic ? "italic" : "normal");
    if (look.underline != base.underline) out.set("underline", look.underline);
    if (look.strikethrough != base.strikethrough) out.set("linethrough", look.strikethrough);
    if (look.color != base.color && look.color) out.set("fill", color_text(*look.color));
    return out;
}

/// Which letter before each letter after was: an edit leaves a beginning and an end as they were.
std::vector<std::optional<std::size_t>> align(const std::vector<Letter>& before,
                                              const std::vector<Letter>& after) {
    const auto same = [&](std::size_t a, std::size_t b) { return before[a].text == after[b].text; };
    const std::size_t common = std::min(before.size(), after.size());
    std::size_t head = 0, tail = 0;
    while (head < common && same(head, head))
        ++head;
    while (tail < common - head && same(before.size() - 1 - tail, after.size() - 1 - tail))
        ++tail;
    std::vector<std::optional<std::size_t>> out(after.size());
    for (std::size_t i = 0; i < head; ++i)
        out[i] = i;
    for (std::size_t i = 0; i < tail; ++i)
        out[after.size() - 1 - i] = before.size() - 1 - i;
    return out;
}

/// A run in which everything is said.
Run spelled_out(const TextStyle& style, const Run& run) {
    return {"",
            run.font_family.value_or(style.font_family),
            run.font_size.value_or(style.font_size),
            run.font_weight.value_or(style.font_weight),
            run.italic.value_or(style.italic),
            run.underline.value_or(style.underline),
            run.strikethrough.value_or(style.strikethrough),
            run.letter_spacing.value_or(style.letter_spacing),
            run.fill ? run.fill : std::optional<Paint>(style.fill)};
}

/// Where the look is not the one before, the design takes the new one.
void take_over(Run& into, const Look& before, const Look& after, double scale, const TextStyle& style) {
    if (after.family != before.family) into.font_family = first_family(after.family);
    if (!is_close(after.size, before.size)) into.font_size = neat(after.size / scale);
    if (after.weight != before.weight) into.font_weight = after.weight;
    if (after.italic != before.italic) into.italic = after.italic;
    if (after.underline != before.underline) into.underline = after.underline;
    if (after.strikethrough != before.strikethrough) into.strikethrough = after.strikethrough;
    if (after.color != before.color) into.fill = after.color ? Paint(SolidPaint{*after.color}) : style.fill;
}

/// Says only what the style does not say.
Run shortened(Run run, const TextStyle& style) {
    const auto drop = [](auto& field, const auto& usual) {
        if (field == usual) field.reset();
    };
    drop(run.font_family, style.font_family);
    drop(run.font_size, style.font_size);
    drop(run.font_weight, style.font_weight);
    drop(run.italic, style.italic);
    drop(run.underline, style.underline);
    drop(run.strikethrough, style.strikethrough);
    drop(run.letter_spacing, style.letter_spacing);
    drop(run.fill, style.fill);
    return run;
}

bool is_same_style(Run a, const Run& b) {
    a.text = b.text;
    return a == b;
}

void append(std::vector<Run>& runs, Run run, bool may_join) {
    const bool is_full = runs.size() >= kMaxRuns;
    if (!runs.empty() && runs.back().text.size() + run.text.size() <= kMaxRunBytes &&
        (is_full || (may_join && is_same_style(runs.back(), run))))
        runs.back().text += run.text;
    else if (!is_full)
        runs.push_back(std::move(run));
}

/// In capitals the letters before are known where each capital comes from one letter.
void restore_case(const RunLetters& before, const std::vector<std::optional<std::size_t>>& origin,
                  std::vector<Letter>& after) {
    for (std::size_t i = 0; i < after.size(); ++i)
        if (origin[i] && before.is_one_to_one) after[i].text = before.written[*origin[i]];
}

}  // namespace

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

void merge_letters(TextContent& text, double scale, const Look& base_before, const Look& base_after,
                   const std::vector<Letter>& after) {
    const RunLetters before = letters_of(text, scale);
    const bool is_untouched =
        base_before == base_after && before.letters.size() == after.size() &&
        std::equal(after.begin(), after.end(), before.letters.begin(), [](auto& a, auto& b) {
            return a.text == b.text && (a.text == "\n" || is_same(a.look, b.look));
        });
    if (is_untouched) return;

    std::vector<Letter> letters = after;
    const auto origin = align(before.letters, letters);
    if (text.letters == Letters::uppercase) {
        const bool is_in_capitals = std::all_of(letters.begin(), letters.end(),
                                                [](const Letter& l) { return uppercase(l.text) == l.text; });
        if (is_in_capitals)
            restore_case(before, origin, letters);
        else
            text.letters = Letters::as_written;
    }

    const TextStyle style_before = text.style;
    Run all = spelled_out(style_before, {});
    take_over(all, base_before, base_after, scale, style_before);
    text.style.font_family = *all.font_family;
    text.style.font_size = *all.font_size;
    text.style.font_weight = *all.font_weight;
    text.style.italic = *all.italic;
    text.style.underline = *all.underline;
    text.style.strikethrough = *all.strikethrough;

    const std::vector<Run> runs_before = std::move(text.runs);
    text.runs.clear();
    std::size_t last = 0;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        Run run;
        const bool is_new_line = letters[i].text == "\n";
        const bool joins = i == 0 || !origin[i] || before.run[*origin[i]] == last;
        if (origin[i]) {
            last = before.run[*origin[i]];
            run = spelled_out(style_before, runs_before[last]);
            if (!is_new_line)
                take_over(run, before.letters[*origin[i]].look, letters[i].look, scale, text.style);
        } else {
            run = spelled_out(text.style, {});
            run.letter_spacing = runs_before[last].letter_spacing.value_or(style_before.letter_spacing);
            if (!is_new_line) take_over(run, base_after, letters[i].look, scale, text.style);
        }
        run = shortened(std::move(run), text.style);
        // A line end has no look of its own: it goes on as the letter before.
        if (is_new_line && !text.runs.empty()) {
            const std::string newline = letters[i].text;
            run = text.runs.back();
            run.text = newline;
        } else {
            run.text = letters[i].text;
        }
        append(text.runs, std::move(run), joins || is_new_line);
    }
}

}  // namespace atelier::design::fabric
