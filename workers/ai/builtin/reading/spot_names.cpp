// Fields, literals, places and brands: what a prompt names.
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "workers/ai/builtin/copy/wording.hpp"
#include "workers/ai/builtin/reading/lexicon.hpp"
#include "workers/ai/builtin/reading/spotters.hpp"

namespace atelier::ai::builtin {
namespace {

struct Field {
    std::string_view name;
    std::string& (*value)(Facts&);
    bool is_sentence = false;  ///< a comma belongs to it
};

const std::array<Field, 38>& fields() {
    static const std::array<Field, 38> kFields{{
        {"headline", [](Facts& f) -> std::string& { return f.given.headline; }, true},
        {"title", [](Facts& f) -> std::string& { return f.given.headline; }, true},
        {"heading", [](Facts& f) -> std::string& { return f.given.headline; }, true},
        {"überschrift", [](Facts& f) -> std::string& { return f.given.headline; }, true},
        {"titel", [](Facts& f) -> std::string& { return f.given.headline; }, true},
        {"titre", [](Facts& f) -> std::string& { return f.given.headline; }, true},
        {"título", [](Facts& f) -> std::string& { return f.given.headline; }, true},
        {"titolo", [](Facts& f) -> std::string& { return f.given.headline; }, true},
        {"subtitle", [](Facts& f) -> std::string& { return f.given.subheadline; }, true},
        {"subheadline", [](Facts& f) -> std::string& { return f.given.subheadline; }, true},
        {"subheading", [](Facts& f) -> std::string& { return f.given.subheadline; }, true},
        {"tagline", [](Facts& f) -> std::string& { return f.given.subheadline; }, true},
        {"untertitel", [](Facts& f) -> std::string& { return f.given.subheadline; }, true},
        {"body", [](Facts& f) -> std::string& { return f.given.body; }, true},
        {"description", [](Facts& f) -> std::string& { return f.given.body; }, true},
        {"kicker", [](Facts& f) -> std::string& { return f.given.kicker; }},
        {"cta", [](Facts& f) -> std::string& { return f.given.cta; }},
        {"button", [](Facts& f) -> std::string& { return f.given.cta; }},
        {"badge", [](Facts& f) -> std::string& { return f.given.badge; }},
        {"caption", [](Facts& f) -> std::string& { return f.given.caption; }, true},
        {"footer", [](Facts& f) -> std::string& { return f.given.caption; }, true},
        {"terms", [](Facts& f) -> std::string& { return f.given.caption; }, true},
        {"date", [](Facts& f) -> std::string& { return f.date; }},
        {"datum", [](Facts& f) -> std::string& { return f.date; }},
        {"when", [](Facts& f) -> std::string& { return f.date; }},
        {"time", [](Facts& f) -> std::string& { return f.time; }},
        {"place", [](Facts& f) -> std::string& { return f.place; }},
        {"venue", [](Facts& f) -> std::string& { return f.place; }},
        {"where", [](Facts& f) -> std::string& { return f.place; }},
        {"location", [](Facts& f) -> std::string& { return f.place; }},
        {"ort", [](Facts& f) -> std::string& { return f.place; }},
        {"price", [](Facts& f) -> std::string& { return f.price; }},
        {"offer", [](Facts& f) -> std::string& { return f.offer; }},
        {"brand", [](Facts& f) -> std::string& { return f.brand; }},
        {"company", [](Facts& f) -> std::string& { return f.brand; }},
        {"author", [](Facts& f) -> std::string& { return f.author; }},
        {"product", [](Facts& f) -> std::string& { return f.subject; }},
        {"hashtag", [](Facts& f) -> std::string& { return f.hashtag; }},
    }};
    return kFields;
}

const Field* field_at(const Prompt& prompt, std::size_t at) {
    if (at >= prompt.words.size() || prompt.words[at].kind != Kind::word || !prompt.is(at + 1, ":"))
        return nullptr;
    if (at > 0 && prompt.is(at - 1, "the")) return nullptr;  // "Save the date: …"
    for (const Field& field : fields())
        if (prompt.words[at].low == field.name) return &field;
    return nullptr;
}

std::size_t value_end(const Prompt& prompt, std::size_t from, bool is_sentence) {
    bool another = false;
    for (std::size_t at = from; at < prompt.words.size(); ++at)
        another = another || field_at(prompt, at);
    std::size_t end = from;
    for (; end < prompt.words.size(); ++end) {
        if (prompt.is(end, "\n") || prompt.is(end, ";") || prompt.is(end, "|") || field_at(prompt, end))
            break;
        if (prompt.is(end, ",") && (!is_sentence || field_at(prompt, end + 1))) break;
        if (prompt.is(end, ".") && (!is_sentence || field_at(prompt, end + 1))) break;
    }
    return end;
}

const std::array<std::string_view, 12> kSpeakers{"by",  "-",  "says", "said", "~",   "from",
                                                 "von", "de", "di",   "par",  "por", "of"};

// "… " - Dieter Rams: up to four capitalised words behind a quote.
void spot_author(Prompt& prompt, Facts& facts, std::size_t at) {
    if (at >= prompt.words.size() ||
        std::find(kSpeakers.begin(), kSpeakers.end(), prompt.words[at].low) == kSpeakers.end())
        return;
    std::size_t end = at + 1;
    while (prompt.is_free(end) && end < at + 5 && begins_large(prompt.words[end].text))
        ++end;
    if (end == at + 1) return;
    facts.author = prompt.slice(at + 1, end);
    prompt.mark(at, end, Role::literal);
}

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

void spot_fields(Prompt& prompt, Facts& facts) {
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        const Field* field = field_at(prompt, at);
        if (!field) continue;
        const std::size_t end = value_end(prompt, at + 2, field->is_sentence);
        std::string value = prompt.slice(at + 2, end);
        while (!value.empty() && (value.front() == '"' || value.front() == ' '))
            value.erase(0, 1);
        while (!value.empty() && (value.back() == '"' || value.back() == ' ' || value.back() == ','))
            value.pop_back();
        std::string& slot = field->value(facts);
        if (!value.empty() && slot.empty()) slot = cut_at_word(value, field->is_sentence ? 160 : 60);
        // A product stays readable for its theme.
        if (field->name != "product")
            prompt.mark(at, end, Role::field);
        else
            prompt.mark(at, at + 2, Role::field);
        at = end > at ? end - 1 : at;
    }
}

void spot_literals(Prompt& prompt, Facts& facts) {
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        Word& word = prompt.words[at];
        if (word.role != Role::none && word.role != Role::mark) continue;
        switch (word.kind) {
            case Kind::quote:
                word.role = Role::literal;
                if (facts.literal.empty()) {
                    facts.literal = cut_at_word(trim(word.text), 80);
                    spot_author(prompt, facts, at + 1);
                } else if (facts.given.subheadline.empty()) {
                    facts.given.subheadline = cut_at_word(trim(word.text), 160);
                }
                break;
            case Kind::url:
                word.role = Role::contact;
                if (facts.url.empty()) {
                    facts.url = word.text;
                    for (const std::string_view start : {"https://", "http://"})
                        if (facts.url.rfind(start, 0) == 0) facts.url.erase(0, start.size());
                    if (!facts.url.empty() && facts.url.back() == '/') facts.url.pop_back();
                    facts.url = facts.url.size() > 60 ? facts.url.substr(0, facts.url.find('/')) : facts.url;
                }
                break;
            case Kind::phone:
                word.role = Role::contact;
                if (facts.phone.empty()) facts.phone = trim(word.text);
                break;
            case Kind::hashtag:
                word.role = Role::contact;
                if (facts.hashtag.empty()) facts.hashtag = word.text.substr(0, 40);
                break;
            default:
                break;
        }
    }
}

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
    if (tell && (facts.intent == Intent::event || facts.intent == Intent::invitation))
        spot_lone_place(prompt, facts);
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
        if (is_person && with_for) {
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
            text.substr(text.size() - 2) != "'s" || occasions().match(prompt, at) ||
            audiences().match(prompt, at))
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
