#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/instructions/desk/fonts.hpp"
#include "workers/ai/builtin/instructions/forms/actions.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

using design::TextContent;

/// Does it to every text that is meant and not locked, and says so.
template <class Change>
Outcome to_texts(Ask& ask, const std::string& what, Change&& change) {
    const Ids all = texts_in(ask.desk, ask.has(Slot::what) ? ask.layers() : ask.desk.ids());
    Ids texts;
    for (const std::string& id : all)
        if (std::find(texts.begin(), texts.end(), id) == texts.end()) texts.push_back(id);
    if (texts.empty()) return no_such(ask);
    const Ids ids = ask.desk.unlocked(texts);
    for (const std::string& id : ids)
        change(*text_of(ask.desk.layer(id)));
    if (!ids.empty()) ask.desk.say(ask.desk.called(ids) + (ids.size() == 1 ? " is " : " are ") + what + ".");
    return std::nullopt;
}

int weight_beside(int weight, int steps) {
    return std::clamp((weight + 50) / 100 * 100 + steps * 200, 100, 900);
}

/// 0.3 of what is usual where it says nothing.
double step_of(const Ask& ask, double usual) {
    const auto amount = ask.amount();
    if (!amount) return usual;
    if (amount->kind == Amount::Kind::slightly) return usual / 2;
    if (amount->kind == Amount::Kind::much) return usual * 2;
    if (amount->kind == Amount::Kind::percent) return amount->value / 100;
    return usual;
}

}  // namespace

Outcome set_font(Ask& ask) {
    const auto family = read_font(ask.words(Slot::font));
    if (!family) return "There is no such font.";
    return to_texts(ask, "set in " + *family, [&](TextContent& text) {
        text.style.font_family = *family;
        for (design::Run& run : text.runs)
            run.font_family.reset();
    });
}

Outcome set_weight(Ask& ask) {
    const std::string_view way = ask.argument;
    return to_texts(ask, std::string(way), [&](TextContent& text) {
        const int now = text.style.font_weight;
        text.style.font_weight = way == "bold"      ? 700
                                 : way == "regular" ? 400
                                 : way == "light"   ? 300
                                 : way == "black"   ? 900
                                 : way == "bolder"  ? weight_beside(now, 1)
                                                    : weight_beside(now, -1);
        if (way == "bold" && now >= 700) text.style.font_weight = std::min(900, now + 100);
        for (design::Run& run : text.runs)
            run.font_weight.reset();
    });
}

Outcome set_style(Ask& ask) {
    const bool is_on = !ask.argument.starts_with("not ");
    const std::string_view style = is_on ? ask.argument : ask.argument.substr(4);
    return to_texts(ask, std::string(is_on ? "" : "no longer ") + std::string(style), [&](TextContent& text) {
        if (style == "italic") text.style.italic = is_on;
        if (style == "underlined") text.style.underline = is_on;
        if (style == "struck through") text.style.strikethrough = is_on;
        for (design::Run& run : text.runs) {
            if (style == "italic") run.italic.reset();
            if (style == "underlined") run.underline.reset();
            if (style == "struck through") run.strikethrough.reset();
        }
    });
}

Outcome set_tracking(Ask& ask) {
    const bool is_more = ask.argument == "more";
    return to_texts(ask, is_more ? "set wider" : "set tighter", [&](TextContent& text) {
        const double by = step_of(ask, 0.05) * (is_more ? 1 : -1);
        const auto moved = [&](double now) {
            return std::clamp(std::round((ask.argument == "none" ? 0 : now + by) * 1000) / 1000, -0.15, 1.0);
        };
        text.style.letter_spacing = moved(text.style.letter_spacing);
        for (design::Run& run : text.runs)
            if (run.letter_spacing) run.letter_spacing = moved(*run.letter_spacing);
    });
}

Outcome set_leading(Ask& ask) {
    const bool is_more = ask.argument == "more";
    return to_texts(ask, "set with " + std::string(is_more ? "more" : "less") + " space between its lines",
                    [&](TextContent& text) {
                        double height = text.line_height + step_of(ask, 0.2) * (is_more ? 1 : -1);
                        if (ask.has(Slot::number)) height = ask.number();
                        text.line_height = std::clamp(std::round(height * 100) / 100, 0.7, 3.0);
                    });
}

Outcome align_text(Ask& ask) {
    using design::Align;
    const std::string_view side = ask.argument;
    return to_texts(ask, side == "justify" ? "justified" : "set " + std::string(side),
                    [&](TextContent& text) {
                        text.align = side == "left"     ? Align::left
                                     : side == "right"  ? Align::right
                                     : side == "center" ? Align::center
                                                        : Align::justify;
                    });
}

}  // namespace atelier::ai::builtin::instructions
