// Any 2,000 bytes are a prompt: the answer is a brief that its schema takes, or an error of the prompt's.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "workers/ai/builtin/reading/read_brief.hpp"

using namespace atelier;
using namespace atelier::ai;
using namespace atelier::ai::builtin;

namespace {

struct Dice {
    std::uint64_t state;
    std::uint64_t roll(std::uint64_t sides) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        return (state >> 33) % sides;
    }
};

void check(const std::string& prompt, std::uint64_t seed) {
    const auto brief =
        read_brief({.prompt = prompt, .variants = static_cast<int>(1 + seed % 8), .seed = seed});
    if (brief.has_error()) {
        CHECK(brief.error().code == ErrorCode::validation_failed);
        return;
    }
    const auto parsed = parse_brief(to_json(*brief));
    if (parsed.has_error()) MESSAGE(parsed.error());
    CHECK(parsed.has_value());
}

}  // namespace

TEST_CASE("random bytes do no harm") {
    Dice dice{1};
    for (int i = 0; i < 300; ++i) {
        std::string prompt(dice.roll(2001), '\0');
        for (char& c : prompt)
            c = static_cast<char>(dice.roll(256));
        check(prompt, static_cast<std::uint64_t>(i));
    }
}

TEST_CASE("words of the trade in any order and with any marks do no harm") {
    const std::vector<std::string> pieces{
        "sale",     "50%",        "off",   "\"",       "headline:", ":",         "for",    "Anna",
        "&",        "Tom",        "12",    "July",     "8 pm",      "8",         "-",      "to",
        "hiring",   "a",          "of",    "at",       "Blue Note", "in",        "Berlin", "$",
        "€ 9",      "from",       "free",  "class",    "until",     "#",         "#abc",   "www.a.com",
        "+49 30",   "Diwali",     "happy", "birthday", "grandma",   "thank you", "5",      "tips",
        "how to",   "dark",       "gold",  "menu",     "\n",        ",",         ".",      "!",
        "wedding",  "invitation", "über",  "été",      "日本",      "दिवाली",    "🎉",      "bis",
        "jusqu'à",  "%",          "'s",    "Tavola's", "the",       "new",       "lost",   "cat",
        "24 hours", "prize pool"};
    Dice dice{7};
    for (int i = 0; i < 3000; ++i) {
        std::string prompt;
        for (std::uint64_t n = 1 + dice.roll(14); n > 0; --n)
            prompt += pieces[dice.roll(pieces.size())] + (dice.roll(8) == 0 ? "" : " ");
        CAPTURE(prompt);
        check(prompt, static_cast<std::uint64_t>(i));
    }
}

TEST_CASE("the longest prompts of one kind do no harm") {
    for (const std::string unit :
         {"a",     "a ",       "\"",      "\" ",         "é",        "漢",    "🎉",          "1",       "1 ",
          "%",     "1% ",      "-",       "a-",          "#",        "#a ",   "headline: ", "& ",      "A ",
          "A & ",  "'",        "a'",      "$1 ",         "12 July ", "8 pm ", "at A ",      "from A ", "for ",
          "sale ", "sale on ", "how to ", "http://a.b/", "0 0 ",     "\n",    ","}) {
        std::string prompt;
        while (prompt.size() + unit.size() <= 2000)
            prompt += unit;
        CAPTURE(unit);
        check(prompt, 5);
    }
}
