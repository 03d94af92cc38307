#include "workers/ai/builtin/instructions/language/pattern.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace atelier::ai::builtin::instructions {
namespace {

struct SlotName {
    std::string_view name;
    Slot slot;
};
constexpr std::array<SlotName, 10> kSlots{{{"what", Slot::what},
                                           {"other", Slot::other},
                                           {"spot", Slot::spot},
                                           {"color", Slot::color},
                                           {"amount", Slot::amount},
                                           {"text", Slot::text},
                                           {"quote", Slot::quote},
                                           {"font", Slot::font},
                                           {"n", Slot::number},
                                           {"language", Slot::language}}};

class Expander {
  public:
    explicit Expander(std::string_view pattern) : pattern_(pattern) {}
    std::vector<Sequence> all() {
        std::vector<Sequence> out = choices();
        assert(at_ == pattern_.size());
        return out;
    }

  private:
    bool is_at(char c) const { return at_ < pattern_.size() && pattern_[at_] == c; }

    std::vector<Sequence> choices() {
        std::vector<Sequence> out = row();
        while (is_at('|')) {
            ++at_;
            for (Sequence& one : row())
                out.push_back(std::move(one));
        }
        return out;
    }

    std::vector<Sequence> row() {
        std::vector<Sequence> out{{}};
        while (at_ < pattern_.size() && !is_at('|') && !is_at(')') && !is_at(']')) {
            if (is_at(' ')) {
                ++at_;
                continue;
            }
            const std::vector<Sequence> next = item();
            std::vector<Sequence> longer;
            for (const Sequence& front : out)
                for (const Sequence& back : next) {
                    longer.push_back(front);
                    longer.back().insert(longer.back().end(), back.begin(), back.end());
                }
            out = std::move(longer);
        }
        return out;
    }

    std::vector<Sequence> item() {
        if (is_at('(') || is_at('[')) {
            const bool may_lack = pattern_[at_++] == '[';
            std::vector<Sequence> out = choices();
            assert(is_at(may_lack ? ']' : ')'));
            ++at_;
            if (may_lack) out.push_back({});
            return out;
        }
        if (is_at('{')) {
            const std::size_t end = pattern_.find('}', at_);
            const std::string_view name = pattern_.substr(at_ + 1, end - at_ - 1);
            const auto row =
                std::find_if(kSlots.begin(), kSlots.end(), [&](const SlotName& s) { return s.name == name; });
            assert(row != kSlots.end());
            at_ = end + 1;
            return {{{"", row->slot}}};
        }
        const std::size_t end = std::min(pattern_.find_first_of(" |()[]{}", at_), pattern_.size());
        const std::string word(pattern_.substr(at_, end - at_));
        at_ = end;
        return {{{word, Slot::what}}};
    }

    std::string_view pattern_;
    std::size_t at_ = 0;
};

/// Steps that one match may take: more are only needed where somebody means harm.
constexpr int kMostSteps = 20'000;

struct Matcher {
    const Sequence& sequence;
    std::span<const Token> clause;
    const Fits& fits;
    Slots slots = {};
    int steps = 0;

    bool run(std::size_t piece, std::size_t at) {
        if (++steps > kMostSteps) return false;
        if (piece == sequence.size()) return at == clause.size();
        const std::size_t left = sequence.size() - piece - 1;
        if (at >= clause.size() || clause.size() - at <= left) {
            return false;
        }
        const Piece& here = sequence[piece];
        if (!here.word.empty()) return clause[at].is(here.word) && run(piece + 1, at + 1);
        const bool is_last = left == 0;
        for (std::size_t end = clause.size() - left; end > at; --end) {
            if (!is_last && !sequence[piece + 1].word.empty() && !clause[end].is(sequence[piece + 1].word))
                continue;
            if (!fits(here.slot, {at, end})) continue;
            slots[here.slot] = {at, end};
            if (run(piece + 1, end)) return true;
            if (is_last) break;
        }
        slots.erase(here.slot);
        return false;
    }
};

}  // namespace

std::vector<Sequence> expanded(std::string_view pattern) {
    std::vector<Sequence> out = Expander(pattern).all();
    std::stable_sort(out.begin(), out.end(),
                     [](const Sequence& a, const Sequence& b) { return a.size() > b.size(); });
    return out;
}

std::optional<Slots> match(const Sequence& sequence, std::span<const Token> clause, const Fits& fits) {
    Matcher matcher{sequence, clause, fits};
    if (!matcher.run(0, 0)) return std::nullopt;
    return matcher.slots;
}

}  // namespace atelier::ai::builtin::instructions
