#include "workers/ai/builtin/compose/choice.hpp"

#include <algorithm>

#include "common/design/pipeline/validate.hpp"

namespace atelier::ai::builtin::layout {
namespace {

/// What two drafts have in common, 0…1.
double likeness(const Draft& a, const Draft& b) {
    double out = 0;
    if (a.scheme == b.scheme)
        out += 0.4;
    else if (a.scheme->kind == b.scheme->kind)
        out += 0.12;
    if (a.palette == b.palette) out += 0.2;
    if (a.type == b.type) out += 0.2;
    if (a.technique == b.technique) out += 0.1;
    if (a.copy == b.copy) out += 0.1;
    return out;
}

double novelty(const Draft& draft, const std::vector<Draft>& chosen) {
    double most = 0, sum = 0;
    for (const Draft& other : chosen) {
        const double alike = likeness(draft, other);
        most = std::max(most, alike);
        sum += alike;
    }
    return chosen.empty() ? 1 : 1 - 0.6 * most - 0.4 * sum / double(chosen.size());
}

/// The draft as validation leaves it; false where it finds an error.
bool settle(Draft& draft, const design::TextMeasurer& measurer) {
    auto validated = design::validate_document(design::to_json(draft.design), measurer);
    if (!validated || !validated->is_valid()) return false;
    draft.design = std::move(validated->design);
    return true;
}

}  // namespace

Result<std::vector<Draft>> choose(std::vector<Draft> drafts, const ComposeRequest& request,
                                  const design::TextMeasurer& measurer) {
    const std::size_t copies = request.brief.copies.size();
    std::vector<Draft> chosen;
    std::vector<bool> is_gone(drafts.size(), false);
    while (chosen.size() < std::size_t(request.variants)) {
        if (request.stop.stop_requested()) return conflict("The composition was stopped.");
        const std::size_t wanted = chosen.size() % copies;
        std::size_t best = drafts.size();
        double most = -1;
        for (std::size_t i = 0; i < drafts.size(); ++i) {
            if (is_gone[i]) continue;
            double value = drafts[i].value + 0.6 * novelty(drafts[i], chosen);
            if (drafts[i].copy != wanted) value -= 0.3;
            const bool is_repeated = std::any_of(chosen.begin(), chosen.end(), [&](const Draft& other) {
                return other.scheme == drafts[i].scheme;
            });
            if (is_repeated) value -= 0.5;
            if (value > most) most = value, best = i;
        }
        if (best == drafts.size()) break;
        is_gone[best] = true;
        if (settle(drafts[best], measurer)) chosen.push_back(std::move(drafts[best]));
    }
    std::stable_sort(chosen.begin(), chosen.end(),
                     [](const Draft& a, const Draft& b) { return a.value > b.value; });
    return chosen;
}

}  // namespace atelier::ai::builtin::layout
