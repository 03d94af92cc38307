#pragma once
// What a prompt says, told apart: all that words, pictures and layouts may be made of. Plain data.

#include <string>
#include <vector>

#include "workers/ai/brief/brief.hpp"

namespace atelier::ai::builtin {

/// How a noun phrase behaves in a sentence.
enum class Number { single, plural, mass };

/// A table's row of what the thing belongs to: audio, fashion, coffee …
struct Theme {
    std::string name, audience, setting, noun, verb, promise, style;
    std::vector<std::string> motifs;
};

struct Facts {
    std::string language = "en";
    Intent intent = Intent::promotion;

    std::string subject;  ///< as it stands in a running sentence: "headphones", "Nordic yoga studio"
    Number number = Number::plural;
    std::string kind;           ///< of event or news, a row of the table: "opening", "run", "hours"
    std::string count, things;  ///< of a list: "5", "mistakes"
    Theme theme;                ///< empty name: none
    std::string occasion, greeting, season, audience;
    std::string brand;
    std::vector<std::string> tone;

    std::string offer;    ///< "50% off", "up to 70% off", "buy one get one free"
    std::string extra;    ///< a second one: "free shipping"
    std::string price;    ///< "from $9"
    std::string date;     ///< "12 July", "Saturday"
    std::string time;     ///< "8 pm"
    std::string place;    ///< "Blue Note"
    std::string city;     ///< "Berlin"
    std::string ages;     ///< "8–12"
    std::string people;   ///< who invites or is greeted: "Anna & Tom", "grandma"
    std::string from;     ///< who sends a greeting, when it is no brand: "the Rahman family"
    std::string thanked;  ///< what thanks are for: "10,000 followers"
    std::string url, phone, hashtag;

    std::string literal;  ///< quoted in the prompt: set as it is
    std::string author;   ///< of the literal
    Copy given;           ///< explicit fields; what is not empty is set as it is
    std::string topic;    ///< a whole phrase that is a headline already: "5 mistakes every beginner makes"
    std::vector<std::string> own_words;  ///< the prompt's clauses, for languages without templates
};

}  // namespace atelier::ai::builtin
