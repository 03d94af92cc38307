#include <algorithm>

#include "workers/ai/builtin/color/names.hpp"
#include "workers/ai/builtin/copy/wording.hpp"
#include "workers/ai/builtin/reading/css_colors.hpp"
#include "workers/ai/builtin/reading/lexicon.hpp"
#include "workers/ai/builtin/reading/reading.hpp"
#include "workers/ai/builtin/reading/spotters.hpp"

namespace atelier::ai::builtin {
namespace {

void add(std::vector<std::string>& list, const std::string& text, std::size_t most) {
    if (!text.empty() && list.size() < most && std::find(list.begin(), list.end(), text) == list.end())
        list.push_back(text);
}

bool is_open(const Prompt& prompt, std::size_t at, std::size_t length) {
    for (std::size_t i = at; i < at + length; ++i)
        if (prompt.words[i].role != Role::none && prompt.words[i].role != Role::mark) return false;
    return true;
}

// "watercolour painting", "green tea", "golden retriever": a thing, no wish for looks.
bool is_thing(const Prompt& prompt, std::size_t at, std::size_t length) {
    const auto theme = themes().match(prompt, at);
    return theme && theme->length > length;
}

void add_color(Reading& reading, design::Color color, const std::string& name) {
    if (reading.colors.size() < 8 &&
        std::find(reading.colors.begin(), reading.colors.end(), color) == reading.colors.end()) {
        reading.colors.push_back(color);
        reading.color_names.push_back(name);
    }
}

void spot_colors(Reading& reading) {
    Prompt& prompt = reading.prompt;
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        const Word& word = prompt.words[at];
        if (word.kind == Kind::hex) {
            std::string hex = lower(word.text);
            if (hex.size() == 4) hex = {'#', hex[1], hex[1], hex[2], hex[2], hex[3], hex[3]};
            if (const auto color = design::parse_color(hex)) add_color(reading, *color, hex);
            prompt.mark(at, at + 1, Role::color);
            continue;
        }
        if (word.role != Role::none) continue;
        // "dark" and "light" before a colour's name that stands in no table itself.
        if (const auto match = colors().match(prompt, at);
            match && is_open(prompt, at, match->length) && !is_thing(prompt, at, match->length)) {
            const std::string& name = colors().row(match->row)[0];
            add_color(reading, named_color(name).value(), name);
            prompt.mark(at, at + match->length, Role::color);
            at += match->length - 1;
        } else if (const auto css = css_color(word.low); css && !is_thing(prompt, at, 1)) {
            add_color(reading, named_color(word.low).value_or(*css), word.low);
            prompt.mark(at, at + 1, Role::color);
        }
    }
}

void spot_tones(Reading& reading) {
    Prompt& prompt = reading.prompt;
    int light = 0, dark = 0;
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        if (prompt.words[at].role != Role::none) continue;
        if (const auto match = moods().match(prompt, at); match && is_open(prompt, at, match->length)) {
            (moods().row(match->row)[0] == "dark" ? dark : light) += 2;
            prompt.mark(at, at + match->length, Role::mood);
        }
        const auto style = styles().match(prompt, at);
        const auto tone = tones().match(prompt, at);
        const std::size_t length = std::max(style ? style->length : 0, tone ? tone->length : 0);
        if (length == 0 || is_thing(prompt, at, length) ||
            !is_open(prompt, at + (prompt.words[at].role == Role::mood ? 1 : 0),
                     length - (prompt.words[at].role == Role::mood ? 1 : 0)))
            continue;
        if (tone && tone->length == length) {
            const auto& row = tones().row(tone->row);
            add(reading.facts.tone, row[0], 6);
            if (row[2] == "dark") ++dark;
            if (row[2] == "light") ++light;
            for (const std::string& keyword : split(row[3], ','))
                add(reading.style_keywords, keyword, 10);
        }
        if (style && style->length == length) {
            const auto& row = styles().row(style->row);
            add(reading.style_keywords, row[0], 10);
            if (row.size() > 2 && row[2] == "light") ++light;
        }
        prompt.mark(at, at + length, tone && tone->length == length ? Role::tone : Role::style);
        at += length - 1;
    }
    if (light != dark) reading.mood = dark > light ? Mood::dark : Mood::light;
}

template <class Note>
void spot_rows(Prompt& prompt, const Lexicon& lexicon, Role role, const Note& note) {
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        if (prompt.words[at].role != Role::none) continue;
        const auto match = lexicon.match(prompt, at);
        if (!match || !is_open(prompt, at, match->length)) continue;
        note(lexicon.row(match->row));
        prompt.mark(at, at + match->length, role);
        at += match->length - 1;
    }
}

}  // namespace

void spot_occasion(Reading& reading) {
    Prompt& prompt = reading.prompt;
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        const auto match = occasions().match(prompt, at);
        if (!match || !is_open(prompt, at, match->length)) continue;
        if (!reading.occasion) {
            reading.occasion = match->row;
            const auto& row = occasions().row(match->row);
            reading.facts.occasion = row[0];
            reading.facts.greeting = row[6];
            if (reading.facts.season.empty()) reading.facts.season = row[2];
        }
        // "July 4th" is a day as well.
        for (std::size_t i = at; i < at + match->length; ++i)
            if (is_month(prompt.words[i].low)) reading.facts.date = prompt.slice(at, at + match->length);
        prompt.mark(at, at + match->length, Role::occasion);
        at += match->length - 1;
    }
}

void spot_kind(Reading& reading) {
    for (std::size_t at = 0; at < reading.prompt.words.size() && reading.facts.kind.empty(); ++at)
        if (reading.prompt.words[at].role == Role::none)
            if (const auto match = kinds().match(reading.prompt, at))
                reading.facts.kind = kinds().row(match->row)[0];
}

void spot_meaning(Reading& reading) {
    Prompt& prompt = reading.prompt;
    Facts& facts = reading.facts;
    spot_colors(reading);
    spot_rows(prompt, purposes(), Role::purpose, [&](const auto& row) {
        if (reading.purpose_word.empty()) reading.purpose_word = row[0];
    });
    spot_tones(reading);
    spot_rows(prompt, seasons(), Role::season, [&](const auto& row) {
        if (facts.season.empty() || !reading.occasion) facts.season = row[0];
    });
    spot_rows(prompt, audiences(), Role::audience, [&](const auto& row) {
        if (facts.audience.empty()) facts.audience = row[0];
    });
    spot_rows(prompt, intents(), Role::intent, [](const auto&) {});
    spot_rows(prompt, fillers(), Role::filler, [](const auto&) {});
    if (reading.occasion && facts.tone.empty())
        for (const std::string& tone : split(occasions().row(*reading.occasion)[5], ','))
            add(facts.tone, tone, 6);
}

// The thing of the theme that the prompt itself names, if it is one that can be shown: "candle", "perfume
// bottle".
std::string shown_thing(const Prompt& prompt, std::size_t theme) {
    static const std::vector<std::string> kThings = [] {
        std::vector<std::string> out;
        for (const auto& row : themes().rows())
            for (std::string& motif : split(row[3], ','))
                out.push_back(std::move(motif));
        return out;
    }();
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        const auto match = prompt.words[at].role == Role::subject ? themes().match(prompt, at) : std::nullopt;
        if (!match || match->row != theme) continue;
        std::string cue = lower(prompt.slice(at, at + match->length));
        for (int i = 0; i < 2; ++i) {
            for (const std::string& thing : kThings)
                if (thing == cue || thing == cue + "s" || thing.rfind(cue + " ", 0) == 0) return thing;
            if (!cue.empty() && cue.back() == 's') cue.pop_back();
        }
    }
    return {};
}

void spot_theme(Reading& reading, const Embedding* embedding) {
    const Prompt& prompt = reading.prompt;
    std::vector<double> votes(themes().rows().size(), 0);
    for (std::size_t at = 0; at < prompt.words.size();) {
        const Role role = prompt.words[at].role;
        const auto match =
            role == Role::brand || role == Role::contact || role == Role::filler || role == Role::place
                ? std::nullopt
                : themes().match(prompt, at);
        if (!match) {
            ++at;
            continue;
        }
        const std::size_t end = at + match->length;
        const bool is_head =
            role == Role::subject && (end >= prompt.words.size() || prompt.words[end].role != Role::subject);
        const double weight = is_head ? 7 : role == Role::subject ? 4 : role == Role::none ? 2 : 1;
        votes[match->row] += weight * (1 + 0.6 * static_cast<double>(match->length - 1)) +
                             0.03 * static_cast<double>(std::min<std::size_t>(at, 20));
        at += match->length;
    }
    auto best = std::max_element(votes.begin(), votes.end());
    if (*best == 0 && embedding && reading.facts.topic.empty() && !reading.facts.subject.empty()) {
        static const std::vector<std::vector<float>> kVectors = [&] {
            std::vector<std::vector<float>> out;
            for (const auto& row : themes().rows())
                out.push_back(embedding->embed(row[0] + ", " + row[3]));
            return out;
        }();
        const std::vector<float> own = embedding->embed(reading.facts.subject);
        for (std::size_t i = 0; i < votes.size(); ++i)
            votes[i] = similarity(own, kVectors[i]);
        best = std::max_element(votes.begin(), votes.end());
        // Below it, anything is like anything.
        if (*best < 0.42) return;
    }
    if (*best == 0) return;
    const auto& row = themes().row(static_cast<std::size_t>(best - votes.begin()));
    reading.facts.theme = {row[0], row[2], row[4], row[5], row[6], row[7], row[8], split(row[3], ',')};
    if (std::string shown = shown_thing(prompt, static_cast<std::size_t>(best - votes.begin()));
        !shown.empty()) {
        auto& motifs = reading.facts.theme.motifs;
        motifs.erase(std::remove(motifs.begin(), motifs.end(), shown), motifs.end());
        motifs.insert(motifs.begin(), shown);
        reading.facts.theme.noun = std::move(shown);
    }
}

}  // namespace atelier::ai::builtin
