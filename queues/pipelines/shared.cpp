#include "queues/pipelines/shared.hpp"

#include <algorithm>

#include "common/store/projects.hpp"

namespace atelier::queues {

Result<std::vector<store::Asset>> photos_of_project(soci::session& session,
                                                    const OrganizationId& organization,
                                                    const ProjectId& project, const json::Value& input) {
    const std::vector<store::Asset> all = store::project_assets(session, organization, project);
    std::vector<store::Asset> photos;
    std::vector<FieldError> problems;
    const auto take = [&](const store::Asset& photo, const std::string& pointer) {
        if (photo.moderation == store::Moderation::rejected)
            problems.push_back(
                {pointer, "moderation", "Moderation rejected the photo " + photo.filename + "."});
        else
            photos.push_back(photo);
    };
    const json::Array& wanted = input["asset_ids"].array();
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const std::string pointer = "/asset_ids/" + std::to_string(i);
        const auto found = std::find_if(all.begin(), all.end(),
                                        [&](auto& a) { return a.id.value == wanted[i].as_string(); });
        if (found == all.end())
            problems.push_back({pointer, "exists", "The project has no such photo."});
        else
            take(*found, pointer);
    }
    if (wanted.empty())
        for (const store::Asset& photo : all)
            take(photo, "/asset_ids");
    if (problems.empty() && photos.empty())
        problems.push_back({"/asset_ids", "minItems", "The project has no photos."});
    if (!problems.empty()) return invalid(std::move(problems));
    return photos;
}

json::Value snapshot(const store::Format& format) {
    json::Value v = json::Object{{"id", format.id.value},    {"slug", format.slug},
                                 {"name", format.name},      {"width", format.width},
                                 {"height", format.height},  {"content_type", format.content_type},
                                 {"quality", format.quality}};
    if (format.max_bytes) v.set("max_bytes", *format.max_bytes);
    return v;
}

json::Value photo_source(const store::Asset& photo) {
    return json::Object{{"id", photo.id.value},
                        {"object_key", photo.object_key},
                        {"sha256", photo.sha256.value_or("")},
                        {"width", photo.width.value_or(0)},
                        {"height", photo.height.value_or(0)}};
}

std::vector<json::Value> to_moderate_generated(const json::Value&, std::span<const json::Value> outputs) {
    const json::Value& made = outputs.front();
    return {json::Object{{"generated_asset_id", made["generated_asset_id"]},
                         {"object_key", made["object_key"]},
                         {"version", made["version"]},
                         {"source_asset_id", made["source_asset_id"]},
                         {"format", made["format"]}}};
}

json::Value pictures_result(const json::Value& job, std::span<const json::Value> outputs) {
    int flagged = 0;
    json::Value ids = json::Array{};
    for (const json::Value& verdict : outputs) {
        flagged += verdict["is_nsfw"].as_bool();
        ids.push(verdict["generated_asset_id"]);
    }
    json::Value result = json::Object{{"pictures", static_cast<int>(outputs.size())}, {"flagged", flagged}};
    result.set("generated_asset_ids", std::move(ids));
    if (job.has("project_id")) result.set("project_id", job["project_id"]);
    return result;
}

int one_task(const json::Value&) {
    return 1;
}

}  // namespace atelier::queues
