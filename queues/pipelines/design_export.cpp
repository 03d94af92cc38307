#include <algorithm>
#include <array>
#include <cmath>

#include "common/design/model/walk.hpp"
#include "common/store/assets.hpp"
#include "common/store/designs.hpp"
#include "queues/pipelines/kinds.hpp"
#include "queues/pipelines/studio/studio.hpp"

namespace atelier::queues {
namespace {

constexpr std::int64_t kCreditsPerExport = 1;
constexpr double kMostPixels = 50'000'000;        // what moderation can look at
constexpr std::size_t kMostWritten = 256 * 1024;  // bytes that are set well within the deadline
constexpr double kLongestWebpSide = 16383;        // WebP's own limit

struct Output {
    std::string_view name, content_type;
    bool is_drawn;  ///< of pixels
};
constexpr std::array<Output, 5> kOutputs{{{"png", "image/png", true},
                                          {"jpeg", "image/jpeg", true},
                                          {"webp", "image/webp", true},
                                          {"svg", "image/svg+xml", false},
                                          {"pdf", "application/pdf", false}}};

constexpr Step kSteps[] = {
    {.name = "render_design", .stage = Stage::adaptation, .phase = "rendering", .weight = 6},
    moderate_step()};

/// The format to lay the design out for; null where it keeps its own size.
Result<json::Value> format_wanted(soci::session& session, const OrganizationId& organization,
                                  const json::Value& input) {
    if (!input.has("asset_format_id")) return json::Value();
    auto format = store::find_format(session, organization, FormatId{input["asset_format_id"].as_string()});
    if (!format) return invalid("/asset_format_id", "exists", "There is no such format.");
    return snapshot(*format);
}

Result<void> check_size(const Output& output, double width, double height, double scale) {
    if (width * height > kMostPixels)
        return invalid("/design_id", "maximum", "The canvas has more than 50 megapixels.");
    if (!output.is_drawn) return {};
    if (width * scale * height * scale > kMostPixels)
        return invalid("/scale", "maximum", "The picture would have more than 50 megapixels.");
    if (output.name == "webp" && std::max(width, height) * scale > kLongestWebpSide)
        return invalid("/scale", "maximum", "A WebP is at most 16383 pixels wide and high.");
    return {};
}

/// How to render, with the format's quality and limit where the input has none of its own.
json::Value render_request(const Output& output, const json::Value& input, const json::Value& format) {
    json::Value request = json::Object{{"output", output.name},
                                       {"scale", input["scale"].as_double(1)},
                                       {"quality", input["quality"].as_int(format["quality"].as_int(80))}};
    const json::Value& limit = input.has("max_bytes") ? input["max_bytes"] : format["max_bytes"];
    if (limit.is_int()) request.set("max_bytes", limit);
    return request;
}

json::Value format_shown(const store::Design& design, const design::Canvas& canvas,
                         const json::Value& format) {
    if (!format.is_null()) return format;
    return json::Object{
        {"slug", "design"}, {"name", design.name}, {"width", canvas.width}, {"height", canvas.height}};
}

Result<Plan> plan(soci::session& session, const Requester& requester, const json::Value& input) {
    const OrganizationId& organization = requester.organization;
    store::Design row;
    auto revision = revision_wanted(session, organization, input, row);
    if (!revision) return revision.error();
    const auto design = design::parse_design(revision->document);
    if (!design) return internal("A stored design does not fit its schema.");
    if (design::written_in(revision->document) > kMostWritten)
        return invalid("/design_id", "maximum", "The design has more text than can be set in time.");
    auto format = format_wanted(session, organization, input);
    if (!format) return format.error();
    auto pictures = pictures_shown(session, organization, *design);
    if (!pictures) return pictures.error();
    const Output& output = *std::find_if(kOutputs.begin(), kOutputs.end(), [&](const Output& o) {
        return o.name == input["format"].as_string();
    });
    const json::Value request = render_request(output, input, *format),
                      shown = format_shown(row, design->canvas, *format);
    if (auto fits = check_size(output, shown["width"].as_double(), shown["height"].as_double(),
                               request["scale"].as_double());
        !fits)
        return fits.error();

    json::Value task =
        json::Object{{"design_id", row.id.value}, {"version", revision->version},   {"request", request},
                     {"format", shown},           {"relayout", !format->is_null()}, {"pictures", *pictures}};
    Plan plan;
    plan.project = row.project_id;
    if (plan.project) task.set("project_id", plan.project->value);
    plan.input = task;
    plan.first_tasks = {std::move(task)};
    plan.price = kCreditsPerExport;
    return plan;
}

json::Value result(const json::Value& job_input, std::span<const json::Value> outputs) {
    json::Value result = pictures_result(job_input, outputs);
    result.set("design_id", job_input["design_id"]).set("version", job_input["version"]);
    return result;
}

}  // namespace

const Pipeline kDesignExport{"design_export", "jobs/design_export.json", kSteps, plan, result};

}  // namespace atelier::queues
