#include "workers/ai/builtin/copy/template.hpp"

#include <algorithm>
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
    return is_name(facts) || facts.subject.empty() ? facts.subject : "the " + facts.subject;
}

std::string a_subject(const Facts& facts) {
    return facts.number == Number::single && !is_name(facts) && !facts.subject.empty()
               ? with_article(facts.subject)
               : facts.subject;
}

std::string value_of(const std::string& gap, const Facts& facts) {
    const bool plural = facts.number == Number::plural;
    if (gap == "subject") return facts.subject;
    if (gap == "a subject") return a_subject(facts);
    if (gap == "the subject") return the_subject(facts);
    if (gap == "occasion") return facts.occasion;
    if (gap == "greeting") return facts.greeting;
    if (gap == "season") return facts.season;
    if (gap == "audience") return facts.audience;
    if (gap == "offer") return facts.offer;
    if (gap == "extra") return facts.extra;
    if (gap == "price") return facts.price;
    if (gap == "brand") return facts.brand;
    if (gap == "date") return facts.date;
    if (gap == "time") return facts.time;
    if (gap == "place") return facts.place;
    if (gap == "city") return facts.city;
    if (gap == "where") return where(facts);
    if (gap == "ages") return facts.ages;
    if (gap == "people") return facts.people;
    if (gap == "verb") return facts.theme.verb;
    if (gap == "promise") return facts.theme.promise;
    if (gap == "literal") return facts.literal;
    if (gap == "topic") return facts.topic;
    if (gap == "is") return plural ? "are" : "is";
    if (gap == "s") return plural ? "" : "s";
    if (gap == "it") return plural ? "they" : "it";
    if (gap == "them") return plural ? "them" : "it";
    if (gap == "this") return plural ? "these" : "this";
    if (gap == "its") return plural ? "their" : "its";
    return {};
}

bool is_among(const std::string& list, const std::vector<std::string>& values) {
    const std::vector<std::string> wanted = split(list, '/');
    return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
        return !value.empty() && std::find(wanted.begin(), wanted.end(), value) != wanted.end();
    });
}

// The weight of a condition that holds, nothing where it does not.
std::optional<double> weigh(const std::string& condition, const Facts& facts) {
    const auto when = [](bool holds, double weight) { return holds ? std::optional(weight) : std::nullopt; };
    const std::size_t equals = condition.find('=');
    const std::string name = condition.substr(0, equals);
    const std::string list = equals == std::string::npos ? "" : condition.substr(equals + 1);
    if (name == "theme") return when(is_among(list, {facts.theme.name}), 2.5);
    if (name == "tone") return when(is_among(list, facts.tone), 1.2);
    if (name == "!tone") return when(!is_among(list, facts.tone), 0);
    if (name == "on") return when(is_among(list, {facts.occasion}), 2.5);
    if (name == "season") return when(is_among(list, {facts.season}), 1.5);
    if (name == "plural") return when(facts.number == Number::plural, 0.2);
    if (name == "single") return when(facts.number == Number::single, 0.2);
    if (name == "mass") return when(facts.number == Number::mass, 0.2);
    if (name == "name") return when(is_name(facts), 0.2);
    if (name == "!name") return when(!is_name(facts), 0);
    if (name.front() == '!') return when(value_of(name.substr(1), facts).empty(), 0);
    return when(!value_of(name, facts).empty(), 0.3);
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
