#include "workers/ai/builtin/retouch/wishes.hpp"

#include <algorithm>
#include <charconv>
#include <span>

#include "workers/ai/builtin/color/names.hpp"
#include "workers/ai/builtin/instructions/language/color_words.hpp"
#include "workers/ai/builtin/instructions/language/vocabulary.hpp"
#include "workers/ai/builtin/retouch/wish_words.hpp"

namespace atelier::ai::builtin::retouching {
namespace {

using instructions::Kind;
using instructions::Token;
using instructions::Tokens;
using instructions::Unit;
using Words = std::span<const Token>;

/// How many words of the phrase stand at the front; 0 where it does not. Articles in between are skipped.
std::size_t stands_at(Words words, std::string_view phrase) {
    std::size_t at = 0;
    while (!phrase.empty()) {
        const std::size_t end = std::min(phrase.find(' '), phrase.size());
        const std::string_view wanted = phrase.substr(0, end);
        phrase.remove_prefix(std::min(end + 1, phrase.size()));
        if (wanted == "the" && (at >= words.size() || !words[at].is("the"))) continue;
        if (at >= words.size() || !words[at].is(wanted)) return 0;
        ++at;
    }
    return at;
}

struct Found {
    const Row* row = nullptr;
    std::size_t begin = 0, end = 0;
};

std::vector<Found> find_edits(Words words) {
    std::vector<Found> out;
    for (std::size_t i = 0; i < words.size();) {
        Found best;
        for (const Row& row : kRows) {
            const std::size_t length = stands_at(words.subspan(i), row.phrase);
            if (length > best.end - best.begin) best = {&row, i, i + length};
        }
        // "bigger contrast"; "turn it blue" turns nothing.
        const bool is_meant =
            best.row && best.row->phrase != "bigger" &&
            (best.row->phrase != "turn" || std::any_of(words.begin(), words.end(), [](const Token& t) {
                 return t.kind == Kind::number || t.is("left") || t.is("right") || t.is("clockwise");
             }));
        if (!best.row) {
            ++i;
            continue;
        }
        if (is_meant) out.push_back(best);
        i = best.end;
    }
    return out;
}

double strength_of(Words around, const Row& row) {
    double out = row.strength;
    for (const Token& token : around) {
        if (token.is("slightly")) out = row.strength * 0.5;
        if (token.is("much") || token.is("strong") || token.is("strongly") || token.is("heavy") ||
            token.is("heavily"))
            out = row.strength * 1.7;
        if (token.is("subtle") || token.is("soft") || token.is("gently")) out = row.strength * 0.6;
        if (token.kind == Kind::number && (token.unit == Unit::percent || token.unit == Unit::none))
            out = row.strength * std::clamp(token.value / 30, 0.1, 3.0);
    }
    return out;
}

double degrees_of(Words around) {
    double out = 90;
    bool is_left = false;
    for (const Token& token : around) {
        if (token.kind == Kind::number) out = token.value;
        is_left |= token.is("left") || token.is("counterclockwise");
    }
    return is_left ? -out : out;
}

std::optional<imaging::Size> size_in(const std::string& word) {
    const std::size_t x = word.find('x');
    if (x == word.npos) return std::nullopt;
    imaging::Size size;
    const auto a = std::from_chars(word.data(), word.data() + x, size.width);
    const auto b = std::from_chars(word.data() + x + 1, word.data() + word.size(), size.height);
    const bool is_whole = a.ptr == word.data() + x && b.ptr == word.data() + word.size();
    const bool is_sane = size.width >= 16 && size.height >= 16 && size.width <= 8192 && size.height <= 8192;
    return is_whole && is_sane ? std::optional(size) : std::nullopt;
}

void read_size(Words around, Wish& wish) {
    for (std::size_t i = 0; i < around.size(); ++i) {
        const Token& token = around[i];
        if (const auto size = token.kind == Kind::word ? size_in(token.word) : std::nullopt) {
            wish.size = size;
            return;
        }
        const bool is_ratio = token.kind == Kind::number && i + 2 < around.size() && around[i + 1].is(":") &&
                              around[i + 2].kind == Kind::number && token.value > 0 &&
                              around[i + 2].value > 0;
        if (is_ratio) wish.size = {int(token.value * 100), int(around[i + 2].value * 100)};
        if (token.is("square") || token.is("rectangle")) wish.size = {1, 1};
        if (token.is("portrait") || token.is("story"))
            wish.size = token.is("story") ? imaging::Size{9, 16} : imaging::Size{4, 5};
        if (token.is("landscape") || token.is("widescreen")) wish.size = {16, 9};
        if (token.is("banner") || token.is("panorama")) wish.size = {5, 2};
        if (wish.size) {
            wish.is_aspect = true;
            return;
        }
    }
}

bool takes_colors(Edit edit) {
    return edit == Edit::duotone || edit == Edit::poster || edit == Edit::halftone;
}

/// Every colour that stands in the words, shades before it included.
std::vector<design::Color> colors_in(Words words) {
    std::vector<design::Color> out;
    for (std::size_t i = 0; i < words.size(); ++i)
        for (std::size_t length = std::min<std::size_t>(3, words.size() - i); length > 0; --length) {
            const Words part = words.subspan(i, length);
            const bool ends_so = part.back().kind == Kind::color ||
                                 (part.back().kind == Kind::word && named_color(part.back().word));
            const bool joins = std::any_of(part.begin(), part.end(), [](const Token& t) {
                return t.is("and") || t.is("to") || t.is(",") || t.is("from") || t.is("the") || t.is("our");
            });
            if (!ends_so || joins) continue;
            const auto tint = instructions::read_tint(part, design::Brand{});
            if (!tint || tint->size() != 1) continue;
            out.push_back((*tint)[0]);
            i += length - 1;
            break;
        }
    return out;
}

bool says_ours(Words words) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
        if ((words[i].is("our") || words[i].is("brand")) &&
            (words[i + 1].is("colors") || words[i + 1].is("brand")))
            return true;
    return false;
}

bool says_recolor(Words words) {
    return std::any_of(words.begin(), words.end(), [](const Token& t) {
        return t.is("make") || t.is("recolor") || t.is("color") || t.is("change") || t.is("turn") ||
               t.is("replace") || t.is("tone") || t.is("colorize") || t.is("be");
    });
}

void read_sentence(Words words, std::vector<Wish>& out) {
    const std::vector<Found> found = find_edits(words);
    Tokens rest;  // what belongs to no edit
    std::size_t from = 0;
    for (std::size_t i = 0; i <= found.size(); ++i) {
        const std::size_t to = i < found.size() ? found[i].begin : words.size();
        const bool is_taken = i > 0 && takes_colors(found[i - 1].row->edit);
        if (!is_taken)
            rest.insert(rest.end(), words.begin() + std::ptrdiff_t(from), words.begin() + std::ptrdiff_t(to));
        if (i < found.size()) from = found[i].end;
    }
    const std::vector<design::Color> colors = colors_in(rest);
    const bool takes_rest =
        std::any_of(found.begin(), found.end(), [](const Found& f) { return takes_colors(f.row->edit); });
    if (!takes_rest && colors.size() >= 2 && says_recolor(rest))
        out.push_back({Edit::recolor, 1, {colors[0], colors[1]}, false, {}, false, "recoloured"});
    else if (!takes_rest && colors.size() == 1 && says_recolor(rest))
        out.push_back({Edit::recolor_all, 1, colors, false, {}, false, "recoloured"});
    else if (!takes_rest && says_ours(rest))
        out.push_back({Edit::duotone, 1, {}, true, {}, false, "in your colours"});
    for (std::size_t i = 0; i < found.size(); ++i) {
        const std::size_t before = i > 0 ? found[i - 1].end : 0;
        const std::size_t after = i + 1 < found.size() ? found[i + 1].begin : words.size();
        const Words ahead = words.subspan(before, found[i].begin - before);
        const Words behind = words.subspan(found[i].end, after - found[i].end);
        Tokens around(ahead.begin(), ahead.end());
        if (i > 0) {  // only what stands behind the last "and" belongs to this one
            const auto joint = std::find_if(around.rbegin(), around.rend(),
                                            [](const Token& t) { return t.is("and") || t.is(","); });
            if (joint != around.rend()) around.erase(around.begin(), joint.base());
        }
        for (const Token& token : behind) {
            if ((token.is("and") || token.is(",")) && i + 1 < found.size() &&
                !takes_colors(found[i].row->edit))
                break;
            around.push_back(token);
        }
        Wish wish{found[i].row->edit,
                  strength_of(around, *found[i].row),
                  {},
                  false,
                  {},
                  false,
                  std::string(found[i].row->said)};
        if (wish.edit == Edit::rotate) wish.strength = degrees_of(words);
        if (takes_colors(wish.edit)) {
            wish.colors = colors_in(behind.empty() ? Words(around) : behind);
            if (wish.colors.empty()) wish.colors = colors_in(around);
            wish.wants_ours = says_ours(words);
        }
        if (wish.edit == Edit::crop || wish.edit == Edit::extend) read_size(words, wish);
        if (wish.edit == Edit::flip &&
            std::any_of(words.begin(), words.end(), [](const Token& t) { return t.is("vertically"); }))
            wish.edit = Edit::flip_over;
        out.push_back(std::move(wish));
    }
}

}  // namespace

std::vector<Wish> read_wishes(std::string_view instruction) {
    constexpr std::size_t kLongest = 4000;
    const Tokens tokens =
        instructions::spelt(instructions::tokenize(instructions::cleaned(instruction.substr(0, kLongest))));
    std::vector<Wish> out;
    for (std::size_t at = 0; at < tokens.size();) {
        std::size_t end = at;
        while (end < tokens.size() && tokens[end].kind != Kind::stop && !tokens[end].is("then"))
            ++end;
        if (end > at) read_sentence(Words(tokens).subspan(at, end - at), out);
        at = end + 1;
    }
    constexpr std::size_t kMost = 12;
    if (out.size() > kMost) out.resize(kMost);
    return out;
}

}  // namespace atelier::ai::builtin::retouching
