#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>

#include "common/design/pipeline/validate.hpp"
#include "tests/unit/common/design/damage/closeness.hpp"
#include "tests/unit/common/design/damage/damage.hpp"
#include "tests/unit/common/design/support/examples.hpp"

using namespace atelier;
using namespace atelier::test;

namespace {

struct Row {
    int designs = 0, valid = 0, close = 0;
    Closeness sum;
    std::string worst;
};

Row run(const Damage& damage, unsigned seed) {
    Row row;
    for (const Example& sample : examples()) {
        Random random(seed);
        const std::string text = damage.apply(sample.value, random);
        // A design that has nothing of the kind proves nothing.
        if (text == json::write(sample.value) || text == json::write_pretty(sample.value)) continue;
        ++row.designs;
        const auto before = design::parse_design(sample.value);
        const auto after = design::validate_text(text);
        if (!after) {
            row.worst = sample.name + ": " + after.error().message;
            continue;
        }
        const Closeness closeness = compare(*before, after->design);
        row.valid += after->is_valid();
        row.close += after->is_valid() && closeness.is_close();
        row.sum.layers += closeness.layers;
        row.sum.geometry += closeness.geometry;
        row.sum.text += closeness.text;
        row.sum.color += closeness.color;
        if (!after->is_valid() || !closeness.is_close()) {
            char shares[96];
            std::snprintf(shares, sizeof shares, "%.2f %.2f %.2f %.2f", closeness.layers, closeness.geometry,
                          closeness.text, closeness.color);
            row.worst += sample.name + " " + shares +
                         (after->is_valid() ? "" : " " + after->findings.at(0).rule) + "; ";
        }
    }
    return row;
}

/// ATELIER_DAMAGE_TABLE=1 prints every kind; otherwise those that are not perfect show when the test fails.
bool shows_table() {
    return std::getenv("ATELIER_DAMAGE_TABLE") != nullptr;
}

}  // namespace

TEST_CASE("at least 95 % of damaged designs come back valid and close, whatever the kind of damage") {
    const std::vector<Damage> damages = all_damages();
    std::set<std::string_view> names;
    std::map<std::string_view, std::pair<int, int>> groups;
    int runs = 0, valid = 0, close = 0, perfect = 0;
    std::string imperfect;
    for (const Damage& damage : damages) {
        CAPTURE(damage.name);
        CHECK(names.insert(damage.name).second);
        const Row row = run(damage, 7);
        CHECK(row.designs > 0);
        runs += row.designs;
        valid += row.valid;
        close += row.close;
        perfect += row.close == row.designs;
        groups[damage.group].first += row.designs;
        groups[damage.group].second += row.close;
        const double n = row.designs;
        if (shows_table())
            std::printf(
                "%-7s %-44s valid %2d/%2d close %2d/%2d  layers %.3f geometry %.3f text %.3f colour %.3f  "
                "%s\n",
                damage.group.data(), damage.name.data(), row.valid, row.designs, row.close, row.designs,
                row.sum.layers / n, row.sum.geometry / n, row.sum.text / n, row.sum.color / n,
                row.worst.c_str());
        if (row.close < row.designs) imperfect += std::string(damage.name) + ": " + row.worst + "\n";
    }
    MESSAGE(damages.size() << " kinds on " << examples().size() << " designs: " << runs << " runs, " << valid
                           << " valid, " << close << " close; " << perfect << " kinds without exception");
    for (const auto& [group, counts] : groups)
        MESSAGE(group << ": " << counts.second << " of " << counts.first << " close");
    INFO(imperfect);
    CHECK(damages.size() >= 200);
    CHECK(close >= 0.95 * runs);
    CHECK(perfect >= 0.9 * static_cast<double>(damages.size()));
}

TEST_CASE("most designs come back close from three kinds of damage at once") {
    std::vector<std::vector<Damage>> steps(3);
    for (Damage& damage : all_damages())
        steps[damage.group == "syntax"                            ? 2
              : damage.group == "rule" || damage.group == "value" ? 0
                                                                  : 1]
            .push_back(std::move(damage));
    Random random(3);
    int runs = 0, valid = 0, close = 0;
    for (int round = 0; round < 40; ++round)
        for (const Example& sample : examples()) {
            json::Value value = sample.value;
            std::string text;
            for (const auto& step : steps) {
                if (!value.has("layers")) break;  // a wrapping came before the syntax
                text = step[random() % step.size()].apply(value, random);
                if (&step == &steps.back()) break;
                auto damaged = json::parse(text);
                REQUIRE(damaged.has_value());
                value = std::move(*damaged);
            }
            const auto after = design::validate_text(text);
            ++runs;
            if (!after) continue;
            valid += after->is_valid();
            close +=
                after->is_valid() && compare(*design::parse_design(sample.value), after->design).is_close();
        }
    MESSAGE(runs << " runs, " << valid << " valid, " << close << " close");
    CHECK(valid >= 0.95 * runs);
    CHECK(close >= 0.9 * runs);
}
