#include "workers/ai/builtin/instructions/language/phrase_slots.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace atelier::ai::builtin::instructions {
namespace {

using Words = std::span<const Token>;

bool is_one_of(const Token& token, std::span<const std::string_view> words) {
    return token.kind == Kind::word && std::find(words.begin(), words.end(), token.word) != words.end();
}

Amount of_number(const Token& token) {
    switch (token.unit) {
        case Unit::percent:
            return {Amount::Kind::percent, token.value};
        case Unit::pixels:
            return {Amount::Kind::pixels, token.value};
        case Unit::times:
            return {Amount::Kind::times, token.value};
        case Unit::degrees:
            return {Amount::Kind::degrees, token.value};
        case Unit::none:
            break;
    }
    return {Amount::Kind::number, token.value};
}

struct Worded {
    std::string_view word;
    Amount amount;
};
constexpr std::array<Worded, 14> kWorded{{{"slightly", {Amount::Kind::slightly, 0}},
                                          {"much", {Amount::Kind::much, 0}},
                                          {"more", {Amount::Kind::percent, 25}},
                                          {"half", {Amount::Kind::percent, 50}},
                                          {"quarter", {Amount::Kind::percent, 25}},
                                          {"third", {Amount::Kind::percent, 33}},
                                          {"twice", {Amount::Kind::times, 2}},
                                          {"double", {Amount::Kind::times, 2}},
                                          {"thrice", {Amount::Kind::times, 3}},
                                          {"two", {Amount::Kind::number, 2}},
                                          {"ten", {Amount::Kind::number, 10}},
                                          {"three", {Amount::Kind::number, 3}},
                                          {"four", {Amount::Kind::number, 4}},
                                          {"five", {Amount::Kind::number, 5}}}};

}  // namespace

std::optional<Amount> read_amount(Words phrase) {
    constexpr std::array<std::string_view, 6> kBefore{"by",      "about", "around", "approximately",
                                                      "another", "a"};
    bool is_target = false;
    while (!phrase.empty() && (is_one_of(phrase.front(), kBefore) || phrase.front().is("to"))) {
        is_target |= phrase.front().is("to");
        phrase = phrase.subspan(1);
    }
    std::optional<Amount> out;
    for (const Token& token : phrase) {
        if (token.kind == Kind::number) {
            if (out) return std::nullopt;
            out = of_number(token);
            continue;
        }
        if (token.is("times") && out && out->kind == Amount::Kind::number) {
            out->kind = Amount::Kind::times;
            continue;
        }
        const auto row =
            std::find_if(kWorded.begin(), kWorded.end(), [&](const Worded& w) { return token.is(w.word); });
        if (row == kWorded.end()) return std::nullopt;
        const bool repeats =
            out && (token.word == "much" || token.word == "more" || token.word == "slightly");
        if (out && !repeats) return std::nullopt;
        if (!out || token.word != "more") out = row->amount;
    }
    if (out) out->is_target = is_target;
    return out;
}

std::optional<Spot> read_spot(Words phrase) {
    constexpr std::array<std::string_view, 22> kSilent{
        "to", "the",  "at",     "in",  "on",  "a",    "of",   "corner",  "edge",   "canvas", "very",
        "by", "part", "design", "all", "far", "hand", "area", "towards", "middle", "and",    "margin"};
    Spot spot;
    bool says_center = false;
    for (const Token& token : phrase) {
        if (token.kind != Kind::word) return std::nullopt;
        const auto set = [](std::optional<int>& axis, int value) {
            if (axis) return false;
            axis = value;
            return true;
        };
        bool is_fine = true;
        if (token.word == "top" || token.word == "up")
            is_fine = set(spot.y, -1);
        else if (token.word == "bottom" || token.word == "down" || token.word == "foot")
            is_fine = set(spot.y, 1);
        else if (token.word == "left")
            is_fine = set(spot.x, -1);
        else if (token.word == "right")
            is_fine = set(spot.x, 1);
        else if (token.word == "center")
            says_center = true;
        else if (!is_one_of(token, kSilent) && token.word != "much")
            is_fine = false;
        if (!is_fine) return std::nullopt;
    }
    if (!spot.x && !spot.y && !says_center) return std::nullopt;
    if (says_center && !spot.x) spot.x = 0;
    if (says_center && !spot.y) spot.y = 0;
    return spot;
}

}  // namespace atelier::ai::builtin::instructions
