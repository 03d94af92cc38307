#include "workers/ai/builtin/copy/wording.hpp"

#include <doctest/doctest.h>

using namespace atelier::ai::builtin;

TEST_CASE("letters change their case beyond ASCII, and scripts without case stay") {
    CHECK(lower("ÉTÉ À ŁÓDŹ, ΑΘΗΝΑ, МОСКВА") == "été à łódź, αθηνα, москва");
    CHECK(sentence_case("été") == "Été");
    CHECK(sentence_case("\"so it begins\"") == "\"So it begins\"");
    CHECK(sentence_case("दिवाली") == "दिवाली");
    CHECK(sentence_case("") == "");
}

TEST_CASE("title case leaves small words small inside and names as they are") {
    CHECK(title_case("come for the day, stay for the people") == "Come for the Day, Stay for the People");
    CHECK(title_case("are you in?") == "Are You In?");
    CHECK(title_case("jazz: a night at the opera") == "Jazz: A Night at the Opera");
    CHECK(title_case("meet iPhone owners") == "Meet iPhone Owners");
}

TEST_CASE("nouns know their number") {
    CHECK(number_of("headphones") == Number::plural);
    CHECK(number_of("organic coffee subscription") == Number::single);
    CHECK(number_of("handmade furniture") == Number::mass);
    CHECK(number_of("bus") == Number::single);
    CHECK(number_of("glass") == Number::single);
    CHECK(number_of("coats and boots") == Number::plural);
    CHECK(number_of("shoes for kids") == Number::plural);
    CHECK(number_of("bar of soaps") == Number::single);
}

TEST_CASE("articles go by sound") {
    CHECK(with_article("apple") == "an apple");
    CHECK(with_article("university") == "a university");
    CHECK(with_article("hour") == "an hour");
    CHECK(with_article("8-bit game") == "an 8-bit game");
    CHECK(with_article("umbrella") == "an umbrella");
    CHECK(with_article("European tour") == "a European tour");
}

TEST_CASE("texts are cut at a word's end, in characters") {
    CHECK(cut_at_word("one two three", 100) == "one two three");
    CHECK(cut_at_word("one two three", 9) == "one two");
    CHECK(cut_at_word("eins zwei", 9) == "eins zwei");
    CHECK(cut_at_word("दिवाली सेल", 7).size() <= 21);
    CHECK(letters(cut_at_word("漢漢漢漢漢漢漢漢漢漢", 4)) == 4);
}
