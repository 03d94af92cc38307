#include <algorithm>
#include <cmath>

#include "common/design/text/graphemes.hpp"
#include "workers/ai/builtin/instructions/desk/room.hpp"
#include "workers/ai/builtin/instructions/forms/actions.hpp"
#include "workers/ai/builtin/instructions/language/languages.hpp"
#include "workers/ai/builtin/instructions/language/letter_case.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

/// The letters of a button's or badge's group: the one with the largest letters.
std::string main_text(Desk& desk, const std::string& id) {
    std::string best;
    double size = 0;
    for (const std::string& text : texts_in(desk, {id})) {
        const double own = text_of(desk.layer(text))->style.font_size;
        if (own <= size) continue;
        size = own;
        best = text;
    }
    return best;
}

/// Other words in the style of the first run; a box that became too small grows, letters shrink last.
void set_words(Desk& desk, const std::string& id, const std::string& words) {
    design::Layer& layer = desk.layer(id);
    auto& text = *text_of(layer);
    design::Run run = text.runs[0];
    run.text = words;
    // A first run that is a detail (a large initial) does not stand for all that follows.
    if (text.runs.size() > 1) run = {words};
    text.runs = {run};
    if (desk.design.meta.title == words_of(text)) desk.design.meta.title = words;
    const Yard bounds = yard(desk, id);
    const auto extent = desk.measurer.measure(text, layer.box.width);
    if (extent.height <= layer.box.height || !desk.is_top(id)) return;
    const design::Design before = desk.design;
    const double higher = std::ceil(extent.height) - layer.box.height;
    layer.box.height += higher;
    if (text.vertical_align == design::VerticalAlign::middle) layer.box.y -= higher / 2;
    if (text.vertical_align == design::VerticalAlign::bottom) layer.box.y -= higher;
    if (extent.widest_word > layer.box.width || !make_room(desk, id, bounds)) desk.design = before;
}

std::string without_case(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += char(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    return out;
}

/// Every place of `from`, in any case of ASCII letters.
int replace_all(std::string& text, const std::string& from, const std::string& to) {
    int count = 0;
    for (std::size_t at = 0; (at = without_case(text).find(without_case(from), at)) != text.npos; ++count) {
        text.replace(at, from.size(), to);
        at += to.size();
    }
    return count;
}

constexpr std::size_t kLongestText = 5000;

}  // namespace

Outcome change_text(Ask& ask) {
    const Ids all = ask.layers();
    if (all.empty()) return no_such(ask);
    std::string words = ask.has(Slot::quote) ? ask.text(Slot::quote) : ask.text();
    if (words.empty()) return "It does not say what the text shall be.";
    words = cut(words, kLongestText);
    Desk& desk = ask.desk;
    for (const std::string& id : desk.unlocked(all)) {
        const std::string text = main_text(desk, id);
        if (text.empty())
            return image_of(desk.layer(id)) ? show_instead(ask) : desk.called(id) + " has no text.";
        set_words(desk, text, words);
        desk.say(desk.called(id) + " says “" + words + "”.");
        // What is said of "it" next is said of the button, not of its letters.
        const Seat seat = *desk.seat(id);
        if (!seat.around.empty() && seat.around[0]->role == seat.layer->role)
            desk.last = {seat.around[0]->id};
    }
    return std::nullopt;
}

Outcome replace_words(Ask& ask) {
    Desk& desk = ask.desk;
    const std::string from = ask.text(Slot::quote), to = ask.text();
    const Ids all = ask.has(Slot::what) ? texts_in(desk, ask.layers()) : texts_in(desk, desk.ids());
    Ids meant;
    for (const std::string& id : all) {
        std::string words = words_of(*text_of(desk.layer(id)));
        const bool is_new = std::find(meant.begin(), meant.end(), id) == meant.end();
        if (is_new && replace_all(words, from, to) > 0) meant.push_back(id);
    }
    if (meant.empty()) return "No text says “" + from + "”.";
    const Ids ids = desk.unlocked(meant);
    for (const std::string& id : ids) {
        auto& text = *text_of(desk.layer(id));
        int count = 0;
        for (design::Run& run : text.runs)
            count += replace_all(run.text, from, to);
        if (count == 0) {  // it crosses runs
            std::string words = words_of(text);
            replace_all(words, from, to);
            set_words(desk, id, words);
        }
        std::erase_if(text.runs, [](const design::Run& run) { return run.text.empty(); });
        if (text.runs.empty()) return "That would leave a text without words.";
    }
    desk.last = ids;
    if (!ids.empty()) desk.say("“" + from + "” became “" + to + "” in " + desk.called(ids) + ".");
    return std::nullopt;
}

Outcome change_case(Ask& ask) {
    const Ids all = texts_in(ask.desk, ask.layers());
    if (all.empty()) return no_such(ask);
    Desk& desk = ask.desk;
    const Ids ids = desk.unlocked(all);
    for (const std::string& id : ids) {
        auto& text = *text_of(desk.layer(id));
        text.letters = ask.argument == "uppercase" ? design::Letters::uppercase : design::Letters::as_written;
        if (ask.argument == "uppercase") continue;
        bool begins = true;
        for (design::Run& run : text.runs)
            run.text = ask.argument == "titlecase"      ? title_case(run.text, begins)
                       : ask.argument == "sentencecase" ? sentence_case(run.text, begins)
                                                        : lower_case(run.text);
    }
    if (!ids.empty())
        desk.say(desk.called(ids) + (ids.size() == 1 ? " is" : " are") + " in " + std::string(ask.argument) +
                 ".");
    return std::nullopt;
}

Outcome translate(Ask& ask) {
    const auto tag = language_tag(ask.words(Slot::language)[0].word);
    ask.desk.translate_to = *tag;
    ask.desk.say("The texts are to be translated (" + *tag + ").");
    return std::nullopt;
}

}  // namespace atelier::ai::builtin::instructions
