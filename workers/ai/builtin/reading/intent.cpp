#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "workers/ai/builtin/reading/lexicon.hpp"
#include "workers/ai/builtin/reading/reading.hpp"
#include "workers/ai/builtin/reading/spotters.hpp"

namespace atelier::ai::builtin {
namespace {

constexpr std::size_t kIntents = 12;
constexpr std::array<std::string_view, kIntents> kNames{"sale",         "launch",    "event",      "greeting",
                                                        "announcement", "hiring",    "promotion",  "quote",
                                                        "education",    "thumbnail", "invitation", "menu"};
using Scores = std::array<double, kIntents>;

double& score(Scores& scores, Intent intent) {
    return scores[static_cast<std::size_t>(intent)];
}

std::size_t intent_named(std::string_view name) {
    return static_cast<std::size_t>(std::find(kNames.begin(), kNames.end(), name) - kNames.begin());
}

// Every cue once for each intent that claims it; a word that only tells "for whom" or "where" counts less the
// later it stands.
void add_cues(const Prompt& prompt, Scores& scores) {
    std::array<double, kIntents> first{};
    for (std::size_t at = 0; at < prompt.words.size();) {
        const auto match = prompt.words[at].role == Role::none || prompt.words[at].role == Role::mark
                               ? intents().match(prompt, at)
                               : std::nullopt;
        if (!match) {
            ++at;
            continue;
        }
        const auto& row = intents().row(match->row);
        const std::size_t intent = intent_named(row[0]);
        const double weight = row[1][0] - '0';
        const double place = 1 - 0.02 * static_cast<double>(std::min<std::size_t>(at, 20));
        const double words = 1 + 0.35 * static_cast<double>(match->length - 1);
        // The same intent said twice is hardly surer.
        const double value = weight * place * words;
        scores[intent] += first[intent] == 0 ? value : value * 0.25;
        first[intent] = std::max(first[intent], value);
        at += match->length;
    }
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

void add_shapes(const Prompt& prompt, Scores& scores) {
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        const Word& word = prompt.words[at];
        if (word.kind == Kind::quote) {
            score(scores, Intent::quote) +=
                1.2 + (word.text.find(' ') != std::string::npos && prompt.words.size() < 6 ? 2 : 0);
            continue;
        }
        if ((word.role != Role::none && word.role != Role::mark) || word.low.empty()) continue;
        const bool number = is_digit(word.low[0]);
        if (number && word.low != "100" && (prompt.is(at + 1, "%") || prompt.is(at + 1, "off")))
            score(scores, Intent::sale) += 2.5;
        if (prompt.is(at, "bogo")) score(scores, Intent::sale) += 1;
        if (number && (prompt.is(at + 1, "pm") || prompt.is(at + 1, "am") || prompt.is(at + 1, "uhr")))
            score(scores, Intent::event) += 1.2;
        if (is_month(word.low) && ((at > 0 && is_digit(prompt.words[at - 1].low[0])) ||
                                   (at + 1 < prompt.words.size() && is_digit(prompt.words[at + 1].low[0]))))
            score(scores, Intent::event) += 0.8;
        // Who wishes well names no price and no hour.
        const bool is_money = word.text == "$" || word.text == "€" || word.text == "£" || word.text == "₹";
        if (is_money || prompt.is(at + 1, "pm") || prompt.is(at + 1, "am")) {
            score(scores, Intent::greeting) -= 1;
            score(scores, Intent::promotion) += 0.2;
        }
        if (occasions().match(prompt, at)) {
            score(scores, Intent::greeting) +=
                at > 0 && (prompt.is(at - 1, "happy") || prompt.is(at - 1, "merry")) ? 2.5 : 0.8;
        }
    }
}

// What each intent sounds like; the prompt goes where it is nearest.
constexpr std::array<std::string_view, kIntents> kPrototypes{
    "discount sale, special offer, reduced prices in the shop",
    "launch of a new product, introducing something new, now available",
    "an event with date and place: concert, party, festival, exhibition, talk",
    "congratulations and best wishes to you, with love, happy holidays, thank you",
    "announcement, news, notice about a change, public information",
    "we are hiring, job vacancy, join our team",
    "advertising for a shop, restaurant, product or service",
    "inspirational quote, proverb, words of wisdom",
    "course, lesson, tutorial, tips, learn how to",
    "video thumbnail, reaction, vlog, episode cover",
    "invitation to a wedding, birthday or private party",
    "restaurant menu, list of dishes and drinks",
};

void add_meaning(const Prompt& prompt, const Embedding& embedding, Scores& scores) {
    // There is one encoder, whoever loaded it.
    static const std::array<std::vector<float>, kIntents> kVectors = [&] {
        std::array<std::vector<float>, kIntents> out;
        for (std::size_t i = 0; i < kIntents; ++i)
            out[i] = embedding.embed(kPrototypes[i]);
        return out;
    }();
    const std::vector<float> own = embedding.embed(prompt.text);
    for (std::size_t i = 0; i < kIntents; ++i)
        scores[i] += 3 * std::max(0.0, similarity(own, kVectors[i]) - 0.15);
}

}  // namespace

Intent judge_intent(const Prompt& prompt, const Embedding* embedding) {
    Scores scores{};
    scores[static_cast<std::size_t>(Intent::promotion)] = 0.5;
    add_cues(prompt, scores);
    add_shapes(prompt, scores);
    Scores sorted = scores;
    std::sort(sorted.rbegin(), sorted.rend());
    // Silent or torn: the tables' best is no better than a guess.
    if (embedding && (sorted[0] < 1.5 || sorted[0] - sorted[1] < 0.4))
        add_meaning(prompt, *embedding, scores);
    return static_cast<Intent>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

}  // namespace atelier::ai::builtin
