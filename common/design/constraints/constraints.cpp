#include "common/design/constraints/constraints.hpp"

#include <array>
#include <cmath>

#include "common/design/constraints/round.hpp"
#include "common/design/model/read.hpp"

namespace atelier::design {
namespace {

constexpr int kMostRounds = 8;
constexpr std::array kRules{check_headline, check_recipes, check_text_fit,
                            check_bounds,   check_overlap, check_contrast};

/// All rules once; each sees what the one before it made. Whether anything changed.
bool run_round(Editor& editor, const TextMeasurer& measurer, std::vector<Finding>& findings) {
    const std::size_t before = editor.repairs().size();
    findings.clear();
    for (const auto rule : kRules) {
        const Design design = read_valid(editor.document());
        const std::vector<Item> items = flatten(design);
        Round round{design, items, editor, measurer, findings};
        rule(round);
    }
    return editor.repairs().size() != before;
}

}  // namespace

void Round::set(const Item& item, const std::string& field, double value, const std::string& rule,
                const std::string& reason) {
    const double rounded = std::round(value * 100) / 100;
    json::Value number = rounded;
    if (rounded == std::floor(rounded)) number = static_cast<std::int64_t>(rounded);
    const std::string pointer = item.pointer + "/" + field;
    if (!(editor.at(pointer) == number)) editor.replace(pointer, std::move(number), rule, reason);
}

bool Round::shift(const Item& item, double dx, double dy, const std::string& rule,
                  const std::string& reason) {
    constexpr double kFarthest = 16384;
    const Box& box = item.layer->box;
    if (std::abs(box.x + dx) > kFarthest || std::abs(box.y + dy) > kFarthest) return false;
    if (std::abs(dx) > 0.005) set(item, "x", item.layer->box.x + dx, rule, reason);
    if (std::abs(dy) > 0.005) set(item, "y", item.layer->box.y + dy, rule, reason);
    return true;
}

std::vector<Finding> constrain_design(Editor& editor, const TextMeasurer& measurer) {
    std::vector<Finding> findings;
    Editor attempt(editor.document());
    for (int round = 0; round < kMostRounds; ++round) {
        if (run_round(attempt, measurer, findings)) continue;
        for (const Repair& repair : attempt.repairs())
            editor.repeat(repair);
        return findings;
    }
    // The rules pull at each other: the design stays as it was, with what they first found.
    Editor unchanged(editor.document());
    run_round(unchanged, measurer, findings);
    findings.push_back({"", "unsettled", "The rules could not all be met by moving and shrinking.", true});
    return findings;
}

}  // namespace atelier::design
