#include "common/design/text/graphemes.hpp"

#include <doctest/doctest.h>

using namespace atelier::design;

namespace {
std::vector<std::string> letters(std::string_view text) {
    std::vector<std::string> out;
    for (const std::string_view letter : split_graphemes(text))
        out.emplace_back(letter);
    return out;
}
using Letters = std::vector<std::string>;
}  // namespace

TEST_CASE("what people take for one letter is one, whatever it is made of") {
    CHECK(letters("") == Letters{});
    CHECK(letters("ab") == Letters{"a", "b"});
    CHECK(letters("e\u0301\u0323x") == Letters{"e\u0301\u0323", "x"});
    CHECK(letters("\r\n\n") == Letters{"\r\n", "\n"});
    CHECK(letters("👍🏽!") == Letters{"👍🏽", "!"});
    CHECK(letters("👩‍👩‍👧‍👦👧") == Letters{"👩‍👩‍👧‍👦", "👧"});
    CHECK(letters("🇳🇴🇯🇵🇳") == Letters{"🇳🇴", "🇯🇵", "🇳"});
    CHECK(letters("한국\u1112\u1161\u11ab") == Letters{"한", "국", "\u1112\u1161\u11ab"});
    CHECK(letters("क्षत्रिय") == Letters{"क्ष", "त्रि", "य"});
    CHECK(letters("مُر") == Letters{"مُ", "ر"});
    CHECK(letters("1️⃣") == Letters{"1️⃣"});
}

TEST_CASE("split letters joined are the text again, also where it is no text") {
    for (const std::string text : {"Straße", "\xff\xfe\x80 a", "\u0301", "a\xf0\x9f"}) {
        std::string joined;
        for (const std::string_view letter : split_graphemes(text))
            joined += letter;
        CHECK(joined == text);
    }
}

TEST_CASE("capitals of European scripts") {
    CHECK(uppercase("Straße ÿ ő Ő ž ı") == "STRASSE Ÿ Ő Ő Ž I");
    CHECK(uppercase("ἀλφα άέήίόύώ ς") == "ἀΛΦΑ ΆΈΉΊΌΎΏ Σ");
    CHECK(uppercase("борщ ђ ё ґ") == "БОРЩ Ђ Ё Ґ");
    CHECK(uppercase("ա ỏ ÷ 新 مرحبا 👍") == "Ա Ỏ ÷ 新 مرحبا 👍");
}
