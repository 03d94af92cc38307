#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>

#include "workers/ai/builtin/subjects/pack.hpp"
#include "workers/ai/builtin/subjects/subjects.hpp"
#include "workers/ai/builtin/subjects/synonyms.hpp"

namespace atelier::ai::builtin {
namespace {

struct Case {
    std::string_view words, subject;
};

}  // namespace

TEST_CASE("everyday names of things find their picture") {
    constexpr auto kCases = std::to_array<Case>({
        {"headphones", "headphone"},
        {"wireless noise-cancelling headphones", "headphone"},
        {"Sneakers", "running-shoe"},
        {"a pair of trainers", "running-shoe"},
        {"oil lamp (diya)", "diya-lamp"},
        {"diyas", "diya-lamp"},
        {"a cup of coffee on a wooden table", "hot-beverage"},
        {"latte art", "hot-beverage"},
        {"laptop", "laptop"},
        {"notebook computer", "laptop"},
        {"smartphone", "mobile-phone"},
        {"wedding cake", "birthday-cake"},
        {"engagement ring", "ring"},
        {"bouquet of flowers", "bouquet"},
        {"stack of pancakes with syrup", "pancakes"},
        {"saxophone", "saxophone"},
        {"DSLR camera", "camera"},
        {"yoga pose", "woman-in-lotus-position"},
        {"red lanterns", "red-paper-lantern"},
        {"shopping bags", "shopping-bags"},
        {"gift boxes", "wrapped-gift"},
        {"autumn leaves", "maple-leaf"},
        {"bunnies", "rabbit"},
        {"butterflies", "butterfly"},
        {"strawberries", "strawberry"},
        {"glass of wine", "wine-glass"},
        {"e-scooter", "kick-scooter"},
        {"croissants", "croissant"},
        {"dumbbells", "woman-lifting-weights"},
        {"suitcase", "luggage"},
        {"sofa", "couch-and-lamp"},
        {"football", "soccer-ball"},
        {"burger and fries", "hamburger"},
        {"robots", "robot"},
        {"christmas tree", "christmas-tree"},
        {"barista", "hot-beverage"},
        {"Mother's Day brunch", "pancakes"},
        {"kids coding camp", "robot"},
        {"photographer", "camera"},
        {"jazz night", "saxophone"},
        {"Lunar New Year", "red-paper-lantern"},
        {"real estate", "house"},
        {"premium headphones", "headphone"},
    });
    for (const Case& c : kCases) {
        CAPTURE(c.words);
        CHECK(find_subject(c.words).value_or("nothing") == c.subject);
    }
}

TEST_CASE("nonsense and words that name no thing find nothing") {
    for (const std::string_view words :
         {"", "   ", ",,,", "quantum synergy", "blorptastic wug", "three-quarter view, soft shadow",
          "on a transparent background", "bold and modern", "50% off", "#d4a537", "\xc3\xa9\xc3\xbc"}) {
        CAPTURE(words);
        CHECK_FALSE(find_subject(words).has_value());
    }
}

TEST_CASE("several things are found in order, the head of the phrase first and none twice") {
    CHECK(find_subjects("pancakes with coffee and flowers", 4) ==
          std::vector<std::string>{"pancakes", "hot-beverage", "bouquet"});
    CHECK(find_subjects("coffee, espresso and a latte", 4) == std::vector<std::string>{"hot-beverage"});
    CHECK(find_subjects("pancakes with coffee and flowers", 2).size() == 2);
    CHECK(find_subjects("pancakes", 0).empty());
}

TEST_CASE("what merely stands for something waits for what is named outright") {
    CHECK(find_subjects("diwali sale, headphones", 4) == std::vector<std::string>{"headphone"});
    CHECK(find_subjects("diwali", 4, true).empty());
    CHECK(find_subjects("oil lamps for diwali", 4, true) == std::vector<std::string>{"diya-lamp"});
}

TEST_CASE("every name leads to a picture that is there, in alphabetical order") {
    std::set<std::string_view> pictures;
    for (const PackedPicture& picture : packed_pictures())
        pictures.insert(picture.name);
    const auto names = subject_names();
    CHECK(names.size() > 1500);
    CHECK(std::ranges::is_sorted(names, {}, &SubjectName::word));
    for (const SubjectName& name : names) {
        CAPTURE(name.word);
        CHECK(pictures.count(name.subject) == 1);
        CHECK(find_subject(name.word).has_value());
    }
    for (const Synonyms& row : synonyms())
        CHECK(pictures.count(row.subject) == 1);
}

TEST_CASE("made things take a colour, food and nature keep theirs") {
    for (const std::string_view made :
         {"headphone", "running-shoe", "shopping-bags", "yo-yo", "admission-tickets"})
        CHECK(may_be_dyed(made));
    for (const std::string_view grown : {"hot-beverage", "red-apple", "dog", "rose", "", "zebra"})
        CHECK_FALSE(may_be_dyed(grown));
}

}  // namespace atelier::ai::builtin
