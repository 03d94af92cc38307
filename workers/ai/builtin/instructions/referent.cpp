#include "workers/ai/builtin/instructions/referent.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/instructions/color_words.hpp"
#include "workers/ai/builtin/instructions/vocabulary.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

using Words = std::span<const Token>;
using K = Noun::Kind;

struct NounName {
    std::string_view word;
    K kind;
    bool is_plural;
};
constexpr NounName kNouns[] = {
    {"everything", K::everything, true},
    {"all", K::everything, true},
    {"it", K::pronoun, false},
    {"them", K::pronoun, true},
    {"that", K::pronoun, false},
    {"this", K::pronoun, false},
    {"these", K::pronoun, true},
    {"those", K::pronoun, true},
    {"one", K::pronoun, false},
    {"they", K::pronoun, true},
    {"background", K::canvas, false},
    {"canvas", K::canvas, false},
    {"headline", K::headline, false},
    {"headlines", K::headline, true},
    {"subtitle", K::subtitle, false},
    {"subtitles", K::subtitle, true},
    {"body", K::body, true},
    {"caption", K::caption, false},
    {"captions", K::caption, true},
    {"button", K::button, false},
    {"buttons", K::button, true},
    {"badge", K::badge, false},
    {"badges", K::badge, true},
    {"logo", K::logo, false},
    {"logos", K::logo, true},
    {"text", K::texts, false},
    {"texts", K::texts, true},
    {"words", K::texts, true},
    {"letters", K::texts, true},
    {"label", K::texts, false},
    {"labels", K::texts, true},
    {"picture", K::pictures, false},
    {"pictures", K::pictures, true},
    {"shape", K::shapes, false},
    {"shapes", K::shapes, true},
    {"circle", K::circles, false},
    {"circles", K::circles, true},
    {"rectangle", K::rectangles, false},
    {"rectangles", K::rectangles, true},
    {"polygon", K::polygons, false},
    {"polygons", K::polygons, true},
    {"star", K::polygons, false},
    {"stars", K::polygons, true},
    {"triangle", K::polygons, false},
    {"line", K::lines, false},
    {"lines", K::lines, true},
    {"name", K::texts, false},
    {"names", K::texts, true},
    {"group", K::groups, false},
    {"groups", K::groups, true},
    {"element", K::elements, false},
    {"elements", K::elements, true},
    {"decorations", K::shapes, true},
    {"decoration", K::shapes, false},
};

struct Ordinal {
    std::string_view word;
    int number;
};
constexpr Ordinal kOrdinals[] = {{"first", 1},  {"second", 2}, {"third", 3},  {"fourth", 4},  {"fifth", 5},
                                 {"sixth", 6},  {"last", -1},  {"other", 2},  {"final", -1},  {"erste", 1},
                                 {"zweite", 2}, {"dritte", 3}, {"primer", 1}, {"primero", 1}, {"segundo", 2},
                                 {"1st", 1},    {"2nd", 2},    {"3rd", 3},    {"4th", 4},     {"5th", 5}};
constexpr std::array<std::string_view, 14> kArticles{"the",  "a",     "of",    "our",      "that",
                                                     "this", "these", "those", "existing", "current",
                                                     "its",  "whole", "only",  "same"};

bool is_article(const Token& t) {
    return t.kind == Kind::word && std::find(kArticles.begin(), kArticles.end(), t.word) != kArticles.end();
}

const NounName* noun_of(const Token& token) {
    if (token.kind != Kind::word) return nullptr;
    const auto found = std::find_if(std::begin(kNouns), std::end(kNouns),
                                    [&](const NounName& row) { return row.word == token.word; });
    return found == std::end(kNouns) ? nullptr : found;
}

std::vector<std::string> spelling(Words words) {
    std::vector<std::string> out;
    for (const Token& token : words)
        if (token.kind == Kind::word || token.kind == Kind::number) out.push_back(token.word);
    return out;
}

std::size_t find_word(Words words, std::string_view word, std::size_t from = 0) {
    for (std::size_t i = from; i < words.size(); ++i)
        if (words[i].is(word)) return i;
    return words.size();
}

std::optional<Noun> read_noun(Words words, const Names& names, int depth);

/// "… at the bottom", "… in the top right corner": cut off and read into the noun.
bool take_spot(Words& words, Noun& noun) {
    for (std::size_t i = words.size(); i-- > 1;) {
        if (!words[i].is("at") && !words[i].is("in") && !words[i].is("on")) continue;
        const auto spot = read_spot(words.subspan(i + 1));
        if (!spot) continue;
        noun.spot = spot;
        words = words.first(i);
        return true;
    }
    return false;
}

/// `… that says "X"`, `… with the text "X"`, `… "X"` at either end.
bool take_quotation(Words& words, Noun& noun) {
    const auto at =
        std::find_if(words.begin(), words.end(), [](const Token& t) { return t.kind == Kind::quoted; });
    if (at == words.end()) return true;
    const auto index = static_cast<std::size_t>(at - words.begin());
    noun.says = at->word;
    Words before = words.first(index), after = words.subspan(index + 1);
    constexpr std::array<std::string_view, 9> kSaying{"that",  "says", "saying",  "with", "text",
                                                      "which", "the",  "reading", "reads"};
    while (!before.empty() && before.size() > 1 && before.back().kind == Kind::word &&
           std::find(kSaying.begin(), kSaying.end(), before.back().word) != kSaying.end())
        before = before.first(before.size() - 1);
    const auto is_silent = [](Words rest) { return std::all_of(rest.begin(), rest.end(), is_article); };
    if (is_silent(after))
        words = before;
    else if (is_silent(before))
        words = after;
    else
        return false;
    return true;
}

/// "the text of the button", "the button's text", "the button text".
bool take_owner(Words& words, Noun& noun, const Names& names, int depth) {
    const std::size_t apostrophe = find_word(words, "'s");
    std::optional<Noun> owner;
    Words rest = words;
    if (apostrophe < words.size()) {
        owner = read_noun(words.first(apostrophe), names, depth + 1);
        rest = words.subspan(apostrophe + 1);
    } else {
        for (const std::string_view link : {"of", "inside", "in", "on"}) {
            const std::size_t at = find_word(words, link, 1);
            if (at >= words.size()) continue;
            owner = read_noun(words.subspan(at + 1), names, depth + 1);
            rest = words.first(at);
            if (owner) break;
        }
        if (!owner && words.size() >= 2 && (words.back().is("text") || words.back().is("label"))) {
            const auto first = read_noun(words.first(words.size() - 1), names, depth + 1);
            const bool is_holder = first && (first->kind == K::button || first->kind == K::badge);
            if (is_holder) owner = first, rest = words.last(1);
        }
    }
    if (!owner) return apostrophe >= words.size();
    noun.within = std::make_shared<Noun>(std::move(*owner));
    words = rest;
    return !words.empty();
}

/// Words before the noun: which of them.
void take_adjectives(Words& words, Noun& noun) {
    while (words.size() > 1) {
        const Token& token = words.front();
        if (token.kind != Kind::word) return;
        const auto ordinal = std::find_if(std::begin(kOrdinals), std::end(kOrdinals),
                                          [&](const Ordinal& row) { return row.word == token.word; });
        if (is_article(token)) {
            noun.is_plural |= token.word == "these" || token.word == "those";
        } else if (token.word == "all" || token.word == "every" || token.word == "each" ||
                   token.word == "both") {
            noun.is_plural = true;
        } else if (ordinal != std::end(kOrdinals)) {
            noun.ordinal = ordinal->number;
        } else if (const auto color = named_color(token.word)) {
            noun.color = noun.color ? noun.color : color;
        } else if (token.word == "biggest" || token.word == "largest" || token.word == "big" ||
                   token.word == "main" || token.word == "large" || token.word == "bigger") {
            noun.size = 1;
        } else if (token.word == "smallest" || token.word == "small" || token.word == "tiny" ||
                   token.word == "smaller") {
            noun.size = -1;
        } else if (const auto spot = read_spot(words.first(1))) {
            Spot both = noun.spot.value_or(Spot{});
            if (spot->x) both.x = spot->x;
            if (spot->y) both.y = spot->y;
            noun.spot = both;
        } else if (token.word != "dark" && token.word != "light" && token.word != "round") {
            return;
        }
        words = words.subspan(1);
    }
}

std::optional<Noun> read_noun(Words words, const Names& names, int depth) {
    constexpr int kDeepest = 3;
    if (depth > kDeepest || words.size() > 24) return std::nullopt;
    while (words.size() > 1 && is_article(words.front()))
        words = words.subspan(1);
    if (words.empty()) return std::nullopt;
    Noun noun;
    const bool all_words =
        std::all_of(words.begin(), words.end(), [](const Token& t) { return t.kind != Kind::quoted; });
    if (all_words && !(words.size() == 1 && noun_of(words[0]))) {
        const std::vector<std::string> whole = spelling(words);
        if (whole.size() == words.size() && names.contains(whole, true)) {
            noun.words = whole;
            return noun;
        }
    }
    if (!take_quotation(words, noun)) return std::nullopt;
    if (words.empty()) {
        noun.kind = K::quoted;
        return noun;
    }
    take_spot(words, noun);
    if (!take_owner(words, noun, names, depth)) return std::nullopt;
    take_adjectives(words, noun);
    if (words.empty()) return std::nullopt;
    if (words.size() == 2 && noun_of(words[0]) && (words[1].is("text") || words[1].is("element")))
        words = words.first(1);  // "the headline text"
    if (words.size() == 1) {
        if (const NounName* row = noun_of(words[0])) {
            noun.kind = row->kind;
            noun.is_plural |= row->is_plural;
            if (row->word == "star" || row->word == "stars") noun.words = {"star"};
            return noun;
        }
    }
    if (words.size() >= 2)
        if (const NounName* row = noun_of(words.back()); row && row->kind != K::pronoun) {
            // "the speaker picture", "the section headlines": a name, and what it is.
            const std::vector<std::string> front = spelling(words.first(words.size() - 1));
            if (front.size() + 1 == words.size() && names.contains(front, false)) {
                noun.words = front;
                return noun;
            }
        }
    const std::vector<std::string> spelt_words = spelling(words);
    if (spelt_words.size() != words.size() || !names.contains(spelt_words, false)) return std::nullopt;
    noun.words = spelt_words;
    return noun;
}

// ---- finding

bool is_line(const design::Layer& layer) {
    const auto* shape = std::get_if<design::ShapeContent>(&layer.content);
    if (!shape || shape->outline.kind != design::ShapeKind::rectangle) return false;
    const double thin = std::min(layer.box.width, layer.box.height);
    return thin <= 30 && std::max(layer.box.width, layer.box.height) >= 4 * thin;
}

bool is_shape(const design::Layer& layer, design::ShapeKind kind) {
    const auto* shape = std::get_if<design::ShapeContent>(&layer.content);
    return shape && shape->outline.kind == kind;
}

constexpr std::size_t kMostNameWords = 12;

std::vector<std::string> singular(std::vector<std::string> words) {
    for (std::string& word : words)
        if (word.size() > 3 && word.ends_with('s')) word.pop_back();
    return words;
}

bool is_within(const std::vector<std::string>& words, const std::vector<std::string>& name) {
    return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::find(name.begin(), name.end(), word) != name.end();
    });
}

/// 2: the name is just that; 1: it is a part of it; 0: it is not.
int name_match(const design::Layer& layer, const std::vector<std::string>& words) {
    int best = 0;
    for (const std::string& text : {layer.name, layer.id}) {
        const std::vector<std::string> name = name_words(text);
        if (name.empty()) continue;
        if (name == words) return 2;
        if (is_within(words, name) || is_within(singular(words), singular(name))) best = 1;
    }
    return best;
}

bool is_role(const design::Layer& layer, K kind) {
    using design::Role;
    const Role role = layer.role;
    switch (kind) {
        case K::headline:
            return role == Role::headline;
        case K::subtitle:
            return role == Role::subheadline;
        case K::body:
            return role == Role::body;
        case K::caption:
            return role == Role::caption;
        case K::button:
            return role == Role::cta;
        case K::badge:
            return role == Role::badge;
        case K::logo:
            return role == Role::logo;
        default:
            return false;
    }
}

bool is_of_kind(design::Layer& layer, const Noun& noun) {
    using design::ShapeKind;
    const bool is_picture = image_of(layer) != nullptr;
    switch (noun.kind) {
        case K::texts:
            return text_of(layer) != nullptr;
        case K::quoted:
            return text_of(layer) != nullptr;
        case K::pictures:
            return is_picture && layer.role != design::Role::logo;
        case K::shapes:
            return std::holds_alternative<design::ShapeContent>(layer.content);
        case K::circles:
            return is_shape(layer, ShapeKind::ellipse);
        case K::rectangles:
            return is_shape(layer, ShapeKind::rectangle) && !is_line(layer);
        case K::polygons:
            return is_shape(layer, ShapeKind::polygon);
        case K::lines:
            return is_line(layer);
        case K::groups:
            return std::holds_alternative<design::GroupContent>(layer.content);
        case K::everything:
        case K::elements:
            return true;
        default:
            return is_role(layer, noun.kind);
    }
}

bool stands_at(Desk& desk, const std::string& id, const Spot& spot) {
    const design::Point middle = desk.bounds(id).middle();
    const auto fits = [](std::optional<int> side, double share) {
        return !side || (*side < 0 ? share < 0.45 : *side > 0 ? share > 0.55 : std::abs(share - 0.5) < 0.2);
    };
    return fits(spot.x, middle.x / desk.width()) && fits(spot.y, middle.y / desk.height());
}

std::string squeezed(std::string_view text) {
    std::string out;
    for (const char c : folded(text))
        out += c == '\n' ? ' ' : c;
    return out;
}

Ids outermost(Desk& desk, const Ids& ids) {
    Ids out;
    for (const std::string& id : ids) {
        const Seat seat = *desk.seat(id);
        const bool is_inside = std::any_of(seat.around.begin(), seat.around.end(), [&](const auto* group) {
            return std::find(ids.begin(), ids.end(), group->id) != ids.end();
        });
        if (!is_inside) out.push_back(id);
    }
    return out;
}

double prominence(Desk& desk, const std::string& id) {
    const design::Layer& layer = desk.layer(id);
    if (const auto* text = text_of(layer)) return text->style.font_size * 1e4 + layer.box.area() / 1e4;
    return layer.box.area();
}

/// In reading order: by rows of about a twentieth of the canvas, then from left to right.
Ids in_reading_order(Desk& desk, Ids ids) {
    const double row = desk.height() / 20;
    std::stable_sort(ids.begin(), ids.end(), [&](const std::string& a, const std::string& b) {
        const design::Box p = desk.bounds(a), q = desk.bounds(b);
        const double pr = std::floor(p.y / row), qr = std::floor(q.y / row);
        return pr != qr ? pr < qr : p.x < q.x;
    });
    return ids;
}

Ids named(Desk& desk, const Ids& among, const std::vector<std::string>& words) {
    for (const int wanted : {2, 1}) {
        Ids out;
        for (const std::string& id : among)
            if (name_match(desk.layer(id), words) == wanted) out.push_back(id);
        if (!out.empty()) return out;
    }
    return {};
}

Ids find_noun(Desk& desk, const Noun& noun);

Ids candidates(Desk& desk, const Noun& noun) {
    Ids among = desk.ids();
    if (noun.within) {
        Ids inner;
        for (const std::string& owner : find_noun(desk, *noun.within))
            for_each_in(desk.layer(owner), [&](design::Layer& part) { inner.push_back(part.id); });
        among = inner;
    }
    if (noun.kind == K::named) return named(desk, among, noun.words);
    Ids out;
    for (const std::string& id : among)
        if (is_of_kind(desk.layer(id), noun)) out.push_back(id);
    if (!noun.words.empty()) {
        const Ids those = named(desk, out, noun.words);
        if (!those.empty()) out = those;
    }
    if (out.empty() && noun.kind == K::pictures) return {};
    // "the badge" where no layer has the role: one that is called so.
    if (out.empty()) {
        const auto row = std::find_if(std::begin(kNouns), std::end(kNouns),
                                      [&](const NounName& n) { return n.kind == noun.kind; });
        if (row != std::end(kNouns)) out = named(desk, among, {std::string(row->word)});
    }
    // A design without a layer of the role: the text that plays it.
    if (out.empty() && noun.kind == K::headline) {
        for (const std::string& id : among)
            if (text_of(desk.layer(id)) && (out.empty() || prominence(desk, id) > prominence(desk, out[0])))
                out = {id};
    }
    return out;
}

Ids filtered(Desk& desk, const Noun& noun, Ids ids) {
    const auto keep = [&](auto&& wanted) {
        Ids out;
        for (const std::string& id : ids)
            if (wanted(id)) out.push_back(id);
        ids = out;
    };
    if (!noun.says.empty()) {
        const std::string said = squeezed(noun.says);
        keep([&](const std::string& id) {
            bool says = false;
            for_each_in(desk.layer(id), [&](design::Layer& part) {
                if (const auto* text = text_of(part))
                    says |= squeezed(words_of(*text)).find(said) != said.npos;
            });
            return says;
        });
    }
    if (noun.color)
        keep([&](const std::string& id) {
            const auto color = desk.color_of(id);
            return color && is_called_alike(*color, *noun.color);
        });
    if (noun.spot) keep([&](const std::string& id) { return stands_at(desk, id, *noun.spot); });
    return ids;
}

/// One of several: the one that stands out, or the one asked for.
Ids chosen(Desk& desk, const Noun& noun, Ids ids) {
    if (ids.size() < 2) return ids;
    if (noun.ordinal) {
        const Ids row = in_reading_order(desk, ids);
        const int n = *noun.ordinal < 0 ? int(row.size()) : *noun.ordinal;
        return n <= int(row.size()) ? Ids{row[n - 1]} : Ids{};
    }
    if (noun.is_plural) return ids;
    const auto prefer = [&](auto&& wanted) {
        Ids some;
        for (const std::string& id : ids)
            if (wanted(desk.layer(id))) some.push_back(id);
        if (!some.empty()) ids = some;
    };
    // "the picture" is rather the one that is looked at; of several subtitles the one that is called so.
    if (noun.kind == K::pictures)
        prefer([](const design::Layer& l) { return l.role != design::Role::background; });
    const auto* own = std::find_if(std::begin(kNouns), std::end(kNouns),
                                   [&](const NounName& n) { return n.kind == noun.kind; });
    if (own != std::end(kNouns))
        prefer([&](const design::Layer& l) { return name_match(l, {std::string(own->word)}) == 2; });
    if (noun.kind == K::texts && !noun.within && noun.says.empty()) {
        // "the text at the bottom" is no button's label while there is another.
        Ids own;
        for (const std::string& id : ids)
            if (desk.is_top(id)) own.push_back(id);
        if (!own.empty()) ids = own;
    }
    if (noun.kind == K::quoted || noun.kind == K::everything) return ids;
    if (noun.kind == K::named && noun.size == 0) return ids;
    if (noun.spot && noun.size == 0) {
        // The one farthest towards that side.
        const auto reach = [&](const std::string& id) {
            const design::Point p = desk.bounds(id).middle();
            return noun.spot->x.value_or(0) * p.x / desk.width() +
                   noun.spot->y.value_or(0) * p.y / desk.height();
        };
        return {*std::max_element(ids.begin(), ids.end(),
                                  [&](const auto& a, const auto& b) { return reach(a) < reach(b); })};
    }
    const int way = noun.size < 0 ? -1 : 1;
    return {*std::max_element(ids.begin(), ids.end(), [&](const auto& a, const auto& b) {
        return way * prominence(desk, a) < way * prominence(desk, b);
    })};
}

Ids find_noun(Desk& desk, const Noun& noun) {
    if (noun.kind == K::pronoun) {
        Ids there;
        for (const std::string& id : desk.last)
            if (desk.has(id)) there.push_back(id);
        return there;
    }
    if (noun.kind == K::canvas) {
        Ids out;
        for (const std::string& id : desk.ids())
            if (desk.layer(id).role == design::Role::background) out.push_back(id);
        return out;
    }
    Ids ids = filtered(desk, noun, candidates(desk, noun));
    // The button is the group, not the group and its label; "all texts" is every text.
    ids = outermost(desk, ids);
    if (noun.ordinal && *noun.ordinal > 1 && ids.size() == 1) return {};
    return chosen(desk, noun, ids);
}

std::optional<std::vector<Noun>> read_list(Words words, const Names& names) {
    if (const auto whole = read_noun(words, names, 0)) return std::vector<Noun>{*whole};
    for (std::size_t i = words.size(); i-- > 1;) {
        if (!words[i].is("and") && !words[i].is(",")) continue;
        const auto tail = read_noun(words.subspan(i + 1), names, 0);
        if (!tail) continue;
        std::size_t end = i;
        while (end > 0 && (words[end - 1].is(",") || words[end - 1].is("and")))
            --end;
        auto head = read_list(words.first(end), names);
        if (!head) continue;
        head->push_back(*tail);
        return head;
    }
    return std::nullopt;
}

}  // namespace

Names::Names(Desk& desk) {
    for (const std::string& id : desk.ids())
        for (const std::string& text : {desk.layer(id).name, id}) {
            std::vector<std::string> name = name_words(text);
            words_.insert(name.begin(), name.end());
            if (name.empty()) continue;
            singular_.push_back(singular(name));
            singular_words_.insert(singular_.back().begin(), singular_.back().end());
            names_.push_back(std::move(name));
        }
}

bool Names::contains(const std::vector<std::string>& words, bool whole) const {
    if (words.empty() || words.size() > kMostNameWords) return false;
    const auto is_known = [&](const std::string& word) {
        return words_.contains(word) || (!whole && singular_words_.contains(singular({word})[0]));
    };
    if (!std::all_of(words.begin(), words.end(), is_known)) return false;
    if (whole) return std::find(names_.begin(), names_.end(), words) != names_.end();
    const std::vector<std::string> one = singular(words);
    for (std::size_t i = 0; i < names_.size(); ++i)
        if (is_within(words, names_[i]) || is_within(one, singular_[i])) return true;
    return false;
}

std::optional<Referent> read_referent(Words phrase, const Names& names) {
    constexpr std::size_t kLongest = 40;
    if (phrase.empty() || phrase.size() > kLongest) return std::nullopt;
    Referent out;
    const std::size_t except = find_word(phrase, "except");
    if (except < phrase.size()) {
        auto spared = read_list(phrase.subspan(except + 1), names);
        if (!spared) return std::nullopt;
        out.except = std::move(*spared);
        phrase = phrase.first(except);
    }
    auto nouns = read_list(phrase, names);
    if (!nouns) return std::nullopt;
    out.nouns = std::move(*nouns);
    return out;
}

Ids find_layers(Desk& desk, const Referent& referent) {
    Ids wanted, spared;
    for (const Noun& noun : referent.nouns)
        for (const std::string& id : find_noun(desk, noun))
            wanted.push_back(id);
    for (const Noun& noun : referent.except)
        for (const std::string& id : find_noun(desk, noun))
            spared.push_back(id);
    Ids out;
    for (const std::string& id : desk.ids()) {
        const auto holds = [&](const Ids& list) {
            return std::find(list.begin(), list.end(), id) != list.end();
        };
        if (holds(wanted) && !holds(spared)) out.push_back(id);
    }
    return outermost(desk, out);
}

bool is_pronoun(const Referent& referent) {
    return referent.nouns.size() == 1 && referent.nouns[0].kind == K::pronoun;
}

bool is_canvas(const Referent& referent) {
    return referent.nouns.size() == 1 && referent.nouns[0].kind == K::canvas;
}

std::vector<std::string_view> referent_words() {
    std::vector<std::string_view> words{"biggest", "largest", "smallest", "every",  "each",   "both", "says",
                                        "saying",  "reading", "except",   "corner", "inside", "which"};
    for (const NounName& row : kNouns)
        words.push_back(row.word);
    for (const Ordinal& row : kOrdinals)
        words.push_back(row.word);
    return words;
}

}  // namespace atelier::ai::builtin::instructions
