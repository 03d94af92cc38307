#include "workers/ai/builtin/reading/read_brief.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "workers/ai/builtin/color/names.hpp"
#include "workers/ai/builtin/copy/wording.hpp"
#include "workers/ai/builtin/reading/lexicon.hpp"

using namespace atelier;
using namespace atelier::ai;
using namespace atelier::ai::builtin;

namespace {

Brief read(const std::string& prompt, int variants = 4, std::uint64_t seed = 0) {
    auto brief = read_brief({.prompt = prompt, .variants = variants, .seed = seed});
    REQUIRE(brief.has_value());
    CHECK(parse_brief(to_json(*brief)).has_value());
    return *brief;
}

std::string all_words(const Copy& c) {
    return c.kicker + "\n" + c.headline + "\n" + c.subheadline + "\n" + c.body + "\n" + c.cta + "\n" +
           c.badge + "\n" + c.caption;
}

bool holds(const std::vector<std::string>& list, const std::string& text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

design::Color color(const char* hex) {
    return *design::parse_color(hex);
}

}  // namespace

TEST_CASE("a sale is read with its occasion, product, tone, mood and colours") {
    const Brief brief = read("Diwali mega sale on headphones, premium dark with gold");
    CHECK(brief.intent == Intent::sale);
    CHECK(brief.occasion == "Diwali");
    CHECK(brief.subject == "headphones");
    CHECK(brief.title == "Diwali mega sale on headphones");
    CHECK(holds(brief.tone, "premium"));
    CHECK(brief.mood == Mood::dark);
    CHECK(brief.colors == std::vector{color("#d4af37")});
    CHECK(holds(brief.motifs, "oil lamp"));
    CHECK(brief.image_prompt.find("eadphones") != std::string::npos);
}

TEST_CASE("an event is read with its name, date, time, place and city") {
    const Brief brief = read("Summer jazz night at Blue Note, 12 July 8 pm, Berlin");
    CHECK(brief.intent == Intent::event);
    CHECK(brief.subject == "summer jazz night");
    CHECK(brief.colors.empty());  // the note is no colour
    for (const Copy& copy : brief.copies)
        CHECK(copy.caption == "12 July, 8 pm · Blue Note, Berlin");
}

TEST_CASE("each prompt goes to its intent") {
    const auto intent = [](const char* prompt) { return read(prompt, 1).intent; };
    CHECK(intent("We are hiring a senior barista, friendly, green") == Intent::hiring);
    CHECK(intent("Grand opening of Nordic yoga studio, Saturday 9 am") == Intent::event);
    CHECK(intent("YouTube thumbnail: 5 mistakes every beginner makes") == Intent::thumbnail);
    CHECK(intent("Black Friday 50% off sneakers") == Intent::sale);
    CHECK(intent("Wedding invitation for Anna & Tom, 14 September") == Intent::invitation);
    CHECK(intent("Organic coffee subscription launch") == Intent::launch);
    CHECK(intent("Happy Lunar New Year greeting from Tavola") == Intent::greeting);
    CHECK(intent("Kids coding summer camp, ages 8-12, $199") == Intent::education);
    CHECK(intent("Mother's Day brunch menu") == Intent::menu);
    CHECK(intent("\"Less, but better\" quote poster") == Intent::quote);
    CHECK(intent("New opening hours from Monday") == Intent::announcement);
    CHECK(intent("Plumber ad, trustworthy") == Intent::promotion);
    CHECK(intent("Church bake sale this Sunday after the 11 am service") == Intent::event);
    CHECK(intent("Wir suchen einen Koch in Köln") == Intent::hiring);
    CHECK(intent("Soldes d'été, jusqu'à 40 % sur les robes") == Intent::sale);
}

TEST_CASE("offers and prices are told as the prompt tells them") {
    const auto badge = [](const char* prompt) { return read(prompt, 1).copies[0].badge; };
    CHECK(badge("50% off sneakers") == "50% off");
    CHECK(badge("coats sale up to 70 % off") == "Up to 70% off");
    CHECK(badge("Sale: buy one get one free on tea") == "Buy one, get one free");
    CHECK(badge("Burger launch, from $9") == "From $9");
    CHECK(badge("Wine tasting evening, €35 per person") == "€35 per person");
    CHECK(badge("Saree sale starting at ₹999") == "From ₹999");
    CHECK(badge("Mattress sale, £100 off") == "£100 off");
    CHECK(badge("Rabatt: bis 50 % auf alle Schuhe, wir freuen uns") == "Bis zu 50 %");
    CHECK(badge("100% cotton shirts, calm") == "");
}

TEST_CASE("explicit fields and quoted words are set as they are") {
    const Brief fields =
        read("Headline: Sleep like a stone. CTA: Try it for 30 nights. Mattress ad, calm, navy");
    REQUIRE(fields.copies.size() == 4);
    for (const Copy& copy : fields.copies) {
        CHECK(copy.headline == "Sleep like a stone");
        CHECK(copy.cta == "Try it for 30 nights");
    }
    for (const Copy& copy : read("Poster for a film night, \"The Long Way Home\", noir").copies)
        CHECK(copy.headline == "The Long Way Home");
    CHECK(read("“Weniger, aber besser” quote, swiss").copies[0].headline == "Weniger, aber besser");
    const Brief quote = read("\"Simplicity is the soul of efficiency\" - Austin Freeman, quote card");
    CHECK(quote.copies[0].caption == "— Austin Freeman");
}

TEST_CASE("a brand comes from the prompt, and the kit is stronger") {
    CHECK(read("Summer sale on sandals from Tavola").brand == "Tavola");
    CHECK(read("Tavola's new olive oil, launch").brand == "Tavola");
    CHECK(read("Poster for Halloween party").brand.empty());
    BriefRequest request{.prompt = "Summer sale on sandals from Tavola"};
    request.brand.emplace();
    request.brand->name = "Kirana";
    CHECK(read_brief(request)->brand == "Kirana");
}

TEST_CASE("a kit's voice adds to the tone of the prompt") {
    BriefRequest request{.prompt = "Summer sale on sandals, bold"};
    request.brand.emplace();
    request.brand->name = "Kirana";
    request.brand->voice = "Warm and playful, never luxurious";
    CHECK(read_brief(request)->tone == std::vector<std::string>{"bold", "warm", "playful"});
}

TEST_CASE("copies differ from each other, and other seeds bring others") {
    for (const char* prompt :
         {"Diwali sale on headphones", "jazz night in Berlin", "hiring a florist", "yoga course"}) {
        CAPTURE(prompt);
        const Brief brief = read(prompt, 8, 3);
        CHECK(brief.copies.size() >= 6);
        std::set<std::string> headlines;
        for (const Copy& copy : brief.copies)
            headlines.insert(copy.headline);
        CHECK(headlines.size() == brief.copies.size());
        std::set<std::string> over_seeds;
        for (std::uint64_t seed = 0; seed < 20; ++seed)
            over_seeds.insert(read(prompt, 1, seed).copies[0].headline);
        CHECK(over_seeds.size() >= 3);
    }
}

TEST_CASE("equal requests have equal briefs") {
    CHECK(read("Easter market, fresh, 2 April", 8, 99) == read("Easter market, fresh, 2 April", 8, 99));
}

TEST_CASE("every number in the words stands in the prompt") {
    for (const char* prompt :
         {"Flash sale 24 hours only, 30% off everything", "5 mistakes every beginner makes, thumbnail",
          "Kids coding summer camp, ages 8-12, $199", "Marathon, 3 May 2026, 9 am", "sale", "menu", "party",
          "Grand opening of a bakery", "Happy New Year"}) {
        const std::string text = prompt;
        for (std::uint64_t seed = 0; seed < 10; ++seed)
            for (const Copy& copy : read(prompt, 8, seed).copies) {
                const std::string words = all_words(copy);
                for (std::size_t at = 0; at < words.size();) {
                    std::size_t end = at;
                    while (end < words.size() && words[end] >= '0' && words[end] <= '9')
                        ++end;
                    if (end > at) {
                        CAPTURE(words);
                        CHECK(text.find(words.substr(at, end - at)) != std::string::npos);
                    }
                    at = end + 1;
                }
            }
    }
}

TEST_CASE("no copy mixes languages or leaves a gap unfilled") {
    for (const char* prompt :
         {"Sommerschlussverkauf, bis 50 % Rabatt auf alle Schuhe", "Flohmarkt am 12. Mai im Stadtpark",
          "Wir suchen einen Koch", "Frohe Weihnachten wünscht die Bäckerei Korn"}) {
        const Brief brief = read(prompt, 8);
        CHECK(brief.language == "de");
        for (const Copy& copy : brief.copies) {
            CAPTURE(all_words(copy));
            CHECK(all_words(copy).find('{') == std::string::npos);
            for (const char* english : {" the ", " and ", "Now", "Shop", "Sale on", "Save"})
                CHECK(all_words(copy).find(english) == std::string::npos);
        }
    }
}

TEST_CASE("a language without sentences of its own sets the prompt's words") {
    const Brief brief = read("दिवाली सेल, हेडफोन पर 50% छूट");
    CHECK(brief.language == "hi");
    CHECK(brief.intent == Intent::sale);
    CHECK(brief.copies[0].headline == "दिवाली सेल");
    CHECK(brief.copies[0].subheadline == "हेडफोन पर 50% छूट");
    CHECK(read("新春大减价 全场五折").copies[0].headline == "新春大减价");
}

TEST_CASE("colours are read by name, by CSS name and by number") {
    CHECK(read("concert, forest green and rose gold").colors ==
          std::vector{color("#1e4d2b"), color("#b76e79")});
    CHECK(read("concert, rebeccapurple").colors == std::vector{color("#663399")});
    CHECK(read("concert, #F0A and #00FFCC").colors == std::vector{color("#ff00aa"), color("#00ffcc")});
    CHECK(read("green tea launch").colors.empty());
}

TEST_CASE("every colour of the lexicon has a shade, and its cues that are names of colours have the same") {
    for (const auto& row : colors().rows()) {
        CAPTURE(row[0]);
        REQUIRE(named_color(row[0]));
        std::string cues = row.at(1);
        std::ranges::replace(cues, ';', ',');
        for (const std::string& cue : split(cues, ','))
            CHECK_MESSAGE(named_color(cue).value_or(*named_color(row[0])) == named_color(row[0]), cue);
    }
    CHECK(read("concert, cyan and khaki").colors == std::vector{color("#22c3dd"), color("#b8a873")});
}

TEST_CASE("a prompt that says nothing is refused, one that says little is not") {
    for (const std::string& prompt :
         {std::string(), std::string("   \n\t"), std::string("\x01\x02\xff\xfe")}) {
        const auto brief = read_brief({.prompt = prompt});
        REQUIRE(brief.has_error());
        CHECK(brief.error().details.at(0).rule == "minLength");
    }
    for (const char* prompt : {"?", "sale", "...", "🎉🎉🎉", "a", "\"", "%", "#", "\"\"", "50%", "$", "&"}) {
        CAPTURE(prompt);
        for (const Copy& copy : read(prompt, 8).copies)
            CHECK(!copy.headline.empty());
    }
}
