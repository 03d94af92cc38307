#include "workers/ai/builtin/color/names.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "workers/ai/builtin/color/oklab.hpp"

namespace atelier::ai::builtin {

TEST_CASE("no colour name stands twice in the table") {
    const auto names = color_names();
    CHECK(names.size() > 100);
    const auto twice = std::ranges::adjacent_find(names, {}, &NamedColor::name);
    CHECK_MESSAGE(twice == names.end(), (twice == names.end() ? std::string_view{} : twice->name));
}

TEST_CASE("every colour name is found, in lower case with single spaces") {
    for (const NamedColor& row : color_names()) {
        CAPTURE(row.name);
        CHECK(named_color(row.name) == row.color);
        CHECK(row.color.a == 255);
        CHECK_FALSE(row.name.empty());
        CHECK_FALSE(row.name.starts_with(' '));
        CHECK_FALSE(row.name.ends_with(' '));
        CHECK(row.name.find("  ") == std::string_view::npos);
        CHECK(std::ranges::none_of(row.name, [](char c) { return c >= 'A' && c <= 'Z'; }));
    }
}

TEST_CASE("words that name no colour give none") {
    for (const char* word : {"", " ", "|", "Navy", "navy ", "rebeccapurple", "dark", "blue|blau", "#112233"})
        CHECK_FALSE(named_color(word));
}

TEST_CASE("colours have one shade in every language and spelling") {
    CHECK(named_color("grey") == named_color("gray"));
    CHECK(named_color("grün") == named_color("gruen"));
    CHECK(named_color("azul") == named_color("blue"));
    CHECK(named_color("dark blue") == named_color("navy"));
    CHECK(named_color("rose gold") != named_color("rose"));
}

TEST_CASE("names that say dark or light have darker and lighter colours than the plain ones") {
    for (const NamedColor& row : color_names()) {
        const std::size_t space = row.name.find(' ');
        if (space == std::string_view::npos) continue;
        const auto plain = named_color(row.name.substr(space + 1));
        const std::string_view first = row.name.substr(0, space);
        CAPTURE(row.name);
        if (first == "dark" || first == "deep") CHECK(to_oklch(row.color).l < to_oklch(plain.value()).l);
        if (first == "light" || first == "pale" || first == "pastel")
            CHECK(to_oklch(row.color).l > to_oklch(plain.value()).l);
    }
}

}  // namespace atelier::ai::builtin
