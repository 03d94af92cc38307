#include "workers/ai/builtin/copy/template.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "copy_templates.hpp"
#include "workers/ai/builtin/copy/wording.hpp"

namespace atelier::ai::builtin {
namespace {

std::vector<Template> read(std::string_view file) {
    std::vector<Template> out;
    for (const std::string& line : split(file, '\n')) {
        if (line.front() == '#') continue;
        std::vector<std::string> fields;
        for (std::size_t at = 0; at <= line.size();) {
            const std::size_t end = std::min(line.find('|', at), line.size());
            fields.push_back(trim(std::string_view(line).substr(at, end - at)));
            at = end + 1;
        }
        fields.resize(6);
        out.push_back({fields[0], split(fields[1], ','), fields[2], fields[3], fields[4], fields[5]});
    }
    return out;
}

bool is_name(const Facts& facts) {
    const std::vector<std::string> words = split(facts.subject, ' ');
    return !words.empty() && std::all_of(words.begin(), words.end(), [](const std::string& word) {
        return begins_large(word) || word == "of" || word == "the" || word == "&" || word == "and";
    });
}

std::string where(const Facts& facts) {
    return join({facts.place, facts.place == facts.city ? "" : facts.city}, ", ");
}

std::string the_subject(const Facts& facts) {
    return is_name(facts) || facts.number == Number::mass || facts.subject.empty() ? facts.subject
                                                                                   : "the " + facts.subject;
}

std::string a_subject(const Facts& facts) {
    return facts.number == Number::single && !is_name(facts) && !facts.subject.empty()
               ? with_article(facts.subject)
               : facts.subject;
}

// A day that a sentence can name; "until 30 August" or a list of days stands in the caption only.
bool is_plain_date(const std::string& date) {
    const std::string first = lower(split(date + " ", ' ').empty() ? "" : split(date, ' ').front());
    for (const std::string_view word :
         {"until", "till", "through", "bis", "ab", "from", "since", "every", "each"})
        if (first == word) return false;
    return !date.empty() && letters(date) <= 18;
}

std::string on_date(const Facts& facts) {
    if (!is_plain_date(facts.date)) return {};
    const std::string first = lower(split(facts.date, ' ').front());
    const bool says_when =
        first == "this" || first == "next" || first == "today" || first == "tomorrow" || first == "tonight";
    return (says_when ? "" : "on ") + facts.date;
}

std::string agreeing(const std::string& gap, bool plural) {
    if (gap == "is") return plural ? "are" : "is";
    if (gap == "has") return plural ? "have" : "has";
    if (gap == "s") return plural ? "" : "s";
    if (gap == "it") return plural ? "they" : "it";
    if (gap == "them") return plural ? "them" : "it";
    if (gap == "this") return plural ? "these" : "this";
    if (gap == "its") return plural ? "their" : "its";
    return {};
}

struct Gap {
    std::string_view name;
    std::string Facts::*value;
};
constexpr std::array kGaps{
    Gap{"subject", &Facts::subject}, Gap{"occasion", &Facts::occasion}, Gap{"greeting", &Facts::greeting},
    Gap{"season", &Facts::season},   Gap{"audience", &Facts::audience}, Gap{"offer", &Facts::offer},
    Gap{"extra", &Facts::extra},     Gap{"price", &Facts::price},       Gap{"brand", &Facts::brand},
    Gap{"date", &Facts::date},       Gap{"time", &Facts::time},         Gap{"place", &Facts::place},
    Gap{"city", &Facts::city},       Gap{"ages", &Facts::ages},         Gap{"people", &Facts::people},
    Gap{"from", &Facts::from},       Gap{"thanked", &Facts::thanked},   Gap{"kind", &Facts::kind},
    Gap{"count", &Facts::count},     Gap{"things", &Facts::things},     Gap{"literal", &Facts::literal},
    Gap{"topic", &Facts::topic}};

std::string value_of(const std::string& gap, const Facts& facts) {
    if (begins_large(gap)) return sentence_case(value_of(lower(gap), facts));
    if (gap == "date" && !is_plain_date(facts.date)) return {};
    for (const Gap& known : kGaps)
        if (gap == known.name) return facts.*known.value;
    if (gap == "on date") return on_date(facts);
    if (gap == "a subject") return a_subject(facts);
    if (gap == "the subject") return the_subject(facts);
    if (gap == "where") return where(facts);
    if (gap == "theme") return facts.theme.name;
    if (gap == "verb") return facts.theme.verb;
    if (gap == "promise") return facts.theme.promise;
    return agreeing(gap, facts.number == Number::plural);
}

bool is_among(const std::string& list, const std::vector<std::string>& values) {
    const std::vector<std::string> wanted = split(list, '/');
    return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
        return !value.empty() && std::find(wanted.begin(), wanted.end(), value) != wanted.end();
    });
}

// Whole words, also where the subject has their plural.
bool says(const std::string& list, const std::string& text) {
    const std::string padded = " " + lower(text) + " ";
    const std::vector<std::string> wanted = split(list, '/');
    return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& phrase) {
        return padded.find(" " + phrase + " ") != std::string::npos ||
               padded.find(" " + phrase + "s ") != std::string::npos;
    });
}

// The weight of a condition that holds, nothing where it does not.
std::optional<double> weigh(const std::string& condition, const Facts& facts) {
    const auto when = [](bool holds, double weight) { return holds ? std::optional(weight) : std::nullopt; };
    if (condition.front() == '!') return when(!weigh(condition.substr(1), facts), 0);
    const std::size_t equals = condition.find('=');
    if (equals == std::string::npos) {
        if (condition == "short") return when(!facts.subject.empty() && letters(facts.subject) <= 24, 0.1);
        if (condition == "off") return when(facts.offer.ends_with("off"), 0.3);
        if (condition == "name") return when(is_name(facts), 0.2);
        if (condition == "single" || condition == "one") return when(facts.number == Number::single, 0.1);
        if (condition == "many") return when(facts.number != Number::single, 0.1);
        if (condition == "plural") return when(facts.number == Number::plural, 0.1);
        if (condition == "mass") return when(facts.number == Number::mass, 0.1);
        return when(!value_of(condition, facts).empty(), 0.3);
    }
    const std::string name = condition.substr(0, equals), list = condition.substr(equals + 1);
    if (name == "tone") return when(is_among(list, facts.tone), 1.2);
    if (name == "on") return when(is_among(list, {facts.occasion}), 2.5);
    if (name == "says") return when(says(list, facts.subject), 2.5);
    return when(is_among(list, {value_of(name, facts)}), name == "season" ? 1.5 : 2.2);
}

}  // namespace

const std::vector<Template>& templates(const std::string& language, Intent intent) {
    static const std::map<std::string, std::vector<Template>, std::less<>> kAll = [] {
        std::map<std::string, std::vector<Template>, std::less<>> out;
        for (const copy_templates::File& file : copy_templates::files())
            if (file.path.find('/') != file.path.rfind('/')) out.emplace(file.path, read(file.text));
        return out;
    }();
    static const std::vector<Template> kNone;
    const auto found = kAll.find("templates/" + language + "/" + std::string(to_string(intent)) + ".txt");
    return found == kAll.end() ? kNone : found->second;
}

std::optional<double> fit(const Template& sentence, const Facts& facts) {
    double sum = 0;
    for (const std::string& condition : sentence.conditions) {
        const auto weight = weigh(condition, facts);
        if (!weight) return {};
        sum += *weight;
    }
    return sum;
}

std::optional<std::string> fill(const std::string& text, const Facts& facts) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = std::min(text.find('{', at), text.size());
        out.append(text, at, open - at);
        if (open == text.size()) break;
        const std::size_t close = text.find('}', open);
        const std::string gap = text.substr(open + 1, close - open - 1);
        const std::string value = value_of(gap, facts);
        // The verb's ending may be empty, a fact may not.
        if (value.empty() && gap != "s") return {};
        out += value;
        at = close + 1;
    }
    return out;
}

}  // namespace atelier::ai::builtin
