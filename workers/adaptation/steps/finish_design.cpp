#include "workers/adaptation/steps/finish_design.hpp"

#include <chrono>

#include "common/crypto/hash.hpp"
#include "common/design/model/walk.hpp"
#include "common/design/pipeline/validate.hpp"
#include "common/design/text/remembering.hpp"
#include "common/design/typeset/typeset.hpp"
#include "common/store/designs.hpp"
#include "common/store/generated_assets.hpp"
#include "workers/adaptation/design/render.hpp"
#include "workers/adaptation/steps/own_pictures.hpp"

namespace atelier::adaptation {
namespace {

using design_render::Rendered;

/// The document with the pictures that were made for it.
Result<design::Validation> completed(const json::Value& input) {
    auto design = design::parse_design(input["design"]);
    if (!design) return design.error();
    design::for_each_layer(design->layers, [&](design::Layer& layer) {
        auto* smart = std::get_if<design::SmartImageContent>(&layer.content);
        for (const json::Value& made : input["made"].array())
            if (smart && made["layer_id"].as_string() == layer.id)
                smart->image.picture.asset_id = made["asset_id"].as_string();
    });
    return design::validate_document(design::to_json(*design),
                                     design::RememberingMeasurer(design::pango_measurer()));
}

/// What is stored in one transaction.
struct Finished {
    store::Design design;
    store::DesignRevision revision;
    store::GeneratedAsset picture;
    bool is_new = true;
};

std::optional<ProjectId> project_of(const json::Value& input) {
    if (!input["project_id"].is_string()) return std::nullopt;
    return ProjectId{input["project_id"].as_string()};
}

void set_design(Finished& finished, const runtime::StepContext& context,
                const design::Validation& validation) {
    const json::Value& input = context.input();
    store::Design& design = finished.design;
    finished.is_new = !input.has("design_id");
    design.id = DesignId{finished.is_new ? context.claim().id.value : input["design_id"].as_string()};
    design.organization_id = context.claim().organization_id;
    design.user_id = UserId{input["user_id"].as_string()};
    design.project_id = project_of(input);
    if (input["brand_id"].is_string()) design.brand_id = BrandId{input["brand_id"].as_string()};
    design.name = validation.design.meta.title;
    design.width = validation.design.canvas.width;
    design.height = validation.design.canvas.height;
    design.is_valid = validation.is_valid();
    design.version = finished.is_new ? 1 : static_cast<int>(input["design_version"].as_int());

    store::DesignRevision& revision = finished.revision;
    json::Value source = input["source"];
    source.set("job_id", context.claim().job_id.value);
    revision.user_id = design.user_id;
    store::DesignOrigin origin = store::DesignOrigin::generate;
    revision.origin = store::parse(input["origin"].as_string(), &origin).value_or(origin);
    revision.source = std::move(source);
    revision.is_valid = design.is_valid;
    revision.document = validation.document;
    revision.repair_log = input.has("repair_log") ? input["repair_log"] : design::repair_log(validation);
}

void set_picture(Finished& finished, const runtime::StepContext& context, const Rendered& made,
                 double milliseconds) {
    const json::Value& input = context.input();
    const store::Design& design = finished.design;
    store::GeneratedAsset& row = finished.picture;
    row.id = GeneratedAssetId{context.claim().id.value};
    row.organization_id = design.organization_id;
    row.project_id = design.project_id;
    row.job_id = context.claim().job_id;
    row.design_id = design.id;
    row.design_version = finished.is_new ? 1 : design.version + 1;
    row.format = input.has("format") ? input["format"]
                                     : json::Value(json::Object{{"slug", "design"},
                                                                {"name", design.name},
                                                                {"width", design.width},
                                                                {"height", design.height}});
    row.request = json::Object{{"output", "png"}, {"scale", 1}};
    row.width = made.width;
    row.height = made.height;
    row.content_type = made.media_type;
    row.size_bytes = static_cast<std::int64_t>(made.bytes.size());
    row.sha256 = crypto::to_hex(crypto::sha256(made.bytes));
    row.object_key = context.result_key("picture");
    row.strategy = "render";
    row.elements_kept = json::Array{};
    row.report = json::Object{{"milliseconds", milliseconds}};
}

Result<void> store_finished(soci::session& session, const Finished& finished) {
    if (finished.is_new) {
        store::Design design = finished.design;
        if (auto made = store::insert_design(session, design, finished.revision); !made) return made.error();
    } else {
        auto current = store::find_design(session, finished.design.organization_id, finished.design.id);
        if (!current) return current.error();
        store::Design changed = *current;
        changed.version = finished.design.version;
        changed.width = finished.design.width;
        changed.height = finished.design.height;
        changed.is_valid = finished.design.is_valid;
        if (auto made = store::update_design(session, changed, &finished.revision); !made)
            return made.error();
    }
    store::put_generated_asset(session, finished.picture);
    return {};
}

json::Value output_of(const json::Value& input, const Finished& finished) {
    const store::GeneratedAsset& picture = finished.picture;
    json::Value pictures = json::Array{};
    for (const json::Value& made : input["made"].array())
        pictures.push(json::Object{{"asset_id", made["asset_id"]}, {"object_key", made["object_key"]}});
    return json::Object{{"generated_asset_id", picture.id.value},
                        {"object_key", picture.object_key},
                        {"version", picture.version},
                        {"source_asset_id", nullptr},
                        {"format", picture.format["slug"]},
                        {"strategy", picture.strategy},
                        {"design_id", picture.design_id->value},
                        {"design_version", *picture.design_version},
                        {"pictures", std::move(pictures)},
                        {"told", input["told"]}};
}

}  // namespace

runtime::StepFate finish_design(runtime::StepContext& context) {
    const auto begun = std::chrono::steady_clock::now();
    const json::Value& input = context.input();
    const auto validation = completed(input);
    if (!validation) return runtime::fate_of(validation.error());
    context.progress(0.2);
    OwnPictures pictures(context.objects());
    pictures.add(input["pictures"], "id");
    pictures.add(input["made"], "asset_id");
    const auto made = design_render::render(validation->design, {}, pictures);
    if (!made) return runtime::fate_of(made.error());
    context.progress(0.8);
    Finished finished;
    set_design(finished, context, *validation);
    set_picture(finished, context, *made,
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
    if (auto put = context.objects().put(finished.picture.object_key, made->bytes, made->media_type); !put)
        return runtime::fate_of(put.error());
    json::Value output = output_of(input, finished);
    return runtime::Done{std::move(output),
                         [finished](soci::session& session) { return store_finished(session, finished); }};
}

}  // namespace atelier::adaptation
