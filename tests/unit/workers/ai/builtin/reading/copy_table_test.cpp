// Every prompt of a list answers with a brief that its schema takes and with words that could be set.
// ATELIER_COPY_TABLE=1 prints them, for people to judge.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "workers/ai/builtin/reading/read_brief.hpp"

using namespace atelier;
using namespace atelier::ai;
using namespace atelier::ai::builtin;

namespace {

std::vector<std::string> prompts() {
    std::vector<std::string> out;
    std::ifstream in(std::string(ATELIER_SOURCE_DIR) + "/tests/unit/workers/ai/builtin/reading/prompts.txt");
    for (std::string line; std::getline(in, line);)
        if (!line.empty()) out.push_back(line);
    return out;
}

std::string joined(const std::vector<std::string>& list) {
    std::string out;
    for (const std::string& text : list)
        out += (out.empty() ? "" : ", ") + text;
    return out;
}

void print(const Brief& b) {
    std::cout << "\n### " << b.prompt << "\n  [" << b.language << "] " << to_string(b.intent) << " · "
              << b.purpose << " · title: " << b.title << "\n  subject: " << b.subject
              << " · occasion: " << b.occasion << " · season: " << b.season << " · audience: " << b.audience
              << " · brand: " << b.brand << "\n  tone: " << joined(b.tone) << " · mood: " << to_string(b.mood)
              << " · colours:";
    for (const design::Color color : b.colors)
        std::cout << " " << design::to_string(color);
    std::cout << "\n  style: " << joined(b.style_keywords) << "\n  motifs: " << joined(b.motifs)
              << "\n  picture: " << b.image_prompt << "\n";
    for (const Copy& copy : b.copies)
        std::cout << "   - " << copy.kicker << " | " << copy.headline << " | " << copy.subheadline << " | "
                  << copy.body << " | [" << copy.cta << "] | (" << copy.badge << ") | " << copy.caption
                  << "\n";
}

}  // namespace

TEST_CASE("every prompt of the list becomes a brief that the schema takes") {
    const std::vector<std::string> all = prompts();
    REQUIRE(all.size() >= 42);
    for (const std::string& prompt : all) {
        CAPTURE(prompt);
        const auto brief = read_brief({.prompt = prompt, .variants = 4, .seed = 7});
        REQUIRE(brief.has_value());
        CHECK(parse_brief(to_json(*brief)).has_value());
        if (std::getenv("ATELIER_COPY_TABLE")) print(*brief);
    }
}
