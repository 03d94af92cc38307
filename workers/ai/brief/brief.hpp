#pragma once
// The brief: what a prompt asks for, told apart, with the words to set. A text model writes it, designs are
// composed from it. Its JSON form is schemas/ai/brief.json.
//
// Plain data. Nothing in it is invented fact: offers, dates, places, prices and names stand in the prompt or
// the brand.

#include <string>
#include <string_view>
#include <vector>

#include "common/design/model/color.hpp"
#include "common/errors/error.hpp"
#include "common/json/value.hpp"

namespace atelier::ai {

/// What a design is for; decides tone of voice, layout and call to action.
enum class Intent {
    sale,          ///< an offer, a discount
    launch,        ///< a new product or service
    event,         ///< a concert, a talk, a party, an opening
    greeting,      ///< a holiday wish, a thank you, congratulations
    announcement,  ///< news, a change, opening hours
    hiring,        ///< a job advert
    promotion,     ///< a product or a place, without an offer
    quote,         ///< words that stand for themselves
    education,     ///< a course, a tip, a how-to
    thumbnail,     ///< the cover of a video or an episode
    invitation,    ///< a wedding, a birthday
    menu,          ///< food and drink
};
std::string_view to_string(Intent intent);

enum class Mood { any, light, dark };
std::string_view to_string(Mood mood);

/// The words of one variant; each may be empty but the headline.
struct Copy {
    std::string kicker;       ///< one short line above the headline: occasion, brand, series
    std::string headline;     ///< 1–80 characters
    std::string subheadline;  ///< a sentence
    std::string body;         ///< a sentence or two more
    std::string cta;          ///< what to do: "Shop now"
    std::string badge;        ///< the offer in two or three words: "50% off"
    std::string caption;      ///< small: date, place, terms, address
    bool operator==(const Copy&) const = default;
};

struct Brief {
    std::string prompt;    ///< as it was given
    std::string language;  ///< BCP 47, of the words to set
    std::string title;     ///< what to call the design: "Diwali mega sale on headphones"
    Intent intent = Intent::promotion;
    std::string purpose;            ///< "sale banner", "event poster"
    std::string subject;            ///< the thing itself: "headphones"; empty where there is none
    std::string occasion;           ///< "Diwali", "Black Friday"; may be empty
    std::string season;             ///< "winter"; may be empty
    std::string audience;           ///< "music lovers"; may be empty
    std::string brand;              ///< a name that the prompt or the brand kit gives; may be empty
    std::vector<std::string> tone;  ///< "premium", "festive": 1–6 adjectives
    Mood mood = Mood::any;          ///< what the prompt says of light and dark
    /// Named in the prompt, the most important first; where it names none and there is no brand kit, those
    /// that the occasion usually wears; may be empty.
    std::vector<design::Color> colors;
    std::vector<std::string> style_keywords;  ///< "luxurious", "gold accents", "minimal": up to 10
    std::vector<std::string>
        motifs;                ///< things that may be shown beside the subject: "oil lamp", "fireworks"
    std::string image_prompt;  ///< the main picture in a sentence
    std::vector<Copy> copies;  ///< 1–8 alternatives that truly differ; variant i takes copies[i % size]
    bool operator==(const Brief&) const = default;
};

json::Value to_json(const Brief& brief);
/// Error: validation_failed with every wrong member.
Result<Brief> parse_brief(const json::Value& value);

}  // namespace atelier::ai
