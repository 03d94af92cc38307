#include "common/design/fabric/text.hpp"

#include <algorithm>
#include <cmath>

#include "common/design/fabric/font_lines.hpp"
#include "common/design/fabric/joined_lines.hpp"
#include "common/design/fabric/kinds.hpp"
#include "common/design/fabric/letters.hpp"
#include "common/design/fabric/paint.hpp"
#include "common/design/model/names.hpp"
#include "common/design/text/utf8.hpp"

namespace atelier::design::fabric {
namespace {

using json::Object;
using json::Value;

bool is_rtl_letter(char32_t c) {
    return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF) ||
           (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF);
}
bool is_ltr_letter(char32_t c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x590) ||
           (c >= 0x900 && c < 0x2000) || (c >= 0x2E80 && c < 0xFB00);
}
bool breaks_anywhere(char32_t c) {
    return (c >= 0x3040 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF);
}

template <class Test>
bool any_character(const TextContent& text, Test test) {
    for (const Run& run : text.runs)
        for (std::size_t at = 0; at < run.text.size();)
            if (test(next_character(run.text, at))) return true;
    return false;
}

/// Fabric has one direction for a whole text.
bool runs_right_to_left(const TextContent& text) {
    if (text.direction != Direction::automatic) return text.direction == Direction::rtl;
    for (const Run& run : text.runs)
        for (std::size_t at = 0; at < run.text.size();) {
            const char32_t c = next_character(run.text, at);
            if (is_rtl_letter(c)) return true;
            if (is_ltr_letter(c)) return false;
        }
    return false;
}

std::string_view align_name(Align align, bool is_rtl) {
    if (align != Align::justify) return name_of(align);
    return is_rtl ? "justify-right" : "justify-left";
}
std::optional<Align> read_align(const Value& value) {
    const std::string& name = value.as_string();
    if (name.starts_with("justify")) return Align::justify;
    if (name == "left" || name == "center" || name == "right") return named<Align>(name);
    return std::nullopt;
}

std::string_view horizontal_origin(Align align, bool is_rtl) {
    if (align == Align::center) return "center";
    return align == Align::right || (align == Align::justify && is_rtl) ? "right" : "left";
}
std::string_view vertical_origin(VerticalAlign align) {
    return align == VerticalAlign::top ? "top" : align == VerticalAlign::middle ? "center" : "bottom";
}
double origin_fraction(std::string_view name) {
    return name == "left" || name == "top" ? 0 : name == "center" ? 0.5 : 1;
}

/// The size that decides where a line lies: the largest in the first paragraph, or in the last for `bottom`.
struct Leading {
    std::string family;
    double size = 0;
};
Leading leading_of(const TextContent& text) {
    Leading out{text.style.font_family, 0};
    const bool is_last = text.vertical_align == VerticalAlign::bottom;
    const std::size_t count = text.runs.size();
    for (std::size_t i = 0; i < count; ++i) {
        const Run& run = text.runs[is_last ? count - 1 - i : i];
        const std::size_t end = is_last ? run.text.rfind('\n') : run.text.find('\n');
        const bool has_letters = end == std::string::npos || (is_last ? end + 1 < run.text.size() : end > 0);
        const double size = run.font_size.value_or(text.style.font_size);
        if (has_letters && size > out.size) out = {run.font_family.value_or(text.style.font_family), size};
        if (end != std::string::npos && (out.size > 0 || i + 1 == count)) break;
    }
    if (out.size == 0) out.size = text.style.font_size;
    return out;
}

/// A fill that is a gradient runs over the layer's box, Fabric's over the block.
Box paint_box(const TextContent& text, const Box& box, const TextSetting& setting) {
    const Point middle = block_middle(text, box, setting);
    const Leading leading = leading_of(text);
    const double height = block_height(leading.size * setting.scale, text.line_height, setting.lines);
    return {0, -(middle.y - height / 2), box.width, box.height};
}

std::string shown_text(const RunLetters& letters) {
    std::string out;
    for (const Letter& letter : letters.letters)
        out += letter.text;
    return out;
}

void note_losses(const Value& object, std::vector<std::string>& losses) {
    bool is_moved = false, is_marked = !object["textBackgroundColor"].as_string().empty();
    bool is_overlined = object["overline"].as_bool();
    const auto look_at = [&](const Value& style) {
        is_moved = is_moved || number_of(style["deltaY"]) != 0;
        is_marked = is_marked || !style["textBackgroundColor"].as_string().empty();
        is_overlined = is_overlined || style["overline"].as_bool();
    };
    for (const Value& range : object["styles"].array())
        look_at(range["style"]);
    for (const json::Member& line : object["styles"].object())
        for (const json::Member& letter : line.second.object())
            look_at(letter.second);
    if (is_moved) losses.emplace_back("raised or lowered letters");
    if (is_marked) losses.emplace_back("a colour behind letters");
    if (is_overlined) losses.emplace_back("a line above letters");
    if (object["path"].is_object()) losses.emplace_back("text along a path");
}

/// Fabric knows one spacing for a whole text, and with one it draws letter by letter, which joined scripts
/// and right-to-left lines do not survive. 0 where it cannot say what the design says.
double char_spacing(const TextContent& text, bool is_rtl) {
    if (is_rtl || any_character(text, is_joined)) return 0;
    const auto spacing = [&](const Run& run) {
        return run.letter_spacing.value_or(text.style.letter_spacing);
    };
    const bool is_one = std::all_of(text.runs.begin(), text.runs.end(),
                                    [&](const Run& run) { return spacing(run) == spacing(text.runs[0]); });
    return (is_one ? spacing(text.runs[0]) : text.style.letter_spacing) * 1000;
}

}  // namespace

TextSetting set_text(const TextContent& text, const Box& box, const TextMeasurer& measurer) {
    TextSetting out;
    out.scale = rendered_scale(measurer, text, box.width, box.height);
    const TextExtent extent = measurer.measure(text, box.width, out.scale);
    out.lines = std::max(1, extent.lines);
    out.word = extent.widest_word;
    if (runs_right_to_left(text)) out.aside = aside_of(text, box.width, out.scale, measurer);
    return out;
}

Value to_json(const TextSetting& setting) {
    return Object{{"scale", setting.scale},
                  {"lines", setting.lines},
                  {"word", number(setting.word)},
                  {"aside", number(setting.aside)}};
}
TextSetting read_setting(const Value& value) {
    return {std::clamp(number_of(value["scale"], 1), 0.01, 100.0),
            static_cast<int>(std::clamp<std::int64_t>(value["lines"].as_int(1), 1, 10000)),
            number_of(value["word"]), number_of(value["aside"])};
}

Point block_middle(const TextContent& text, const Box& box, const TextSetting& setting) {
    const Leading leading = leading_of(text);
    const double size = leading.size * setting.scale;
    const double share = origin_fraction(vertical_origin(text.vertical_align));
    const double anchor =
        box.height * share + block_shift(text.vertical_align, leading.family, size, text.line_height);
    return {box.width / 2 + setting.aside,
            anchor + (0.5 - share) * block_height(size, text.line_height, setting.lines)};
}

Value text_object(const TextContent& text, const Box& box, double rotation, const TextSetting& setting) {
    const bool is_rtl = runs_right_to_left(text);
    const RunLetters letters = letters_of(text, setting.scale);
    Value out = Object{{"type", "Textbox"}, {"text", shown_text(letters)}};
    out.set("width", number(box.width))
        .set("fontFamily", text.style.font_family)
        .set("fontSize", number(text.style.font_size * setting.scale))
        .set("fontWeight", text.style.font_weight)
        .set("fontStyle", text.style.italic ? "italic" : "normal")
        .set("underline", text.style.underline)
        .set("linethrough", text.style.strikethrough)
        .set("textAlign", align_name(text.align, is_rtl))
        .set("lineHeight", number(text.line_height / kFabricLine))
        .set("charSpacing", number(char_spacing(text, is_rtl)))
        .set("direction", is_rtl ? "rtl" : "ltr")
        .set("splitByGrapheme", any_character(text, breaks_anywhere))
        .set("fill", paint_json(text.style.fill, paint_box(text, box, setting)));
    out.set("styles", styles_json(letters.letters, read_look(out)));
    set_stroke(out, text.stroke);
    if (text.stroke) out.set("strokeLineJoin", "round");

    const std::string_view origin_x = horizontal_origin(text.align, is_rtl);
    const std::string_view origin_y = vertical_origin(text.vertical_align);
    const Leading leading = leading_of(text);
    const double shift =
        block_shift(text.vertical_align, leading.family, leading.size * setting.scale, text.line_height);
    const double share_x = origin_fraction(origin_x), share_y = origin_fraction(origin_y);
    // Fabric's origin is a point of the block with its stroke.
    const double stroke = text.stroke ? text.stroke->width : 0;
    const Point from_middle{(share_x - 0.5) * (box.width + stroke) + setting.aside,
                            (share_y - 0.5) * (box.height + stroke) + shift};
    const Point turned = turn(from_middle, rotation);
    set_place(out, origin_x, origin_y, {box.middle().x + turned.x, box.middle().y + turned.y}, rotation);
    return out;
}

void merge_text(TextContent& text, const TextSetting& setting, const Value& before, const Value& after,
                const Frame& frame, std::vector<std::string>& losses) {
    note_losses(after, losses);
    const double grown = frame.scale_y;  // Fabric scales letters, a design makes them larger
    merge_letters(text, setting.scale, read_look(before), read_look(after), read_letters(after));
    if (!agree(before["fill"], after["fill"])) {
        const auto paint =
            read_paint(after["fill"], {0, 0, std::max(1.0, frame.width), std::max(1.0, frame.height)});
        if (paint)
            text.style.fill = *paint;
        else
            losses.emplace_back("a pattern as its paint");
    }
    if (!agree(before["textAlign"], after["textAlign"]))
        text.align = read_align(after["textAlign"]).value_or(text.align);
    if (!agree(before["direction"], after["direction"]))
        text.direction = after["direction"].as_string() == "rtl" ? Direction::rtl : Direction::ltr;
    if (!agree(before["lineHeight"], after["lineHeight"]))
        text.line_height = neat(number_of(after["lineHeight"], 1.16) * kFabricLine);
    if (!agree(before["charSpacing"], after["charSpacing"])) {
        text.style.letter_spacing = neat(number_of(after["charSpacing"]) / 1000);
        for (Run& run : text.runs)
            run.letter_spacing.reset();
    }
    for (const char* key : {"stroke", "strokeWidth", "strokeDashArray"}) {
        if (agree(before[key], after[key])) continue;
        text.stroke = read_stroke(after, grown);
        break;
    }
    if (std::abs(grown - 1) < 1e-4) return;
    text.style.font_size = neat(text.style.font_size * grown);
    for (Run& run : text.runs)
        if (run.font_size) run.font_size = neat(*run.font_size * grown);
}

TextContent read_text(const Value& object, const Frame& frame, std::vector<std::string>& losses) {
    const Value before =
        Object{{"fill", "#000000"}, {"textAlign", "left"}, {"lineHeight", 1.16}, {"direction", "ltr"}};
    Value after = object;
    for (const json::Member& usual : before.object())
        if (!object.has(usual.first)) after.set(usual.first, usual.second);
    TextContent out;
    const Look look = read_look(before);
    out.style = {look.family, look.size, look.weight, false, false, false, 0, SolidPaint{}};
    out.line_height = neat(1.16 * kFabricLine);
    out.runs.push_back({});  // an empty text, against which everything is new
    merge_text(out, {}, before, after, frame, losses);
    return out;
}

bool is_widened(const TextSetting& setting, double before, double after) {
    if (after <= before) return false;
    // Measurers and Fabric do not agree to the pixel. A word that nearly fits is widened by a hair; one that
    // does not, by as much as it needs.
    const bool nearly_fits = setting.word > before * 0.85 && after < before * 1.04;
    return nearly_fits ||
           (setting.word > before * 1.05 && std::abs(after - setting.word) < setting.word * 0.5);
}

}  // namespace atelier::design::fabric
