// Places, people and brands: what a prompt names.
#include <algorithm>
#include <array>
#include <string_view>

#include "workers/ai/builtin/copy/wording.hpp"
#include "workers/ai/builtin/reading/lexicon.hpp"
#include "workers/ai/builtin/reading/spotters.hpp"

namespace atelier::ai::builtin {
namespace {

bool is_known(const Prompt& prompt, std::size_t at) {
    return occasions().match(prompt, at) || cities().match(prompt, at) || seasons().match(prompt, at) ||
           fillers().match(prompt, at) || purposes().match(prompt, at);
}

// The capitalised words from `at` on, joined by "&", "of", "the", "and" where capitals follow.
std::size_t name_end(const Prompt& prompt, std::size_t at) {
    std::size_t end = at;
    while (end < prompt.words.size() && end < at + 6) {
        if (!prompt.is_free(end)) {
            if (prompt.is(end, "&") && end > at && prompt.is_free(end + 1) &&
                begins_large(prompt.words[end + 1].text)) {
                ++end;
                continue;
            }
            break;
        }
        const bool large = begins_large(prompt.words[end].text) ||
                           std::isdigit(static_cast<unsigned char>(prompt.words[end].text[0]));
        const bool joins = end > at &&
                           (prompt.is(end, "of") || prompt.is(end, "the") || prompt.is(end, "and") ||
                            prompt.is(end, "de")) &&
                           prompt.is_free(end + 1) && begins_large(prompt.words[end + 1].text);
        if (!large && !joins) break;
        ++end;
    }
    return end;
}

// Where nearly every word begins large, or none does, letters say nothing of names.
bool capitals_tell(const Prompt& prompt) {
    std::size_t words = 0, large = 0;
    for (const Word& word : prompt.words) {
        if (word.kind != Kind::word || word.text.size() < 4) continue;
        ++words;
        large += begins_large(word.text) ? 1 : 0;
    }
    return words < 4 || words - large >= (words <= 6 ? 1u : 2u);
}

// "…, The Vault, …": a clause of its own in which every word begins large.
void spot_lone_place(Prompt& prompt, Facts& facts) {
    for (std::size_t at = 1; at < prompt.words.size(); ++at) {
        if (prompt.words[at - 1].role != Role::mark || !prompt.is(at - 1, ",") || !prompt.is_free(at))
            continue;
        const std::size_t end = name_end(prompt, at);
        const bool alone = end > at && (end >= prompt.words.size() || prompt.words[end].role == Role::mark ||
                                        prompt.words[end].role == Role::place);
        if (!alone || colors().match(prompt, at) || tones().match(prompt, at) || styles().match(prompt, at))
            continue;
        std::string& slot = facts.place.empty() ? facts.place : facts.city;
        if (!slot.empty()) return;
        slot = prompt.slice(at, end);
        prompt.mark(at, end, Role::place);
    }
}

// "Priya & Daniel": two names.
void spot_couple(Prompt& prompt, Facts& facts) {
    for (std::size_t at = 1; at + 1 < prompt.words.size(); ++at) {
        const bool joins = prompt.is(at, "&") || prompt.is(at, "and") || prompt.is(at, "und") ||
                           prompt.is(at, "et") || prompt.is(at, "y") || prompt.is(at, "e");
        if (!joins || !prompt.is_free(at - 1) || !prompt.is_free(at + 1) || is_known(prompt, at - 1) ||
            !begins_large(prompt.words[at - 1].text) || !begins_large(prompt.words[at + 1].text))
            continue;
        facts.people = prompt.slice(at - 1, at + 2);
        prompt.mark(at - 1, at + 2, Role::brand);
        return;
    }
}

// "12 maple street", "Hauptstraße 5".
void spot_address(Prompt& prompt, Facts& facts) {
    constexpr std::array<std::string_view, 14> kStreets{"street", "st",      "road",   "rd",       "avenue",
                                                        "ave",    "lane",    "square", "drive",    "place",
                                                        "straße", "strasse", "platz",  "boulevard"};
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        if (!prompt.is_free(at) || prompt.words[at].low.find_first_not_of("0123456789") != std::string::npos)
            continue;
        for (std::size_t end = at + 2; end < at + 5 && prompt.is_free(end - 1) && prompt.is_free(end);
             ++end) {
            if (std::find(kStreets.begin(), kStreets.end(), prompt.words[end].low) == kStreets.end())
                continue;
            if (facts.place.empty()) facts.place = title_case(prompt.slice(at, end + 1));
            prompt.mark(at, end + 1, Role::place);
            return;
        }
    }
}

}  // namespace

void spot_places(Prompt& prompt, Facts& facts) {
    spot_address(prompt, facts);
    const bool tell = capitals_tell(prompt);
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        if (!prompt.is_free(at)) continue;
        if (const auto city = cities().match(prompt, at)) {
            const bool after_in =
                at > 0 && (prompt.is(at - 1, "in") || prompt.is(at - 1, "en") || prompt.is(at - 1, "em") ||
                           prompt.is(at - 1, "à") || prompt.is(at - 1, "a"));
            const std::size_t end = at + city->length;
            const bool alone = (at == 0 || prompt.words[at - 1].kind == Kind::mark) &&
                               (end >= prompt.words.size() || prompt.words[end].kind == Kind::mark);
            if (begins_large(prompt.words[at].text) && (after_in || alone) && facts.city.empty()) {
                facts.city = prompt.slice(at, end);
                prompt.mark(after_in ? at - 1 : at, end, Role::place);
                continue;
            }
        }
        const bool by_people = at > 0 && (prompt.is(at - 1, "us") || prompt.is(at - 1, "everyone") ||
                                          prompt.is(at - 1, "team") || prompt.is(at - 1, "folks"));
        const bool is_at = !by_people && (prompt.is(at, "at") || prompt.is(at, "@") || prompt.is(at, "au") ||
                                          prompt.is(at, "beim") || prompt.is(at, "al"));
        const bool is_in = prompt.is(at, "in") || prompt.is(at, "im");
        if (!tell || (!is_at && !is_in)) continue;
        std::size_t from = at + 1;
        if (prompt.is(from, "the")) ++from;
        if (!prompt.is_free(from) || !begins_large(prompt.words[from].text)) continue;
        const std::size_t end = name_end(prompt, from);
        if (is_in && colors().match(prompt, from)) continue;
        std::string& slot = is_in ? facts.city : facts.place;
        if (end == from || !slot.empty() || occasions().match(prompt, from)) continue;
        slot = prompt.slice(prompt.is(at + 1, "the") && is_at ? at + 1 : from, end);
        prompt.mark(at, end, Role::place);
    }
    const bool has_place = facts.intent == Intent::event || facts.intent == Intent::invitation ||
                           facts.intent == Intent::hiring || facts.intent == Intent::education ||
                           facts.intent == Intent::announcement;
    if (tell && has_place) spot_lone_place(prompt, facts);
}

void spot_brand(Prompt& prompt, Facts& facts) {
    const bool tell = capitals_tell(prompt);
    if (facts.intent == Intent::invitation && facts.people.empty()) spot_couple(prompt, facts);
    for (std::size_t at = 0; at < prompt.words.size() && facts.brand.empty(); ++at) {
        const bool by =
            prompt.is(at, "from") || prompt.is(at, "by") || prompt.is(at, "bei") || prompt.is(at, "chez") ||
            (prompt.is(at, "at") && at > 0 && (prompt.is(at - 1, "us") || prompt.is(at - 1, "team"))) ||
            prompt.is(at, "von");
        const bool with_for = prompt.is(at, "for") || prompt.is(at, "für") || prompt.is(at, "pour") ||
                              prompt.is(at, "para") || prompt.is(at, "per");
        if (!by && !with_for) continue;
        std::size_t from = at + 1;
        if (prompt.is(from, "our") || prompt.is(from, "brand") ||
            (prompt.is(from, "the") && from < prompt.words.size() && !begins_large(prompt.words[from].text)))
            ++from;
        if (!prompt.is_free(from) || !begins_large(prompt.words[from].text) ||
            (is_known(prompt, from) && !prompt.is(from, "the")) || (!tell && !by))
            continue;
        std::size_t end = name_end(prompt, from);
        while (end > from + 1 && is_known(prompt, end - 1))
            --end;
        if (end == from) continue;
        std::string name = prompt.slice(from, end);
        // "for Anna & Tom": people, who invite.
        const std::size_t amp = name.find(" & ") != std::string::npos ? name.find(" & ") : name.find(" and ");
        if (amp != std::string::npos && facts.intent == Intent::invitation) {
            facts.people = name;
            prompt.mark(at, end, Role::brand);
            return;
        }
        const bool is_person = name.find(". ") != std::string::npos;  // "Mr. Okafor"
        if (with_for && (is_person || facts.intent == Intent::invitation)) {
            facts.people = name;
            prompt.mark(at, end, Role::brand);
            return;
        }
        if (prompt.is(end, "family") || prompt.is(end, "team") || prompt.is(end, "crew")) {
            facts.from = "the " + name + " " + prompt.words[end].low;
            prompt.mark(at, end + 1, Role::brand);
            return;
        }
        if (prompt.is_free(end) && with_for && !prompt.is(end, "in") && !prompt.is(end, "with") &&
            !prompt.is(end, "on") && !prompt.is(end, "and") && !prompt.is(end, "at"))
            continue;  // "for Nordic yoga studio"
        facts.brand = std::move(name);
        prompt.mark(at, end, Role::brand);
    }
    if (!facts.brand.empty() || !tell) return;
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        const std::string& text = prompt.words[at].text;
        if (!prompt.is_free(at) || !begins_large(text) || text.size() < 4 ||
            text.substr(text.size() - 2) != "'s" || (at > 0 && prompt.is(at - 1, ".")) ||
            occasions().match(prompt, at) || audiences().match(prompt, at))
            continue;
        std::size_t from = at;
        while (from > 0 && prompt.is_free(from - 1) && begins_large(prompt.words[from - 1].text) &&
               !is_known(prompt, from - 1))
            --from;
        facts.brand = prompt.slice(from, at + 1);
        facts.brand.resize(facts.brand.size() - 2);
        prompt.mark(from, at + 1, Role::brand);
        return;
    }
}

}  // namespace atelier::ai::builtin
