#include <doctest/doctest.h>

#include <string>

#include "workers/ai/builtin/reading/read_brief.hpp"

using namespace atelier;
using namespace atelier::ai;
using namespace atelier::ai::builtin;

TEST_CASE("word vectors tell what the lexicons do not know") {
    const Embedding encoder =
        Embedding::load(std::string(ATELIER_SOURCE_DIR) + "/ops/models/weights").value();
    const auto intent = [&](const char* prompt) { return read_brief({.prompt = prompt}, &encoder)->intent; };
    CHECK(intent("Our prices fell through the floor this week") == Intent::sale);
    CHECK(intent("A chair at our bench for a cabinet maker, full time, good pay") == Intent::hiring);
    CHECK(intent("Hooray, you two tied the knot, all our love") == Intent::greeting);
    // What they know stays as they have it.
    CHECK(intent("We are hiring a senior barista") == Intent::hiring);
    CHECK(read_brief({.prompt = "Diwali sale on headphones"}, &encoder).value() ==
          read_brief({.prompt = "Diwali sale on headphones"}).value());
}
