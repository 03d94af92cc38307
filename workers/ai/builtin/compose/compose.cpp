#include "workers/ai/builtin/compose/compose.hpp"

#include <cmath>

#include "workers/ai/builtin/compose/choice.hpp"
#include "workers/ai/builtin/compose/draft.hpp"

namespace atelier::ai::builtin {
namespace {

constexpr int kSmallest = 16, kLargest = 8192, kMostVariants = 8;

Result<void> check(const ComposeRequest& request) {
    std::vector<FieldError> wrong;
    if (request.width < kSmallest || request.width > kLargest)
        wrong.push_back({"/width", "range", "A canvas is 16 to 8192 pixels wide."});
    if (request.height < kSmallest || request.height > kLargest)
        wrong.push_back({"/height", "range", "A canvas is 16 to 8192 pixels high."});
    if (request.variants < 1 || request.variants > kMostVariants)
        wrong.push_back({"/variants", "range", "There are 1 to 8 variants."});
    if (request.brief.copies.empty()) wrong.push_back({"/brief/copies", "minItems", "A design needs words."});
    if (!wrong.empty()) return invalid(std::move(wrong));
    return {};
}

json::Value scores_of(const layout::Score& score) {
    json::Object out;
    for (std::size_t i = 0; i < layout::kRules.size(); ++i)
        out.set(std::string(layout::kRules[i]), std::round(score.by_rule[i] * 1000) / 1000);
    return out;
}

}  // namespace

Result<std::vector<Composed>> compose(const ComposeRequest& request, const design::TextMeasurer& measurer) {
    if (auto checked = check(request); !checked) return checked.error();
    auto drafts = layout::draw_drafts(request, measurer);
    if (!drafts) return drafts.error();
    auto chosen = layout::choose(std::move(*drafts), request, measurer);
    if (!chosen) return chosen.error();
    std::vector<Composed> out;
    for (layout::Draft& draft : *chosen)
        out.push_back(
            {std::move(draft.design), std::string(draft.scheme->name), draft.value, scores_of(draft.score)});
    return out;
}

}  // namespace atelier::ai::builtin
