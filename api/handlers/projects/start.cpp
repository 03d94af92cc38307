#include "api/handlers/idempotent.hpp"
#include "api/handlers/jobs/jobs.hpp"
#include "api/handlers/projects/projects.hpp"

namespace atelier::api {

Reply upload_project(const Request& request, ApiServices& services) {
    auto body = body_of(request, services, "http/project_upload.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    std::vector<AssetId> assets;
    for (const json::Value& id : (*body)["asset_ids"].array())
        assets.push_back(AssetId{id.as_string()});
    return create_once(request, services, [&](soci::session& session) -> Result<Created> {
        store::Project project;
        project.id = ids::new_id<ProjectId>();
        project.organization_id = organization_of(request);
        project.user_id = user_of(request);
        project.name = (*body)["name"].as_string();
        if (auto made = store::create_project(session, project, assets); !made) return made.error();
        json::Value input =
            json::Object{{"project_id", project.id.value}, {"asset_ids", (*body)["asset_ids"]}};
        auto accepted = start_job(session, request, services, "asset_analysis", std::move(input));
        if (!accepted) return accepted.error();
        return Created{202,
                       json::Object{{"project_id", project.id.value}, {"job_id", accepted->job.id.value}},
                       announce_job(services, *accepted)};
    });
}

Reply generate_project(const Request& request, ApiServices& services) {
    auto id = id_of<ProjectId>(request, "project_id", "project");
    if (!id) return Reply::error(id.error(), request.request_id);
    auto body = body_of(request, services, "http/generate.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    return create_once(request, services, [&](soci::session& session) -> Result<Created> {
        if (auto project = store::find_project(session, organization_of(request), *id); !project)
            return project.error();
        json::Value input = *body;
        input.set("project_id", id->value);
        auto accepted = start_job(session, request, services, "adaptation", std::move(input));
        if (!accepted) return accepted.error();
        return Created{202, json::Object{{"job_id", accepted->job.id.value}},
                       announce_job(services, *accepted)};
    });
}

}  // namespace atelier::api
