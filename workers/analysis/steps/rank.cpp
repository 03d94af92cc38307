#include "common/store/analyses.hpp"
#include "common/store/rules.hpp"
#include "workers/analysis/steps.hpp"

namespace atelier::analysis {
namespace {

struct Known {
    store::Analysis analysis;
    store::ActiveRanking rules;
    std::optional<store::Ranking> cached;
};

Result<Known> look_up(soci::session& session, const OrganizationId& organization, const AssetId& asset) {
    auto analysis = store::find_analysis(session, organization, asset);
    if (!analysis) return analysis.error();
    auto rules = store::active_ranking_rules(session, organization);
    if (!rules) return rules.error();
    return Known{*analysis, *rules, store::find_ranking(session, organization, asset, rules->revision)};
}

Result<json::Value> rank_anew(const Known& known) {
    std::vector<elements::Element> found;
    for (const json::Value& v : known.analysis.elements.array()) {
        auto element = elements::parse_element(v);
        if (!element) return element.error();
        found.push_back(*element);
    }
    json::Value ranked = json::Array{};
    const json::Value& size = known.analysis.details;
    for (const elements::Ranked& r :
         elements::rank(found, known.rules.rules, size["width"].as_double(), size["height"].as_double()))
        ranked.push(elements::to_json(r));
    return ranked;
}

}  // namespace

runtime::StepFate rank(runtime::StepContext& context) {
    const OrganizationId organization = context.claim().organization_id;
    const AssetId asset{context.input()["asset_id"].as_string()};
    auto known =
        context.db().read([&](soci::session& session) { return look_up(session, organization, asset); });
    if (!known) return runtime::fate_of(known.error());

    json::Value output = json::Object{{"asset_id", asset.value},
                                      {"palette", known->analysis.palette},
                                      {"rule_revision", known->rules.revision}};
    if (known->cached) {
        output.set("elements", known->cached->ranked);
        return runtime::Done{output};
    }
    auto ranked = rank_anew(*known);
    if (!ranked) return runtime::fate_of(ranked.error());
    output.set("elements", *ranked);
    const store::Ranking fresh{asset, known->rules.revision, *ranked};
    return runtime::Done{output, [organization, fresh](soci::session& session) {
                             return store::put_ranking(session, organization, fresh);
                         }};
}

}  // namespace atelier::analysis
