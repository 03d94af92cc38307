#include <algorithm>

#include "workers/ai/builtin/instructions/language/grammar.hpp"

namespace atelier::ai::builtin::instructions {

Ask::Ask(Desk& d, const Names& names, std::span<const Token> clause, Slots slots, std::string_view text,
         std::string_view a)
    : desk(d), argument(a), names_(names), clause_(clause), slots_(std::move(slots)), text_(text) {}

std::span<const Token> Ask::words(Slot slot) const {
    const auto at = slots_.find(slot);
    if (at == slots_.end()) return {};
    return clause_.subspan(at->second.begin, at->second.end - at->second.begin);
}

std::optional<Referent> Ask::referent(Slot slot) const {
    return read_referent(words(slot), names_);
}

Ids Ask::layers(Slot slot) {
    const auto meant = referent(slot);
    if (!meant) return {};
    Ids found = find_layers(desk, *meant);
    if (slot == Slot::what && !found.empty()) desk.last = found;
    return found;
}

Ids Ask::free() {
    return desk.unlocked(layers());
}

bool Ask::is_canvas() const {
    const auto meant = referent(Slot::what);
    return meant && instructions::is_canvas(*meant);
}

bool Ask::is_pronoun() const {
    const auto meant = referent(Slot::what);
    return meant && instructions::is_pronoun(*meant);
}

bool Ask::is_everything() const {
    const auto meant = referent(Slot::what);
    return meant && meant->nouns.size() == 1 && meant->nouns[0].kind == Noun::Kind::everything;
}

std::string Ask::text(Slot slot) const {
    const auto at = slots_.find(slot);
    if (at == slots_.end()) return {};
    const Range range = at->second;
    if (range.end == range.begin + 1 && clause_[range.begin].kind == Kind::quoted)
        return clause_[range.begin].word;
    const Token& first = clause_[range.begin];
    std::size_t from = first.begin;
    if (range.begin > 0) {
        // Words that were dropped ("Just", "please") belong to a text all the same.
        const Token& before = clause_[range.begin - 1];
        const bool is_next = before.tail > before.end && before.tail <= from && from - before.tail <= 2;
        if (is_next) from = before.end;
    }
    const std::size_t to = clause_[range.end - 1].tail;
    std::string_view out = text_.substr(from, to > from ? to - from : 0);
    while (!out.empty() && (out.front() == ' ' || out.front() == ':' || out.front() == ','))
        out.remove_prefix(1);
    while (!out.empty() && (out.back() == ' ' || out.back() == ','))
        out.remove_suffix(1);
    return std::string(out);
}

std::optional<Amount> Ask::amount() const {
    return has(Slot::amount) ? read_amount(words(Slot::amount)) : std::nullopt;
}

Spot Ask::spot() const {
    return read_spot(words(Slot::spot)).value_or(Spot{});
}

Tint Ask::tint() const {
    const design::Brand& brand = desk.kit ? *desk.kit : desk.design.brand;
    return read_tint(words(Slot::color), brand).value_or(Tint{});
}

double Ask::number() const {
    const auto range = words(Slot::number);
    return range.empty() ? 0 : range[0].value;
}

}  // namespace atelier::ai::builtin::instructions
