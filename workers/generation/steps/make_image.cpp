#include <algorithm>
#include <cmath>

#include "common/crypto/hash.hpp"
#include "common/store/image_recipes.hpp"
#include "workers/ai/prompts/prompts.hpp"
#include "workers/generation/steps/steps.hpp"
#include "workers/imaging/decode.hpp"
#include "workers/imaging/encode.hpp"
#include "workers/imaging/resize.hpp"

namespace atelier::generation {
namespace {

constexpr std::chrono::milliseconds kAskAgain{300};
constexpr int kJpegQuality = 92;
constexpr std::size_t kLongestName = 60;

struct Picture {
    imaging::Encoded encoded;
    std::string content_type;
    imaging::Size size;
    ai::DoneBy by;
};

design::HolisticContext context_of(const json::Value& in) {
    design::HolisticContext context;
    const auto texts = [](const json::Value& list) {
        std::vector<std::string> out;
        for (const json::Value& text : list.array())
            out.push_back(text.as_string());
        return out;
    };
    context.design_purpose = in["design_purpose"].as_string();
    context.overall_theme = in["overall_theme"].as_string();
    context.adjacent_elements = texts(in["adjacent_elements"]);
    for (const json::Value& color : in["brand_colors"].array())
        if (const auto parsed = design::parse_color(color.as_string()))
            context.brand_colors.push_back(*parsed);
    context.composition_hints = in["composition_hints"].as_string();
    context.style_keywords = texts(in["style_keywords"]);
    return context;
}

ai::ImageQuality quality_of(const std::string& name) {
    if (name == "low") return ai::ImageQuality::low;
    return name == "high" ? ai::ImageQuality::high : ai::ImageQuality::medium;
}

Result<ai::ImageRequest> request_of(const json::Value& order, objects::ObjectStore& objects) {
    ai::ImageRequest request;
    const std::string& task = order["task"].as_string();
    if (task == "edit") request.task = ai::ImageTask::edit;
    if (task == "outpaint") request.task = ai::ImageTask::outpaint;
    request.subject = order["prompt"].as_string();
    request.context = context_of(order["holistic_context"]);
    request.prompt = request.task == ai::ImageTask::generate
                         ? ai::picture_prompt(request.subject, request.context)
                         : request.subject;
    request.negative_prompt = order["negative_prompt"].as_string();
    request.width = static_cast<int>(order["width"].as_int());
    request.height = static_cast<int>(order["height"].as_int());
    request.quality = quality_of(order["quality"].as_string());
    request.transparent = order["transparent"].as_bool();
    if (order["seed"].is_int()) request.seed = order["seed"].as_int();
    if (order.has("original")) {
        auto bytes = objects.get(order["original"]["object_key"].as_string());
        if (!bytes) return bytes.error();
        const auto header = imaging::read_header(*bytes);
        if (!header) return header.error();
        static constexpr const char* kTypes[] = {"image/jpeg", "image/png", "image/webp"};
        request.references.push_back({std::move(*bytes), kTypes[static_cast<int>(header->format)]});
    }
    return request;
}

/// In exactly the size that was ordered: cut to its shape, then scaled.
Result<imaging::Image> fitted(const imaging::Image& image, imaging::Size wanted) {
    if (image.size() == wanted) return image;
    const double scale =
        std::min(double(image.width()) / wanted.width, double(image.height()) / wanted.height);
    const double width = wanted.width * scale, height = wanted.height * scale;
    return imaging::resample(
        image, {(image.width() - width) / 2, (image.height() - height) / 2, width, height}, wanted);
}

Result<Picture> finished(const std::string& bytes, const json::Value& order, const ai::DoneBy& by) {
    auto decoded = imaging::decode(bytes, {.keep_alpha = true});
    if (!decoded) return decoded.error();
    const bool keeps_size = order["task"].as_string() == "edit" && !order["is_resized"].as_bool();
    Result<imaging::Image> image = decoded->image;
    if (!keeps_size)
        image = fitted(decoded->image, {static_cast<int>(order["width"].as_int()),
                                        static_cast<int>(order["height"].as_int())});
    if (!image) return image.error();
    const std::string type = image->has_alpha() ? "image/png" : "image/jpeg";
    auto encoded = imaging::encode(*image, {.content_type = type, .quality = kJpegQuality});
    if (!encoded) return encoded.error();
    return Picture{std::move(*encoded), type, image->size(), by};
}

Result<Picture> make(runtime::StepContext& context, ai::Router& router, const json::Value& order) {
    auto request = request_of(order, context.objects());
    if (!request) return request.error();
    std::optional<Result<Picture>> picture;
    const auto made = router.make(*request, order_of(context), [&](ai::ImageAnswer& answer) -> Result<> {
        if (answer.images.empty()) return invalid("/images", "minItems", "There is no picture.");
        picture = finished(answer.images.front().bytes, order, {});
        if (!*picture) return picture->error();
        return {};
    });
    if (!made) return made.error();
    (*picture)->by = made->by;
    return std::move(**picture);
}

/// `Professional studio shot of headphones.png`
std::string filename_of(const json::Value& order, const std::string& content_type) {
    std::string name;
    for (const char c : order["prompt"].as_string()) {
        if (name.size() >= kLongestName && (static_cast<unsigned char>(c) & 0xC0) != 0x80) break;
        const bool is_plain =
            static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c));
        if (is_plain)
            name += c;
        else if (!name.empty() && name.back() != ' ')
            name += ' ';
    }
    while (!name.empty() && name.back() == ' ')
        name.pop_back();
    return (name.empty() ? "picture" : name) + (content_type == "image/png" ? ".png" : ".jpg");
}

store::Asset asset_of(const runtime::StepContext& context, const Picture& picture) {
    const json::Value& order = context.input()["order"];
    store::Asset asset;
    asset.id = AssetId{context.claim().id.value};
    asset.organization_id = context.claim().organization_id;
    asset.user_id = UserId{context.input()["user_id"].as_string()};
    asset.filename = filename_of(order, picture.content_type);
    asset.content_type = picture.content_type;
    asset.size_bytes = static_cast<std::int64_t>(picture.encoded.bytes.size());
    asset.object_key = context.result_key("picture");
    asset.width = picture.size.width;
    asset.height = picture.size.height;
    asset.sha256 = crypto::to_hex(crypto::sha256(picture.encoded.bytes));
    return asset;
}

json::Value output_of(const json::Value& input, const store::Asset& asset, bool is_new) {
    json::Value output =
        json::Object{{"asset_id", asset.id.value},          {"object_key", asset.object_key},
                     {"width", asset.width.value_or(0)},    {"height", asset.height.value_or(0)},
                     {"sha256", asset.sha256.value_or("")}, {"is_new", is_new}};
    if (input.has("layer_id")) output.set("layer_id", input["layer_id"]);
    return output;
}

/// The right to make the picture, or the picture that somebody else has made meanwhile.
Result<store::RecipeState> claim(runtime::StepContext& context, const std::string& hash,
                                 const store::RecipeOwner& owner) {
    for (;;) {
        auto state = context.db().write([&](soci::session& session) -> Result<store::RecipeState> {
            return store::claim_recipe(session, context.claim().organization_id, hash,
                                       context.input()["order"], owner);
        });
        if (!state || state->picture || state->is_mine) return state;
        if (!async::sleep_for(context.stop_token(), kAskAgain))
            return unavailable("The picture is still being made by another task.");
    }
}

}  // namespace

runtime::StepFate make_image(runtime::StepContext& context, ai::Router& router) {
    const json::Value& order = context.input()["order"];
    if (order.is_null()) return runtime::Done{json::Object{{"asset_id", nullptr}}};
    const std::string hash = store::recipe_hash(order);
    const store::RecipeOwner owner{context.claim().id, context.claim().fence};
    const auto state = claim(context, hash, owner);
    if (!state) return runtime::fate_of(state.error());
    if (state->picture) return runtime::Done{output_of(context.input(), *state->picture, false)};
    context.progress(0.1);

    const auto picture = make(context, router, order);
    if (!picture) return fate_of(picture.error());
    context.progress(0.8);
    const store::Asset asset = asset_of(context, *picture);
    if (auto put = context.objects().put(asset.object_key, picture->encoded.bytes, asset.content_type); !put)
        return runtime::fate_of(put.error());
    json::Value output = output_of(context.input(), asset, true);
    output.set("by", to_json(picture->by));
    return runtime::Done{std::move(output), [asset, hash, owner](soci::session& session) -> Result<void> {
                             store::Asset row = asset;
                             store::insert_generated_picture(session, row);
                             store::complete_recipe(session, row.organization_id, hash, owner, row.id);
                             return {};
                         }};
}

}  // namespace atelier::generation
