#include <map>

#include "common/store/analyses.hpp"
#include "workers/analysis/steps.hpp"
#include "workers/imaging/decode.hpp"
#include "workers/imaging/sample.hpp"

namespace atelier::analysis {
namespace {

constexpr int kLongSide = 2048;  // enough for faces of a crowd; detectors scale down from here

/// Boxes found on the sampled picture, in pixels of the upright original.
void to_original(std::vector<elements::Element>& found, double factor_x, double factor_y) {
    for (elements::Element& e : found)
        e.box = {e.box.x * factor_x, e.box.y * factor_y, e.box.width * factor_x, e.box.height * factor_y};
}

json::Value counts(const std::vector<elements::Element>& found) {
    std::map<std::string, int> by_kind;
    for (const elements::Element& e : found)
        ++by_kind[std::string(elements::to_string(e.kind))];
    json::Value v = json::Object{};
    for (const auto& [kind, count] : by_kind)
        v.set(kind, count);
    return v;
}

store::Analysis stored(const vision::Analysis& analysis, imaging::Size original) {
    store::Analysis row;
    row.elements = json::Array{};
    for (const elements::Element& e : analysis.elements)
        row.elements.push(elements::to_json(e));
    row.palette = json::Array{};
    for (const vision::Swatch& swatch : analysis.palette)
        row.palette.push(json::Object{{"color", swatch.color}, {"share", swatch.share}});
    row.sharpness = analysis.sharpness;
    row.details = json::Object{{"width", original.width}, {"height", original.height}};
    return row;
}

}  // namespace

runtime::StepFate analyze(runtime::StepContext& context, const vision::Models& models) {
    const AssetId asset{context.input()["asset_id"].as_string()};
    const std::string object_key = context.input()["object_key"].as_string();
    const auto bytes = context.objects().get(object_key);
    if (!bytes) return runtime::fate_of(bytes.error());
    const auto decoded = imaging::decode(*bytes, {.at_least = {kLongSide, kLongSide}});
    if (!decoded) return runtime::fate_of(decoded.error());
    const auto sampled = imaging::to_pixels(decoded->image, kLongSide);
    if (!sampled) return runtime::fate_of(sampled.error());
    context.progress(0.3);

    auto analysis = models.analyze(sampled->pixels);
    if (!analysis) return runtime::fate_of(analysis.error());
    to_original(analysis->elements, static_cast<double>(decoded->original.width) / sampled->pixels.width,
                static_cast<double>(decoded->original.height) / sampled->pixels.height);

    store::Analysis row = stored(*analysis, decoded->original);
    row.asset_id = asset;
    json::Value output = json::Object{{"asset_id", asset.value}, {"object_key", object_key}};
    output.set("elements", counts(analysis->elements)).set("sharpness", analysis->sharpness);
    return runtime::Done{output,
                         [row, organization = context.claim().organization_id](soci::session& session) {
                             return store::put_analysis(session, organization, row);
                         }};
}

}  // namespace atelier::analysis
