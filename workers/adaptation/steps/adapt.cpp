#include "workers/adaptation/steps/adapt.hpp"

#include <algorithm>
#include <chrono>

#include "common/crypto/hash.hpp"
#include "common/store/generated_assets.hpp"
#include "workers/adaptation/render/render.hpp"
#include "workers/imaging/decode.hpp"
#include "workers/imaging/resize.hpp"

namespace atelier::adaptation {
namespace {

imaging::Size size_of(const json::Value& v) {
    return {static_cast<int>(v["width"].as_int()), static_cast<int>(v["height"].as_int())};
}

Result<AdaptRequest> request_of(const json::Value& input) {
    const json::Value &format = input["format"], &photo = input["photo"], &wanted = input["request"];
    AdaptRequest request;
    request.target = {static_cast<int>(format["width"].as_int()), static_cast<int>(format["height"].as_int()),
                      format["content_type"].as_string(), static_cast<int>(format["quality"].as_int(85)),
                      static_cast<std::size_t>(format["max_bytes"].as_int(0))};
    request.original = {static_cast<int>(photo["width"].as_int()),
                        static_cast<int>(photo["height"].as_int())};
    for (const json::Value& element : input["elements"].array()) {
        auto ranked = elements::parse_ranked(element);
        if (!ranked) return ranked.error();
        request.elements.push_back(*ranked);
    }
    for (const json::Value& swatch : input["palette"].array())
        request.palette.push_back(swatch["color"].as_string());
    request.fill = wanted["fill"].string_or("auto");
    if (wanted.has("fill_color")) request.fill_color = wanted["fill_color"].as_string();
    if (wanted.has("texts")) {
        auto style = parse_text_style_set(wanted["text_style_set"]);
        if (!style) return style.error();
        auto texts = parse_texts(wanted["texts"]);
        if (!texts) return texts.error();
        request.text = TextRequest{*style, *texts};
    }
    if (wanted.has("manual_edits")) {
        auto edits = parse_edits(wanted["manual_edits"]);
        if (!edits) return edits.error();
        request.edits = *edits;
    }
    return request;
}

Result<imaging::Decoded> fetch_and_decode(runtime::StepContext& context, const json::Value& photo,
                                          const imaging::DecodeOptions& options) {
    auto bytes = context.objects().get(photo["object_key"].as_string());
    if (!bytes) return bytes.error();
    return imaging::decode(*bytes, options);
}

/// The photo at 1 / 2^halvings. Every level comes from the one above it and the first from the file, so that
/// a level's pixels do not depend on what was asked for before.
Result<imaging::Image> photo_at(runtime::StepContext& context, imaging::DecodedCache& cache, int halvings) {
    const json::Value& photo = context.input()["photo"];
    const std::string key = context.claim().organization_id.value + "/" + photo["id"].as_string() + "/" +
                            photo["sha256"].as_string() + "/" + std::to_string(halvings);
    return cache.get(key, [&]() -> Result<imaging::Image> {
        if (halvings > 0) {
            auto larger = photo_at(context, cache, halvings - 1);
            return larger ? imaging::halved(*larger) : larger;
        }
        auto decoded = fetch_and_decode(context, photo, {.keeps_ycc = true});
        if (!decoded) return decoded.error();
        return decoded->image;
    });
}

/// The smallest level that has all the pixels which this request shows.
Result<imaging::Image> photo_for(runtime::StepContext& context, imaging::DecodedCache& cache,
                                 imaging::Size needed) {
    imaging::Size size = size_of(context.input()["photo"]);
    int halvings = 0;
    for (; size.width / 2 >= needed.width && size.height / 2 >= needed.height; ++halvings)
        size = {(size.width + 1) / 2, (size.height + 1) / 2};
    return photo_at(context, cache, halvings);
}

/// Empty when the edits put no logo on the picture.
Result<imaging::Image> logo_for(runtime::StepContext& context) {
    const json::Value& logo = context.input()["request"]["logo"];
    if (logo.is_null()) return imaging::Image();
    auto decoded = fetch_and_decode(context, logo, {.keep_alpha = true});
    if (!decoded) return decoded.error();
    return decoded->image;
}

/// What people are told of each element: {kind, rank, protected, kept: 0…1}.
json::Value kept_json(const AdaptRequest& request, const Plan& plan) {
    json::Value all = json::Array{};
    for (const Kept& kept : plan.kept) {
        const elements::Ranked& ranked = request.elements.at(kept.index);
        all.push(json::Object{{"kind", elements::to_string(ranked.element.kind)},
                              {"rank", ranked.rank},
                              {"protected", ranked.is_protected},
                              {"kept", kept.fraction}});
    }
    return all;
}

store::GeneratedAsset row_of(const runtime::StepContext& context, const AdaptRequest& request,
                             const Rendered& made, double milliseconds) {
    const json::Value& input = context.input();
    store::GeneratedAsset row;
    row.id = GeneratedAssetId{input["generated_asset_id"].string_or(context.claim().id.value)};
    row.organization_id = context.claim().organization_id;
    if (input.has("project_id")) row.project_id = ProjectId{input["project_id"].as_string()};
    row.job_id = context.claim().job_id;
    row.source_asset_id = AssetId{input["photo"]["id"].as_string()};
    row.format = input["format"];
    row.request = input["request"];
    row.request.make_object().erase("manual_edits");
    row.request.make_object().erase("logo");
    row.manual_edits = input["request"]["manual_edits"];
    row.width = made.width;
    row.height = made.height;
    row.content_type = made.content_type;
    row.size_bytes = static_cast<std::int64_t>(made.bytes.size());
    row.sha256 = crypto::to_hex(crypto::sha256(made.bytes));
    row.object_key = context.result_key("picture");
    row.strategy = to_string(made.plan.strategy);
    row.elements_kept = kept_json(request, made.plan);
    row.report = to_json(made);
    row.report.set("milliseconds", milliseconds);
    row.version = static_cast<int>(input["version"].as_int(1));
    return row;
}

json::Value output_of(const store::GeneratedAsset& row) {
    return json::Object{{"generated_asset_id", row.id.value},
                        {"object_key", row.object_key},
                        {"version", row.version},
                        {"source_asset_id", row.source_asset_id->value},
                        {"format", row.format["slug"]},
                        {"strategy", row.strategy}};
}

}  // namespace

runtime::StepFate adapt(runtime::StepContext& context, imaging::DecodedCache& cache) {
    const auto begun = std::chrono::steady_clock::now();
    auto request = request_of(context.input());
    if (!request) return runtime::fate_of(request.error());
    request->cancelled = [&context] { return context.cancelled(); };
    auto photo = photo_for(context, cache, needed_size(*request));
    if (!photo) return runtime::fate_of(photo.error());
    auto logo = logo_for(context);
    if (!logo) return runtime::fate_of(logo.error());
    context.progress(0.3);

    auto made = render(*photo, *request, *logo);
    if (!made) return runtime::fate_of(made.error());
    const double milliseconds =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
    const store::GeneratedAsset row = row_of(context, *request, *made, milliseconds);
    if (auto put = context.objects().put(row.object_key, made->bytes, made->content_type); !put)
        return runtime::fate_of(put.error());
    return runtime::Done{output_of(row), [row](soci::session& session) -> Result<void> {
                             // False: newer edits have come meanwhile, and their own task renders them.
                             store::put_generated_asset(session, row);
                             return {};
                         }};
}

}  // namespace atelier::adaptation
