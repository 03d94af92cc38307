#include "workers/ai/builtin/copy/small_lines.hpp"

#include <algorithm>
#include <vector>

#include "copy_templates.hpp"
#include "workers/ai/builtin/copy/template.hpp"
#include "workers/ai/builtin/copy/wording.hpp"

namespace atelier::ai::builtin {
namespace {

// templates/lines.txt: kind | language | intent | conditions | text
struct Line {
    std::string kind, language, intent;
    Template condition;
    std::string text;
};

const std::vector<Line>& lines() {
    static const std::vector<Line> kLines = [] {
        std::vector<Line> out;
        for (const std::string& row : split(copy_templates::find("templates/lines.txt"), '\n')) {
            if (row.front() == '#') continue;
            std::vector<std::string> fields;
            for (std::size_t at = 0; at <= row.size();) {
                const std::size_t end = std::min(row.find('|', at), row.size());
                fields.push_back(trim(std::string_view(row).substr(at, end - at)));
                at = end + 1;
            }
            out.push_back({fields.at(0),
                           fields.at(1),
                           fields.at(2),
                           {"", split(fields.at(3), ','), "", "", "", ""},
                           fields.at(4)});
        }
        return out;
    }();
    return kLines;
}

// The lines that fit best, filled.
std::vector<std::string> fitting(const Facts& facts, std::string_view kind) {
    std::vector<std::string> out;
    double best = -1;
    for (const Line& line : lines()) {
        if (line.kind != kind || line.language != facts.language ||
            (!line.intent.empty() && line.intent != to_string(facts.intent)))
            continue;
        const auto fits = fit(line.condition, facts);
        const auto text = fill(line.text, facts);
        if (!fits || !text) continue;
        // A line of no intent is for those that have none of their own.
        const double weight = *fits + (line.intent.empty() ? -0.5 : 0);
        if (weight < best) continue;
        if (weight > best) out.clear();
        best = weight;
        out.push_back(*text);
    }
    return out;
}

}  // namespace

std::string call_to_action(const Facts& facts, std::uint64_t choice) {
    const std::vector<std::string> all = fitting(facts, "cta");
    return all.empty() ? "" : all[choice % all.size()];
}

std::string badge(const Facts& facts) {
    const bool is_private = facts.intent == Intent::greeting || facts.intent == Intent::quote;
    if (is_private) return {};
    for (const std::string& text : {facts.offer, facts.extra, facts.price})
        if (!text.empty() && letters(text) <= 30) return sentence_case(text);
    return {};
}

std::string caption(const Facts& facts) {
    std::vector<std::string> parts;
    if (facts.intent != Intent::quote) parts.push_back(facts.author);
    parts.push_back(join({sentence_case(facts.date), facts.time}, ", "));
    parts.push_back(join({facts.place, facts.place == facts.city ? "" : facts.city}, ", "));
    const std::string on_badge = badge(facts);
    for (const std::string& text : {facts.offer, facts.extra, facts.price})
        if (!text.empty() && sentence_case(text) != on_badge) parts.push_back(sentence_case(text));
    if (!facts.ages.empty() && facts.language == "en") parts.push_back("Ages " + facts.ages);
    if (!facts.author.empty() && facts.intent == Intent::quote) parts.push_back("— " + facts.author);
    parts.push_back(facts.url);
    parts.push_back(facts.phone);
    parts.push_back(facts.hashtag);
    return cut_at_word(join(parts, " · "), 160);
}

std::string usual_kicker(const Facts& facts, const std::string& headline) {
    const std::string low = lower(headline);
    const auto is_new = [&](const std::string& text) {
        return !text.empty() && letters(text) <= 40 && low.find(lower(text)) == std::string::npos;
    };
    std::vector<std::string> choices;
    // An occasion's name is English.
    if (facts.language == "en") choices.push_back(facts.occasion);
    choices.push_back(facts.brand);
    for (const std::string& line : fitting(facts, "kicker"))
        choices.push_back(line);
    for (const std::string& choice : choices)
        if (is_new(choice)) return choice;
    return {};
}

}  // namespace atelier::ai::builtin
