#include "workers/adaptation/steps/render_design.hpp"

#include <array>
#include <chrono>

#include "common/crypto/hash.hpp"
#include "common/store/designs.hpp"
#include "common/store/generated_assets.hpp"
#include "workers/adaptation/design/render.hpp"
#include "workers/adaptation/steps/own_pictures.hpp"

namespace atelier::adaptation {
namespace {

using design_render::Output;
using design_render::Rendered;
using design_render::RenderRequest;

RenderRequest request_of(const json::Value& wanted) {
    static constexpr std::array<std::pair<std::string_view, Output>, 5> kOutputs{{{"png", Output::png},
                                                                                  {"jpeg", Output::jpeg},
                                                                                  {"webp", Output::webp},
                                                                                  {"svg", Output::svg},
                                                                                  {"pdf", Output::pdf}}};
    RenderRequest request;
    for (const auto& [name, output] : kOutputs)
        if (wanted["output"].as_string() == name) request.output = output;
    request.scale = wanted["scale"].as_double(1);
    request.quality = static_cast<int>(wanted["quality"].as_int(80));
    if (wanted.has("max_bytes")) request.max_bytes = static_cast<std::size_t>(wanted["max_bytes"].as_int());
    return request;
}

Result<design::Design> design_for(runtime::StepContext& context) {
    const json::Value& input = context.input();
    const auto revision = context.db().read([&](soci::session& session) {
        return store::find_pinned_revision(session, context.claim().organization_id,
                                           DesignId{input["design_id"].as_string()},
                                           static_cast<int>(input["version"].as_int()));
    });
    if (!revision) return revision.error();
    auto design = design::parse_design(revision->document);
    if (!design || !input["relayout"].as_bool()) return design;
    return design_render::relayout(*design, static_cast<int>(input["format"]["width"].as_int()),
                                   static_cast<int>(input["format"]["height"].as_int()));
}

store::GeneratedAsset row_of(const runtime::StepContext& context, const Rendered& made, double milliseconds) {
    const json::Value& input = context.input();
    store::GeneratedAsset row;
    row.id = GeneratedAssetId{context.claim().id.value};
    row.organization_id = context.claim().organization_id;
    if (input.has("project_id")) row.project_id = ProjectId{input["project_id"].as_string()};
    row.job_id = context.claim().job_id;
    row.design_id = DesignId{input["design_id"].as_string()};
    row.design_version = static_cast<int>(input["version"].as_int());
    row.format = input["format"];
    row.request = input["request"];
    row.width = made.width;
    row.height = made.height;
    row.content_type = made.media_type;
    row.size_bytes = static_cast<std::int64_t>(made.bytes.size());
    row.sha256 = crypto::to_hex(crypto::sha256(made.bytes));
    row.object_key = context.result_key("picture");
    row.strategy = input["relayout"].as_bool() ? "relayout" : "render";
    row.elements_kept = json::Array{};
    row.report = json::Object{{"quality", made.quality}, {"milliseconds", milliseconds}};
    return row;
}

json::Value output_of(const store::GeneratedAsset& row, const std::string& looked_at) {
    return json::Object{
        {"generated_asset_id", row.id.value}, {"object_key", looked_at},      {"version", row.version},
        {"source_asset_id", nullptr},         {"format", row.format["slug"]}, {"strategy", row.strategy}};
}

/// Where the pixels are that moderation looks at.
Result<std::string> put_for_moderation(runtime::StepContext& context, const design::Design& design,
                                       const RenderRequest& request, OwnPictures& pictures,
                                       const std::string& key) {
    if (request.output != Output::svg && request.output != Output::pdf) return key;
    auto pixels = design_render::render(design, {}, pictures);
    if (!pixels) return pixels.error();
    std::string png = context.result_key("moderation.png");
    if (auto put = context.objects().put(png, pixels->bytes, pixels->media_type); !put) return put.error();
    return png;
}

}  // namespace

runtime::StepFate render_design(runtime::StepContext& context) {
    const auto begun = std::chrono::steady_clock::now();
    const auto design = design_for(context);
    if (!design) return runtime::fate_of(design.error());
    context.progress(0.2);

    const RenderRequest request = request_of(context.input()["request"]);
    OwnPictures pictures(context.objects());
    pictures.add(context.input()["pictures"], "id");
    const auto made = design_render::render(*design, request, pictures);
    if (!made) return runtime::fate_of(made.error());
    context.progress(0.7);
    const double milliseconds =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
    const store::GeneratedAsset row = row_of(context, *made, milliseconds);
    if (auto put = context.objects().put(row.object_key, made->bytes, made->media_type); !put)
        return runtime::fate_of(put.error());
    const auto looked_at = put_for_moderation(context, *design, request, pictures, row.object_key);
    if (!looked_at) return runtime::fate_of(looked_at.error());
    return runtime::Done{output_of(row, *looked_at), [row](soci::session& session) -> Result<void> {
                             store::put_generated_asset(session, row);
                             return {};
                         }};
}

}  // namespace atelier::adaptation
