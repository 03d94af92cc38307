#include "api/handlers/projects/projects.hpp"

#include "api/handlers/jobs/jobs.hpp"

namespace atelier::api {
namespace {

/// A project with what its answer shows of other tables.
struct Shown {
    store::Project project;
    std::vector<store::Asset> assets;
    std::optional<store::Job> newest;
};

Shown show(soci::session& session, store::Project project) {
    Shown shown{std::move(project), {}, {}};
    shown.assets = store::project_assets(session, shown.project.organization_id, shown.project.id);
    shown.newest = store::newest_job(session, shown.project.organization_id, shown.project.id);
    return shown;
}

std::string_view status_of(const std::optional<store::Job>& newest) {
    return newest ? store::to_string(newest->state) : "empty";
}

json::Value to_json(const Shown& shown) {
    json::Value assets = json::Array{};
    for (const store::Asset& asset : shown.assets)
        assets.push(asset.id.value);
    json::Value v = json::Object{
        {"id", shown.project.id.value}, {"name", shown.project.name}, {"status", status_of(shown.newest)}};
    v.set("asset_ids", std::move(assets))
        .set("created_at", time_json(shown.project.created_at))
        .set("updated_at", time_json(shown.project.updated_at));
    return v;
}

json::Value status_json(const store::Project& project, const std::optional<store::Job>& newest) {
    json::Value v = json::Object{{"project_id", project.id.value},
                                 {"status", status_of(newest)},
                                 {"phase", newest ? newest->phase : "empty"},
                                 {"progress", newest ? newest->progress : 0}};
    v.set("job_id", newest ? json::Value(newest->id.value) : json::Value())
        .set("kind", newest ? json::Value(newest->kind) : json::Value())
        .set("error", newest ? newest->error : json::Value());
    return v;
}

/// Runs `use(session, project)` on the project in the path, reading or writing.
template <class Run, class Use>
auto with_project(const Request& request, Run run, Use use) {
    using R = std::invoke_result_t<Use, soci::session&, store::Project>;
    auto id = id_of<ProjectId>(request, "project_id", "project");
    if (!id) return R(id.error());
    return run([&](soci::session& session) -> R {
        auto project = store::find_project(session, organization_of(request), *id);
        if (!project) return project.error();
        return use(session, std::move(*project));
    });
}

}  // namespace

Reply list_projects(const Request& request, ApiServices& services) {
    auto page = page_of(request);
    if (!page) return Reply::error(page.error(), request.request_id);
    auto shown = services.db.read([&](soci::session& session) -> Result<store::Page<Shown>> {
        auto projects = store::list_projects(session, organization_of(request), *page);
        if (!projects) return projects.error();
        store::Page<Shown> all{{}, projects->next_cursor};
        for (store::Project& project : projects->items)
            all.items.push_back(show(session, std::move(project)));
        return all;
    });
    if (!shown) return Reply::error(shown.error(), request.request_id);
    return page_reply(*shown, [](const Shown& project) { return to_json(project); });
}

Reply get_project(const Request& request, ApiServices& services) {
    auto shown = with_project(
        request, [&](auto work) { return services.db.read(work); },
        [](soci::session& session, store::Project project) -> Result<Shown> {
            return show(session, std::move(project));
        });
    if (!shown) return Reply::error(shown.error(), request.request_id);
    return Reply::json(200, to_json(*shown));
}

Reply get_project_status(const Request& request, ApiServices& services) {
    auto status = with_project(
        request, [&](auto work) { return services.db.read(work); },
        [](soci::session& session, store::Project project) -> Result<json::Value> {
            return status_json(project, store::newest_job(session, project.organization_id, project.id));
        });
    if (!status) return Reply::error(status.error(), request.request_id);
    return Reply::json(200, *status);
}

Reply update_project(const Request& request, ApiServices& services) {
    auto body = body_of(request, services, "http/project_patch.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    auto shown = with_project(
        request, [&](auto work) { return services.db.write(work); },
        [&](soci::session& session, store::Project project) -> Result<Shown> {
            if (!body->has("name")) return show(session, std::move(project));
            auto renamed = store::rename_project(session, project.organization_id, project.id,
                                                 (*body)["name"].as_string());
            if (!renamed) return renamed.error();
            return show(session, std::move(*renamed));
        });
    if (!shown) return Reply::error(shown.error(), request.request_id);
    return Reply::json(200, to_json(*shown));
}

Reply delete_project(const Request& request, ApiServices& services) {
    auto cancelled = with_project(
        request, [&](auto work) { return services.db.write(work); },
        [&](soci::session& session, store::Project project) -> Result<std::vector<store::JobEvent>> {
            std::vector<store::JobEvent> events;
            for (const JobId& job : store::active_jobs(session, project.id)) {
                auto event = queues::cancel(session, project.organization_id, job);
                if (event) events.push_back(*event);
            }
            if (auto gone = store::delete_project(session, project.organization_id, project.id); !gone)
                return gone.error();
            return events;
        });
    if (!cancelled) return Reply::error(cancelled.error(), request.request_id);
    for (const store::JobEvent& event : *cancelled)
        announce_cancelled(services, event);
    return Reply::no_content();
}

}  // namespace atelier::api
