#include "workers/ai/builtin/reading/topic.hpp"

#include <string_view>

#include "workers/ai/builtin/copy/wording.hpp"
#include "workers/ai/builtin/reading/lexicon.hpp"
#include "workers/ai/builtin/reading/phrases.hpp"

namespace atelier::ai::builtin {
namespace {

bool ends_topic(const Prompt& prompt, std::size_t at) {
    const Word& word = prompt.words[at];
    return word.role == Role::literal ||
           (word.role == Role::mark && std::string_view(",.;:\n").find(word.text) != std::string_view::npos);
}

// "Explore Japan in cherry blossom season", "Save the whales": a call is a headline already.
std::string find_call(const Prompt& prompt) {
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        const bool begins = at == 0 || prompt.words[at - 1].role == Role::mark;
        if (!begins || !is_any(prompt, at,
                               {"explore", "discover", "save",  "taste",  "meet", "join",  "come",   "find",
                                "stop",    "eat",      "drink", "ride",   "feel", "love",  "visit",  "try",
                                "protect", "support",  "adopt", "donate", "wear", "plant", "choose", "live"}))
            continue;
        std::size_t end = at;
        while (end < prompt.words.size() && !ends_clause(prompt, end) &&
               prompt.words[end].role != Role::purpose && !is_any(prompt, end, {"awareness", "campaign"}))
            ++end;
        const std::string text = prompt.slice(at, end);
        if (end - at >= 3 && letters(text) <= 50) return text;
    }
    return {};
}

}  // namespace

std::string find_topic(const Reading& reading) {
    const Prompt& prompt = reading.prompt;
    const Intent intent = reading.facts.intent;
    if (intent == Intent::promotion) return find_call(prompt);
    if (intent != Intent::thumbnail && intent != Intent::education && intent != Intent::announcement)
        return {};
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        const Role role = prompt.words[at].role;
        const bool counts = prompt.is_free(at) && is_number(prompt, at) && prompt.is_word(at + 1);
        const bool how =
            is_any(prompt, at, {"how", "why", "what", "when", "where", "who"}) && prompt.is_word(at + 1);
        const bool after_colon = at > 0 && prompt.is(at - 1, ":") && role != Role::when &&
                                 role != Role::offer && role != Role::tone && role != Role::color;
        if (!counts && !how && !after_colon) continue;
        std::size_t end = at;
        while (end < prompt.words.size() && !ends_topic(prompt, end))
            ++end;
        const std::string text = prompt.slice(at, end);
        if (end - at >= 3 && letters(text) <= 70) return text;
    }
    return {};
}

void spot_list(const Prompt& prompt, Facts& facts) {
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        if (!prompt.is_word(at) || !is_number(prompt, at) || letters(prompt.words[at].text) > 3) continue;
        for (std::size_t i = at + 1; i < at + 4; ++i) {
            if (!is_any(prompt, i,
                        {"mistakes", "tips",    "tricks",    "hacks",   "ways",      "ideas", "secrets",
                         "steps",    "reasons", "errors",    "myths",   "habits",    "facts", "rules",
                         "lessons",  "things",  "questions", "recipes", "exercises", "signs", "tools"}))
                continue;
            facts.count = prompt.words[at].text;
            facts.things = prompt.words[i].low;
            return;
        }
    }
}

void spot_addressee(Prompt& prompt, Facts& facts) {
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        const bool thanks = facts.kind == "thanks" && intents().match(prompt, at) &&
                            is_any(prompt, at, {"thank", "thank-you", "thanks"});
        const bool wish = prompt.words[at].role == Role::occasion && at > 0 &&
                          (prompt.language != "en" || is_any(prompt, at - 1, {"happy", "merry"}));
        if (!thanks && !wish) continue;
        const auto match = thanks ? intents().match(prompt, at) : occasions().match(prompt, at);
        std::size_t from = at + (match ? match->length : 1);
        const bool reason = thanks && is_any(prompt, from, {"for", "to"});
        if (reason || is_any(prompt, from, {"to"})) ++from;
        while (is_article(prompt, from))
            ++from;
        std::size_t end = from;
        while (end < prompt.words.size() && end < from + 4 &&
               (prompt.is_free(end) || prompt.words[end].role == Role::audience))
            ++end;
        if (end == from || (wish && is_number(prompt, from))) return;
        (thanks ? facts.thanked : facts.people) = prompt.slice(from, end);
        prompt.mark(from, end, Role::subject);
        return;
    }
}

void spot_lost(const Prompt& prompt, Facts& facts) {
    if (facts.kind != "lost") return;
    for (std::size_t at = 0; at + 1 < prompt.words.size(); ++at)
        if (is_any(prompt, at, {"lost", "missing"}) && prompt.is_word(at + 1)) {
            facts.subject = prompt.words[at + 1].low;
            return;
        }
}

void spot_extras(Reading& reading) {
    const Prompt& prompt = reading.prompt;
    if (reading.facts.language != "en") return;
    const auto looks = [&](std::size_t at) {
        const Role role = at < prompt.words.size() ? prompt.words[at].role : Role::mark;
        return role == Role::season || role == Role::color || role == Role::style || role == Role::none;
    };
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        const bool begins = at > 0 && (prompt.words[at - 1].role == Role::mark ||
                                       is_any(prompt, at - 1, {"with", "featuring", "and"}));
        if (!begins || !looks(at)) continue;
        std::size_t end = at;
        bool has_thing = false, has_number = false;
        while (looks(end)) {
            has_number =
                has_number || prompt.words[end].text.find_first_of("0123456789") != std::string::npos;
            has_thing = has_thing || (prompt.is_free(end) && !is_number(prompt, end) &&
                                      !begins_large(prompt.words[end].text));
            ++end;
        }
        const bool ends = ends_clause(prompt, end) || is_any(prompt, end, {"and", "&"});
        const std::string text = lower(prompt.slice(at, end));
        const bool is_thing = prompt.is_free(end - 1) && !begins_large(prompt.words[end - 1].text);
        if (has_thing && !has_number && ends && is_thing && end - at <= 4 && letters(text) >= 3 &&
            reading.extras.size() < 6)
            reading.extras.push_back(text);
        at = end;
    }
}

}  // namespace atelier::ai::builtin
