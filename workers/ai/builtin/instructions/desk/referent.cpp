#include "workers/ai/builtin/instructions/desk/referent.hpp"

#include <algorithm>
#include <array>

#include "workers/ai/builtin/color/names.hpp"
#include "workers/ai/builtin/instructions/language/nouns.hpp"
#include "workers/ai/builtin/instructions/language/vocabulary.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

using Words = std::span<const Token>;
using K = Noun::Kind;

constexpr std::size_t kMostNameWords = 12;

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
