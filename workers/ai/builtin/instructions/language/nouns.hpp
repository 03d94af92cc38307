#pragma once
// Private to instructions/: the nouns of layers and the words that count them, in the words that phrases.hpp
// leads to.

#include <string>
#include <string_view>
#include <vector>

#include "workers/ai/builtin/instructions/desk/referent.hpp"

namespace atelier::ai::builtin::instructions {

struct NounName {
    std::string_view word;
    Noun::Kind kind;
    bool is_plural;
};
inline constexpr NounName kNouns[] = {
    {"everything", Noun::Kind::everything, true},
    {"all", Noun::Kind::everything, true},
    {"it", Noun::Kind::pronoun, false},
    {"them", Noun::Kind::pronoun, true},
    {"that", Noun::Kind::pronoun, false},
    {"this", Noun::Kind::pronoun, false},
    {"these", Noun::Kind::pronoun, true},
    {"those", Noun::Kind::pronoun, true},
    {"one", Noun::Kind::pronoun, false},
    {"they", Noun::Kind::pronoun, true},
    {"background", Noun::Kind::canvas, false},
    {"canvas", Noun::Kind::canvas, false},
    {"headline", Noun::Kind::headline, false},
    {"headlines", Noun::Kind::headline, true},
    {"subtitle", Noun::Kind::subtitle, false},
    {"subtitles", Noun::Kind::subtitle, true},
    {"body", Noun::Kind::body, true},
    {"caption", Noun::Kind::caption, false},
    {"captions", Noun::Kind::caption, true},
    {"button", Noun::Kind::button, false},
    {"buttons", Noun::Kind::button, true},
    {"badge", Noun::Kind::badge, false},
    {"badges", Noun::Kind::badge, true},
    {"logo", Noun::Kind::logo, false},
    {"logos", Noun::Kind::logo, true},
    {"text", Noun::Kind::texts, false},
    {"texts", Noun::Kind::texts, true},
    {"words", Noun::Kind::texts, true},
    {"letters", Noun::Kind::texts, true},
    {"label", Noun::Kind::texts, false},
    {"labels", Noun::Kind::texts, true},
    {"picture", Noun::Kind::pictures, false},
    {"pictures", Noun::Kind::pictures, true},
    {"shape", Noun::Kind::shapes, false},
    {"shapes", Noun::Kind::shapes, true},
    {"circle", Noun::Kind::circles, false},
    {"circles", Noun::Kind::circles, true},
    {"rectangle", Noun::Kind::rectangles, false},
    {"rectangles", Noun::Kind::rectangles, true},
    {"polygon", Noun::Kind::polygons, false},
    {"polygons", Noun::Kind::polygons, true},
    {"star", Noun::Kind::polygons, false},
    {"stars", Noun::Kind::polygons, true},
    {"triangle", Noun::Kind::polygons, false},
    {"line", Noun::Kind::lines, false},
    {"lines", Noun::Kind::lines, true},
    {"name", Noun::Kind::texts, false},
    {"names", Noun::Kind::texts, true},
    {"group", Noun::Kind::groups, false},
    {"groups", Noun::Kind::groups, true},
    {"element", Noun::Kind::elements, false},
    {"elements", Noun::Kind::elements, true},
    {"decorations", Noun::Kind::shapes, true},
    {"decoration", Noun::Kind::shapes, false},
};

struct Ordinal {
    std::string_view word;
    int number;
};
inline constexpr Ordinal kOrdinals[] = {
    {"first", 1},   {"second", 2}, {"third", 3}, {"fourth", 4}, {"fifth", 5},  {"sixth", 6},  {"last", -1},
    {"other", 2},   {"final", -1}, {"erste", 1}, {"zweite", 2}, {"dritte", 3}, {"primer", 1}, {"primero", 1},
    {"segundo", 2}, {"1st", 1},    {"2nd", 2},   {"3rd", 3},    {"4th", 4},    {"5th", 5}};

/// Whether all words stand in the name.
bool is_within(const std::vector<std::string>& words, const std::vector<std::string>& name);
/// Without the plural's s.
std::vector<std::string> singular(std::vector<std::string> words);

}  // namespace atelier::ai::builtin::instructions
