#include <algorithm>
#include <array>
#include <map>

#include "workers/ai/builtin/subjects/pack.hpp"
#include "workers/ai/builtin/subjects/subjects.hpp"
#include "workers/ai/builtin/subjects/synonyms.hpp"
#include "workers/ai/builtin/subjects/words.hpp"

namespace atelier::ai::builtin {
namespace {

constexpr std::size_t kLongestName = 4;  // words
/// After one of these a phrase no longer says what the thing is, but where or with what.
constexpr std::array<std::string_view, 17> kBoundaries{"with", "on",    "in",   "at",   "behind",  "for",
                                                       "and",  "under", "over", "near", "against", "beside",
                                                       "by",   "from",  "to",   "&",    ","};
/// Parts of names that say too little alone.
constexpr std::array<std::string_view, 24> kTooPlain{
    "mate",    "link",  "seat", "hook",      "pick",     "note",   "person", "station",
    "ice",     "label", "wing", "egg plant", "jar",      "ledger", "om",     "construction",
    "custard", "seal",  "ram",  "locked",    "unlocked", "wood",   "foggy",  "fog"};

std::string blanks_for_hyphens(std::string_view name) {
    std::string out(name);
    std::ranges::replace(out, '-', ' ');
    return out;
}

struct Meaning {
    std::string_view subject;
    bool is_thing;
};
using Names = std::map<std::string, Meaning, std::less<>>;

Names collect() {
    Names names;
    // What the table says about a word counts more than a picture's own name.
    for (const Synonyms& row : synonyms()) {
        for (const std::string_view word : split(row.things, '|'))
            names.emplace(word, Meaning{row.subject, true});
        for (const std::string_view word : split(row.matters, '|'))
            names.emplace(word, Meaning{row.subject, false});
    }
    for (const PackedPicture& picture : packed_pictures()) {
        std::string own = blanks_for_hyphens(picture.name);
        if (std::ranges::find(kTooPlain, own) == kTooPlain.end())
            names.emplace(std::move(own), Meaning{picture.name, true});
    }
    return names;
}

const Names& names() {
    static const Names all = collect();
    return all;
}

std::optional<Meaning> known(std::string_view phrase) {
    const auto it = names().find(phrase);
    return it == names().end() ? std::nullopt : std::optional(it->second);
}

/// As it stands, then in the other number.
std::optional<Meaning> known_in_any_number(const std::string& phrase) {
    if (const auto subject = known(phrase)) return subject;
    const auto cut = [&](std::size_t letters, std::string_view add) {
        return known(phrase.substr(0, phrase.size() - letters) + std::string(add));
    };
    if (phrase.size() < 3) return std::nullopt;
    if (phrase.ends_with("'s")) return cut(2, "");
    if (phrase.ends_with("ies"))
        if (const auto subject = cut(3, "y")) return subject;
    if (phrase.ends_with("ves")) {
        if (const auto subject = cut(3, "f")) return subject;
        if (const auto subject = cut(3, "fe")) return subject;
    }
    if (phrase.ends_with("es"))
        if (const auto subject = cut(2, "")) return subject;
    if (phrase.ends_with("s")) return cut(1, "");
    return known(phrase + "s");
}

struct Found {
    std::string_view subject;
    std::size_t clause = 0;
    bool is_thing = true;
};

std::vector<Found> find_all(std::string_view text, bool things_only) {
    const std::string plain = plain_words(text);
    const std::vector<std::string_view> words = split(plain, ' ');
    std::vector<Found> found;
    std::size_t clause = 0;
    for (std::size_t i = 0; i < words.size();) {
        std::size_t taken = 0;
        for (std::size_t count = std::min(kLongestName, words.size() - i); count > 0 && taken == 0; --count) {
            std::string phrase(words[i]);
            for (std::size_t k = 1; k < count; ++k)
                phrase.append(" ").append(words[i + k]);
            const auto meaning = known_in_any_number(phrase);
            if (!meaning) continue;
            // Also what is not wanted takes its words along: a coding camp is no tent.
            taken = count;
            if (meaning->is_thing || !things_only)
                found.push_back({meaning->subject, clause, meaning->is_thing});
        }
        if (taken == 0 && std::ranges::find(kBoundaries, words[i]) != kBoundaries.end()) ++clause;
        i += std::max<std::size_t>(taken, 1);
    }
    return found;
}

}  // namespace

std::span<const SubjectName> subject_names() {
    static const std::vector<SubjectName> all = [] {
        std::vector<SubjectName> list;
        for (const auto& [word, meaning] : names())
            list.push_back({word, meaning.subject, meaning.is_thing});
        return list;
    }();
    return all;
}

std::vector<std::string> find_subjects(std::string_view words, std::size_t most, bool things_only) {
    std::vector<Found> found = find_all(words, things_only);
    // "Premium headphones": what is named outright says enough.
    if (std::ranges::any_of(found, &Found::is_thing))
        std::erase_if(found, [](const Found& f) { return !f.is_thing; });
    // In a clause the last noun is the head: "wedding cake", "gold watch".
    std::stable_sort(found.begin(), found.end(),
                     [](const Found& a, const Found& b) { return a.clause < b.clause; });
    std::vector<std::string> out;
    for (auto first = found.begin(); first != found.end();) {
        const auto last =
            std::find_if(first, found.end(), [&](const Found& f) { return f.clause != first->clause; });
        for (auto it = std::make_reverse_iterator(last); it != std::make_reverse_iterator(first); ++it)
            if (out.size() < most && std::ranges::find(out, it->subject) == out.end())
                out.emplace_back(it->subject);
        first = last;
    }
    return out;
}

std::optional<std::string> find_subject(std::string_view words) {
    std::vector<std::string> found = find_subjects(words, 1);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

}  // namespace atelier::ai::builtin
