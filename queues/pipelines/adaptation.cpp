#include <algorithm>

#include "common/store/analyses.hpp"
#include "common/store/projects.hpp"
#include "common/store/text_style_sets.hpp"
#include "queues/pipelines/kinds.hpp"
#include "queues/pipelines/shared.hpp"

namespace atelier::queues {
namespace {

constexpr std::int64_t kCreditsPerPicture = 1;
constexpr std::size_t kMostPictures = 2'000;  // one job; more is several jobs

/// The largest width and height of the job's formats: photos are decoded once, large enough for all.
json::Value largest_size(const json::Value& job) {
    std::int64_t width = 0, height = 0;
    for (const json::Value& format : job["formats"].array()) {
        width = std::max(width, format["width"].as_int());
        height = std::max(height, format["height"].as_int());
    }
    return json::Object{{"width", width}, {"height", height}};
}

/// What the ranking of a photo and the job's formats make: one task a format.
std::vector<json::Value> to_adapt(const json::Value& job, std::span<const json::Value> outputs) {
    const json::Value& ranked = outputs.front();
    const json::Value* photo = nullptr;
    for (const json::Value& p : job["photos"].array())
        if (p["id"] == ranked["asset_id"]) photo = &p;
    const json::Value decode = largest_size(job);
    std::vector<json::Value> inputs;
    for (const json::Value& format : job["formats"].array()) {
        json::Value input = json::Object{{"photo", photo ? *photo : json::Value()},
                                         {"format", format},
                                         {"elements", ranked["elements"]},
                                         {"palette", ranked["palette"]},
                                         {"request", job["request"]},
                                         {"decode", decode},
                                         {"version", 1}};
        if (job.has("project_id")) input.set("project_id", job["project_id"]);
        inputs.push_back(std::move(input));
    }
    return inputs;
}

int formats_of(const json::Value& job) {
    return static_cast<int>(job["formats"].size());
}

constexpr Step kSteps[] = {rank_step(), adapt_step(to_adapt, formats_of), moderate_step()};

Result<std::vector<store::Format>> formats_wanted(soci::session& session, const OrganizationId& organization,
                                                  const json::Value& input) {
    if (!input.has("format_ids")) return store::active_formats(session, organization);
    std::vector<std::string> wanted;
    for (const json::Value& id : input["format_ids"].array())
        wanted.push_back(id.as_string());
    return store::find_formats(session, organization, wanted);
}

/// The set that the input names, or the organization's first.
Result<store::TextStyleSetRow> style_set(soci::session& session, const OrganizationId& organization,
                                         const json::Value& input) {
    const Error missing = invalid("/text_style_set_id", "exists", "There is no such text style set.");
    if (input.has("text_style_set_id")) {
        auto named = store::find_text_style_set(session, organization,
                                                TextStyleSetId{input["text_style_set_id"].as_string()});
        return named ? named : missing;
    }
    auto sets = store::list_text_style_sets(session, organization, {.limit = 100});
    if (!sets || sets->items.empty()) return missing;
    return sets->items.back();
}

/// What text, fill and colour every picture of the job gets, resolved so that it can be rendered again later.
Result<json::Value> render_request(soci::session& session, const OrganizationId& organization,
                                   const json::Value& input) {
    json::Value request = json::Object{{"fill", input["fill"].string_or("auto")}};
    if (input.has("fill_color")) request.set("fill_color", input["fill_color"]);
    if (!input.has("texts")) {
        if (input.has("text_style_set_id"))
            return invalid("/texts", "required", "A text style set needs texts to set.");
        return request;
    }
    auto style = style_set(session, organization, input);
    if (!style) return style.error();
    request.set("texts", input["texts"]).set("text_style_set", style->definition);
    return request;
}

Result<void> require_analyses(soci::session& session, const OrganizationId& organization,
                              const std::vector<store::Asset>& photos) {
    for (const store::Asset& photo : photos)
        if (!store::find_analysis(session, organization, photo.id))
            return conflict("The photo " + photo.filename +
                            " has not been analysed yet: wait for the project's analysis.");
    return {};
}

Result<Plan> plan(soci::session& session, const Requester& requester, const json::Value& input) {
    const OrganizationId& organization = requester.organization;
    Plan plan;
    plan.project = ProjectId{input["project_id"].as_string()};
    if (!store::find_project(session, organization, *plan.project))
        return invalid("/project_id", "exists", "There is no such project.");
    auto photos = photos_of_project(session, organization, *plan.project, input);
    if (!photos) return photos.error();
    auto formats = formats_wanted(session, organization, input);
    if (!formats) return formats.error();
    if (formats->empty()) return invalid("/format_ids", "minItems", "There is no active format.");
    if (photos->size() * formats->size() > kMostPictures)
        return invalid(
            "/format_ids", "maximum",
            "One job makes at most " + std::to_string(kMostPictures) + " pictures: ask for fewer at once.");
    auto request = render_request(session, organization, input);
    if (!request) return request.error();
    if (auto ready = require_analyses(session, organization, *photos); !ready) return ready.error();

    plan.input = json::Object{{"project_id", plan.project->value}, {"request", *request}};
    json::Value snapshots = json::Array{}, sources = json::Array{};
    for (const store::Format& format : *formats)
        snapshots.push(snapshot(format));
    for (const store::Asset& photo : *photos) {
        sources.push(photo_source(photo));
        plan.first_tasks.push_back(json::Object{{"asset_id", photo.id.value}});
    }
    plan.input.set("formats", std::move(snapshots)).set("photos", std::move(sources));
    plan.price = kCreditsPerPicture * static_cast<std::int64_t>(photos->size() * formats->size());
    return plan;
}

}  // namespace

const Pipeline kAdaptation{"adaptation", "jobs/adaptation.json", kSteps, plan, pictures_result};

}  // namespace atelier::queues
