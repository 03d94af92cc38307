#include "tests/unit/common/design/support/examples.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace atelier::test {
namespace {

std::vector<Example> read_examples() {
    std::vector<Example> out;
    for (const auto& entry :
         std::filesystem::directory_iterator(ATELIER_SOURCE_DIR "/schemas/design/examples")) {
        if (entry.path().extension() != ".json") continue;
        std::stringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        auto value = json::parse(text.str());
        if (!value) throw std::runtime_error(entry.path().string() + ": " + value.error().message);
        out.push_back({entry.path().stem().string(), text.str(), std::move(*value)});
    }
    std::sort(out.begin(), out.end(), [](const Example& a, const Example& b) { return a.name < b.name; });
    return out;
}

}  // namespace

const std::vector<Example>& examples() {
    static const std::vector<Example> all = read_examples();
    return all;
}

const json::Value& example(const std::string& name) {
    for (const Example& candidate : examples())
        if (candidate.name == name) return candidate.value;
    throw std::runtime_error("there is no example " + name);
}

}  // namespace atelier::test
