#include "workers/ai/builtin/copy/essentials.hpp"

#include <algorithm>
#include <string>

#include "workers/ai/builtin/copy/wording.hpp"

namespace atelier::ai::builtin {
namespace {

constexpr std::size_t kLongestKicker = 48;

std::string all_lines(const Copy& copy) {
    return lower(join({copy.kicker, copy.headline, copy.subheadline, copy.body}, " \n "));
}

// A subject is named when all its words of some length are: a summer night is not yet a summer jazz night.
bool names(const std::string& lines, const std::string& subject) {
    const std::vector<std::string> words = split(lower(subject), ' ');
    return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        return letters(word) < 4 || word == "with" || word == "from" || lines.find(word) != std::string::npos;
    });
}

bool tells_a_sale(const std::string& lines) {
    const auto words = {"sale",    "% off", "half price", "half off",
                        "get one", "deal",  "discount",   "clearance"};
    return std::any_of(words.begin(), words.end(),
                       [&](const char* word) { return lines.find(word) != std::string::npos; });
}

std::string sale_line(const Facts& facts, const std::string& lines) {
    const std::string when = sentence_case(facts.occasion.empty() ? facts.season : facts.occasion);
    const std::string sale = when.empty() ? "Sale" : when + " sale";
    if (!names(lines, facts.subject)) {
        // "Sale on car wash" is nobody's language.
        if (facts.number == Number::single) return "Special offer: " + facts.subject;
        const std::string full = sale + " on " + facts.subject;
        return letters(full) <= kLongestKicker ? full : "Sale on " + facts.subject;
    }
    return tells_a_sale(lines) ? "" : sale;
}

// What should be named; empty where the lines do.
std::string missing(const Facts& facts, const std::string& lines) {
    const bool in_english = facts.language == "en";
    if (!in_english && facts.intent == Intent::sale && !facts.own_words.empty() &&
        letters(facts.own_words.front()) <= kLongestKicker)
        return lines.find(lower(facts.own_words.front())) == std::string::npos ? facts.own_words.front() : "";
    switch (facts.intent) {
        case Intent::sale:
            if (in_english) return sale_line(facts, lines);
            return names(lines, facts.subject) ? "" : facts.subject;
        case Intent::hiring:
            if (names(lines, facts.subject)) return "";
            return in_english && facts.number == Number::single
                       ? "We are hiring " + with_article(facts.subject)
                       : facts.subject;
        case Intent::event:
            if (in_english && !facts.people.empty() && !names(lines, facts.people))
                return facts.subject + " for " + facts.people;
            [[fallthrough]];
        case Intent::launch:
        case Intent::promotion:
        case Intent::education:
            return names(lines, facts.subject) || !facts.topic.empty() ? "" : facts.subject;
        case Intent::announcement:
            return lines.find(lower(facts.topic)) == std::string::npos ? facts.topic : "";
        case Intent::menu: {
            if (names(lines, facts.subject)) return "";
            return in_english && !names(facts.subject, "menu") ? facts.subject + " menu" : facts.subject;
        }
        case Intent::greeting:
            return names(lines, facts.thanked) ? "" : facts.thanked;
        case Intent::invitation:
            return names(lines, facts.people) ? "" : facts.people;
        default:
            return "";
    }
}

void put_before(std::string& caption, const std::string& text) {
    caption = caption.empty() ? text : text + " · " + caption;
}

}  // namespace

void say_essentials(const Facts& facts, Copy& copy, bool in_title_case) {
    if (const std::string line = missing(facts, all_lines(copy)); !line.empty()) {
        const std::string both = copy.kicker + ": " + line;
        const bool adds =
            !copy.kicker.empty() && facts.intent == Intent::event && letters(both) <= kLongestKicker;
        copy.kicker = adds ? both : sentence_case(line);
        if (in_title_case) copy.kicker = title_case(copy.kicker);
    }
    const std::string lines = all_lines(copy) + lower(copy.caption);
    const bool is_private = facts.intent == Intent::greeting || facts.intent == Intent::invitation;
    if (!facts.brand.empty() && lines.find(lower(facts.brand)) == std::string::npos)
        put_before(copy.caption, facts.brand);
    if (is_private && !facts.from.empty() && facts.language == "en" &&
        lines.find(lower(facts.from)) == std::string::npos)
        put_before(copy.caption, (facts.from.ends_with("family") ? "With love from " : "From ") + facts.from);
    if (facts.intent == Intent::announcement && facts.brand.empty() && !names(lines, facts.subject))
        put_before(copy.caption, sentence_case(facts.subject));
}

}  // namespace atelier::ai::builtin
