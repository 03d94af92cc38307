#include <algorithm>

#include "common/design/fabric/frame.hpp"
#include "common/design/fabric/letters.hpp"
#include "common/design/text/graphemes.hpp"
#include "common/design/text/utf8.hpp"

namespace atelier::design::fabric {
namespace {

constexpr std::size_t kMaxRuns = 64, kMaxRunBytes = 5000;

/// `"Inter", sans-serif` → Inter.
std::string first_family(const std::string& families) {
    std::string out = families.substr(0, families.find(','));
    out.erase(0, std::min(out.find_first_not_of(" \"'"), out.size()));
    out.erase(out.find_last_not_of(" \"'") + 1);
    return out.empty() ? "Open Sans" : first_characters(out, 100);
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
    if (!is_same_size(after.size, before.size)) into.font_size = neat(after.size / scale);
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

bool is_untouched(const std::vector<Letter>& before, const std::vector<Letter>& after) {
    return std::equal(after.begin(), after.end(), before.begin(), before.end(), [](auto& a, auto& b) {
        return a.text == b.text && (a.text == "\n" || is_same(a.look, b.look));
    });
}

TextStyle merged_style(const TextStyle& style, const Look& before, const Look& after, double scale) {
    Run all = spelled_out(style, {});
    take_over(all, before, after, scale, style);
    return {*all.font_family, *all.font_size,     *all.font_weight,     *all.italic,
            *all.underline,   *all.strikethrough, style.letter_spacing, style.fill};
}

/// Makes runs of letters.
class RunMaker {
  public:
    RunMaker(const TextContent& text, const RunLetters& before, const TextStyle& style, const Look& base,
             double scale)
        : text_(text), before_(before), style_(style), base_(base), scale_(scale) {}

    /// `origin`: which letter it was before the edit.
    void add(const Letter& letter, std::optional<std::size_t> origin) {
        const bool goes_on = runs_.empty() || !origin || before_.run[*origin] == last_;
        if (origin) last_ = before_.run[*origin];
        // A line end has no look of its own: it goes on as the letter before.
        const bool is_new_line = letter.text == "\n";
        Run run = is_new_line && !runs_.empty() ? runs_.back() : shortened(run_of(letter, origin), style_);
        run.text = letter.text;
        append(runs_, std::move(run), goes_on || is_new_line);
    }
    std::vector<Run> take() { return std::move(runs_); }

  private:
    Run run_of(const Letter& letter, std::optional<std::size_t> origin) const {
        const Run& run_before = text_.runs[last_];
        Run run = origin ? spelled_out(text_.style, run_before) : spelled_out(style_, {});
        if (!origin) run.letter_spacing = run_before.letter_spacing.value_or(text_.style.letter_spacing);
        const Look& look_before = origin ? before_.letters[*origin].look : base_;
        if (letter.text != "\n") take_over(run, look_before, letter.look, scale_, style_);
        return run;
    }

    const TextContent& text_;
    const RunLetters& before_;
    const TextStyle& style_;
    const Look& base_;
    double scale_;
    std::size_t last_ = 0;  ///< run of the last letter that was there before
    std::vector<Run> runs_;
};

}  // namespace

void merge_letters(TextContent& text, double scale, const Look& base_before, const Look& base_after,
                   const std::vector<Letter>& after) {
    const RunLetters before = letters_of(text, scale);
    if (base_before == base_after && is_untouched(before.letters, after)) return;
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
    const TextStyle style = merged_style(text.style, base_before, base_after, scale);
    RunMaker maker(text, before, style, base_after, scale);
    for (std::size_t i = 0; i < letters.size(); ++i)
        maker.add(letters[i], origin[i]);
    text.runs = maker.take();
    text.style = style;
}

}  // namespace atelier::design::fabric
