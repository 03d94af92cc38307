#include "workers/ai/builtin/copy/write_copies.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "workers/ai/builtin/copy/essentials.hpp"
#include "workers/ai/builtin/copy/small_lines.hpp"
#include "workers/ai/builtin/copy/template.hpp"
#include "workers/ai/builtin/copy/wording.hpp"

namespace atelier::ai::builtin {
namespace {

constexpr std::size_t kLongestHeadline = 60;

// SplitMix64 (Steele, Lea, Flood 2014): 0…1.
double chance(std::uint64_t seed, std::uint64_t a, std::uint64_t b) {
    std::uint64_t z = seed + 0x9e3779b97f4a7c15 * (a * 1009 + b + 1);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
}

bool has_tone(const Facts& facts, std::initializer_list<std::string_view> tones) {
    return std::any_of(tones.begin(), tones.end(), [&](std::string_view tone) {
        return std::find(facts.tone.begin(), facts.tone.end(), tone) != facts.tone.end();
    });
}

// Quiet designs are set as a sentence, loud ones in title case: the same for all words of a copy.
bool wants_title_case(const Facts& facts) {
    if (facts.language != "en") return false;
    if (has_tone(facts, {"premium", "elegant", "minimal", "calm", "earthy", "romantic", "tender"}))
        return false;
    return facts.intent != Intent::quote && facts.intent != Intent::hiring &&
           facts.intent != Intent::announcement;
}

struct Candidate {
    Copy copy;
    std::string angle, opening;
    double score = 0;
};

std::string opening_of(const std::string& headline) {
    const std::vector<std::string> words = split(lower(headline), ' ');
    return words.empty() ? "" : words.front();
}

// How a tone of voice likes an angle.
double taste(const Facts& facts, const std::string& angle) {
    if (has_tone(facts, {"premium", "elegant", "calm", "minimal"}))
        return angle == "playful" || angle == "urgency" ? -1.5 : angle == "bold" ? 0.6 : 0;
    if (has_tone(facts, {"playful"})) return angle == "playful" ? 1.2 : 0;
    if (has_tone(facts, {"bold", "urgent"})) return angle == "bold" || angle == "urgency" ? 0.6 : 0;
    return 0;
}

std::vector<Candidate> candidates(const Facts& facts) {
    std::vector<Candidate> out;
    for (const Template& sentence : templates(facts.language, facts.intent)) {
        const auto fits = fit(sentence, facts);
        // Words that are given want sentences that were written for any headline.
        const bool is_for_given = sentence.headline.find("{literal}") != std::string::npos;
        if (!fits || is_for_given == facts.literal.empty()) continue;
        const auto headline = fill(sentence.headline, facts);
        const auto subheadline = fill(sentence.subheadline, facts);
        const auto kicker = fill(sentence.kicker, facts);
        if (!headline || !subheadline || headline->empty() || letters(*headline) > kLongestHeadline) continue;
        Candidate candidate;
        candidate.angle = sentence.angle;
        candidate.copy.headline = wants_title_case(facts) ? title_case(*headline) : sentence_case(*headline);
        candidate.copy.subheadline = sentence_case(*subheadline);
        candidate.copy.kicker = kicker ? *kicker : "";
        if (const auto body = fill(sentence.body, facts)) candidate.copy.body = sentence_case(*body);
        candidate.opening = opening_of(*headline);
        candidate.score = *fits + taste(facts, sentence.angle) - (letters(*headline) > 34 ? 0.8 : 0);
        out.push_back(std::move(candidate));
    }
    return out;
}

// The prompt's own clauses, each once as the headline, where no sentence fits or none is known.
std::vector<Candidate> own_words(const Facts& facts) {
    const std::vector<std::string>& own = facts.own_words;
    std::vector<Candidate> out;
    for (std::size_t i = 0; i < own.size(); ++i) {
        if (i > 0 && letters(own[i]) < 6) continue;
        Candidate candidate;
        candidate.angle = std::to_string(i);
        candidate.copy.headline = own[i];
        candidate.opening = opening_of(own[i]);
        candidate.score = -static_cast<double>(i);
        const std::string& next = own[(i + 1) % own.size()];
        if (next != own[i]) candidate.copy.subheadline = next;
        out.push_back(std::move(candidate));
    }
    return out;
}

// Words that are given are the same in all.
double likeness(const Candidate& a, const Candidate& b, bool is_given) {
    return (a.angle == b.angle ? 2.5 : 0) + (is_given || a.opening != b.opening ? 0 : 1.5) +
           (is_given || a.copy.headline != b.copy.headline ? 0 : 8) +
           (!is_given && a.copy.headline == b.copy.headline && a.copy.kicker == b.copy.kicker &&
                    a.copy.subheadline == b.copy.subheadline
                ? 100
                : 0) +
           (a.copy.subheadline == b.copy.subheadline ? 4 : 0) +
           (is_given && a.copy.subheadline == b.copy.subheadline && a.copy.kicker == b.copy.kicker ? 100 : 0);
}

// Greedy: each next copy is the best by fit and chance that is least like those chosen.
std::vector<Candidate> choose(const Facts& facts, std::size_t wanted, std::uint64_t seed) {
    std::vector<Candidate> all = candidates(facts);
    if (all.empty()) all = own_words(facts);
    std::vector<Candidate> chosen;
    while (chosen.size() < wanted) {
        const Candidate* best = nullptr;
        double most = -50;
        for (std::size_t i = 0; i < all.size(); ++i) {
            double score = all[i].score + 2.6 * chance(seed, chosen.size(), i);
            for (const Candidate& other : chosen)
                score -= likeness(all[i], other, !facts.literal.empty());
            if (score > most) most = score, best = &all[i];
        }
        if (!best) break;
        chosen.push_back(*best);
    }
    return chosen;
}

// What the prompt sets itself stands in every variant.
void obey(const Facts& facts, Copy& copy) {
    const auto put = [](const std::string& given, std::string& slot) {
        if (!given.empty()) slot = given;
    };
    put(facts.literal, copy.headline);
    if (copy.subheadline == copy.headline) copy.subheadline.clear();
    put(facts.given.subheadline, copy.subheadline);
    put(facts.given.body, copy.body);
    put(facts.given.kicker, copy.kicker);
    if (!facts.given.cta.empty()) copy.cta = cut_at_word(facts.given.cta, 40);
    if (!facts.given.badge.empty()) copy.badge = cut_at_word(facts.given.badge, 30);
    put(facts.given.caption, copy.caption);
}

void fit_limits(Copy& copy) {
    copy.kicker = cut_at_word(copy.kicker, 80);
    copy.headline = cut_at_word(copy.headline, 80);
    copy.subheadline = cut_at_word(copy.subheadline, 160);
    copy.body = cut_at_word(copy.body, 300);
    copy.cta = cut_at_word(copy.cta, 40);
    copy.badge = cut_at_word(copy.badge, 30);
    copy.caption = cut_at_word(copy.caption, 160);
}

}  // namespace

std::vector<Copy> write_copies(const Facts& all, int variants, std::uint64_t seed) {
    Facts facts = all;
    if (!facts.given.headline.empty()) facts.literal = facts.given.headline;
    std::vector<Copy> out;
    const std::vector<Candidate> chosen = choose(facts, static_cast<std::size_t>(variants), seed);
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        Copy copy = chosen[i].copy;
        copy.cta = call_to_action(facts, seed + i);
        copy.badge = badge(facts);
        copy.caption = caption(facts);
        obey(facts, copy);
        say_essentials(facts, copy, wants_title_case(facts));
        if (copy.kicker.empty()) copy.kicker = usual_kicker(facts, copy.headline);
        fit_limits(copy);
        if (std::find(out.begin(), out.end(), copy) == out.end()) out.push_back(std::move(copy));
    }
    return out;
}

}  // namespace atelier::ai::builtin
