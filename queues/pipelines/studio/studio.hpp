#pragma once
// What the kinds that make designs share: the brand of a request, the pictures that a design still lacks, and
// the steps that finish a design. Private to queues/pipelines.
//
//   make_image     one picture by its order: {order, user_id, name, layer_id}, or nothing to do: {order:
//   null}
//                  → {asset_id, object_key, layer_id, is_new}
//   finish_design  the pictures put in, validated, rendered, stored as a design or its next revision
//                  → {design_id, design_version, generated_asset_id, object_key, version, pictures, told}
//   moderate_design  the verdicts on the picture of the design and on those that were made for it
//                  → {…, is_nsfw, scores}

#include <optional>
#include <string>
#include <vector>

#include "common/store/assets.hpp"
#include "common/store/designs.hpp"
#include "queues/pipelines/shared.hpp"

namespace atelier::design {
struct Design;
}

namespace atelier::queues {

inline constexpr int kMostPictures = 12;  ///< made for one design

/// The brand kit that `input/brand_id` names, or `fallback`, as a design wears it; null without one.
Result<json::Value> brand_wanted(soci::session& session, const OrganizationId& organization,
                                 const json::Value& input,
                                 const std::optional<BrandId>& fallback = std::nullopt);

/// Where the brand's logo is, for workers; an empty list without one.
json::Value logo_shown(soci::session& session, const OrganizationId& organization, const json::Value& brand);

/// 0…4294967295, by chance.
std::int64_t random_seed();

/// The revision that the input asks for. Errors name `/design_id` or `/version`.
Result<store::DesignRevision> revision_wanted(soci::session& session, const OrganizationId& organization,
                                              const json::Value& input, store::Design& design);

/// What the design shows of the organization's own, as workers fetch it; what it does not have leaves a
/// placeholder. Error: validation_failed at /design_id for a picture that moderation rejected.
Result<json::Value> pictures_shown(soci::session& session, const OrganizationId& organization,
                                   const design::Design& design);

/// Input of `make_image` for each smart image of the document that has no picture yet, at most kMostPictures.
/// `wishes` are the job's: user_id, provider, quality.
std::vector<json::Value> picture_tasks(const json::Value& document, const json::Value& wishes);

/// The same from the output of a step that made a design; one task that makes nothing where nothing is
/// lacking.
std::vector<json::Value> to_make_images(const json::Value& job, std::span<const json::Value> outputs);
int most_pictures(const json::Value& job);
/// From that design (the first of `outputs`) and its pictures.
std::vector<json::Value> to_finish_design(const json::Value& job, std::span<const json::Value> outputs);
std::vector<json::Value> to_moderate_design(const json::Value& job, std::span<const json::Value> outputs);

/// What those who watch are told of a finished design, and what the result lists.
json::Value design_shown(const json::Value& output);
/// {designs: […], pictures, flagged, generated_asset_ids}
json::Value designs_result(const json::Value& job, std::span<const json::Value> outputs);

constexpr Step make_image_step(Step::Start start) {
    return {.name = "make_image",
            .stage = Stage::generation,
            .phase = "generating",
            .weight = 6,
            .deadline = std::chrono::seconds(300),
            .start = start,
            .inputs = start == Step::Start::first ? nullptr : to_make_images,
            .width = start == Step::Start::first ? nullptr : most_pictures};
}
constexpr Step finish_design_step(Step::Start start, decltype(Step::inputs) inputs = to_finish_design) {
    return {.name = "finish_design",
            .stage = Stage::adaptation,
            .phase = "rendering",
            .weight = 3,
            .start = start,
            .inputs = inputs};
}
constexpr Step moderate_design_step() {
    return {.name = "moderate_design",
            .stage = Stage::moderation,
            .phase = "moderating",
            .weight = 1,
            .start = Step::Start::after_each,
            .inputs = to_moderate_design,
            .width = one_task,
            .shown = design_shown};
}

}  // namespace atelier::queues
