// Fuzzes the validation pipeline by hand: `design_fuzz --seconds 600 --seed 1`. Stops at the first input that
// breaks a property and leaves it in `design_fuzz_failure.txt` (the slowest in `design_fuzz_slowest.txt`);
// build with -DATELIER_SANITIZE=address for memory errors, before which the input is on disk too.

#include <CLI/CLI.hpp>
#include <chrono>
#include <fstream>
#include <iostream>

#include "tests/unit/common/design/fuzz/mutate.hpp"
#include "tests/unit/common/design/fuzz/properties.hpp"
#include "tests/unit/common/design/support/examples.hpp"

using namespace atelier;
using namespace atelier::test;

namespace {

/// Mutated inputs that were interesting enough to be mutated again: those that came back valid.
class Pool {
  public:
    explicit Pool(std::mt19937& random) : random_(random) {
        for (const Example& sample : examples())
            texts_.push_back(sample.text);
    }
    const std::string& any() const { return texts_[random_() % texts_.size()]; }
    void keep(std::string text) {
        constexpr std::size_t kMost = 400;
        if (text.size() > 60'000) return;
        if (texts_.size() < kMost)
            texts_.push_back(std::move(text));
        else
            texts_[examples().size() + random_() % (kMost - examples().size())] = std::move(text);
    }

  private:
    std::mt19937& random_;
    std::vector<std::string> texts_;
};

std::string next_input(const Pool& pool, std::mt19937& random) {
    const std::string& base = pool.any();
    if (random() % 2) return mutate_text(base, pool.any(), random);
    const auto value = json::parse(base);
    return value ? json::write(mutate_value(*value, random)) : mutate_text(base, pool.any(), random);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Fuzzes the validation of Design JSON");
    int seconds = 10;
    unsigned seed = 1;
    std::string replay;
    app.add_option("--seconds", seconds, "How long");
    app.add_option("--seed", seed, "Where the random changes begin");
    app.add_option("--replay", replay, "Only this file");
    CLI11_PARSE(app, argc, argv);
    if (!replay.empty()) {
        std::ifstream file(replay, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        const std::string broken = broken_property(text);
        std::cout << (broken.empty() ? "all properties hold" : broken) << "\n";
        return broken.empty() ? 0 : 1;
    }

    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::seconds(seconds);
    std::mt19937 random(seed);
    Pool pool(random);
    std::size_t executions = 0, valid = 0;
    double slowest = 0;
    while (Clock::now() < end) {
        const std::string text = next_input(pool, random);
        std::ofstream("design_fuzz_failure.txt", std::ios::binary) << text;
        const auto begin = Clock::now();
        bool was_valid = false;
        const std::string broken = broken_property(text, &was_valid);
        const double took = std::chrono::duration<double>(Clock::now() - begin).count();
        if (took > slowest) std::ofstream("design_fuzz_slowest.txt", std::ios::binary) << text;
        slowest = std::max(slowest, took);
        ++executions;
        valid += was_valid;
        if (!broken.empty()) {
            std::cout << "after " << executions << " executions, seed " << seed << ": " << broken << "\n";
            return 1;
        }
        if (was_valid && random() % 4 == 0) pool.keep(text);
    }
    std::remove("design_fuzz_failure.txt");
    std::cout << executions << " executions, " << valid << " came back valid, slowest " << slowest << " s\n";
}
