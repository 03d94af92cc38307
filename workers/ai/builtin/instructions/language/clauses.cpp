#include "workers/ai/builtin/instructions/language/clauses.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "workers/ai/builtin/instructions/desk/fonts.hpp"
#include "workers/ai/builtin/instructions/language/languages.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

/// A form's sequences, and the words that each cannot do without.
struct Row {
    const Form* form;
    Sequence sequence;
    std::vector<std::string> words;
};

const std::vector<Row>& rows() {
    static const auto table = [] {
        std::vector<Row> out;
        for (const Form& form : forms())
            for (Sequence& sequence : expanded(form.pattern)) {
                Row row{&form, {}, {}};
                for (const Piece& piece : sequence)
                    if (!piece.word.empty()) row.words.push_back(piece.word);
                row.sequence = std::move(sequence);
                out.push_back(std::move(row));
            }
        return out;
    }();
    return table;
}

bool is_joint(const Token& token) {
    return token.is("and") || token.is(",");
}

struct Parsed {
    const Form* form = nullptr;
    Slots slots;
    Tokens tokens;
};

class Parser {
  public:
    Parser(const Names& names, const design::Brand& brand) : names_(names), brand_(brand) {}

    std::optional<Parsed> parse(Tokens tokens) const {
        while (!tokens.empty() && is_joint(tokens.back()))
            tokens.pop_back();
        while (!tokens.empty() && is_joint(tokens.front()))
            tokens.erase(tokens.begin());
        constexpr std::size_t kLongest = 60;
        if (tokens.empty() || tokens.size() > kLongest) return std::nullopt;
        std::set<std::string_view> words;
        for (const Token& token : tokens)
            if (token.kind == Kind::word) words.insert(token.word);
        std::map<std::tuple<Slot, std::size_t, std::size_t>, bool> known;
        const Fits fits = [&](Slot slot, Range range) {
            const auto [at, is_new] = known.try_emplace({slot, range.begin, range.end}, false);
            if (is_new)
                at->second =
                    this->fits(slot, std::span(tokens).subspan(range.begin, range.end - range.begin));
            return at->second;
        };
        for (const Row& row : rows()) {
            const bool may_fit = std::all_of(row.words.begin(), row.words.end(),
                                             [&](const std::string& word) { return words.contains(word); });
            if (!may_fit) continue;
            if (auto slots = match(row.sequence, tokens, fits))
                return Parsed{row.form, std::move(*slots), std::move(tokens)};
        }
        return std::nullopt;
    }

  private:
    bool fits(Slot slot, std::span<const Token> words) const {
        switch (slot) {
            case Slot::what:
            case Slot::other:
                return read_referent(words, names_).has_value();
            case Slot::spot:
                return read_spot(words).has_value();
            case Slot::color:
                return read_tint(words, brand_).has_value();
            case Slot::amount:
                return read_amount(words).has_value();
            case Slot::quote:
                return words.size() == 1 && words[0].kind == Kind::quoted;
            case Slot::font:
                return read_font(words).has_value();
            case Slot::number:
                return words.size() == 1 && words[0].kind == Kind::number;
            case Slot::language:
                return words.size() == 1 && language_tag(words[0].word).has_value();
            case Slot::text:
                break;
        }
        const bool is_quotation = words.size() == 1 && words[0].kind == Kind::quoted;
        return is_quotation || std::none_of(words.begin(), words.end(),
                                            [](const Token& t) { return t.kind == Kind::quoted; });
    }

    const Names& names_;
    const design::Brand& brand_;
};

/// What the joints inside of an unquoted text cost: it is more likely that they divide clauses.
double cost_of_text(const Parsed& parsed) {
    double cost = 0;
    const auto at = parsed.slots.find(Slot::text);
    if (at == parsed.slots.end()) return 0;
    for (std::size_t i = at->second.begin; i < at->second.end; ++i)
        cost += is_joint(parsed.tokens[i]) ? 1.5 : 0;
    return cost;
}

bool has_bare_text(const Parsed& parsed) {
    const auto at = parsed.slots.find(Slot::text);
    return at != parsed.slots.end() && parsed.tokens[at->second.begin].kind != Kind::quoted;
}

Tokens joined(std::span<const Token> front, std::span<const Token> back) {
    Tokens out(front.begin(), front.end());
    while (!back.empty() && is_joint(back.front()))
        back = back.subspan(1);
    out.insert(out.end(), back.begin(), back.end());
    return out;
}

/// The clause with what it lacks from the one before.
std::optional<Parsed> carried(const Parser& parser, const Parsed& before, std::span<const Token> words,
                              double& cost) {
    const std::span<const Token> old = before.tokens;
    const auto what = before.slots.find(Slot::what);
    if (what != before.slots.end()) {
        const Range range = what->second;
        if (range.begin > 0)
            if (auto parsed = parser.parse(joined(old.first(range.begin), words));
                parsed && !has_bare_text(*parsed)) {
                cost = 1.2;
                return parsed;
            }
        if (!has_bare_text(before))
            if (auto parsed = parser.parse(joined(old.first(range.end), words));
                parsed && !has_bare_text(*parsed)) {
                cost = 1.3;
                return parsed;
            }
    }
    if (auto parsed = parser.parse(joined(old.first(1), words));
        parsed && (!has_bare_text(*parsed) || old[0].is("change"))) {
        cost = 1.4;
        return parsed;
    }
    if (what == before.slots.end() || has_bare_text(before)) return std::nullopt;
    // "…, the subtitle too": the same for another layer.
    while (!words.empty() && words.back().is("too"))
        words = words.first(words.size() - 1);
    Tokens again = joined(old.first(what->second.begin), words);
    again.insert(again.end(), old.begin() + std::ptrdiff_t(what->second.end), old.end());
    cost = 1.6;
    return parser.parse(std::move(again));
}

struct Best {
    double cost = std::numeric_limits<double>::infinity();
    std::size_t from = 0;
    std::optional<Parsed> parsed;
    std::optional<Parsed> before;  ///< the last that was understood, this one included
};

constexpr double kNotUnderstood = 100;
/// Of what is longer than any person's wish the front is followed.
constexpr std::size_t kMostWords = 300, kMostClauses = 40;

void divide_sentence(std::span<const Token> sentence, const Parser& parser, std::optional<Parsed>& before,
                     std::vector<Clause>& out) {
    std::vector<std::size_t> starts{0};
    for (std::size_t i = 0; i < sentence.size(); ++i)
        if (is_joint(sentence[i])) starts.push_back(i + 1);
    starts.push_back(sentence.size());
    const std::size_t count = starts.size() - 1;
    std::vector<Best> best(count + 1);
    best[0].cost = 0;
    best[0].before = before;
    constexpr std::size_t kMostJoined = 6;
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = i + 1; j <= std::min(count, i + kMostJoined); ++j) {
            const auto words = sentence.subspan(starts[i], starts[j] - starts[i]);
            double cost = 1;
            auto parsed = parser.parse(Tokens(words.begin(), words.end()));
            if (!parsed && best[i].before) parsed = carried(parser, *best[i].before, words, cost);
            const bool is_blank = std::all_of(words.begin(), words.end(), is_joint);
            if (!parsed && j > i + 1) continue;
            cost = is_blank ? 0 : parsed ? cost + cost_of_text(*parsed) : kNotUnderstood;
            if (best[i].cost + cost >= best[j].cost) continue;
            best[j].cost = best[i].cost + cost;
            best[j].from = i;
            best[j].before = parsed ? parsed : best[i].before;
            best[j].parsed = std::move(parsed);
        }
    std::vector<std::size_t> ends;
    for (std::size_t j = count; j > 0; j = best[j].from)
        ends.push_back(j);
    for (auto end = ends.rbegin(); end != ends.rend(); ++end) {
        const auto words = sentence.subspan(starts[best[*end].from], starts[*end] - starts[best[*end].from]);
        std::size_t first = 0, last = words.size();
        while (first < last && is_joint(words[first]))
            ++first;
        while (last > first && is_joint(words[last - 1]))
            --last;
        if (first == last) continue;
        Clause clause;
        clause.begin = words[first].begin;
        clause.end = words[last - 1].tail;
        if (best[*end].parsed) {
            clause.form = best[*end].parsed->form;
            clause.slots = best[*end].parsed->slots;
            clause.tokens = best[*end].parsed->tokens;
        }
        out.push_back(std::move(clause));
    }
    before = best[count].before;
}

Clause unread(const Tokens& tokens, std::size_t from, std::size_t to) {
    Clause clause;
    clause.begin = tokens[from].begin;
    clause.end = tokens[to - 1].tail;
    return clause;
}

}  // namespace

std::vector<Clause> divide(const Tokens& tokens, const Names& names, const design::Brand& brand) {
    const Parser parser(names, brand);
    std::vector<Clause> out;
    std::optional<Parsed> before;
    for (std::size_t at = 0; at < tokens.size() && out.size() < kMostClauses;) {
        std::size_t end = at;
        while (end < tokens.size() && tokens[end].kind != Kind::stop && !tokens[end].is("then"))
            ++end;
        const std::size_t length = std::min(end - at, kMostWords);
        if (length > 0) divide_sentence(std::span(tokens).subspan(at, length), parser, before, out);
        if (length < end - at) out.push_back(unread(tokens, at + length, end));
        at = end + 1;
        if (at < tokens.size() && out.size() >= kMostClauses)
            out.push_back(unread(tokens, at, tokens.size()));
    }
    return out;
}

}  // namespace atelier::ai::builtin::instructions
