#include <doctest/doctest.h>

#include <array>
#include <set>
#include <string>

#include "workers/ai/builtin/copy/template.hpp"
#include "workers/ai/builtin/copy/wording.hpp"
#include "workers/ai/builtin/copy/write_copies.hpp"

using namespace atelier::ai;
using namespace atelier::ai::builtin;

namespace {

// Everything is known.
Facts full(const std::string& language, Intent intent) {
    Facts f;
    f.language = language;
    f.intent = intent;
    f.subject = "lamps";
    f.theme = {"furniture", "families", "in a room", "lamp", "rest", "a warm evening", "calm", {}};
    f.kind = "opening", f.count = "5", f.things = "tips";
    f.occasion = "Easter", f.greeting = "Happy Easter", f.season = "spring", f.audience = "kids";
    f.brand = "Tavola", f.tone = {"bold"}, f.offer = "50% off", f.extra = "free shipping",
    f.price = "from $9";
    f.date = "12 July", f.time = "8 pm", f.place = "Blue Note", f.city = "Berlin", f.ages = "8–12";
    f.people = "Anna & Tom", f.from = "the Rahman family", f.thanked = "10,000 followers";
    f.literal = "Less, but better", f.topic = "How to begin";
    return f;
}

constexpr std::array<const char*, 6> kLanguages{"en", "de", "fr", "es", "it", "pt"};

}  // namespace

TEST_CASE("every gap of every template is known, and every angle") {
    const std::set<std::string> angles{"benefit", "urgency",  "occasion", "playful",
                                       "bold",    "question", "offer",    "brand"};
    std::size_t count = 0;
    for (const char* language : kLanguages)
        for (int i = 0; i < 12; ++i) {
            const Facts facts = full(language, static_cast<Intent>(i));
            for (const Template& t : templates(language, facts.intent)) {
                CAPTURE(t.headline);
                CHECK(angles.contains(t.angle));
                for (const std::string& text : {t.kicker, t.headline, t.subheadline, t.body})
                    CHECK(fill(text, facts).has_value());
                CHECK(letters(*fill(t.headline, facts)) <= 60);
                CHECK(letters(*fill(t.subheadline, facts)) <= 160);
                CHECK(split(t.headline, ' ').size() <= 9);
                ++count;
            }
        }
    CHECK(count > 700);
}

TEST_CASE("English has a dozen sentences and more for each intent") {
    for (int i = 0; i < 12; ++i) {
        CAPTURE(to_string(static_cast<Intent>(i)));
        CHECK(templates("en", static_cast<Intent>(i)).size() >= 12);
    }
}

TEST_CASE("a template fits only what its conditions say") {
    Facts facts = full("en", Intent::sale);
    const auto fits = [&](std::vector<std::string> conditions) {
        return fit({"bold", std::move(conditions), "", "", "", ""}, facts).has_value();
    };
    CHECK(fits({"theme=audio/furniture", "on=Easter", "many", "short", "brand"}));
    CHECK_FALSE(fits({"theme=audio"}));
    CHECK_FALSE(fits({"!brand"}));
    CHECK(fits({"!theme=audio", "!one", "says=lamp"}));
    CHECK_FALSE(fits({"no such condition"}));
    facts.brand.clear();
    CHECK(fits({"!brand"}));
}

TEST_CASE("a date that no sentence can name stands in the caption only") {
    Facts facts = full("en", Intent::event);
    CHECK(fill("Free {on date}?", facts) == "Free on 12 July?");
    facts.date = "this Sunday";
    CHECK(fill("Free {on date}?", facts) == "Free this Sunday?");
    facts.date = "until 30 August";
    CHECK_FALSE(fill("Save {date}", facts).has_value());
}

TEST_CASE("lines keep the limits of the brief, whatever the facts hold") {
    Facts facts = full("en", Intent::sale);
    const std::string large(300, 'x');
    facts.subject = facts.brand = facts.offer = facts.place = facts.literal = facts.url = large;
    facts.given.cta = facts.given.badge = facts.given.caption = facts.given.subheadline = large;
    for (const Copy& copy : write_copies(facts, 8, 1)) {
        CHECK(letters(copy.kicker) <= 80);
        CHECK(letters(copy.headline) <= 80);
        CHECK(letters(copy.subheadline) <= 160);
        CHECK(letters(copy.cta) <= 40);
        CHECK(letters(copy.badge) <= 30);
        CHECK(letters(copy.caption) <= 160);
    }
}
