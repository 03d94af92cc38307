#include <algorithm>

#include "common/store/assets.hpp"
#include "common/store/generated_assets.hpp"
#include "common/store/rules.hpp"
#include "workers/imaging/blur.hpp"
#include "workers/imaging/decode.hpp"
#include "workers/imaging/encode.hpp"
#include "workers/imaging/resize.hpp"
#include "workers/imaging/sample.hpp"
#include "workers/moderation/steps.hpp"

namespace atelier::moderation {
namespace {

constexpr int kPreviewSide = 480;

json::Value to_json(const vision::NsfwScores& s) {
    return json::Object{{"drawing", s.drawing},
                        {"hentai", s.hentai},
                        {"neutral", s.neutral},
                        {"porn", s.porn},
                        {"sexy", s.sexy}};
}

struct Preview {
    std::string bytes, content_type;
};

/// A small JPEG, or PNG where something shows through; of a flagged picture one that shows nothing.
Result<Preview> make_preview(const imaging::Image& image, bool flagged) {
    auto small = imaging::fit_within(image, kPreviewSide);
    if (!small) return small.error();
    if (flagged) small = imaging::blur_beyond_recognition(*small);
    if (!small) return small.error();
    const std::string type = small->has_alpha() ? "image/png" : "image/jpeg";
    auto encoded = imaging::encode(*small, {.content_type = type, .quality = 80});
    if (!encoded) return encoded.error();
    return Preview{std::move(encoded->bytes), type};
}

/// At full size: the classifier was trained on pictures that were shrunk its way, and another way of
/// shrinking changes the scores. The decoder's limit of 50 megapixels bounds the pixels to 150 MB a slot.
Result<vision::NsfwScores> classify(const vision::Models& models, const imaging::Image& image) {
    const auto full = imaging::to_pixels(image, std::max(image.width(), image.height()));
    if (!full) return full.error();
    return models.classify_nsfw(full->pixels);
}

/// Classifies the object, writes its preview and says what was found.
Result<store::Verdict> judge(runtime::StepContext& context, const vision::Models& models,
                             const std::string& object_key, std::string_view preview = "preview") {
    const auto thresholds = context.db().read([&](soci::session& session) {
        return store::active_moderation_thresholds(session, context.claim().organization_id);
    });
    if (!thresholds) return thresholds.error();
    const auto bytes = context.objects().get(object_key);
    if (!bytes) return bytes.error();
    const auto decoded = imaging::decode(*bytes);
    if (!decoded) return decoded.error();
    const auto shown = imaging::decode(*bytes, {.keep_alpha = true});
    if (!shown) return shown.error();
    const auto scores = classify(models, decoded->image);
    if (!scores) return scores.error();

    store::Verdict verdict;
    verdict.scores = to_json(*scores);
    verdict.is_nsfw = store::is_nsfw(*thresholds, verdict.scores);
    verdict.preview_key = context.result_key(preview);
    const auto small = make_preview(verdict.is_nsfw ? decoded->image : shown->image, verdict.is_nsfw);
    if (!small) return small.error();
    if (auto put = context.objects().put(*verdict.preview_key, small->bytes, small->content_type); !put)
        return put.error();
    return verdict;
}

json::Value output_of(std::string_view id_name, const std::string& id, const store::Verdict& verdict) {
    return json::Object{{std::string(id_name), id}, {"is_nsfw", verdict.is_nsfw}, {"scores", verdict.scores}};
}

}  // namespace

runtime::StepFate moderate_upload(runtime::StepContext& context, const vision::Models& models) {
    const auto verdict = judge(context, models, context.input()["object_key"].as_string());
    if (!verdict) return runtime::fate_of(verdict.error());
    const AssetId asset{context.input()["asset_id"].as_string()};
    return runtime::Done{
        output_of("asset_id", asset.value, *verdict),
        [asset, verdict = *verdict, organization = context.claim().organization_id](soci::session& session) {
            return store::set_asset_verdict(session, organization, asset, verdict);
        }};
}

runtime::StepFate moderate_generated(runtime::StepContext& context, const vision::Models& models) {
    const auto verdict = judge(context, models, context.input()["object_key"].as_string());
    if (!verdict) return runtime::fate_of(verdict.error());
    const GeneratedAssetId id{context.input()["generated_asset_id"].as_string()};
    const int version = static_cast<int>(context.input()["version"].as_int(1));
    json::Value output = output_of("generated_asset_id", id.value, *verdict);
    for (const char* name : {"source_asset_id", "format"})
        output.set(name, context.input()[name]);
    return runtime::Done{output, [id, version, verdict = *verdict,
                                  organization = context.claim().organization_id](soci::session& session) {
                             // False: a newer rendering has come, and its own task judges it.
                             store::set_generated_verdict(session, organization, id, version, verdict);
                             return Result<void>();
                         }};
}

runtime::StepFate moderate_design(runtime::StepContext& context, const vision::Models& models) {
    const json::Value& input = context.input();
    const OrganizationId organization = context.claim().organization_id;
    const auto verdict = judge(context, models, input["object_key"].as_string());
    if (!verdict) return runtime::fate_of(verdict.error());
    std::vector<std::pair<AssetId, store::Verdict>> pictures;
    for (std::size_t i = 0; i < input["pictures"].size(); ++i) {
        const json::Value& picture = input["pictures"].at(i);
        const AssetId id{picture["asset_id"].as_string()};
        const auto asset = context.db().read(
            [&](soci::session& session) { return store::find_asset(session, organization, id); });
        if (!asset || asset->moderation != store::Moderation::pending) continue;
        auto judged =
            judge(context, models, picture["object_key"].as_string(), "preview-" + std::to_string(i));
        if (!judged) return runtime::fate_of(judged.error());
        pictures.emplace_back(id, std::move(*judged));
    }
    json::Value output = input;
    output.set("is_nsfw", verdict->is_nsfw).set("scores", verdict->scores);
    const GeneratedAssetId id{input["generated_asset_id"].as_string()};
    const int version = static_cast<int>(input["version"].as_int(1));
    return runtime::Done{
        output,
        [id, version, organization, verdict = *verdict, pictures](soci::session& session) -> Result<void> {
            store::set_generated_verdict(session, organization, id, version, verdict);
            for (const auto& [asset, judged] : pictures)
                // Not found: deleted meanwhile, so nobody can see it.
                if (auto set = store::set_asset_verdict(session, organization, asset, judged);
                    !set && set.error().code != ErrorCode::not_found)
                    return set;
            return {};
        }};
}

}  // namespace atelier::moderation
